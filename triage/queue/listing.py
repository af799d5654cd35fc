"""A list's cases in order, worked out by the database from the index of open cases alone.

Floods: cases of a view that hold the same content stand under the most urgent of them, for display only. What binds
them is ``Case.stack`` (``casefile.stacking``). A case always stands by itself when it is P0, when its reporter wrote
again, or when a person said of it and another case of that content that they are not related: each of those waits for
a look of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, FromClause, ScalarSelect, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from casefile.models import Case
from casefile.vocabulary import Urgency
from triage.queue.places import BY_CLOSING, BY_URGENCY, Order, Place

FEWEST_TOGETHER = 3
"""Cases of one content in a view from which they share a row: two are read as fast as one row and its link."""

STANDS_ALONE: ColumnElement[bool] = or_(Case.stack.is_(None), Case.level == Urgency.P0, Case.has_news.is_(True))
MAY_SHARE: ColumnElement[bool] = and_(Case.stack.is_not(None), Case.level != Urgency.P0, Case.has_news.is_(False))


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

    def cut(self, order: Order, rows: Any, chosen: Select[Any]) -> Select[Any]:
        """``chosen``, in order, within the window."""
        place = self.before or self.after
        if place is not None:
            chosen = chosen.where(order.follows(rows, place, backwards=self.backwards))
        return chosen.order_by(*order.terms(rows, backwards=self.backwards)).limit(self.limit)


_COLUMNS = (Case.id, Case.level, Case.due_at, Case.received_at)

Under = dict[UUID, int]
"""Ids of a list's cases in order, each with the number of cases that stand under it."""


def list_alone(session: Session, chosen: ColumnElement[bool], window: Window, *, closed: bool = False) -> Under:
    """Every case for itself."""
    order = BY_CLOSING if closed else BY_URGENCY
    found = list(session.scalars(window.cut(order, Case, select(Case.id).where(chosen))))
    return dict.fromkeys(found[::-1] if window.backwards else found, 0)


def list_collapsed(session: Session, chosen: ColumnElement[bool], window: Window) -> Under:
    """One case for each content that at least ``FEWEST_TOGETHER`` of the chosen cases hold, and all others."""
    sizes, by_itself = _sizes(chosen).cte(), literal(0).label("under")
    few = select(sizes.c.stack).where(sizes.c.size < FEWEST_TOGETHER)
    heads = _heads(sizes, chosen).subquery()
    parts = (
        select(*_COLUMNS, by_itself).where(chosen, STANDS_ALONE),
        select(*_COLUMNS, by_itself).where(chosen, MAY_SHARE, Case.stack.in_(few)),
        select(*_COLUMNS, heads.c.under).join_from(heads, Case, Case.id == heads.c.id).where(chosen, MAY_SHARE),
    )
    shown = [window.cut(BY_URGENCY, Case, part).subquery() for part in parts]
    all_of_them = union_all(*(select(*part.c) for part in shown)).subquery()
    cut = window.cut(BY_URGENCY, all_of_them.c, select(all_of_them.c.id, all_of_them.c.under))
    found = [(row[0], row[1]) for row in session.execute(cut)]
    return dict(found[::-1] if window.backwards else found)


def list_stack(session: Session, chosen: ColumnElement[bool], stack: UUID | None, window: Window) -> Under:
    """The chosen cases that may share a row because they hold ``stack``."""
    return list_alone(session, and_(chosen, Case.stack == stack, MAY_SHARE), window)


def count_under(session: Session, chosen: ColumnElement[bool]) -> int:
    """How many of the chosen cases stand under another."""
    sizes = _sizes(chosen).subquery()
    together = select(func.coalesce(func.sum(sizes.c.size - 1), 0)).where(sizes.c.size >= FEWEST_TOGETHER)
    return session.scalar(together) or 0


def list_heads(session: Session, chosen: ColumnElement[bool], stacks: Sequence[UUID]) -> dict[UUID, UUID]:
    """For each of these stacks the id of the most urgent of the chosen cases."""
    held = select(Case.stack).where(chosen, Case.stack.in_(stacks)).group_by(Case.stack).subquery()
    return {row[0]: row[1] for row in session.execute(select(held.c.stack, _head_of(held, chosen)))}


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
