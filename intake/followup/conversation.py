"""A message to the office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.keyring import OfficePublicKeys
from casefile.models import Message
from casefile.outbox import add_job
from casefile.receipts import ReceiptKeys
from casefile.sealing import seal_message
from casefile.vocabulary import Author, JobName
from casefile.wib import local_date
from intake.followup.receipts import begin_writing
from intake.followup.thread import open_line

_TRIES = 5


def send_message(
    session: Session, keys: ReceiptKeys, office: OfficePublicKeys, text: str, *, expected: int, now: datetime
) -> int | None:
    """Seal a message to the office and to the reporter, with the job that tells the desk; commits.

    ``expected`` is the number that the reporter's page showed as the next one: the same text under that number is the
    same message, sent twice by a double click. ``now`` is aware UTC. Returns the message's number, None for an
    unknown receipt or a withdrawn report. Raises SQLAlchemy's ``IntegrityError`` when others keep taking the number.
    """
    for attempt in range(_TRIES):
        try:
            return _send_once(session, keys, office, text, expected=expected, now=now)
        except IntegrityError:
            session.rollback()
            if attempt == _TRIES - 1:
                raise
    return None


def _send_once(
    session: Session, keys: ReceiptKeys, office: OfficePublicKeys, text: str, *, expected: int, now: datetime
) -> int | None:
    report_id = begin_writing(session, keys)
    if report_id is None:
        return None
    if _was_sent(session, keys, report_id, expected, text):
        session.rollback()
        return expected
    newest = session.scalar(select(func.max(Message.number)).where(Message.report_id == report_id))
    number = (newest or 0) + 1
    sealed = text.encode()
    session.execute(
        insert(Message)
        .inline()
        .values(
            report_id=report_id,
            number=number,
            author=Author.REPORTER,
            sent_on=local_date(now),
            epoch=office.epoch,
            office_box=seal_message(office.office, sealed, report_id, number, "office"),
            reporter_box=seal_message(keys.pair.public, sealed, report_id, number, "reporter"),
        )
    )
    add_job(session, JobName.NOTE_MESSAGE, report_id, now)
    session.commit()
    return number


def _was_sent(session: Session, keys: ReceiptKeys, report_id: UUID, number: int, text: str) -> bool:
    row = session.get(Message, (report_id, number))
    return row is not None and row.author is Author.REPORTER and open_line(keys, row).text == text
