"""Giving cases to a colleague: one case with a note, somebody's whole load, several free ones at once.

The receiver holds the case from that moment, sees it above all others of their own, and accepts it by opening it. What
nobody opens in time is free again, soonest where it is most urgent. Who had the case before is told when somebody else
moved it. Every hand-over is on the case's custody chains; its note is sealed to the office.

As in ``triage.casework``, what writes begins its own write transaction and leaves the commit to the caller.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from casefile.contents import HANDOVER_NOTE
from casefile.custody import staff_actor
from casefile.database import begin_write
from casefile.models import Case, Handover, StaffMember
from casefile.sealing import seal_note
from casefile.vocabulary import CaseStatus, CustodyAction, Urgency
from triage.casework import LEASE, Doing, lock_unfinished, log_case, renew, taken
from triage.errors import NotFoundError, PausedError, WrongStateError
from triage.pausing import find_paused
from triage.permissions import Permission, allows
from triage.queue.views import is_held
from triage.reader import Reader

SHIFT = timedelta(hours=8)
"""How long a case waits for its new holder; an urgent one only as long as any lease."""
NOTE_LIMIT = 1000
"""Characters of a hand-over's note."""

_STAFF = select(StaffMember).order_by(StaffMember.display_name, StaffMember.id)
_HASTY = frozenset({Urgency.P0, Urgency.P1})


@dataclass(frozen=True)
class Moving:
    """To whom, and the cleaned note (may be empty). ``may_move_held``: also what another person holds at the moment.

    ``despite_pause``: the giver was told that the receiver pauses, and gives all the same.
    """

    to: UUID
    note: str
    may_move_held: bool = False
    despite_pause: bool = False


@dataclass(frozen=True)
class Given:
    """A hand-over as shown; ``note`` is None where it does not open."""

    id: UUID
    case: Case
    given_by: UUID
    given_to: UUID
    given_at: datetime
    note: str | None


def list_staff(session: Session) -> list[StaffMember]:
    """Everybody who has or had an account, by name."""
    return list(session.scalars(_STAFF))


def list_workers(session: Session) -> list[StaffMember]:
    """Who may work on cases, by name."""
    return [member for member in list_staff(session) if is_worker(member)]


def is_worker(member: StaffMember) -> bool:
    """Whether the person may work on cases."""
    return member.is_active and allows(member.role, Permission.CASE_WORK)


def hand_over(session: Session, code: str, moving: Moving, doing: Doing) -> Case:
    """Give one case away.

    Raises ``TakenError`` while another person holds it, unless the act may move held cases; ``WrongStateError`` for a
    finished case and for one that its holder would keep; ``NotFoundError`` also for a receiver who does no casework;
    ``ChangedError``; ``PausedError`` unless ``moving`` says that it may.
    """
    case = lock_unfinished(session, code, doing)
    require_worker(session, moving.to)
    _require_nobody_pauses(session, [moving.to], moving, doing)
    _give(session, case, moving, doing)
    return case


def hand_over_load(session: Session, absent: UUID, to: Sequence[UUID], like: Moving, doing: Doing) -> int:
    """Give all open cases of a person to one or several colleagues in turn, the most urgent first.

    ``like`` says how, ``to`` to whom. Raises ``NotFoundError`` when nobody, or somebody who does no casework, is to
    receive them; ``PausedError``. Returns how many.
    """
    begin_write(session)
    if not to or absent in to:
        raise NotFoundError
    for staff_id in to:
        require_worker(session, staff_id)
    _require_nobody_pauses(session, to, like, doing)
    held = select(Case).where(Case.closed_at.is_(None), Case.claimed_by == absent).order_by(Case.id)
    cases = session.scalars(held.with_for_update()).all()
    by_urgency = sorted(cases, key=lambda case: (case.level, case.due_at, case.received_at, case.id))
    for number, case in enumerate(by_urgency):
        _give(session, case, replace(like, to=to[number % len(to)]), doing)
    return len(cases)


def count_held(session: Session) -> dict[UUID, int]:
    """How many open cases each person has; who has none is left out."""
    counted = select(Case.claimed_by, func.count()).where(Case.closed_at.is_(None)).group_by(Case.claimed_by)
    return {row[0]: row[1] for row in session.execute(counted) if row[0] is not None}


def arrive(session: Session, case_id: UUID, doing: Doing) -> None:
    """A person opens a case: what was handed to them is accepted, what they hold stays theirs. The caller commits."""
    begin_write(session)
    here = Handover.case_id == case_id
    pending = select(Handover).join(Case, Case.id == Handover.case_id).where(here, *_pending(doing))
    given = session.scalars(pending.with_for_update(of=Handover)).all()
    if not given:
        renew(session, case_id, doing.staff_id, doing.now)
        return
    for each in given:
        each.accepted_at = doing.now
    case = session.get_one(Case, case_id, with_for_update=True)
    case.claimed_at, case.claim_expires_at = doing.now, doing.now + LEASE
    log_case(session, case_id, CustodyAction.HANDOVER_ACCEPTED, doing)


def list_given(session: Session, doing: Doing) -> list[Given]:
    """What colleagues gave to the person and was not opened yet, the most urgent first; of each case the newest."""
    rows = select(Handover, Case).join(Case, Case.id == Handover.case_id).where(*_pending(doing))
    ordered = rows.order_by(Case.level, Case.due_at, Case.received_at, Case.id, Handover.given_at.desc())
    found = {case.id: _shown(given, case, doing.reader) for given, case in reversed(session.execute(ordered).all())}
    return list(found.values())[::-1]


def list_moved_away(session: Session, doing: Doing) -> list[Given]:
    """What somebody else gave away while the person held it, as long as the person has not read so."""
    found = session.execute(_moving_away(), {"staff": doing.staff_id}).all()
    return [_shown(given, case, doing.reader) for given, case in found]


def mark_told(session: Session, doing: Doing) -> None:
    """The person has read what was moved away. The caller commits."""
    begin_write(session)
    session.execute(update(Handover).where(*_moved_away(doing.staff_id)).values(told_at=doing.now))


def _give(session: Session, case: Case, moving: Moving, doing: Doing) -> None:
    holder = case.claimed_by
    if is_held(case, doing.now) and holder != doing.staff_id and not moving.may_move_held:
        raise taken(case)
    if holder == moving.to and is_held(case, doing.now):
        raise WrongStateError
    handover_id = uuid.uuid4()
    session.add(
        Handover(
            id=handover_id,
            case_id=case.id,
            given_by=doing.staff_id,
            held_before=holder,
            given_to=moving.to,
            given_at=doing.now,
            note_box=seal_note(doing.office.office, moving.note.encode(), HANDOVER_NOTE, handover_id.bytes),
            epoch=doing.office.epoch,
        )
    )
    case.claimed_by, case.claimed_at = moving.to, doing.now
    case.claim_expires_at = doing.now + (LEASE if case.level in _HASTY else SHIFT)
    case.status = CaseStatus.OPEN if case.status is CaseStatus.WAITING else case.status
    log_case(session, case.id, CustodyAction.HANDED_OVER, doing, {"staff": staff_actor(moving.to)})


def require_worker(session: Session, staff_id: UUID) -> None:
    """Raises ``NotFoundError`` for somebody who does no casework."""
    member = session.get(StaffMember, staff_id)
    if member is None or not is_worker(member):
        raise NotFoundError


def _require_nobody_pauses(session: Session, to: Sequence[UUID], moving: Moving, doing: Doing) -> None:
    """Taking a case for oneself is one's own choice, also in a pause."""
    others = [staff_id for staff_id in to if staff_id != doing.staff_id]
    paused = frozenset() if moving.despite_pause else find_paused(session, others, doing.now)
    if paused:
        raise PausedError(paused)


def _pending(doing: Doing) -> tuple[ColumnElement[bool], ...]:
    """Still the person's own, and not opened since."""
    mine = Handover.given_to == doing.staff_id, Case.claimed_by == doing.staff_id
    return *mine, Handover.accepted_at.is_(None), Case.closed_at.is_(None), Case.claim_expires_at > doing.now


@cache
def _moving_away() -> Select[tuple[Handover, Case]]:
    rows = select(Handover, Case).join(Case, Case.id == Handover.case_id)
    return rows.where(*_moved_away(bindparam("staff"))).order_by(Handover.given_at)


def _moved_away(staff_id: UUID | BindParameter[Any]) -> tuple[ColumnElement[bool], ...]:
    return Handover.held_before == staff_id, Handover.given_by != staff_id, Handover.told_at.is_(None)


def _shown(given: Handover, case: Case, reader: Reader) -> Given:
    opened = reader.open_note(given.note_box, given.epoch, HANDOVER_NOTE, given.id)
    note = None if opened is None else opened.decode()
    return Given(given.id, case, given.given_by, given.given_to, given.given_at, note)
