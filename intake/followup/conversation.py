"""A message to the office."""

from __future__ import annotations

from datetime import datetime
from typing import Any
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

_TRIES = 10
"""Replies that may still be taken back hold numbers that this process cannot see: it goes past what it ran into."""


def send_message(
    session: Session, keys: ReceiptKeys, office: OfficePublicKeys, text: str, *, expected: int, now: datetime
) -> int | None:
    """Seal a message to the office and to the reporter, with the job that tells the desk; commits.

    ``expected`` is the number that the reporter's page showed as the next one: the same text under that number or a
    later one is the same message, sent twice by a double click. ``now`` is aware UTC. Returns the message's number,
    None for an unknown receipt or a withdrawn report. Raises SQLAlchemy's ``IntegrityError`` when others keep taking
    the number.
    """
    taken = 0
    for _ in range(_TRIES):
        report_id = begin_writing(session, keys)
        if report_id is None:
            return None
        sent = _find_sent(session, keys, report_id, expected, text)
        if sent is not None:
            session.rollback()
            return sent
        newest = session.scalar(select(func.max(Message.number)).where(Message.report_id == report_id))
        number = max(newest or 0, taken) + 1
        row = _seal(keys, office, text, report_id, number)
        try:
            session.execute(insert(Message).inline().values(**row, sent_on=local_date(now)))
        except IntegrityError as error:
            session.rollback()
            taken, fault = number, error
            continue
        add_job(session, JobName.NOTE_MESSAGE, report_id, now)
        session.commit()
        return number
    raise fault


def _seal(keys: ReceiptKeys, office: OfficePublicKeys, text: str, report_id: UUID, number: int) -> dict[str, Any]:
    sealed = text.encode()
    return {
        "report_id": report_id,
        "number": number,
        "author": Author.REPORTER,
        "epoch": office.epoch,
        "office_box": seal_message(office.office, sealed, report_id, number, "office"),
        "reporter_box": seal_message(keys.pair.public, sealed, report_id, number, "reporter"),
    }


def _find_sent(session: Session, keys: ReceiptKeys, report_id: UUID, expected: int, text: str) -> int | None:
    own = select(Message).where(Message.report_id == report_id, Message.author == Author.REPORTER)
    since = session.scalars(own.where(Message.number >= expected).order_by(Message.number))
    return next((row.number for row in since if open_line(keys, row).text == text), None)
