"""The thread as the desk reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.errors import UnsealError
from casefile.models import Case, CaseReport, HeldReply, Message, Receipt
from casefile.unsealing import open_message
from casefile.vocabulary import Author, CustodyAction
from triage.additions import OpenedAddition
from triage.casework import Doing
from triage.errors import MissingKeyError
from triage.reader import Reader
from triage.reading import open_choices

HOLD = timedelta(seconds=60)
"""For how long a person can take a reply back."""
MARGIN = timedelta(seconds=5)
"""How much longer the reporter does not see it: clocks of two machines may differ by so much."""


@dataclass(frozen=True)
class ThreadMessage:
    """One message as shown; ``text`` is None where it does not open.

    ``is_hidden``: the reporter cannot see it yet. ``left`` is how long the reader can still take it back, None where
    that cannot be done.
    """

    number: int
    author: Author
    sent_on: date
    text: str | None = field(repr=False)
    is_hidden: bool = False
    left: timedelta | None = None


@dataclass(frozen=True)
class Thread:
    """The messages, oldest first, and the reporter's newest consents and safe contact, None where there are none."""

    messages: tuple[ThreadMessage, ...]
    choices: OpenedAddition | None


def read_thread(session: Session, report_id: UUID, doing: Doing) -> Thread:
    """What there is to read before one answers. Where there is something, the look is put on record and committed."""
    begin_write(session)
    rows = session.scalars(select(Message).where(Message.report_id == report_id).order_by(Message.number))
    own = select(HeldReply.number).where(HeldReply.report_id == report_id, HeldReply.staff_id == doing.staff_id)
    mine = set(session.scalars(own))
    messages = tuple(_shown(row, doing, is_mine=row.number in mine) for row in rows)
    choices = open_choices(session, report_id, doing.reader)
    seen = {"last": messages[-1].number if messages else None, "choices": choices.number if choices else None}
    detail = {name: number for name, number in seen.items() if number is not None}
    if detail:
        act = Act(CustodyAction.MESSAGES_READ, staff_actor(doing.staff_id), doing.now, detail)
        append_entry(session, report_id, act)
    session.commit()
    return Thread(messages, choices)


def mark_seen(session: Session, case_id: UUID, doing: Doing) -> None:
    """The holder has seen what is new. Not a change that others must look at. The caller commits."""
    begin_write(session)
    mine = update(Case).where(Case.id == case_id, Case.claimed_by == doing.staff_id, Case.has_news.is_(True))
    session.execute(mine.values(has_news=False))


def find_opened_on(session: Session, report_id: UUID) -> date | None:
    """The day on which the report's code was last entered; None where no day was kept."""
    return session.scalar(select(Receipt.opened_on).where(Receipt.report_id == report_id))


def list_opened_on(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, date | None]:
    """For each of these cases that has a receipt, the day on which a code of it was last entered."""
    days = select(CaseReport.case_id, func.max(Receipt.opened_on)).join(
        Receipt, Receipt.report_id == CaseReport.report_id
    )
    found = session.execute(days.where(CaseReport.case_id.in_(case_ids)).group_by(CaseReport.case_id))
    return {row[0]: row[1] for row in found}


def open_text(row: Message, reader: Reader) -> str | None:
    """A message's words; None where they do not open."""
    try:
        opened = open_message(reader.key(row.epoch), row.office_box, row.report_id, row.number, "office")
        return opened.decode()
    except (UnsealError, MissingKeyError, UnicodeDecodeError):
        return None


def _shown(row: Message, doing: Doing, *, is_mine: bool) -> ThreadMessage:
    text = open_text(row, doing.reader)
    if row.shown_from is None or row.shown_from <= doing.now:
        return ThreadMessage(row.number, row.author, row.sent_on, text)
    left = _left(row.shown_from, doing.now) if is_mine else None
    return ThreadMessage(row.number, row.author, row.sent_on, text, is_hidden=True, left=left)


def _left(shown_from: datetime, now: datetime) -> timedelta | None:
    left = shown_from - MARGIN - now
    return left if left > timedelta() else None
