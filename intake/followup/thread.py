"""What a code gives back: how the report stands, the conversation, what was added, what was chosen. Not the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from casefile.additions import Choices
from casefile.errors import UnsealError
from casefile.models import Addition, Message
from casefile.receipts import ReceiptKeys, open_own_choices, open_reply
from casefile.vocabulary import AdditionKind, Author, PublicStatus
from intake.followup.erasing import ERASED
from intake.followup.receipts import find_receipt, is_leaving


@dataclass(frozen=True)
class Line:
    """One message of the conversation, opened; ``text`` is None where the reporter erased it from this page."""

    number: int
    author: Author
    sent_on: date
    text: str | None


@dataclass(frozen=True)
class Added:
    """That something was added, on which day, and whether a counsellor has read it. Never what."""

    number: int
    added_on: date
    is_read: bool


@dataclass(frozen=True)
class Thread:
    """How the report stands, and everything behind its code in order.

    ``choices`` are the newest, since the day ``chosen_on``; None where none were kept or they do not open.
    ``is_leaving`` from the moment on when erasure was asked for.
    """

    report_id: UUID
    status: PublicStatus
    status_on: date
    lines: tuple[Line, ...]
    added: tuple[Added, ...] = ()
    choices: Choices | None = field(default=None, repr=False)
    chosen_on: date | None = None
    is_leaving: bool = False

    @property
    def next_number(self) -> int:
        """The number that the next message will have if nobody else writes first."""
        return self.lines[-1].number + 1 if self.lines else 1

    @property
    def may_write(self) -> bool:
        """Whether anything more is taken."""
        return not self.is_leaving

    def holds(self, number: int) -> bool:
        """Whether there is a message of that number that was not erased."""
        return any(line.number == number and line.text is not None for line in self.lines)

    def __repr__(self) -> str:
        return f"Thread({self.status.value}, {len(self.lines)} messages, {len(self.added)} additions)"


def open_thread(session: Session, keys: ReceiptKeys, now: datetime) -> Thread | None:
    """The conversation as it may be seen at ``now`` (aware UTC), or None for an unknown receipt.

    A reply that its writer may still take back is not there. Raises ``UnsealError`` where a stored message was altered.
    """
    receipt = find_receipt(session, keys)
    if receipt is None:
        return None
    report_id = receipt.report_id
    shown = or_(Message.shown_from.is_(None), Message.shown_from <= now)
    messages = session.scalars(select(Message).where(Message.report_id == report_id, shown).order_by(Message.number))
    additions = session.scalars(select(Addition).where(Addition.report_id == report_id).order_by(Addition.number)).all()
    chosen = [row for row in additions if row.kind is AdditionKind.CONSENT]
    return Thread(
        report_id,
        receipt.status,
        receipt.status_on,
        tuple(open_line(keys, row) for row in messages),
        tuple(Added(row.number, row.added_on, row.is_read) for row in additions if row.kind is AdditionKind.MATERIAL),
        open_choices(keys, chosen[-1]) if chosen else None,
        chosen[-1].added_on if chosen else None,
        is_leaving(session, receipt),
    )


def open_line(keys: ReceiptKeys, row: Message) -> Line:
    """One message as its reporter reads it. Raises ``UnsealError``."""
    if row.reporter_box == ERASED:
        return Line(row.number, row.author, row.sent_on, None)
    text = open_reply(keys, row.reporter_box, row.report_id, row.number).decode()
    return Line(row.number, row.author, row.sent_on, text)


def open_choices(keys: ReceiptKeys, row: Addition) -> Choices | None:
    """What was chosen; None where it does not open: choosing anew mends that."""
    try:
        opened = open_own_choices(keys, row.reporter_slot or b"", row.box, row.report_id, row.number)
        return Choices.from_bytes(opened)
    except (UnsealError, ValueError, KeyError, TypeError):
        return None
