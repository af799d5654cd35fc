"""The letters of a case, opened with the person's keys, and what became of their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.contents import TAKEDOWN_LETTER_NOTE
from casefile.models import TakedownLetter
from casefile.vocabulary import TakedownState
from triage.clocks import Running
from triage.errors import NotFoundError
from triage.reader import Reader
from triage.takedown_letters.contents import LetterContents, reference_of
from triage.takedowns import TakedownRow


@dataclass(frozen=True)
class OpenedLetter:
    """One letter. ``contents`` is None where it does not open."""

    id: UUID
    staff_id: UUID
    made_on: date
    sent_on: date | None
    version: int
    contents: LetterContents | None = field(repr=False)

    @property
    def reference(self) -> str:
        """The number on it."""
        return reference_of(self.id)

    def rows_of(self, takedowns: Iterable[TakedownRow]) -> list[TakedownRow]:
        """What became of its addresses; none before it is sent."""
        ids = {line.takedown_id for line in self.contents.lines} if self.contents else set()
        return [row for row in takedowns if row.id in ids]

    def late_rows(self, takedowns: Iterable[TakedownRow]) -> list[TakedownRow]:
        """Its addresses that wait still after their time has passed."""
        return [row for row in self.rows_of(takedowns) if _is_late(row)]


def list_letters(session: Session, case_id: UUID, reader: Reader) -> list[OpenedLetter]:
    """All letters of a case, newest first."""
    rows = session.scalars(select(TakedownLetter).where(TakedownLetter.case_id == case_id)).all()
    return sorted((open_letter(row, reader) for row in rows), key=lambda one: (one.made_on, one.id), reverse=True)


def get_letter(session: Session, case_id: UUID, letter_id: UUID, reader: Reader) -> OpenedLetter:
    """One letter of a case. Raises ``NotFoundError``."""
    row = session.get(TakedownLetter, letter_id)
    if row is None or row.case_id != case_id:
        raise NotFoundError
    return open_letter(row, reader)


def open_letter(row: TakedownLetter, reader: Reader) -> OpenedLetter:
    """A letter with what the reader's keys open."""
    said = reader.open_values(row.box, row.epoch, TAKEDOWN_LETTER_NOTE, row.id)
    try:
        contents = None if said is None else LetterContents.from_json(said)
    except (KeyError, ValueError, TypeError):
        contents = None
    return OpenedLetter(row.id, row.staff_id, row.made_on, row.sent_on, row.version, contents)


def _is_late(row: TakedownRow) -> bool:
    waits = row.state is TakedownState.WAITING and row.clock is not None
    return waits and row.clock is not None and row.clock.state is Running.PASSED
