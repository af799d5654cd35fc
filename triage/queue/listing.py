"""A list's cases in order, worked out by the database from the index of open cases alone.

Floods: cases of a view that hold the same content stand under the most urgent of them, for display only. What binds
them is ``Case.stack`` (``casefile.stacking``). A case always stands by itself when it is P0, when its reporter wrote
again, or when a person said of it and another case of that content that they are not related: each of those waits for
a look of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from casefile.models import Case
from casefile.vocabulary import Urgency
from triage.queue.choosing import Chosen, Question
from triage.queue.places import BY_CLOSING, BY_URGENCY, Order, Place, place_values
from triage.queue.views import QueueView
from triage.rows import read_columns

FEWEST_TOGETHER = 3
"""Cases of one content in a view from which they share a row: two are read as fast as one row and its link."""

STANDS_ALONE: ColumnElement[bool] = or_(Case.stack.is_(None), Case.level == Urgency.P0, Case.has_news.is_(True))
MAY_SHARE: ColumnElement[bool] = and_(Case.stack.is_not(None), Case.level != Urgency.P0, Case.has_news.is_(False))


class Direction(StrEnum):
    """Where a part of a list begins, and which way it is read."""

    FROM_TOP = "from_top"
    AFTER = "after"
    BEFORE = "before"

    def cut(self, order: Order, rows: Any, chosen: Select[Any]) -> Select[Any]:
        """``chosen``, in order, within the window whose values come with the call."""
        backwards = self is Direction.BEFORE
        if self is not Direction.FROM_TOP:
            chosen = chosen.where(order.follows(rows, backwards=backwards))
        return chosen.order_by(*order.terms(rows, backwards=backwards)).limit(bindparam("most"))


@dataclass(frozen=True)
class Window:
    """Which part of a list: the first ``limit`` rows after a place, the last ones before it, or the first of all."""

    limit: int
    after: Place | None = None
    before: Place | None = None

    @property
    def backwards(self) -> bool:
        """Whether rows are sought upwards from a place."""
        return self.before is not None

    @property
    def direction(self) -> Direction:
        """The way in which it is read."""
        if self.before is not None:
            return Direction.BEFORE
        return Direction.FROM_TOP if self.after is None else Direction.AFTER

    @property
    def values(self) -> dict[str, Any]:
        """What a statement within the window names."""
        place = self.before or self.after
        return {"most": self.limit, **(place_values(place) if place else {})}


_COLUMNS = (Case.id, Case.level, Case.due_at, Case.received_at)

Under = dict[UUID, int]
"""Ids of a list's cases in order, each with the number of cases that stand under it."""


def list_alone(session: Session, chosen: Chosen, window: Window) -> Under:
    """Every case for itself."""
    statement = _alone(chosen.question, window.direction)
    found = read_columns(session, statement, {**chosen.values, **window.values})
    return _in_order(window, dict.fromkeys(found.scalars(), 0))


def list_collapsed(session: Session, chosen: Chosen, window: Window) -> tuple[Under, int]:
    """One case for each content that at least ``FEWEST_TOGETHER`` of the chosen cases hold, and all others.

    Beside it, how many of all chosen cases stand under another; 0 where the window is empty.
    """
    statement = _collapsed(chosen.question, window.direction)
    found = read_columns(session, statement, {**chosen.values, **window.values}).all()
    return _in_order(window, {row[0]: row[1] for row in found}), found[0][2] if found else 0


def list_stack(session: Session, chosen: Chosen, stack: UUID | None, window: Window) -> Under:
    """The chosen cases that may share a row because they hold ``stack``."""
    statement = _of_stack(chosen.question, window.direction)
    found = read_columns(session, statement, {**chosen.values, **window.values, "stack": stack})
    return _in_order(window, dict.fromkeys(found.scalars(), 0))


def list_heads(session: Session, chosen: Chosen, stacks: Sequence[UUID]) -> dict[UUID, UUID]:
    """For each of these stacks the id of the most urgent of the chosen cases."""
    found = read_columns(session, _heading(chosen.question), {**chosen.values, "stacks": stacks})
    return {row[0]: row[1] for row in found}


def _in_order(window: Window, found: Under) -> Under:
    return dict(reversed(found.items())) if window.backwards else found


@cache
def _alone(question: Question, direction: Direction) -> Select[tuple[UUID]]:
    order = BY_CLOSING if question.view is QueueView.CLOSED else BY_URGENCY
    return direction.cut(order, Case, select(Case.id).where(question.condition))


@cache
def _of_stack(question: Question, direction: Direction) -> Select[tuple[UUID]]:
    held = select(Case.id).where(question.condition, Case.stack == bindparam("stack"), MAY_SHARE)
    return direction.cut(BY_URGENCY, Case, held)


@cache
def _collapsed(question: Question, direction: Direction) -> Select[tuple[UUID, int, int]]:
    chosen = question.condition
    sizes, by_itself = _sizes(chosen).cte(), literal(0).label("under")
    few = select(sizes.c.stack).where(sizes.c.size < FEWEST_TOGETHER)
    heads = _heads(sizes, chosen).subquery()
    parts = (
        select(*_COLUMNS, by_itself).where(chosen, STANDS_ALONE),
        select(*_COLUMNS, by_itself).where(chosen, MAY_SHARE, Case.stack.in_(few)),
        select(*_COLUMNS, heads.c.under).join_from(heads, Case, Case.id == heads.c.id).where(chosen, MAY_SHARE),
    )
    shown = [direction.cut(BY_URGENCY, Case, part).subquery() for part in parts]
    all_of_them = union_all(*(select(*part.c) for part in shown)).subquery()
    hidden = select(func.coalesce(func.sum(sizes.c.size - 1), 0)).where(sizes.c.size >= FEWEST_TOGETHER)
    columns = (all_of_them.c.id, all_of_them.c.under, hidden.scalar_subquery())
    return direction.cut(BY_URGENCY, all_of_them.c, select(*columns))


@cache
def _heading(question: Question) -> Select[tuple[UUID, UUID]]:
    among = Case.stack.in_(bindparam("stacks", expanding=True))
    held = select(Case.stack).where(question.condition, among).group_by(Case.stack).subquery()
    return select(held.c.stack, _head_of(held, question.condition))


def _sizes(chosen: ColumnElement[bool]) -> Select[tuple[UUID | None, int]]:
    return select(Case.stack, func.count().label("size")).where(chosen, MAY_SHARE).group_by(Case.stack)


def _heads(sizes: CTE, chosen: ColumnElement[bool]) -> Select[Any]:
    head = _head_of(sizes, and_(chosen, MAY_SHARE))
    return select(head.label("id"), (sizes.c.size - 1).label("under")).where(sizes.c.size >= FEWEST_TOGETHER)


def _head_of(stacks: FromClause, chosen: ColumnElement[bool]) -> ScalarSelect[UUID]:
    """The first of the chosen cases of a stack: one step in the index by stack, however many cases it has."""
    order = BY_URGENCY.terms(Case, backwards=False)
    first = select(Case.id).where(chosen, Case.stack == stacks.c.stack).order_by(*order).limit(1)
    return first.correlate(stacks).scalar_subquery()
