"""Giving a colleague the office's keys: only who can read can let another read, never an administrator.

The fingerprint of the colleague's key (``kid``) is compared aloud first, so that nobody who can write to the
database gets a key by putting a public key of their own into an account.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.boxes import PublicKey
from casefile.custody import OFFICE_CHAIN, Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.keyring import grant_epoch
from casefile.models import EpochGrant, StaffMember
from casefile.vocabulary import CustodyAction, StaffRole
from triage.casework import Doing
from triage.errors import ChangedError, MissingKeyError, NotFoundError
from triage.reader import grouped_kid

_READING_ROLES = [role for role in StaffRole if role.reads_reports]


@dataclass(frozen=True)
class Waiting:
    """A colleague who lacks keys that the reader holds. ``kid`` is grouped hex, to be read aloud."""

    staff_id: UUID
    display_name: str
    role: StaffRole
    kid: str
    missing: tuple[int, ...]


def list_waiting(session: Session, held: set[int]) -> list[Waiting]:
    """Active readers who lack any of the epochs in ``held``, by name."""
    readers = select(StaffMember).where(StaffMember.is_active.is_(True), StaffMember.role.in_(_READING_ROLES))
    waiting = []
    for staff in session.scalars(readers.order_by(StaffMember.display_name, StaffMember.id)):
        missing = held - list_granted(session, staff.id)
        if missing:
            kid = grouped_kid(PublicKey(staff.public_key))
            waiting.append(Waiting(staff.id, staff.display_name, staff.role, kid, tuple(sorted(missing))))
    return waiting


def list_without_key(session: Session) -> set[UUID]:
    """The readers who were granted no epoch at all."""
    granted = select(EpochGrant.staff_id)
    lacking = select(StaffMember.id).where(StaffMember.role.in_(_READING_ROLES), StaffMember.id.not_in(granted))
    return set(session.scalars(lacking))


def list_granted(session: Session, staff_id: UUID) -> set[int]:
    """The epochs that were granted to an account."""
    return set(session.scalars(select(EpochGrant.epoch).where(EpochGrant.staff_id == staff_id)))


def grant_keys(session: Session, staff_id: UUID, kid: str, doing: Doing) -> None:
    """Grant every epoch that the acting person holds and the colleague lacks; the caller commits.

    ``kid`` is the one that was compared. Raises ``ChangedError`` when the account has another key by now,
    ``MissingKeyError`` when the acting person holds no key, ``NotFoundError``.
    """
    begin_write(session)
    staff = session.get(StaffMember, staff_id)
    if staff is None or not staff.is_active or not staff.role.reads_reports:
        raise NotFoundError
    if grouped_kid(PublicKey(staff.public_key)) != kid:
        raise ChangedError
    if not doing.reader.epochs:
        raise MissingKeyError
    missing = set(doing.reader.epochs) - list_granted(session, staff_id)
    for number in sorted(missing):
        wrapped = grant_epoch(PublicKey(staff.public_key), doing.reader.key(number).seed, number)
        session.add(EpochGrant(epoch=number, staff_id=staff_id, wrapped=wrapped))
        detail = {"staff": str(staff_id), "epoch": number, "kid": kid.replace(" ", "")}
        act = Act(CustodyAction.KEY_GRANTED, staff_actor(doing.staff_id), doing.now, detail)
        append_entry(session, OFFICE_CHAIN, act)
