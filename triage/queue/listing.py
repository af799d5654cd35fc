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

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all
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


Under = dict[UUID, int]
"""Ids of a list's cases in order, each with the number of cases that stand under it."""


def list_alone(session: Session, chosen: ColumnElement[bool], window: Window, *, closed: bool = False) -> Under:
    """Every case for itself."""
    order = BY_CLOSING if closed else BY_URGENCY
    found = list(session.scalars(window.cut(order, Case, select(Case.id).where(chosen))))
    return dict.fromkeys(found[::-1] if window.backwards else found, 0)


def list_collapsed(session: Session, chosen: ColumnElement[bool], window: Window) -> Under:
    """One case for each content that at least ``FEWEST_TOGETHER`` of the chosen cases hold, and all others."""
    columns = (Case.id, Case.level, Case.due_at, Case.received_at)
    alone = select(*columns, literal(0).label("under")).where(chosen, STANDS_ALONE)
    heads = _heads(chosen).subquery()
    shown = select(*heads.c)
    parts = [
        window.cut(BY_URGENCY, Case, alone).subquery(),
        window.cut(BY_URGENCY, heads.c, shown).subquery(),
    ]
    both = union_all(*(select(*part.c) for part in parts)).subquery()
    cut = window.cut(BY_URGENCY, both.c, select(both.c.id, both.c.under))
    found = [(row[0], row[1]) for row in session.execute(cut)]
    return dict(found[::-1] if window.backwards else found)


def list_stack(session: Session, chosen: ColumnElement[bool], stack: UUID | None, window: Window) -> Under:
    """The chosen cases that may share a row because they hold ``stack``."""
    return list_alone(session, and_(chosen, Case.stack == stack, MAY_SHARE), window)


def count_under(session: Session, chosen: ColumnElement[bool]) -> int:
    """How many of the chosen cases stand under another."""
    sizes = _sizes(chosen).subquery()
    return session.scalar(select(func.coalesce(func.sum(sizes.c.size - 1), 0))) or 0


def list_members(session: Session, chosen: ColumnElement[bool], stacks: Sequence[UUID]) -> Sequence[Any]:
    """(id, version, epoch of the summary, stack) of the chosen cases in these stacks, with those that head a row."""
    columns = (Case.id, Case.version, Case.summary_epoch, Case.stack)
    members = select(*columns).where(chosen, Case.stack.in_(stacks), MAY_SHARE)
    return session.execute(members).all()


def _sizes(chosen: ColumnElement[bool]) -> Select[tuple[UUID | None, int]]:
    size = func.count().label("size")
    stacked = select(Case.stack, size).where(chosen, MAY_SHARE).group_by(Case.stack)
    return stacked.having(size >= FEWEST_TOGETHER)


def _heads(chosen: ColumnElement[bool]) -> Select[Any]:
    """The first case of every stack, and all cases of stacks that are too small to share a row."""
    order = BY_URGENCY.terms(Case, backwards=False)
    place = func.row_number().over(partition_by=Case.stack, order_by=order).label("place")
    size = func.count().over(partition_by=Case.stack).label("size")
    columns = (Case.id, Case.level, Case.due_at, Case.received_at)
    placed = select(*columns, place, size).where(chosen, MAY_SHARE).subquery()
    is_small = placed.c.size < FEWEST_TOGETHER
    under = case((is_small, 0), else_=placed.c.size - 1).label("under")
    columns_of = (placed.c.id, placed.c.level, placed.c.due_at, placed.c.received_at)
    return select(*columns_of, under).where(or_(is_small, placed.c.place == 1))
