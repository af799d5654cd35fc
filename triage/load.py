"""How much everybody has, by name: for a supervisor who shares work out; and who may ask the Danger Assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.custody import OFFICE_CHAIN, Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.models import Case, StaffMember
from casefile.vocabulary import CustodyAction, StaffRole, Urgency
from casefile.wib import local_date
from triage.errors import NotFoundError
from triage.exposure import Opened, list_opened
from triage.handover import list_workers
from triage.pausing import is_paused


@dataclass(frozen=True)
class Load:
    """One person's load: open cases, of them at level P0 or P1, stories opened, whether the person pauses."""

    staff_id: UUID
    name: str
    role: StaffRole
    open: int
    heavy: int
    opened: Opened
    is_paused: bool
    is_trained: bool


def list_loads(session: Session, now: datetime) -> list[Load]:
    """Everybody who works on cases, by name and in no other order."""
    held = _count_held(session)
    opened = list_opened(session, local_date(now))
    return [
        Load(
            staff_id=member.id,
            name=member.display_name,
            role=member.role,
            open=sum(held.get(member.id, {}).values()),
            heavy=sum(held.get(member.id, {}).get(level, 0) for level in (Urgency.P0, Urgency.P1)),
            opened=opened.get(member.id, Opened()),
            is_paused=is_paused(member, now),
            is_trained=member.is_trained,
        )
        for member in sorted(list_workers(session), key=lambda member: (member.display_name.casefold(), member.id))
    ]


def set_trained(session: Session, staff_id: UUID, is_trained: bool, by: UUID, now: datetime) -> None:
    """Whether a person may ask the Danger Assessment, on the office's chain; the caller commits.

    Raises ``NotFoundError``.
    """
    begin_write(session)
    member = session.get(StaffMember, staff_id)
    if member is None or not member.is_active:
        raise NotFoundError
    if member.is_trained is is_trained:
        return
    member.is_trained = is_trained
    action = CustodyAction.STAFF_TRAINED if is_trained else CustodyAction.STAFF_UNTRAINED
    append_entry(session, OFFICE_CHAIN, Act(action, staff_actor(by), now, {"staff": str(staff_id)}))


def _count_held(session: Session) -> Mapping[UUID, Mapping[Urgency, int]]:
    counted = select(Case.claimed_by, Case.level, func.count()).where(Case.closed_at.is_(None))
    counted = counted.where(Case.claimed_by.is_not(None)).group_by(Case.claimed_by, Case.level)
    held: dict[UUID, dict[Urgency, int]] = {}
    for staff_id, level, count in session.execute(counted):
        held.setdefault(staff_id, {})[level] = count
    return held
