"""Groups of open cases: those that hold the same content, and those that people said belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from casefile.models import Case, CaseReport, LinkDecision, Match
from casefile.vocabulary import LinkState
from triage.queue.choosing import EVERY_OPEN
from triage.queue.estimates import Guess, guess_reporters
from triage.queue.listing import list_heads
from triage.queue.pages import Desktop, QueueRow, load_rows
from triage.queue.views import IS_CLOSED, IS_OPEN
from triage.rows import read_columns

MOST_GROUPS = 50
"""Groups, and linked pairs, that one page shows."""


@dataclass(frozen=True)
class Group:
    """Cases of one content. ``row`` is the most urgent one; ``reporters`` guesses who sent the open ones."""

    row: QueueRow
    open_cases: int
    closed_cases: int
    reporters: Guess | None


@dataclass(frozen=True)
class LinkedPair:
    """Two cases that a person linked; at least one is open."""

    code: str
    other_code: str
    staff_id: UUID
    decided_at: datetime


def list_groups(session: Session, desktop: Desktop) -> tuple[list[Group], int]:
    """The most urgent groups with two open cases or more, and how many there are in all."""
    found = {row[0]: row[1] for row in read_columns(session, _grouping())}
    shown = [stack for stack in found if stack is not None][:MOST_GROUPS]
    heads = list_heads(session, EVERY_OPEN, shown)
    rows = {row.case.id: row for row in load_rows(session, list(heads.values()), desktop)}
    sizes = {stack: found[stack] for stack in shown}
    reporters = guess_reporters(session, EVERY_OPEN, sizes, desktop.reader, desktop.shelf)
    closed = _count_closed(session, shown)
    groups = [
        Group(rows[heads[stack]], found[stack], closed.get(stack, 0), reporters.get(stack))
        for stack in shown
        if heads.get(stack) in rows
    ]
    return groups, len(found)


def list_linked(session: Session) -> list[LinkedPair]:
    """The newest pairs that people linked and that still stand, as far as one of the cases is open."""
    pairs: dict[tuple[str, str], LinkedPair] = {}
    for code, other_code, staff_id, decided_at in read_columns(session, _pairing()):
        pairs.setdefault((code, other_code), LinkedPair(code, other_code, staff_id, decided_at))
    return list(pairs.values())[:MOST_GROUPS]


@cache
def _grouping() -> Select[tuple[UUID | None, int]]:
    size = func.count().label("size")
    urgent = (func.min(Case.level), func.min(Case.due_at), Case.stack)
    grouped = select(Case.stack, size).where(IS_OPEN, Case.stack.is_not(None)).group_by(Case.stack)
    return grouped.having(size > 1).order_by(*urgent)


@cache
def _pairing() -> Select[Any]:
    low, high = aliased(CaseReport), aliased(CaseReport)
    one, other = aliased(Case), aliased(Case)
    return (
        select(one.code, other.code, LinkDecision.staff_id, LinkDecision.decided_at)
        .select_from(LinkDecision)
        .join(Match, Match.id == LinkDecision.match_id)
        .join(low, low.report_id == Match.low_id)
        .join(high, high.report_id == Match.high_id)
        .join(one, one.id == low.case_id)
        .join(other, other.id == high.case_id)
        .where(LinkDecision.staff_id.is_not(None), LinkDecision.state == LinkState.LINKED)
        .where(Match.state == LinkState.LINKED, or_(one.closed_at.is_(None), other.closed_at.is_(None)))
        .order_by(LinkDecision.decided_at.desc(), LinkDecision.id)
        .limit(2 * MOST_GROUPS)
    )


def _count_closed(session: Session, stacks: Sequence[UUID]) -> dict[UUID, int]:
    counted = read_columns(session, _counting_closed(), {"stacks": stacks})
    return {row[0]: row[1] for row in counted}


@cache
def _counting_closed() -> Select[tuple[UUID | None, int]]:
    among = Case.stack.in_(bindparam("stacks", expanding=True))
    return select(Case.stack, func.count()).where(IS_CLOSED, among).group_by(Case.stack)
