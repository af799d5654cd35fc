"""What a list is narrowed by. Some stands in the table; what the reporter answered is sealed (docs/decisions/0011)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select

from casefile.models import Case, CaseLabel
from casefile.vocabulary import District, HarmKind, Platform, Urgency, WorkLabel
from casefile.wib import WIB


@dataclass(frozen=True)
class Filters:
    """Values that a case must have; None asks for nothing.

    ``since`` and ``until`` are days in Jakarta, both included: of arrival, and in the list of closed cases of closing.
    """

    level: Urgency | None = None
    kind: HarmKind | None = None
    platform: Platform | None = None
    district: District | None = None
    holder: UUID | None = None
    label: WorkLabel | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_sealed(self) -> bool:
        """Whether summaries must be opened to know what fits."""
        return any((self.kind, self.platform, self.district))

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) is not None for each in fields(self))

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """From the words of an address or a saved view; what is no value of its list asks for nothing."""
        return cls(**{name: _read(read, values.get(word)) for name, (word, read) in _WORDS.items()})

    def to_values(self) -> dict[str, str]:
        """The words of an address: only what is asked for."""
        found = {word: getattr(self, name) for name, (word, _) in _WORDS.items()}
        return {word: str(value) for word, value in found.items() if value is not None}

    def open_only(self) -> Filters:
        """Without what is not known of a closed case: its answers lie sealed in the archive, nobody holds it."""
        return Filters(level=self.level, since=self.since, until=self.until)

    def to_parameters(self) -> dict[str, Any]:
        """What can be asked of the table: by the names that ``filter_conditions`` takes, only what is asked for."""
        asked = {
            "level": self.level,
            "holder": self.holder,
            "label": self.label,
            "since": self.since and _midnight(self.since),
            "until": self.until and _midnight(self.until + timedelta(days=1)),
        }
        return {name: value for name, value in asked.items() if value is not None}


def filter_conditions(names: Iterable[str], *, closed: bool) -> list[ColumnElement[bool]]:
    """What holds for a case that fits the filters of these names, with their values left open."""
    moment = Case.closed_at if closed else Case.received_at
    held = select(CaseLabel.case_id).where(CaseLabel.label == bindparam("label"))
    conditions = {
        "level": Case.level == bindparam("level"),
        "holder": Case.claimed_by == bindparam("holder"),
        "label": Case.id.in_(held),
        "since": moment >= bindparam("since"),
        "until": moment < bindparam("until"),
    }
    return [conditions[name] for name in names]


_WORDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "level": ("tingkat", Urgency),
    "kind": ("jenis", HarmKind),
    "platform": ("tempat", Platform),
    "district": ("wilayah", District),
    "holder": ("petugas", UUID),
    "label": ("label", WorkLabel),
    "since": ("dari", date.fromisoformat),
    "until": ("sampai", date.fromisoformat),
}
_LAST_DAY = date(9000, 1, 1)

NO_FILTERS = Filters()


def _read(read: Callable[[str], Any], given: Any) -> Any:
    try:
        value = read(given) if given else None
    except (ValueError, TypeError, AttributeError):
        return None
    return None if isinstance(value, date) and not date(2000, 1, 1) <= value <= _LAST_DAY else value


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), WIB).astimezone(UTC)
