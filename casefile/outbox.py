"""The outbox: jobs written in the transaction that causes them, so that none is lost and Redis is only a nudge."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from casefile.models import OutboxRow
from casefile.vocabulary import JobName, OutboxState

LEASE = timedelta(seconds=120)
"""How long a handed-out job may take before it is handed out again; longer than any job runs."""
MAX_ATTEMPTS = 5
"""After so many hand-outs without an effect a job is set aside, where people see it."""


def add_job(session: Session, job: JobName, report_id: UUID, now: datetime) -> UUID:
    """Write one open job in the caller's transaction; reads nothing. Returns the row's id."""
    row_id = uuid.uuid4()
    session.execute(
        insert(OutboxRow)
        .inline()
        .values(
            id=row_id,
            job=job,
            report_id=report_id,
            state=OutboxState.OPEN,
            created_at=now,
            attempts=0,
        )
    )
    return row_id


def lease_jobs(session: Session, now: datetime, limit: int = 100) -> list[OutboxRow]:
    """Take open jobs whose lease is over, oldest first, each for ``LEASE``; sets aside what failed too often.

    The caller commits before it hands them out. On PostgreSQL several relays share the work (SKIP LOCKED).
    """
    due = (
        select(OutboxRow)
        .where(
            OutboxRow.state == OutboxState.OPEN,
            or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until < now),
        )
        .order_by(OutboxRow.created_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    leased = []
    for row in session.scalars(due):
        if row.attempts >= MAX_ATTEMPTS:
            row.state, row.settled_at = OutboxState.SET_ASIDE, now
            continue
        row.leased_until = now + LEASE
        row.attempts += 1
        leased.append(row)
    return leased


def settle_job(row: OutboxRow, now: datetime) -> None:
    """Mark a job done; in the same transaction as its effect."""
    row.state, row.settled_at, row.fault = OutboxState.DONE, now, None


def reopen_job(row: OutboxRow) -> None:
    """Hand a job out again, from the first attempt."""
    row.state, row.leased_until, row.settled_at, row.attempts = OutboxState.OPEN, None, None, 0
