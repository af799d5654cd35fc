"""How many people may have sent the reports of a flood.

Of a flood of thousands the most urgent cases are looked at, and the guess says of how many it is. Ids stay as the
database gives them: there are still a thousand on a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from casefile.models import Case
from triage.queue.choosing import Chosen, Question
from triage.queue.facts import Shelf, Wanted, estimate_reporters
from triage.queue.listing import MAY_SHARE
from triage.queue.places import BY_URGENCY
from triage.reader import Reader
from triage.rows import read_columns

_bytes_of = attrgetter("bytes")
"""Of an id as PostgreSQL gives it; SQLite keeps 32 hex digits."""
MOST_ASKED = 200
"""Cases of one flood, its most urgent, of which it is guessed who sent them."""
MOST_OPENED = 40
"""Summaries that a page opens to guess how many people sent the reports of its floods; the next look goes on."""


class Guess(NamedTuple):
    """About how many people sent the reports of ``cases`` cases."""

    reporters: int
    cases: int


def guess_reporters(
    session: Session,
    chosen: Chosen,
    sizes: Mapping[UUID, int],
    reader: Reader,
    shelf: Shelf,
    *,
    sharing: bool = False,
) -> dict[UUID, Guess]:
    """For each stack how many people may have sent its ``MOST_ASKED`` most urgent of the chosen cases.

    ``sizes`` says how many of the chosen cases each stack has. Only where the summaries of all that are asked have been
    opened. With ``sharing`` only those of the chosen cases count that may share a row.
    """
    members = _list_members(session, chosen, sizes, sharing=sharing)
    wanted = [each for held in members.values() for each in held]
    facts, _ = shelf.learn(session, reader, wanted, MOST_OPENED)
    guessed = {}
    for stack, held in members.items():
        known = [facts[each.case_id] for each in held if each.case_id in facts]
        if len(known) == len(held):
            guessed[UUID(bytes=stack)] = Guess(estimate_reporters(known), len(known))
    return guessed


def _list_members(
    session: Session, chosen: Chosen, sizes: Mapping[UUID, int], *, sharing: bool
) -> dict[bytes, list[Wanted]]:
    """The members of all small stacks by one question, the first ones of each great stack by one of its own."""
    small = [stack for stack, size in sizes.items() if size <= MOST_ASKED]
    every, first = (ask(chosen.question, sharing=sharing) for ask in (_holding, _first_holding))
    rows = [*read_columns(session, every, {**chosen.values, "stacks": small})]
    for stack in sizes.keys() - set(small):
        rows += read_columns(session, first, {**chosen.values, "stacks": [stack], "most": MOST_ASKED})
    to_bytes = bytes.fromhex if rows and isinstance(rows[0][0], str) else _bytes_of
    members: dict[Any, list[Wanted]] = defaultdict(list)
    for stack, case_id, version, epoch in rows:
        members[stack].append(Wanted(to_bytes(case_id), version, epoch))
    return {to_bytes(stack): held for stack, held in members.items()}


@cache
def _holding(question: Question, *, sharing: bool) -> Select[Any]:
    columns = (_as_stored(Case.stack), _as_stored(Case.id), Case.version, Case.summary_epoch)
    among = Case.stack.in_(bindparam("stacks", expanding=True))
    held = select(*columns).where(question.condition, among)
    return held.where(MAY_SHARE) if sharing else held


@cache
def _first_holding(question: Question, *, sharing: bool) -> Select[Any]:
    order = BY_URGENCY.terms(Case, backwards=False)
    return _holding(question, sharing=sharing).order_by(*order).limit(bindparam("most"))


def _as_stored(column: Any) -> ColumnElement[Any]:
    return type_coerce(column, NullType())
