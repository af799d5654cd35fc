"""The views of the queue: lists of cases with addresses of their own."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from casefile.models import Case, Task
from casefile.vocabulary import CaseStatus
from casefile.wib import end_of_day, local_date

IS_OPEN: ColumnElement[bool] = Case.closed_at.is_(None)
"""The very words of the index of open cases: both databases must see that it holds all that is asked for."""
IS_CLOSED: ColumnElement[bool] = Case.closed_at.is_not(None)
IS_UNANSWERED: ColumnElement[bool] = or_(Case.first_reply_at.is_(None), Case.has_news.is_(True))


class QueueView(StrEnum):
    """A list of cases with an address of its own."""

    TO_READ = "perlu-dibaca"
    MINE = "kasus-saya"
    WAITING = "menunggu-pelapor"
    DUE_TODAY = "jatuh-tempo-hari-ini"
    ALL = "semua"
    CLOSED = "ditutup"

    @property
    def collapses(self) -> bool:
        """What somebody works on, and what is done, is listed one by one."""
        return self not in {QueueView.MINE, QueueView.CLOSED}

    @property
    def offers_next(self) -> bool:
        """Whether "take the next one" has a meaning here."""
        return self in {QueueView.TO_READ, QueueView.DUE_TODAY, QueueView.ALL}


def view_conditions(view: QueueView, staff_id: UUID, now: datetime) -> ColumnElement[bool]:
    """What holds for every case of a view, as the person sees it at ``now``."""
    if view is QueueView.CLOSED:
        return IS_CLOSED
    return and_(IS_OPEN, *_narrower(view, staff_id, now))


def is_task_due(staff_id: UUID, now: datetime) -> ColumnElement[bool]:
    """What holds for a person's open tasks that are to be done by the end of the day in Jakarta."""
    return and_(Task.staff_id == staff_id, Task.settled_on.is_(None), Task.due_on <= local_date(now))


def is_free(now: datetime) -> ColumnElement[bool]:
    """Nobody's lease on the case is running."""
    return or_(Case.claimed_by.is_(None), Case.claim_expires_at <= now)


def is_held(case: Case, now: datetime) -> bool:
    """Whether somebody's lease on the case is running."""
    return case.claimed_by is not None and case.claim_expires_at is not None and case.claim_expires_at > now


def count_views(session: Session, staff_id: UUID, now: datetime) -> dict[QueueView, int]:
    """How many cases stand in each view of open cases. What is closed is not counted: that would read the archive."""
    views = [view for view in QueueView if view is not QueueView.CLOSED]
    counts = [func.count().filter(and_(True, *_narrower(view, staff_id, now))) for view in views]
    found = session.execute(select(*counts).select_from(Case).where(IS_OPEN)).one()
    return dict(zip(views, found, strict=True))


def _narrower(view: QueueView, staff_id: UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What holds beyond being open."""
    match view:
        case QueueView.TO_READ:
            return IS_UNANSWERED, is_free(now)
        case QueueView.MINE:
            return (Case.claimed_by == staff_id,)
        case QueueView.WAITING:
            return (Case.status == CaseStatus.WAITING_FOR_REPORTER,)
        case QueueView.DUE_TODAY:
            answers = Case.first_reply_at.is_(None) & (Case.due_at < end_of_day(now))
            return (or_(answers, Case.id.in_(select(Task.case_id).where(is_task_due(staff_id, now)))),)
        case _:
            return ()
