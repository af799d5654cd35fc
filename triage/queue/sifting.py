"""A list narrowed by what the reporters answered: the summaries say who belongs to it, not the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, case, literal, select, type_coerce
from sqlalchemy.orm import Session

from casefile.models import Case
from triage.queue.choosing import Chosen, Question
from triage.queue.facts import Shelf, Wanted, sieve
from triage.queue.filters import Filters
from triage.queue.listing import FEWEST_TOGETHER, MAY_SHARE, Direction, Under, Window
from triage.queue.places import BY_URGENCY
from triage.reader import Reader
from triage.rows import read_columns

MOST_OPENED = 2_000
"""Summaries that one request opens: about half a second."""


class Onlooker(Protocol):
    """Who looks, and what the process remembers."""

    @property
    def reader(self) -> Reader: ...

    @property
    def shelf(self) -> Shelf: ...


@dataclass(frozen=True)
class Sifted:
    """What was found. ``unread`` summaries are still to be opened, ``barred`` ones of epochs without a key."""

    under: Under
    is_last: bool
    hidden: int
    unread: int
    barred: int


class _Row(NamedTuple):
    case_id: bytes
    stack: bytes | None
    stands_in_window: bool


def sift(session: Session, chosen: Chosen, filters: Filters, window: Window, desktop: Onlooker) -> Sifted:
    """The rows of ``window`` among the chosen open cases that fit, floods collapsed."""
    reader, shelf = desktop.reader, desktop.shelf
    statement = _candidates(chosen.question, window.direction)
    listed = read_columns(session, statement, {**chosen.values, **window.values}).all()
    wanted = [Wanted(_plain(row.id), row.version, row.summary_epoch) for row in listed]
    facts, unread = shelf.learn(session, reader, wanted, MOST_OPENED)
    fits = sieve(filters)
    rows = [
        _Row(each.case_id, _plain(row.stack) if row.shares else None, bool(row.inside))
        for row, each in zip(listed, wanted, strict=True)
        if fits(facts.get(each.case_id))
    ]
    heads = list(_collapse(rows))
    inside = [(UUID(bytes=row.case_id), under) for row, under in heads if row.stands_in_window]
    cut = inside[-window.limit :] if window.backwards else inside[: window.limit]
    barred = sum(each.epoch not in reader.epochs for each in wanted)
    return Sifted(dict(cut), len(cut) == len(inside), len(rows) - len(heads), unread, barred)


@cache
def _candidates(question: Question, direction: Direction) -> Select[Any]:
    """Ids as they come from the driver: making twenty thousand objects of them takes as long as all the rest."""
    inside: ColumnElement[bool] = literal(True)
    if direction is not Direction.FROM_TOP:
        inside = BY_URGENCY.follows(Case, backwards=direction is Direction.BEFORE)
    columns = (
        type_coerce(Case.id, String).label("id"),
        Case.version,
        Case.summary_epoch,
        type_coerce(Case.stack, String).label("stack"),
        case((MAY_SHARE, 1), else_=0).label("shares"),
        case((inside, 1), else_=0).label("inside"),
    )
    return select(*columns).where(question.condition).order_by(*BY_URGENCY.terms(Case, backwards=False))


def _collapse(rows: list[_Row]) -> Iterator[tuple[_Row, int]]:
    """One row for each content that enough of them hold, in the place of its first, with how many stand under it."""
    sizes = Counter(row.stack for row in rows if row.stack is not None)
    seen: set[bytes] = set()
    for row in rows:
        if row.stack is None or sizes[row.stack] < FEWEST_TOGETHER:
            yield row, 0
        elif row.stack not in seen:
            seen.add(row.stack)
            yield row, sizes[row.stack] - 1


def _plain(given: Any) -> bytes:
    return given.bytes if isinstance(given, UUID) else bytes.fromhex(given)
