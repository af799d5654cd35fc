"""Decisions on a pair: each reaches every match between two cases, is kept with its reason, and is undone for ever.

Decisions of a match lie on one another. The newest that was not taken back stands; taking it back lets what lay below
stand again, so that a case is afterwards what it was before. An act is all that one person, or the rule, wrote at one
time; a later act on a pair always has a later time, also where a clock was set back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.contents import DECISION_NOTE
from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.models import LinkDecision, Match
from casefile.recurrences import log_recurrences, note_recurrences
from casefile.sealing import seal_note
from casefile.stacking import lock_cases, settle_stacks
from casefile.vocabulary import LinkState
from triage.casework import Doing, get_case
from triage.errors import ChangedError, NotFoundError
from triage.links.choices import ACTS, STATES, STRENGTH, Choice, Verdict
from triage.links.drawing import ask_second_look
from triage.links.pairs import Outline, find_outline, open_side
from triage.links.reasons import DecisionReason
from triage.links.sight import Viewer, barrier_between
from triage.reader import Reader

_TICK = timedelta(microseconds=1)
_Step = tuple[LinkState, UUID | None]
"""The state that a decision leaves, and the decision that it takes back."""


@dataclass(frozen=True)
class PastDecision:
    """One act. ``reason`` is None where none was given or it does not open; ``staff_id`` None: by rule."""

    choice: Choice
    staff_id: UUID | None
    decided_at: datetime
    reason: DecisionReason | None
    stands: bool


def decide(session: Session, codes: tuple[str, str], verdict: Verdict, viewer: Viewer, doing: Doing) -> None:
    """Put a verdict on the pair of cases, on both reports' chains; the caller commits.

    Raises ``NotFoundError``, and ``ChangedError`` when somebody decided meanwhile, when there is nothing to undo, when
    an earlier decision must be undone first, or when the two may no longer be compared: then only undoing is left.
    """
    begin_write(session)
    outline = _get_outline(session, codes)
    held = select(Match).where(Match.id.in_(outline.match_ids)).order_by(Match.id).with_for_update()
    matches = session.scalars(held.execution_options(populate_existing=True)).all()
    history = list_rows(session, outline.match_ids)
    if verdict.seen != len(history):
        raise ChangedError
    is_undoing = verdict.choice is Choice.UNDO
    if not is_undoing and (outline.state is not LinkState.SUGGESTED or _is_barred(session, codes, viewer)):
        raise ChangedError
    steps = _take_back(history) if is_undoing else dict.fromkeys(outline.match_ids, (STATES[verdict.choice], None))
    _write(session, matches, steps, _Acting(verdict, _time_after(history, doing.now), doing))


def list_rows(session: Session, match_ids: Iterable[UUID]) -> list[LinkDecision]:
    """All decisions on the matches, oldest first."""
    rows = select(LinkDecision).where(LinkDecision.match_id.in_(list(match_ids)))
    return list(session.scalars(rows.order_by(LinkDecision.decided_at, LinkDecision.id)))


def list_decisions(session: Session, match_ids: Iterable[UUID], reader: Reader) -> list[PastDecision]:
    """What was decided on a pair, newest first: one line for each act, however many matches it reached."""
    rows = list_rows(session, match_ids)
    standing = {_act_of(row) for row in _newest_act(rows)}
    past = {_act_of(row): row for row in rows}
    return [
        PastDecision(_choice_of(row), row.staff_id, row.decided_at, _open_reason(row, reader), act in standing)
        for act, row in reversed(past.items())
    ]


@dataclass(frozen=True)
class _Acting:
    verdict: Verdict
    at: datetime
    doing: Doing


def _get_outline(session: Session, codes: tuple[str, str]) -> Outline:
    outline = find_outline(session, get_case(session, codes[0]), codes[1])
    if outline is None:
        raise NotFoundError
    return outline


def _is_barred(session: Session, codes: tuple[str, str], viewer: Viewer) -> bool:
    one, other = (open_side(session, get_case(session, code), viewer) for code in codes)
    return barrier_between(one, other) is not None


def _time_after(history: list[LinkDecision], now: datetime) -> datetime:
    return max([now, *(row.decided_at + _TICK for row in history[-1:])])


def _act_of(row: LinkDecision) -> tuple[datetime, UUID | None]:
    return row.decided_at, row.staff_id


def _choice_of(row: LinkDecision) -> Choice:
    if row.undoes is not None:
        return Choice.UNDO
    return next(choice for choice, state in STATES.items() if state is row.state)


def _stacks(rows: Iterable[LinkDecision]) -> dict[UUID, list[LinkDecision]]:
    """What stands on each match, the newest last; ``rows`` oldest first."""
    stacks: dict[UUID, list[LinkDecision]] = {}
    for row in rows:
        stack = stacks.setdefault(row.match_id, [])
        if row.undoes is None:
            stack.append(row)
        else:
            stack[:] = [earlier for earlier in stack if earlier.id != row.undoes]
    return stacks


def _newest_act(rows: Iterable[LinkDecision]) -> list[LinkDecision]:
    """The decisions of the newest act that stands; empty where none does."""
    tops = [stack[-1] for stack in _stacks(rows).values() if stack]
    newest = max((_act_of(top)[0] for top in tops), default=None)
    return [top for top in tops if top.decided_at == newest]


def _take_back(history: list[LinkDecision]) -> dict[UUID, _Step]:
    """For each match of the newest act that stands: the state below it, and the decision. Raises ``ChangedError``."""
    stacks = _stacks(history)
    steps: dict[UUID, _Step] = {}
    for row in _newest_act(history):
        below = stacks[row.match_id][-2:-1]
        steps[row.match_id] = (below[0].state if below else LinkState.SUGGESTED, row.id)
    if not steps:
        raise ChangedError
    return steps


def _write(session: Session, matches: Iterable[Match], steps: Mapping[UUID, _Step], acting: _Acting) -> None:
    reached = [match for match in matches if match.id in steps]
    sides = {side for match in reached for side in (match.low_id, match.high_id)}
    lock_cases(session, sides)
    rows = {match.id: _decide_one(session, match, steps[match.id], acting) for match in reached}
    session.flush()
    choice, doing = acting.verdict.choice, acting.doing
    related = rows if choice is Choice.RELATED else ()
    recurred = note_recurrences(session, related, doing.now)
    if choice.needs_reason:
        strongest = min(reached, key=lambda match: (STRENGTH.index(match.match_class), match.suggested_at, match.id))
        ask_second_look(session, strongest, rows[strongest.id], doing)
    settle_stacks(session, sides)
    for match in reached:
        detail = {"match": str(match.id), "class": match.match_class.value}
        act = Act(ACTS[choice], staff_actor(doing.staff_id), doing.now, detail)
        for report_id in sorted((match.low_id, match.high_id)):
            append_entry(session, report_id, act)
    log_recurrences(session, recurred, staff_actor(doing.staff_id), doing.now)


def _decide_one(session: Session, match: Match, step: _Step, acting: _Acting) -> LinkDecision:
    state, undoes = step
    office, reason = acting.doing.office, acting.verdict.reason
    decision_id = uuid.uuid4()
    box = seal_note(office.office, reason.to_bytes(), DECISION_NOTE, decision_id.bytes) if reason else None
    row = LinkDecision(
        id=decision_id,
        match_id=match.id,
        state=state,
        staff_id=acting.doing.staff_id,
        decided_at=acting.at,
        reason_box=box,
        epoch=office.epoch if reason else None,
        undoes=undoes,
    )
    session.add(row)
    match.state = state
    return row


def _open_reason(row: LinkDecision, reader: Reader) -> DecisionReason | None:
    if row.reason_box is None or row.epoch is None:
        return None
    opened = reader.open_note(row.reason_box, row.epoch, DECISION_NOTE, row.id)
    return None if opened is None else DecisionReason.from_bytes(opened)
