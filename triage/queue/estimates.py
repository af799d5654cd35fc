"""How many people may have sent the reports of a flood.

All cases of a flood are looked at, thousands perhaps, so ids stay as the database gives them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from casefile.models import Case
from triage.queue.choosing import Chosen, Question
from triage.queue.facts import Shelf, Wanted, estimate_reporters
from triage.queue.listing import MAY_SHARE
from triage.reader import Reader
from triage.rows import read_columns

_bytes_of = attrgetter("bytes")
"""Of an id as PostgreSQL gives it; SQLite keeps 32 hex digits."""
MOST_OPENED = 40
"""Summaries that a page opens to guess how many people sent the reports of its floods; the next look goes on."""


def guess_reporters(
    session: Session, chosen: Chosen, stacks: Sequence[UUID], reader: Reader, shelf: Shelf, *, sharing: bool = False
) -> dict[UUID, int]:
    """For each stack of which all chosen cases' summaries have been opened, how many people may have sent them.

    With ``sharing`` only those of the chosen cases count that may share a row.
    """
    members = _list_members(session, chosen, stacks, sharing=sharing)
    wanted = [each for held in members.values() for each in held]
    facts, _ = shelf.learn(session, reader, wanted, MOST_OPENED)
    guessed = {}
    for stack, held in members.items():
        known = [facts[each.case_id] for each in held if each.case_id in facts]
        if len(known) == len(held):
            guessed[UUID(bytes=stack)] = estimate_reporters(known)
    return guessed


def _list_members(
    session: Session, chosen: Chosen, stacks: Sequence[UUID], *, sharing: bool
) -> dict[bytes, list[Wanted]]:
    statement, values = _holding(chosen.question, sharing=sharing), {**chosen.values, "stacks": stacks}
    rows = read_columns(session, statement, values).all()
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


def _as_stored(column: Any) -> ColumnElement[Any]:
    return type_coerce(column, NullType())
