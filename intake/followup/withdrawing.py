"""The report is taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import Withdrawal
from casefile.outbox import add_job
from casefile.receipts import ReceiptKeys
from casefile.vocabulary import JobName
from casefile.wib import local_date
from intake.followup.receipts import find_receipt


def withdraw(session: Session, keys: ReceiptKeys, now: datetime) -> bool:
    """Ask for erasure; the worker does it. Asking twice is asking once. Commits; False for an unknown receipt."""
    begin_write(session)
    receipt = find_receipt(session, keys)
    if receipt is None:
        session.rollback()
        return False
    report_id = receipt.report_id
    try:
        session.execute(insert(Withdrawal).inline().values(report_id=report_id, requested_on=local_date(now)))
        add_job(session, JobName.WITHDRAW_REPORT, report_id, now)
        session.commit()
    except IntegrityError:
        session.rollback()
    return True
