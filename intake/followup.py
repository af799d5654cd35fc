"""The use case behind the receipt: read the conversation, write into it, ask for erasure.

On PostgreSQL each transaction first names its receipt tag, and row-level security then shows that receipt's rows and
no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.keyring import OfficePublicKeys
from casefile.models import Message, Receipt, Withdrawal
from casefile.outbox import add_job
from casefile.receipts import ReceiptKeys, open_reply
from casefile.sealing import seal_message
from casefile.vocabulary import Author, JobName, PublicStatus
from casefile.wib import local_date

_TRIES = 5


@dataclass(frozen=True)
class Line:
    """One message of the conversation, opened."""

    number: int
    author: Author
    sent_on: date
    text: str


@dataclass(frozen=True)
class Thread:
    """What a receipt gives back: how the report stands, and the conversation in order. Not the report itself."""

    report_id: UUID
    status: PublicStatus
    lines: tuple[Line, ...]

    @property
    def next_number(self) -> int:
        """The number that the next message will have if nobody else writes first."""
        return self.lines[-1].number + 1 if self.lines else 1

    def __repr__(self) -> str:
        return f"Thread({self.status.value}, {len(self.lines)} messages)"


def knows_receipt(session: Session, keys: ReceiptKeys) -> bool:
    """Whether there is a report under this receipt. Same work for a known and an unknown one; ends no transaction."""
    _name_receipt(session, keys)
    return _find_receipt(session, keys) is not None


def open_thread(session: Session, keys: ReceiptKeys) -> Thread | None:
    """The conversation, or None for an unknown receipt. Raises ``UnsealError`` where a stored message was altered."""
    _name_receipt(session, keys)
    receipt = _find_receipt(session, keys)
    if receipt is None:
        return None
    rows = session.scalars(select(Message).where(Message.report_id == receipt.report_id).order_by(Message.number))
    return Thread(receipt.report_id, receipt.status, tuple(_open_line(keys, row) for row in rows))


def send_message(
    session: Session, keys: ReceiptKeys, office: OfficePublicKeys, text: str, *, expected: int, now: datetime
) -> int | None:
    """Seal a message to the office and to the reporter, with the job that tells the desk; commits.

    ``expected`` is the number that the reporter's page showed as the next one: the same text under that number is the
    same message, sent twice by a double click. ``now`` is aware UTC. Returns the message's number, None for an
    unknown receipt. Raises SQLAlchemy's ``IntegrityError`` when others keep taking the number.
    """
    for attempt in range(_TRIES):
        try:
            return _send_once(session, keys, office, text, expected=expected, now=now)
        except IntegrityError:
            session.rollback()
            if attempt == _TRIES - 1:
                raise
    return None


def withdraw(session: Session, keys: ReceiptKeys, now: datetime) -> bool:
    """Ask for erasure; the worker does it. Asking twice is asking once. Commits; False for an unknown receipt."""
    begin_write(session)
    _name_receipt(session, keys)
    receipt = _find_receipt(session, keys)
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


def _send_once(
    session: Session, keys: ReceiptKeys, office: OfficePublicKeys, text: str, *, expected: int, now: datetime
) -> int | None:
    begin_write(session)
    _name_receipt(session, keys)
    receipt = _find_receipt(session, keys)
    if receipt is None:
        session.rollback()
        return None
    report_id = receipt.report_id
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
    return row is not None and row.author is Author.REPORTER and _open_line(keys, row).text == text


def _name_receipt(session: Session, keys: ReceiptKeys) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.set_config("suluh.receipt_tag", keys.tag.hex(), True)))


def _find_receipt(session: Session, keys: ReceiptKeys) -> Receipt | None:
    return session.scalars(select(Receipt).where(Receipt.tag == keys.tag)).one_or_none()


def _open_line(keys: ReceiptKeys, row: Message) -> Line:
    text = open_reply(keys, row.reporter_box, row.report_id, row.number).decode()
    return Line(row.number, row.author, row.sent_on, text)
