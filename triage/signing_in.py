"""Signing in: password, then second factor; failures are counted before they are looked at.

Functions commit by themselves where a count must survive the refusal that follows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from casefile.custody import SYSTEM, staff_actor
from casefile.database import begin_write
from casefile.keyring import STAFF_COST, KdfCost, open_staff_seed, seal_staff_seed
from casefile.models import StaffMember
from casefile.vocabulary import CustodyAction
from casefile.wib import local_date
from triage.errors import PasswordRuleError, SignInError
from triage.passwords import check_new_password, decoy_record, fits, make_record
from triage.rows import count_changed
from triage.second_factor import open_secret, seal_secret, use_code
from triage.staff import canonical_username, end_sessions, record

FREE_ATTEMPTS = 5
"""Failures without a lock."""
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)


@dataclass(frozen=True)
class Unlocked:
    """A person whose password was right. ``seed`` is the opened private key; it belongs into a sealed session only."""

    staff_id: UUID
    username: str
    is_enrolled: bool
    seed: bytes = field(repr=False)


def sign_in(session: Session, username: str, password: str, now: datetime, cost: KdfCost = STAFF_COST) -> Unlocked:
    """The first step. Raises ``SignInError`` for a wrong name or password, a locked or a deactivated account.

    The attempt is counted and committed before the password is tried, so that many at once gain nothing. Whatever
    is wrong, one password record is computed.
    """
    staff = _count_attempt(session, canonical_username(username), now)
    if not fits(staff.password_record if staff else decoy_record(cost), password, cost) or staff is None:
        raise _refusal(session, staff, now)
    seed = open_staff_seed(staff.seed_box, password, staff.staff_id, cost)
    _forget_attempts(session, staff.staff_id, failed=staff.failed_before)
    return Unlocked(staff.staff_id, staff.username, staff.is_enrolled, seed)


def pass_second_factor(session: Session, staff_id: UUID, seed: bytes, code: str, now: datetime) -> None:
    """The second step, and any later confirmation. Raises ``SignInError``; a code passes once.

    A wrong code counts as a failed attempt of the account.
    """
    staff = _count_attempt_of(session, staff_id, now)
    if staff is None or staff.totp_box is None:
        raise _refusal(session, None, now)
    secret = open_secret(seed, staff.totp_box, staff_id)
    begin_write(session)
    if not use_code(session, staff_id, secret, code, now):
        raise _refusal(session, staff, now)
    session.commit()
    _forget_attempts(session, staff_id, failed=0)


def enter(session: Session, staff_id: UUID, now: datetime) -> None:
    """Both steps were passed: other sessions of the person end, and the sign-in is on record. The caller commits."""
    begin_write(session)
    end_sessions(session, staff_id)
    seen = update(StaffMember).where(StaffMember.id == staff_id).values(last_seen_on=local_date(now))
    session.execute(seen, execution_options={"synchronize_session": False})
    record(session, CustodyAction.SIGNED_IN, staff_actor(staff_id), staff_id, now)


@dataclass(frozen=True)
class FirstSetup:
    """What a person chose at the first sign-in."""

    secret: str = field(repr=False)
    code: str = field(repr=False)
    password: str = field(repr=False)


def set_up(session: Session, person: Unlocked, setup: FirstSetup, now: datetime, cost: KdfCost = STAFF_COST) -> None:
    """Enrol the second factor and replace the printed password, both or neither; the caller commits.

    Raises ``PasswordRuleError`` for the new password (also when it is the old one), ``SignInError`` for the code and
    when the account was enrolled meanwhile.
    """
    check_new_password(setup.password, person.username)
    _refuse_same(session, person.staff_id, setup.password, cost)
    sealed_seed = seal_staff_seed(person.seed, setup.password, person.staff_id, cost)
    password_record = make_record(setup.password, cost)
    begin_write(session)
    enrolled = count_changed(
        session,
        update(StaffMember)
        .where(
            StaffMember.id == person.staff_id,
            StaffMember.is_active.is_(True),
            StaffMember.totp_box.is_(None),
        )
        .values(
            totp_box=seal_secret(person.seed, setup.secret, person.staff_id),
            seed_box=sealed_seed,
            password_record=password_record,
        ),
    )
    if not enrolled or not use_code(session, person.staff_id, setup.secret, setup.code, now):
        session.rollback()
        raise SignInError
    actor = staff_actor(person.staff_id)
    record(session, CustodyAction.SECOND_FACTOR_ENROLLED, actor, person.staff_id, now)


@dataclass(frozen=True)
class PasswordChange:
    """What a signed-in person typed to get another password."""

    username: str
    current: str = field(repr=False)
    chosen: str = field(repr=False)
    code: str = field(repr=False)


def change_password(session: Session, change: PasswordChange, now: datetime, cost: KdfCost = STAFF_COST) -> None:
    """Replace a password after both factors were given once more; the caller commits.

    Raises ``PasswordRuleError`` as ``set_up``, and ``SignInError`` for the current password or the code.
    """
    check_new_password(change.chosen, change.username)
    if change.chosen == change.current:
        raise PasswordRuleError
    person = sign_in(session, change.username, change.current, now, cost)
    pass_second_factor(session, person.staff_id, person.seed, change.code, now)
    sealed_seed = seal_staff_seed(person.seed, change.chosen, person.staff_id, cost)
    password_record = make_record(change.chosen, cost)
    begin_write(session)
    own = update(StaffMember).where(StaffMember.id == person.staff_id)
    session.execute(own.values(seed_box=sealed_seed, password_record=password_record))
    record(session, CustodyAction.SIGN_IN_CHANGED, staff_actor(person.staff_id), person.staff_id, now)


@dataclass(frozen=True)
class _Attempt:
    staff_id: UUID
    username: str
    password_record: str
    seed_box: bytes
    totp_box: bytes | None
    is_enrolled: bool
    failed_before: int


def lock_after(failures: int) -> timedelta | None:
    """How long an account is locked after so many failures in a row: 1, 2, 4 ... 60 minutes from the fifth on."""
    if failures < FREE_ATTEMPTS:
        return None
    doubled: timedelta = FIRST_LOCK * 2 ** min(failures - FREE_ATTEMPTS, 10)
    return min(doubled, LONGEST_LOCK)


def _count_attempt(session: Session, username: str, now: datetime) -> _Attempt | None:
    begin_write(session)
    return _count(session, session.scalar(_locked_row().where(StaffMember.username == username)), now)


def _count_attempt_of(session: Session, staff_id: UUID, now: datetime) -> _Attempt | None:
    begin_write(session)
    return _count(session, session.scalar(_locked_row().where(StaffMember.id == staff_id)), now)


def _locked_row() -> Select[tuple[StaffMember]]:
    return select(StaffMember).with_for_update()


def _count(session: Session, staff: StaffMember | None, now: datetime) -> _Attempt | None:
    is_locked = staff is not None and staff.locked_until is not None and staff.locked_until > now
    if staff is None or not staff.is_active or is_locked:
        session.rollback()
        return None
    attempt = _Attempt(
        staff.id,
        staff.username,
        staff.password_record,
        staff.seed_box,
        staff.totp_box,
        staff.totp_box is not None,
        staff.failed_attempts,
    )
    staff.failed_attempts += 1
    lock = lock_after(staff.failed_attempts)
    staff.locked_until = now + lock if lock else None
    session.commit()
    return attempt


def _refuse_same(session: Session, staff_id: UUID, password: str, cost: KdfCost) -> None:
    current = session.scalar(select(StaffMember.password_record).where(StaffMember.id == staff_id))
    session.rollback()
    if current is not None and fits(current, password, cost):
        raise PasswordRuleError


def _refusal(session: Session, attempt: _Attempt | None, now: datetime) -> SignInError:
    session.rollback()
    if attempt is not None and lock_after(attempt.failed_before + 1):
        begin_write(session)
        record(session, CustodyAction.SIGN_IN_LOCKED, SYSTEM, attempt.staff_id, now)
        session.commit()
    return SignInError()


def _forget_attempts(session: Session, staff_id: UUID, *, failed: int) -> None:
    begin_write(session)
    session.execute(
        update(StaffMember).where(StaffMember.id == staff_id).values(failed_attempts=failed, locked_until=None)
    )
    session.commit()
