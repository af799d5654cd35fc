"""The code opened the conversation on this day: all that is kept of a reporter's coming back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.receipts import ReceiptKeys
from casefile.wib import local_date
from intake.followup.receipts import find_receipt, is_leaving


def note_opening(session: Session, keys: ReceiptKeys, now: datetime) -> None:
    """Keep the day in Jakarta at ``now`` as the last one; commits. Nothing is kept once erasure was asked for."""
    begin_write(session)
    receipt, today = find_receipt(session, keys), local_date(now)
    if receipt is None or is_leaving(session, receipt) or receipt.opened_on == today:
        session.rollback()
        return
    receipt.opened_on = today
    session.commit()
