"""Count in = count queued = count triaged: the figures that show that no report was lost or doubled (promise 3)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.orm import Session

from casefile.models import CaseReport, OutboxRow, Report, Withdrawal
from casefile.vocabulary import OutboxState


@dataclass(frozen=True)
class Counts:
    """Reports kept, reports that have a job or its effect, reports with a case or erased on request.

    ``set_aside`` and ``open`` count jobs: those that failed too often and need a person, and those still to be done.
    """

    received: int
    queued: int
    triaged: int
    set_aside: int
    open: int

    @property
    def is_settled(self) -> bool:
        """Everything that came in is in the queue, and no job is left."""
        return self.received == self.queued == self.triaged and not self.set_aside and not self.open


def reconcile(session: Session) -> Counts:
    """Count once. Needs SELECT on report, withdrawal, case_report and outbox, as worker and desk have."""
    has_job = exists().where(OutboxRow.report_id == Report.id)
    reports = (_reports(true()), _reports(or_(has_job, is_triaged())), _reports(is_triaged()))
    jobs = (_jobs(OutboxState.SET_ASIDE), _jobs(OutboxState.OPEN))
    return Counts(*session.execute(select(*reports, *jobs)).one())


def is_triaged() -> ColumnElement[bool]:
    """Of ``Report``: it has a case, or was erased at somebody's wish."""
    has_case = exists().where(CaseReport.report_id == Report.id)
    is_erased = exists().where(Withdrawal.report_id == Report.id, Withdrawal.erased_on.is_not(None))
    return or_(has_case, is_erased)


def _reports(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(Report).where(condition).scalar_subquery()


def _jobs(state: OutboxState) -> ColumnElement[int]:
    return select(func.count()).select_from(OutboxRow).where(OutboxRow.state == state).scalar_subquery()
