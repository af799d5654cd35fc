"""Floods: cases of a view that hold the same content stand under the most urgent of them. For display only.

What binds them is ``CaseReport.content_group``, which the worker sets. A case always stands by itself when it is P0,
when its reporter wrote again, or when a person said of it and another case of that content that they are not related:
each of those waits for a look of its own.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, literal, or_, select, union
from sqlalchemy.orm import Session, aliased

from casefile.models import Case, CaseReport, LinkDecision, Match
from casefile.vocabulary import LinkState, Urgency

FEWEST_TOGETHER = 3
"""Cases of one content in a view from which they share a row: two are read as fast as one row and its link."""

Places = Select[tuple[UUID, int]]
"""Case ids of a list, each with the number of cases that stand under it."""


def place_alone(chosen: ColumnElement[bool]) -> Places:
    """Every case for itself, not yet in order."""
    return select(Case.id, literal(0)).where(chosen)


def place_collapsed(chosen: ColumnElement[bool]) -> Places:
    """The queue's order, with one case for each content that at least ``FEWEST_TOGETHER`` of the chosen cases hold."""
    stacked = _stack(chosen)
    place = func.row_number().over(partition_by=stacked.c.stack, order_by=_order(stacked))
    size = func.count().over(partition_by=stacked.c.stack)
    placed = select(*stacked.c, place.label("place"), size.label("size")).subquery()
    is_alone = or_(placed.c.stack.is_(None), placed.c.size < FEWEST_TOGETHER)
    under = case((is_alone, 0), else_=placed.c.size - 1)
    return select(placed.c.id, under).where(or_(is_alone, placed.c.place == 1)).order_by(*_order(placed))


def place_content(chosen: ColumnElement[bool], content: UUID | None) -> Places:
    """The chosen cases that may share a row because they hold ``content``, in the queue's order."""
    stacked = _stack(chosen)
    return select(stacked.c.id, literal(0)).where(stacked.c.stack == content).order_by(*_order(stacked))


def find_content(session: Session, case_id: UUID) -> UUID | None:
    """The content that a case holds, as far as the worker can tell; the smallest where its reports hold several."""
    groups = select(CaseReport.content_group).where(CaseReport.case_id == case_id)
    return session.scalar(groups.where(CaseReport.content_group.is_not(None)).order_by(CaseReport.content_group))


def list_places(session: Session, places: Places, limit: int, offset: int) -> tuple[dict[UUID, int], int]:
    """One page of the list, in its order, and how many rows the whole list has."""
    page = places.add_columns(func.count().over()).limit(limit).offset(offset)
    found = session.execute(page).all()
    total = found[0][2] if found else _count(session, places) if offset else 0
    return {row[0]: row[1] for row in found}, total


def _count(session: Session, places: Places) -> int:
    return session.scalar(select(func.count()).select_from(places.order_by(None).subquery())) or 0


def _stack(chosen: ColumnElement[bool]) -> Subquery:
    """The chosen cases with what orders them; ``stack`` is the content under which a case may share a row."""
    shown = _with_content(chosen)
    apart = _apart()
    stands_apart = and_(apart.c.case_id == shown.c.id, apart.c.content == shown.c.content)
    is_alone = or_(shown.c.level == Urgency.P0, shown.c.has_news, apart.c.case_id.is_not(None))
    stack = case((is_alone, None), else_=shown.c.content).label("stack")
    columns = (shown.c.id, shown.c.level, shown.c.due_at, shown.c.received_at)
    first = select(*columns, stack).outerjoin(apart, stands_apart).where(shown.c.number == 1)
    return first.subquery()


def _with_content(chosen: ColumnElement[bool]) -> Subquery:
    """The chosen cases, once for each content of their reports; ``number`` is 1 for the smallest."""
    content = CaseReport.content_group.label("content")
    number = func.row_number().over(partition_by=Case.id, order_by=CaseReport.content_group).label("number")
    columns = (Case.id, Case.level, Case.due_at, Case.received_at, Case.has_news)
    held = and_(CaseReport.case_id == Case.id, CaseReport.content_group.is_not(None))
    return select(*columns, content, number).outerjoin(CaseReport, held).where(chosen).subquery()


def _apart() -> CTE:
    """(case, content) wherever a person rejected a match of the case with a report of that content.

    Rejections are few, matches of a flood very many: it begins at the decisions, whose rows are small, and is worked
    out once for a list and not once for a case.
    """
    by_person = LinkDecision.staff_id.is_not(None) & (LinkDecision.state == LinkState.REJECTED)
    judged = Match.id.in_(select(LinkDecision.match_id).where(by_person))
    rejected = select(Match.low_id, Match.high_id).where(judged, Match.state == LinkState.REJECTED).cte("rejected")
    own, other = aliased(CaseReport), aliased(CaseReport)
    low, high = rejected.c.low_id, rejected.c.high_id
    sides = (
        select(own.case_id, other.content_group.label("content"))
        .select_from(rejected)
        .join(own, own.report_id == first)
        .join(other, other.report_id == second)
        .where(other.content_group.is_not(None))
        for first, second in ((low, high), (high, low))
    )
    return union(*sides).cte("apart")


def _order(rows: Subquery) -> tuple[ColumnElement[Any], ...]:
    return (rows.c.level, rows.c.due_at, rows.c.received_at, rows.c.id)
