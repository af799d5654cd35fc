"""Changing an account: its name, its role, whether it is in service; and taking any such change back.

Every change is one version of ``casefile.kept`` (the account before and after it) and one entry of the office's custody
chain for each thing that changed, which names roles and never a person's name. A key of the office goes with the role
that needs it: it is taken from an account that is put out of service or reads no reports any more, and given back only
by a colleague who compares the key's number (``triage.granting``).

Functions that write begin their own write transaction and leave the commit to the caller. ``Doing.version`` is the
number of the account's newest change that was on the screen, 0 where there was none, None for any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session, aliased

from casefile.custody import OFFICE_CHAIN, Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.kept import Item, find_newest, list_differences, list_versions
from casefile.models import EpochGrant, StaffMember
from casefile.vocabulary import CustodyAction, KeptKind, StaffRole
from triage.administration.keeping import add_version, lock_item, next_version
from triage.casework import Doing
from triage.errors import LastKeyError, LastOfRoleError, NotFoundError, OwnAccountError
from triage.staff import end_sessions


@dataclass(frozen=True)
class AccountState:
    """What of an account an administrator can change."""

    display_name: str
    role: StaffRole
    is_active: bool

    @property
    def may_hold_keys(self) -> bool:
        """Whether a key of the office belongs to such an account."""
        return self.is_active and self.role.reads_reports

    @property
    def runs_the_office(self) -> bool:
        """Whether accounts can be changed by such an account."""
        return self.is_active and self.role is StaffRole.ADMINISTRATOR

    @classmethod
    def of(cls, staff: StaffMember) -> Self:
        """The account as it is."""
        return cls(staff.display_name, staff.role, staff.is_active)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``dataclasses.asdict``."""
        return cls(stored["display_name"], StaffRole(stored["role"]), stored["is_active"])


@dataclass(frozen=True)
class AccountChange:
    """A change that was made: its number, who made it when, and name, value before and value after of what changed."""

    number: int
    changed_by: UUID
    changed_at: datetime
    differences: tuple[tuple[str, Any, Any], ...]


def rename(session: Session, staff_id: UUID, display_name: str, doing: Doing) -> None:
    """Show an account under another name. Raises ``NotFoundError``, ``ChangedError``."""
    staff = _lock(session, staff_id, doing)
    _apply(session, staff, replace(AccountState.of(staff), display_name=display_name), doing)


def change_role(session: Session, staff_id: UUID, role: StaffRole, doing: Doing) -> None:
    """Give an account another role; its sessions end, and keys that the role does not need are taken back.

    Raises as ``rename`` does, ``OwnAccountError`` for one's own account, ``LastOfRoleError`` for the only
    administrator in service, ``LastKeyError`` where nobody else in service could open some reports.
    """
    staff = _lock(session, staff_id, doing)
    _apply(session, staff, replace(AccountState.of(staff), role=role), doing)


def deactivate(session: Session, staff_id: UUID, doing: Doing) -> None:
    """End an account's sessions, refuse new ones, and take its keys back.

    Keys that nobody else in service holds stay: they open nothing without a sign-in, and the office needs them later.
    Raises as ``rename`` does, and ``LastOfRoleError`` for the only administrator in service.
    """
    staff = _lock(session, staff_id, doing)
    _apply(session, staff, replace(AccountState.of(staff), is_active=False), doing)


def reactivate(session: Session, staff_id: UUID, doing: Doing) -> None:
    """Let an account sign in again as before; its keys come from a colleague. Raises as ``rename`` does."""
    staff = _lock(session, staff_id, doing)
    _apply(session, staff, replace(AccountState.of(staff), is_active=True), doing)


def undo(session: Session, staff_id: UUID, number: int, doing: Doing) -> None:
    """Take back what the change ``number`` changed, and nothing that others changed; itself one more change.

    Raises as ``change_role`` does, and ``NotFoundError`` where there is no such change.
    """
    staff = _lock(session, staff_id, doing)
    change = next((one for one in list_changes(session, staff_id) if one.number == number), None)
    if change is None:
        raise NotFoundError
    stored = {**_to_json(AccountState.of(staff)), **{name: before for name, before, _ in change.differences}}
    _apply(session, staff, AccountState.from_json(stored), doing)


def list_changes(session: Session, staff_id: UUID) -> list[AccountChange]:
    """What was changed of an account, newest first."""
    return [
        AccountChange(
            version.number,
            version.changed_by,
            version.changed_at,
            tuple(list_differences(version.body["before"], version.body["after"])),
        )
        for version in list_versions(session, _item(staff_id))
    ]


def _item(staff_id: UUID) -> Item:
    return Item(KeptKind.STAFF_MEMBER, str(staff_id))


def _to_json(state: AccountState) -> dict[str, Any]:
    return {**asdict(state), "role": state.role.value}


def _lock(session: Session, staff_id: UUID, doing: Doing) -> StaffMember:
    """The account, with every administrator's: so that two who change accounts at once come one after the other."""
    begin_write(session)
    concerned = or_(StaffMember.id == staff_id, StaffMember.role == StaffRole.ADMINISTRATOR)
    rows = session.scalars(select(StaffMember).where(concerned).order_by(StaffMember.id).with_for_update())
    staff = next((row for row in rows.all() if row.id == staff_id), None)
    if staff is None:
        raise NotFoundError
    lock_item(session, _item(staff_id), doing)
    return staff


def _apply(session: Session, staff: StaffMember, after: AccountState, doing: Doing) -> None:
    before = AccountState.of(staff)
    if after == before:
        return
    if after.role is not before.role and staff.id == doing.staff_id:
        raise OwnAccountError
    if before.runs_the_office and not after.runs_the_office and _is_only_administrator(session, staff.id):
        raise LastOfRoleError
    staff.display_name, staff.role, staff.is_active = after.display_name, after.role, after.is_active
    session.flush()
    number = _keep(session, staff.id, before, after, doing)
    for action, detail in _acts(before, after):
        _log(session, action, {"staff": str(staff.id), "number": number, **detail}, doing)
    if (before.role, before.is_active) != (after.role, after.is_active):
        end_sessions(session, staff.id)
    if not after.may_hold_keys and _withdraw_keys(session, staff.id, doing) and not after.role.reads_reports:
        raise LastKeyError


def _keep(session: Session, staff_id: UUID, before: AccountState, after: AccountState, doing: Doing) -> int:
    item = _item(staff_id)
    body = {"before": _to_json(before), "after": _to_json(after)}
    version = next_version(item, find_newest(session, item), body, doing)
    add_version(session, item.kind, version)
    return version.number


def _acts(before: AccountState, after: AccountState) -> Iterator[tuple[CustodyAction, dict[str, str]]]:
    if before.display_name != after.display_name:
        yield CustodyAction.STAFF_RENAMED, {}
    if before.role is not after.role:
        yield CustodyAction.ROLE_CHANGED, {"from": before.role.value, "to": after.role.value}
    if before.is_active and not after.is_active:
        yield CustodyAction.STAFF_DEACTIVATED, {}
    if after.is_active and not before.is_active:
        yield CustodyAction.STAFF_REACTIVATED, {}


def _is_only_administrator(session: Session, staff_id: UUID) -> bool:
    others = select(StaffMember.id).where(
        StaffMember.role == StaffRole.ADMINISTRATOR, StaffMember.is_active.is_(True), StaffMember.id != staff_id
    )
    return session.scalar(others.limit(1)) is None


def _withdraw_keys(session: Session, staff_id: UUID, doing: Doing) -> set[int]:
    """Take back every key that somebody else in service holds too; returns the epochs of those that stayed."""
    held = set(session.scalars(select(EpochGrant.epoch).where(EpochGrant.staff_id == staff_id)))
    other = aliased(EpochGrant)
    in_service = exists().where(StaffMember.id == other.staff_id, StaffMember.is_active.is_(True))
    elsewhere = select(other.epoch).where(other.epoch.in_(held), other.staff_id != staff_id, in_service)
    spare = set(session.scalars(elsewhere))
    gone = delete(EpochGrant).where(EpochGrant.staff_id == staff_id, EpochGrant.epoch.in_(spare))
    session.execute(gone, execution_options={"synchronize_session": False})
    for epoch in sorted(spare):
        _log(session, CustodyAction.KEY_WITHDRAWN, {"staff": str(staff_id), "epoch": epoch}, doing)
    return held - spare


def _log(session: Session, action: CustodyAction, detail: Mapping[str, Any], doing: Doing) -> None:
    append_entry(session, OFFICE_CHAIN, Act(action, staff_actor(doing.staff_id), doing.now, detail))
