"""The reporter's own copy of a message is erased; the office keeps its copy."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from casefile.models import Message
from casefile.receipts import ReceiptKeys
from intake.followup.receipts import begin_writing

ERASED = b""
"""What lies in the place of a copy that its reporter erased."""


def erase_line(session: Session, keys: ReceiptKeys, number: int) -> None:
    """Erase the reporter's copy of message ``number`` for ever; doing it again changes nothing. Commits."""
    report_id = begin_writing(session, keys)
    if report_id is None:
        return
    own = update(Message).where(Message.report_id == report_id, Message.number == number)
    session.execute(own.values(reporter_box=ERASED))
    session.commit()
