"""The outbox: jobs written in the transaction that causes them, so that none is lost and Redis is only a nudge.

A hand-out is not an attempt. ``attempts`` counts only how often a worker *began* the job: while no worker runs, or the
queue is long, a job is handed out again and again and never set aside.

Jobs wait in two lanes. While both have somebody waiting, three of four places go to the usual lane and one to the slow
one; a place that one lane does not need goes to the other. Within a lane the oldest is first.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, insert, or_, select
from sqlalchemy.orm import Session

from casefile.models import OutboxRow
from casefile.vocabulary import JobName, Lane, OutboxState

Waiting = TypeVar("Waiting")

LEASE = timedelta(seconds=45)
"""How long a handed-out job may take before it is handed out again; longer than any job runs."""
MAX_ATTEMPTS = 5
"""After so many beginnings without an effect a job is set aside, where people see it."""
RETRY_AFTER = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300))
"""How long a job rests after its first, second, third and fourth failure."""


TURNS = (Lane.USUAL, Lane.USUAL, Lane.USUAL, Lane.SLOW)
"""Whose turn it is when both lanes wait. Hand out multiples of its length, or the last lane starves."""


def add_job(session: Session, job: JobName, report_id: UUID, now: datetime, lane: Lane = Lane.USUAL) -> UUID:
    """Write one open job in the caller's transaction; reads nothing. Returns the row's id."""
    row = new_job(job, report_id, now, lane)
    session.execute(insert(OutboxRow).inline().values(row))
    return cast("UUID", row["id"])


def new_job(job: JobName, report_id: UUID, now: datetime, lane: Lane) -> dict[str, Any]:
    """Column values of one open job."""
    return {
        "id": uuid.uuid4(),
        "job": job,
        "report_id": report_id,
        "state": OutboxState.OPEN,
        "lane": lane,
        "created_at": now,
        "attempts": 0,
    }


def lease_jobs(session: Session, now: datetime, limit: int = 100) -> list[OutboxRow]:
    """Take at most ``limit`` open jobs whose lease is over, the lanes in ``TURNS``, each job for ``LEASE``.

    Sets aside what was begun too often. The caller commits before it hands them out. On PostgreSQL several relays share
    the work (SKIP LOCKED).
    """
    due = {lane: session.scalars(_due(now, lane).limit(limit)) for lane in Lane}
    leased = []
    for row in take_turns(due[Lane.USUAL], due[Lane.SLOW], limit):
        if row.attempts >= MAX_ATTEMPTS:
            row.state, row.settled_at = OutboxState.SET_ASIDE, now
            continue
        row.leased_until = now + LEASE
        leased.append(row)
    return leased


def is_due(now: datetime) -> ColumnElement[bool]:
    """Of ``OutboxRow``: open, and nobody holds a lease on it."""
    is_free = or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until < now)
    return and_(OutboxRow.state == OutboxState.OPEN, is_free)


def take_turns(usual: Iterable[Waiting], slow: Iterable[Waiting], limit: int) -> list[Waiting]:
    """The first ``limit`` of both lanes, in ``TURNS``; where one lane is empty the other goes on."""
    waiting = {Lane.USUAL: deque(usual), Lane.SLOW: deque(slow)}
    taken: list[Waiting] = []
    for lane in cycle(TURNS):
        if len(taken) == limit or not any(waiting.values()):
            break
        if waiting[lane]:
            taken.append(waiting[lane].popleft())
    return taken


def _due(now: datetime, lane: Lane) -> Select[tuple[OutboxRow]]:
    rows = select(OutboxRow).where(is_due(now), OutboxRow.lane == lane).order_by(OutboxRow.created_at)
    return rows.with_for_update(skip_locked=True)


def release_lease(row: OutboxRow) -> None:
    """Give a leased job back at once: it could not be handed out."""
    row.leased_until = None


def find_open_job(session: Session, row_id: UUID) -> OutboxRow | None:
    """The open job with this id, locked for the caller's transaction; None when it is settled or gone."""
    found = select(OutboxRow).where(OutboxRow.id == row_id).with_for_update()
    row = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    return row if row is not None and row.state is OutboxState.OPEN else None


def start_job(row: OutboxRow, now: datetime) -> None:
    """Count a beginning. The caller commits before the work starts, so that a job that kills its worker is counted."""
    row.attempts += 1
    row.leased_until = now + LEASE


def fail_job(row: OutboxRow, fault: str, now: datetime, *, is_final: bool = False) -> None:
    """Note the class name of what went wrong; rest and try again, or set aside after ``MAX_ATTEMPTS`` or if final."""
    row.fault = fault
    if is_final or row.attempts >= MAX_ATTEMPTS:
        row.state, row.settled_at = OutboxState.SET_ASIDE, now
        return
    row.leased_until = now + RETRY_AFTER[max(row.attempts, 1) - 1]


def settle_job(row: OutboxRow, now: datetime) -> None:
    """Mark a job done; in the same transaction as its effect."""
    row.state, row.settled_at, row.fault = OutboxState.DONE, now, None


def reopen_job(row: OutboxRow) -> None:
    """Hand a job out again, from the first attempt."""
    row.state, row.leased_until, row.settled_at, row.attempts = OutboxState.OPEN, None, None, 0
