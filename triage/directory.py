"""Keeping the directory of other places that help: every change is on record, can be undone, and overwrites nobody's.

Functions that write begin their own write transaction, lock the entry, and leave the commit to the caller. Each change
is kept whole (before, after, who, when) and named on the office's custody chain. What the portal shows of an entry is
``casefile.directory``'s part.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.custody import OFFICE_CHAIN, Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.directory import ChangeNote, EntryValues, write_change
from casefile.models import DirectoryChange, DirectoryEntry
from casefile.vocabulary import CustodyAction, DirectoryAct
from casefile.wib import local_date
from casefile.wording import N_
from triage.casework import Doing
from triage.errors import ChangedError, NotFoundError

_CONTACTS = ("phone", "whatsapp", "web", "email", "address", "hours", "hours_en")
"""A change of these ends what somebody had checked."""

FIELD_LABELS: dict[str, str] = {
    "name": N_("Nama lembaga"),
    "about": N_("Keterangan singkat"),
    "about_en": N_("Keterangan dalam bahasa Inggris"),
    "hours": N_("Jam"),
    "hours_en": N_("Jam dalam bahasa Inggris"),
    "phone": N_("Nomor telepon"),
    "whatsapp": N_("Nomor WhatsApp"),
    "web": N_("Alamat situs"),
    "email": N_("Alamat surel"),
    "address": N_("Alamat kantor"),
    "audiences": N_("Untuk siapa"),
    "helps": N_("Membantu dengan"),
    "position": N_("Urutan"),
    "verified_on": N_("Tanggal diperiksa"),
    "is_retired": N_("Disembunyikan dari portal"),
}


@dataclass(frozen=True)
class PastChange:
    """One change, and the fields that differ: name, value before (None where the entry is new), value after."""

    change: DirectoryChange
    differences: tuple[tuple[str, Any, Any], ...]


def list_all(session: Session) -> list[DirectoryEntry]:
    """Every entry: those on the portal first, in its order, then the retired ones."""
    order = (DirectoryEntry.is_retired, DirectoryEntry.position, DirectoryEntry.name, DirectoryEntry.id)
    return list(session.scalars(select(DirectoryEntry).order_by(*order)))


def get_entry(session: Session, entry_id: UUID) -> DirectoryEntry:
    """Raises ``NotFoundError``."""
    entry = session.get(DirectoryEntry, entry_id)
    if entry is None:
        raise NotFoundError
    return entry


def list_changes(session: Session, entry_id: UUID) -> list[PastChange]:
    """What was done to an entry, newest first."""
    changes = select(DirectoryChange).where(DirectoryChange.entry_id == entry_id)
    return [
        PastChange(change, find_differences(_values(change.before), EntryValues.from_json(change.after)))
        for change in session.scalars(changes.order_by(DirectoryChange.version.desc()))
    ]


def list_checkers(session: Session) -> dict[UUID, UUID | None]:
    """Who last checked each entry that somebody has checked."""
    checks = select(DirectoryChange.entry_id, DirectoryChange.staff_id).where(
        DirectoryChange.act == DirectoryAct.CHECKED
    )
    return {row.entry_id: row.staff_id for row in session.execute(checks.order_by(DirectoryChange.version))}


def find_differences(before: EntryValues | None, after: EntryValues) -> tuple[tuple[str, Any, Any], ...]:
    """The fields in which two states differ, in the order of the form."""
    unlike = before or EntryValues("")
    return tuple(
        (field.name, getattr(before, field.name, None), getattr(after, field.name))
        for field in fields(EntryValues)
        if getattr(unlike, field.name) != getattr(after, field.name)
    )


def add_entry(session: Session, values: EntryValues, doing: Doing) -> DirectoryEntry:
    """A new entry, shown on the portal at once, not yet checked."""
    begin_write(session)
    entry = DirectoryEntry(id=uuid.uuid4(), name_in_file=None, is_ours=True, version=0)
    _write(session, entry, values, DirectoryAct.ADDED, doing)
    return entry


def save_entry(session: Session, entry_id: UUID, typed: EntryValues, doing: Doing) -> None:
    """Put what was typed into an entry; whether it is checked or retired is not typed.

    A changed contact has not been checked. Raises ``NotFoundError``, ``ChangedError`` when another version was seen.
    """
    entry = _lock(session, entry_id, doing)
    before = EntryValues.of(entry)
    after = with_state_of(before, typed)
    if any(getattr(before, name) != getattr(typed, name) for name in _CONTACTS):
        after = replace(after, verified_on=None)
    _write_if_new(session, entry, after, DirectoryAct.EDITED, doing)


def check_entry(session: Session, entry_id: UUID, doing: Doing) -> None:
    """Say that an entry was found right today, in WIB. Raises as ``save_entry`` does."""
    entry = _lock(session, entry_id, doing)
    after = replace(EntryValues.of(entry), verified_on=local_date(doing.now))
    _write(session, entry, after, DirectoryAct.CHECKED, doing)


def set_retired(session: Session, entry_id: UUID, is_retired: bool, doing: Doing) -> None:
    """Take an entry off the portal, or show it again. Raises as ``save_entry`` does."""
    entry = _lock(session, entry_id, doing)
    after = replace(EntryValues.of(entry), is_retired=is_retired)
    _write_if_new(session, entry, after, DirectoryAct.RETIRED if is_retired else DirectoryAct.REINSTATED, doing)


def restore(session: Session, entry_id: UUID, version: int, doing: Doing) -> None:
    """Bring an entry back to what it was after the change numbered ``version``.

    Raises as ``save_entry`` does, and ``NotFoundError`` where there was no such change.
    """
    entry = _lock(session, entry_id, doing)
    change = session.get(DirectoryChange, (entry_id, version))
    if change is None:
        raise NotFoundError
    _write_if_new(session, entry, EntryValues.from_json(change.after), DirectoryAct.RESTORED, doing)


def with_state_of(stored: EntryValues, typed: EntryValues) -> EntryValues:
    """What was typed, with what no form holds: when the entry was checked, and whether it is retired."""
    return replace(typed, verified_on=stored.verified_on, is_retired=stored.is_retired)


def _lock(session: Session, entry_id: UUID, doing: Doing) -> DirectoryEntry:
    begin_write(session)
    entry = session.scalar(select(DirectoryEntry).where(DirectoryEntry.id == entry_id).with_for_update())
    if entry is None:
        raise NotFoundError
    if doing.version != entry.version:
        raise ChangedError
    return entry


def _write_if_new(session: Session, entry: DirectoryEntry, after: EntryValues, act: DirectoryAct, doing: Doing) -> None:
    if after != EntryValues.of(entry):
        _write(session, entry, after, act, doing)


def _write(
    session: Session,
    entry: DirectoryEntry,
    after: EntryValues,
    act: DirectoryAct,
    doing: Doing,
) -> None:
    before = EntryValues.of(entry) if entry.version else None
    entry.is_ours = True
    write_change(session, entry, before, after, ChangeNote(act, doing.staff_id, doing.now))
    detail = {"entry": str(entry.id), "version": entry.version, "act": act.value}
    append_entry(
        session, OFFICE_CHAIN, Act(CustodyAction.DIRECTORY_CHANGED, staff_actor(doing.staff_id), doing.now, detail)
    )


def _values(stored: dict[str, Any] | None) -> EntryValues | None:
    return None if stored is None else EntryValues.from_json(stored)
