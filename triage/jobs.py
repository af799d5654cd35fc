"""Jobs that failed too often: seen by people, handed out again by people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.models import OutboxRow
from casefile.outbox import reopen_job
from casefile.vocabulary import CustodyAction, OutboxState
from triage.errors import NotFoundError


def list_set_aside(session: Session) -> list[OutboxRow]:
    """What was set aside, oldest first."""
    aside = select(OutboxRow).where(OutboxRow.state == OutboxState.SET_ASIDE)
    return list(session.scalars(aside.order_by(OutboxRow.created_at, OutboxRow.id)))


def resend(session: Session, job_id: UUID, staff_id: UUID, now: datetime) -> None:
    """Open a set-aside job again; the caller commits. Raises ``NotFoundError`` when it is not set aside (any more)."""
    begin_write(session)
    row = session.scalar(select(OutboxRow).where(OutboxRow.id == job_id).with_for_update())
    if row is None or row.state is not OutboxState.SET_ASIDE:
        raise NotFoundError
    reopen_job(row)
    detail = {"job": row.job.name.lower()}
    append_entry(session, row.report_id, Act(CustodyAction.JOB_RESENT, staff_actor(staff_id), now, detail))
