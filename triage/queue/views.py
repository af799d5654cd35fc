"""The views of the queue: lists of cases with addresses of their own.

Conditions name the values of the moment (``moment_values``) instead of holding them, so that a statement made of them
is the same for every request and is built once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session

from casefile.models import Case, Task
from casefile.vocabulary import CaseStatus
from casefile.wib import end_of_day, local_date
from triage.rows import read_columns

IS_OPEN: ColumnElement[bool] = Case.closed_at.is_(None)
"""The very words of the index of open cases: both databases must see that it holds all that is asked for."""
IS_CLOSED: ColumnElement[bool] = Case.closed_at.is_not(None)
IS_UNANSWERED: ColumnElement[bool] = or_(Case.first_reply_at.is_(None), Case.has_news.is_(True))

_STAFF = bindparam("staff", type_=Case.id.type)
_NOW = bindparam("now", type_=Case.due_at.type)
_TODAY = bindparam("today", type_=Task.due_on.type)
_END_OF_DAY = bindparam("end_of_day", type_=Case.due_at.type)

IS_TASK_DUE: ColumnElement[bool] = and_(Task.staff_id == _STAFF, Task.settled_on.is_(None), Task.due_on <= _TODAY)
"""What holds for a person's open tasks that are to be done by the end of the day in Jakarta."""
IS_FREE: ColumnElement[bool] = or_(Case.claimed_by.is_(None), Case.claim_expires_at <= _NOW)
"""Nobody's lease on the case is running."""


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


def moment_values(staff_id: UUID, now: datetime) -> dict[str, Any]:
    """What the conditions of this module name, for a person who looks at ``now``."""
    return {"staff": staff_id, "now": now, "today": local_date(now), "end_of_day": end_of_day(now)}


def view_conditions(view: QueueView) -> ColumnElement[bool]:
    """What holds for every case of a view, as a person sees it at a moment."""
    return IS_CLOSED if view is QueueView.CLOSED else and_(IS_OPEN, *_narrower(view))


def is_held(case: Case, now: datetime) -> bool:
    """Whether somebody's lease on the case is running."""
    return case.claimed_by is not None and case.claim_expires_at is not None and case.claim_expires_at > now


def count_views(session: Session, staff_id: UUID, now: datetime) -> Mapping[QueueView, int]:
    """How many cases stand in each view of open cases. What is closed is not counted: that would read the archive."""
    found = read_columns(session, _counting(), moment_values(staff_id, now)).one()
    return dict(zip(_COUNTED, found, strict=True))


_COUNTED = tuple(view for view in QueueView if view is not QueueView.CLOSED)


@cache
def _counting() -> Select[Any]:
    """Each count from a narrow index of its own: to test every open case for every view takes four times as long.

    The status is written into the statement: SQLite then sees that the index of waiting cases holds what is asked for.
    """
    waits = Case.status == literal(CaseStatus.WAITING_FOR_REPORTER, Case.status.type, literal_execute=True)
    is_answered, is_due = Case.first_reply_at.is_not(None), Case.due_at < _END_OF_DAY
    is_held = and_(Case.claimed_by.is_not(None), or_(Case.claim_expires_at > _NOW, Case.claim_expires_at.is_(None)))
    unanswered = (
        select(func.count().label("all"), func.count().filter(is_due).label("due"))
        .select_from(Case)
        .where(IS_OPEN, Case.first_reply_at.is_(None))
        .subquery()
    )
    due_by_task = (
        select(func.count(func.distinct(Task.case_id)))
        .join(Case, Case.id == Task.case_id)
        .where(IS_TASK_DUE, IS_OPEN, or_(is_answered, ~is_due))
        .scalar_subquery()
    )
    counts = {
        QueueView.TO_READ: unanswered.c.all
        + _count(Case.has_news.is_(True), is_answered)
        - _count(is_held, IS_UNANSWERED),
        QueueView.MINE: _count(*_narrower(QueueView.MINE)),
        QueueView.WAITING: _count(waits),
        QueueView.DUE_TODAY: unanswered.c.due + due_by_task,
        QueueView.ALL: unanswered.c.all + _count(is_answered),
    }
    return select(*(counts[view] for view in _COUNTED))


def _count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(Case).where(IS_OPEN, *conditions).scalar_subquery()


def _narrower(view: QueueView) -> tuple[ColumnElement[bool], ...]:
    """What holds beyond being open."""
    match view:
        case QueueView.TO_READ:
            return IS_UNANSWERED, IS_FREE
        case QueueView.MINE:
            return (Case.claimed_by == _STAFF,)
        case QueueView.WAITING:
            return (Case.status == CaseStatus.WAITING_FOR_REPORTER,)
        case QueueView.DUE_TODAY:
            answers = Case.first_reply_at.is_(None) & (Case.due_at < _END_OF_DAY)
            return (or_(answers, Case.id.in_(select(Task.case_id).where(IS_TASK_DUE))),)
        case _:
            return ()
