"""The directory of other places that help: what comes with Suluh, what of it the portal shows, how old it is.

``directory.toml`` is data that comes with the package. ``supply`` brings it into a database after each migration; an
entry that a person has touched is never touched again by it. Changing entries is the desk's part: ``triage.directory``.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import DirectoryChange, DirectoryEntry
from casefile.vocabulary import Audience, DirectoryAct, Freshness, HelpKind

STALE_AFTER = timedelta(days=183)
"""An entry that was checked longer ago, about six months, is flagged at the desk and on the portal."""

FILE = Path(__file__).with_name("directory.toml")
_NAMESPACE = uuid.UUID("6d0b1f0e-2a63-4d51-9b7c-6b8a5f0f7a11")
_STEP = 10


@dataclass(frozen=True)
class EntryValues:
    """Everything about an entry that a person may change; lines of ``phone`` and the other contacts are one each."""

    name: str
    about: str = ""
    about_en: str = ""
    hours: str = ""
    hours_en: str = ""
    phone: str = ""
    whatsapp: str = ""
    web: str = ""
    email: str = ""
    address: str = ""
    audiences: tuple[Audience, ...] = ()
    helps: tuple[HelpKind, ...] = ()
    position: int = 0
    verified_on: date | None = None
    is_retired: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, as a change keeps them."""
        return {
            **asdict(self),
            "audiences": [member.value for member in self.audiences],
            "helps": [member.value for member in self.helps],
            "verified_on": self.verified_on.isoformat() if self.verified_on else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``; what an older version did not know keeps its default."""
        known = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}
        checked = stored.get("verified_on")
        return cls(
            **{
                **known,
                "audiences": tuple(Audience(value) for value in stored.get("audiences", ())),
                "helps": tuple(HelpKind(value) for value in stored.get("helps", ())),
                "verified_on": date.fromisoformat(checked) if checked else None,
            }
        )

    @classmethod
    def of(cls, entry: DirectoryEntry) -> Self:
        """What a row holds now."""
        row = {field.name: getattr(entry, field.name) for field in fields(cls)}
        audiences = tuple(Audience(value) for value in entry.audiences)
        return cls(**{**row, "audiences": audiences, "helps": tuple(HelpKind(value) for value in entry.helps)})

    def write_to(self, entry: DirectoryEntry) -> None:
        """Put the values into a row."""
        for name, value in self.to_json().items():
            setattr(entry, name, value)
        entry.verified_on = self.verified_on


@dataclass(frozen=True)
class SuppliedEntry:
    """An entry of the file: its lasting name there, and its values."""

    name_in_file: str
    values: EntryValues


@dataclass(frozen=True)
class ChangeNote:
    """What was done to an entry, by whom (None: it came with Suluh) and when."""

    act: DirectoryAct
    staff_id: UUID | None
    at: datetime


@cache
def read_file() -> Mapping[str, Mapping[str, Any]]:
    """The tables of ``directory.toml`` in their order."""
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def supplied_entries() -> tuple[SuppliedEntry, ...]:
    """What the file holds, in its order."""
    found = []
    for place, (name_in_file, table) in enumerate(read_file().items(), start=1):
        plain = {key: value for key, value in table.items() if key not in {"hotline", "for"}}
        stored = {**plain, "audiences": table["for"], "position": place * _STEP}
        found.append(SuppliedEntry(name_in_file, EntryValues.from_json(stored)))
    return tuple(found)


def supply(session: Session, now: datetime, entries: Iterable[SuppliedEntry] | None = None) -> int:
    """Add what is new in the file and renew what no person has touched. Returns how many rows changed.

    Begins its own write transaction; the caller commits.
    """
    begin_write(session)
    held = {row.name_in_file: row for row in session.scalars(select(DirectoryEntry).with_for_update())}
    changed = 0
    for supplied in supplied_entries() if entries is None else entries:
        row = held.get(supplied.name_in_file)
        if row is None:
            row = DirectoryEntry(id=uuid.uuid5(_NAMESPACE, supplied.name_in_file), is_ours=False, version=0)
            row.name_in_file = supplied.name_in_file
            before = None
        elif row.is_ours or EntryValues.of(row) == supplied.values:
            continue
        else:
            before = EntryValues.of(row)
        write_change(session, row, before, supplied.values, ChangeNote(DirectoryAct.SUPPLIED, None, now))
        changed += 1
    return changed


def write_change(
    session: Session,
    row: DirectoryEntry,
    before: EntryValues | None,
    after: EntryValues,
    note: ChangeNote,
) -> None:
    """Give a locked or new row its new values and next version, and keep what it was before. The caller commits."""
    after.write_to(row)
    row.version += 1
    session.add(row)
    session.flush()
    session.add(
        DirectoryChange(
            entry_id=row.id,
            version=row.version,
            act=note.act,
            staff_id=note.staff_id,
            changed_at=note.at,
            before=before.to_json() if before else None,
            after=after.to_json(),
        )
    )
    session.flush()


def list_shown(
    session: Session, audience: Audience | None = None, help_kind: HelpKind | None = None
) -> list[DirectoryEntry]:
    """The entries in use, in their order; with ``audience`` or ``help_kind`` only those that name it."""
    ordered = select(DirectoryEntry).where(DirectoryEntry.is_retired.is_(False))
    rows = session.scalars(ordered.order_by(DirectoryEntry.position, DirectoryEntry.name, DirectoryEntry.id))
    return [
        row
        for row in rows
        if (audience is None or audience in row.audiences) and (help_kind is None or help_kind in row.helps)
    ]


def dial(number: str) -> str:
    """What a telephone link dials: the digits before any extension, with a leading plus."""
    main = re.split(r"(?i)ext", number)[0]
    return ("+" if main.strip().startswith("+") else "") + re.sub(r"\D", "", main)


def freshness(verified_on: date | None, today: date) -> Freshness:
    """How far an entry may be trusted ``today``, the day in Jakarta."""
    if verified_on is None:
        return Freshness.UNCHECKED
    return Freshness.STALE if today - verified_on > STALE_AFTER else Freshness.FRESH
