"""A place in the order of a list: after it, or before it, the next page begins, whatever has arrived meanwhile."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, tuple_

from casefile.models import Case
from casefile.vocabulary import Urgency

_FORM = struct.Struct("<Bqq16s")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_LEVELS = tuple(Urgency)


@dataclass(frozen=True)
class Place:
    """Where a case stood when it was listed. Open cases stand by level, due time and age, closed ones by their day.

    It holds times of a case, so it leaves the process only sealed (``triage.browser``).
    """

    level: Urgency
    due_at: datetime
    received_at: datetime
    case_id: UUID

    @classmethod
    def of(cls, case: Case) -> Self:
        """The place where a case stands now."""
        return cls(case.level, case.closed_at or case.due_at, case.received_at, case.id)

    def to_bytes(self) -> bytes:
        """33 bytes."""
        ticks = ((moment - _BEGINNING) // _TICK for moment in (self.due_at, self.received_at))
        return _FORM.pack(_LEVELS.index(self.level), *ticks, self.case_id.bytes)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError`` on another form."""
        try:
            level, due, received, case_id = _FORM.unpack(stored)
            due_at, received_at = _BEGINNING + due * _TICK, _BEGINNING + received * _TICK
            return cls(_LEVELS[level], due_at, received_at, UUID(bytes=case_id))
        except (struct.error, IndexError, OverflowError):
            raise ValueError("no place") from None


@dataclass(frozen=True)
class Order:
    """In what order a list stands: by ``columns``, all of them up or all of them down."""

    columns: tuple[str, ...]
    goes_down: bool

    def terms(self, rows: Any, *, backwards: bool) -> tuple[ColumnElement[Any], ...]:
        """What to sort ``rows`` by; ``rows`` is the case or a subquery's columns."""
        columns = (getattr(rows, name) for name in self.columns)
        return tuple(column.desc() if self.goes_down is not backwards else column.asc() for column in columns)

    def follows(self, rows: Any, *, backwards: bool) -> ColumnElement[bool]:
        """Whether a row stands after the place of ``place_values``, or before it when going backwards."""
        row = tuple_(*(getattr(rows, name) for name in self.columns))
        there = tuple_(*(bindparam(f"place_{name}", type_=getattr(Case, name).type) for name in self.columns))
        return row < there if self.goes_down is not backwards else row > there


BY_URGENCY = Order(("level", "due_at", "received_at", "id"), goes_down=False)
BY_CLOSING = Order(("closed_at", "id"), goes_down=True)


def place_values(place: Place) -> dict[str, Any]:
    """What a condition by ``Order.follows`` names."""
    return {
        "place_level": place.level,
        "place_due_at": place.due_at,
        "place_closed_at": place.due_at,
        "place_received_at": place.received_at,
        "place_id": place.case_id,
    }
