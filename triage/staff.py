"""Accounts of staff: made, given keys, shown. Every act is on the office's custody chain.

What changes an account later is ``triage.administration.accounts``.

Functions take the caller's SQLAlchemy session and write in its transaction; the caller commits.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casefile.boxes import KeyPair, PublicKey
from casefile.custody import OFFICE_CHAIN, SYSTEM, Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.keyring import STAFF_COST, KdfCost, grant_epoch, seal_staff_seed
from casefile.models import EpochGrant, StaffMember, StaffSession
from casefile.vocabulary import CustodyAction, StaffRole
from triage.errors import NotFoundError, UsernameTakenError
from triage.passwords import make_record


@dataclass(frozen=True)
class Account:
    """What an administrator fills in for a new account. ``password`` is the temporary one."""

    username: str
    display_name: str
    role: StaffRole
    password: str = field(repr=False)


def canonical_username(typed: str) -> str:
    """User names are compared without case and outer spaces."""
    return typed.strip().casefold()


def create_staff(
    session: Session,
    *,
    username: str,
    display_name: str,
    role: StaffRole,
    password: str,
    epochs: Mapping[int, bytes],
    now: datetime,
    cost: KdfCost = STAFF_COST,
) -> StaffMember:
    """Make an account with a new key pair, as the office's operator; the caller commits.

    ``epochs`` maps epoch numbers to the 96-byte seeds that the account may read with; they are granted to roles that
    read reports and to no other. The first sign-in enrols the second factor and replaces ``password``.
    Raises ``UsernameTakenError``.
    """
    account = Account(username, display_name, role, password)
    staff = _make_account(session, account, SYSTEM, now, cost)
    if role.reads_reports:
        for number, seed in epochs.items():
            wrapped = grant_epoch(PublicKey(staff.public_key), seed, number)
            session.add(EpochGrant(epoch=number, staff_id=staff.id, wrapped=wrapped))
        session.flush()
    return staff


def add_staff(session: Session, account: Account, by: UUID, now: datetime, cost: KdfCost = STAFF_COST) -> StaffMember:
    """Make an account as an administrator, who holds no epoch key and so grants none: see ``triage.granting``.

    Raises ``UsernameTakenError``.
    """
    return _make_account(session, account, staff_actor(by), now, cost)


def reset_second_factor(session: Session, staff_id: UUID, by: UUID, now: datetime) -> None:
    """Forget a lost second factor: the next sign-in enrols a new one and asks for a new password.

    Raises ``NotFoundError``.
    """
    begin_write(session)
    staff = get_staff(session, staff_id)
    staff.totp_box, staff.totp_counter = None, 0
    end_sessions(session, staff_id)
    record(session, CustodyAction.SECOND_FACTOR_RESET, staff_actor(by), staff_id, now)


def list_staff(session: Session) -> list[StaffMember]:
    """All accounts, those in service first, by name."""
    order = (StaffMember.is_active.desc(), StaffMember.display_name, StaffMember.id)
    return list(session.scalars(select(StaffMember).order_by(*order)))


def get_staff(session: Session, staff_id: UUID) -> StaffMember:
    """Raises ``NotFoundError``."""
    staff = session.get(StaffMember, staff_id)
    if staff is None:
        raise NotFoundError
    return staff


def end_sessions(session: Session, staff_id: UUID) -> None:
    """Erase every session of an account."""
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff_id))


def record(session: Session, action: CustodyAction, actor: str, staff_id: UUID, now: datetime) -> None:
    """Put an act about an account on the office's chain."""
    append_entry(session, OFFICE_CHAIN, Act(action, actor, now, {"staff": str(staff_id)}))


def _make_account(session: Session, account: Account, actor: str, now: datetime, cost: KdfCost) -> StaffMember:
    pair, staff_id = KeyPair.generate(), uuid.uuid4()
    username = canonical_username(account.username)
    password_record = make_record(account.password, cost)
    seed_box = seal_staff_seed(pair.seed, account.password, staff_id, cost)
    begin_write(session)
    if session.scalar(select(StaffMember.id).where(StaffMember.username == username)) is not None:
        raise UsernameTakenError
    staff = StaffMember(
        id=staff_id,
        username=username,
        display_name=account.display_name,
        role=account.role,
        is_active=True,
        password_record=password_record,
        public_key=pair.public.raw,
        seed_box=seed_box,
        totp_box=None,
        totp_counter=0,
        failed_attempts=0,
        locked_until=None,
        created_at=now,
    )
    session.add(staff)
    session.flush()
    record(session, CustodyAction.STAFF_ADDED, actor, staff_id, now)
    return staff
