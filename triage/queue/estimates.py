"""How many people may have sent the reports of a flood.

All cases of a flood are looked at, thousands perhaps, so ids stay as the database gives them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from casefile.models import Case
from triage.queue.facts import Shelf, Wanted, estimate_reporters
from triage.reader import Reader

MOST_OPENED = 40
"""Summaries that a page opens to guess how many people sent the reports of its floods; the next look goes on."""


def guess_reporters(
    session: Session, chosen: ColumnElement[bool], stacks: Sequence[UUID], reader: Reader, shelf: Shelf
) -> dict[UUID, int]:
    """For each stack of which all chosen cases' summaries have been opened, how many people may have sent them."""
    members = _list_members(session, chosen, stacks)
    wanted = [each for held in members.values() for each in held]
    facts, _ = shelf.learn(session, reader, wanted, MOST_OPENED)
    known = {stack: [facts[each.case_id] for each in held if each.case_id in facts] for stack, held in members.items()}
    whole = {stack: held for stack, held in known.items() if len(held) == len(members[stack])}
    return {UUID(bytes=stack): estimate_reporters(held) for stack, held in whole.items()}


def _list_members(session: Session, chosen: ColumnElement[bool], stacks: Sequence[UUID]) -> dict[bytes, list[Wanted]]:
    columns = (_as_stored(Case.stack), _as_stored(Case.id), Case.version, Case.summary_epoch)
    members: dict[bytes, list[Wanted]] = defaultdict(list)
    for stack, case_id, version, epoch in session.execute(select(*columns).where(chosen, Case.stack.in_(stacks))):
        members[_to_bytes(stack)].append(Wanted(_to_bytes(case_id), version, epoch))
    return members


def _as_stored(column: Any) -> ColumnElement[Any]:
    return type_coerce(column, NullType())


def _to_bytes(stored: str | UUID) -> bytes:
    """SQLite keeps 32 hex digits, PostgreSQL an id of its own."""
    return bytes.fromhex(stored) if isinstance(stored, str) else stored.bytes
