"""A pause: nobody gives the person a case, until the person ends it or the day is over. Nobody is asked why.

It is not on the custody log: it is no act on a case, and a record of pauses would make people think twice. Others see
that somebody pauses, never since when or why. Taking one certain case stays the person's own choice.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import StaffMember
from casefile.wib import end_of_day

SHORTEST = timedelta(hours=4)
"""A pause late in the evening does not end at midnight, in the middle of a night shift."""
UNTIL_MORNING = timedelta(hours=6)


def pause_end(now: datetime) -> datetime:
    """Midnight in Jakarta; six in the morning where midnight is nearer than four hours."""
    midnight = end_of_day(now)
    return midnight if midnight - now >= SHORTEST else midnight + UNTIL_MORNING


def begin_pause(session: Session, staff_id: UUID, now: datetime) -> None:
    """Pause from now on; the caller commits."""
    _set(session, staff_id, pause_end(now))


def end_pause(session: Session, staff_id: UUID) -> None:
    """Be there again; the caller commits."""
    _set(session, staff_id, None)


def is_paused(member: StaffMember, now: datetime) -> bool:
    """Whether the person pauses at ``now``."""
    return member.paused_until is not None and member.paused_until > now


def find_paused(session: Session, staff_ids: Collection[UUID], now: datetime) -> frozenset[UUID]:
    """Those of ``staff_ids`` who pause."""
    pausing = select(StaffMember.id).where(StaffMember.id.in_(staff_ids), StaffMember.paused_until > now)
    return frozenset(session.scalars(pausing))


def _set(session: Session, staff_id: UUID, until: datetime | None) -> None:
    begin_write(session)
    session.execute(update(StaffMember).where(StaffMember.id == staff_id).values(paused_until=until))
