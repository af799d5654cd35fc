"""Related reports: why they may belong together, what speaks against it, and what people decided.

A pair is this case and one other; a decision is on the pair and reaches every match between their reports. It can be
undone for ever, with a reason. Of the other case a person sees code, level, kinds and age band, nothing else.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from casefile.contents import DECISION_NOTE, MATCH_NOTE, MatchReason, QueueSummary, decode_reasons
from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.models import Case, CaseReport, LinkDecision, Match
from casefile.sealing import seal_note
from casefile.vocabulary import CustodyAction, LinkState, MatchClass, Urgency
from triage.casework import Doing, get_case, list_report_ids
from triage.errors import ChangedError, NotFoundError
from triage.queue import open_summary
from triage.reader import Reader


class Choice(StrEnum):
    """What a person says about a pair. None is preselected."""

    RELATED = "terkait"
    UNRELATED = "tidak"
    UNSURE = "belum"
    UNDO = "batal"

    @property
    def needs_reason(self) -> bool:
        """All but "not sure yet"."""
        return self is not Choice.UNSURE


_OUTCOMES = {
    Choice.RELATED: (LinkState.LINKED, CustodyAction.LINK_CONFIRMED),
    Choice.UNRELATED: (LinkState.REJECTED, CustodyAction.LINK_REJECTED),
    Choice.UNSURE: (LinkState.SUGGESTED, CustodyAction.LINK_LEFT_OPEN),
    Choice.UNDO: (LinkState.SUGGESTED, CustodyAction.LINK_UNDONE),
}


STRENGTH = (
    MatchClass.SAME_FILE,
    MatchClass.SAME_ACCOUNT,
    MatchClass.SAME_ADDRESS,
    MatchClass.DUPLICATE,
    MatchClass.SAME_CONVERSATION,
    MatchClass.SAME_PICTURE,
    MatchClass.SAME_HANDLE,
    MatchClass.WEAK,
)
"""In what order classes are read: what says most of a pair first."""


@dataclass(frozen=True)
class OtherCase:
    """All that may be seen of a related case."""

    code: str
    level: Urgency
    summary: QueueSummary | None


@dataclass(frozen=True)
class Pair:
    """This case and another. ``reasons`` have this case's picture first; ``seen`` names the state that was shown."""

    other: OtherCase
    state: LinkState
    matches: tuple[Match, ...]
    reasons: tuple[MatchReason, ...]
    seen: int


@dataclass(frozen=True)
class PastDecision:
    """One decision; ``reason`` is None where none was given or it does not open. ``staff_id`` None: by rule."""

    decision: LinkDecision
    reason: str | None
    was_undone: bool


def list_pairs(session: Session, case: Case, reader: Reader) -> list[Pair]:
    """Every pair of the case: those still open first, then linked, then rejected; of each the strongest first."""
    own = set(list_report_ids(session, case.id))
    grouped: dict[UUID, list[Match]] = defaultdict(list)
    for match, other_id in _matches(session, own):
        grouped[other_id].append(match)
    others = {found.id: found for found in session.scalars(select(Case).where(Case.id.in_(grouped)))}
    decided = _count_decisions(session, [match.id for matches in grouped.values() for match in matches])
    pairs = [_pair(others[other_id], matches, own, reader, decided) for other_id, matches in grouped.items()]
    return sorted(pairs, key=_place)


def get_pair(session: Session, code: str, other_code: str, reader: Reader) -> Pair:
    """Raises ``NotFoundError``."""
    for pair in list_pairs(session, get_case(session, code), reader):
        if pair.other.code == other_code:
            return pair
    raise NotFoundError


@dataclass(frozen=True)
class Verdict:
    """What a person decided, why (cleaned text, may be empty), and the ``Pair.seen`` that was on the screen."""

    choice: Choice
    reason: str
    seen: int


def decide(session: Session, codes: tuple[str, str], verdict: Verdict, doing: Doing) -> None:
    """Put a verdict on every match of the pair of cases, on both reports' chains; the caller commits.

    Raises ``ChangedError`` when somebody decided meanwhile or there is
    nothing to undo, ``NotFoundError``.
    """
    begin_write(session)
    pair = get_pair(session, *codes, doing.reader)
    ids = [match.id for match in pair.matches]
    session.execute(select(Match.id).where(Match.id.in_(ids)).order_by(Match.id).with_for_update())
    if verdict.seen != sum(_count_decisions(session, ids).values()):
        raise ChangedError
    if verdict.choice is Choice.UNDO and pair.state is LinkState.SUGGESTED:
        raise ChangedError
    for match in sorted(pair.matches, key=lambda match: match.id):
        _decide_one(session, match, verdict, doing)


def list_decisions(session: Session, pair: Pair, reader: Reader) -> list[PastDecision]:
    """What was decided on a pair, newest first: one line for each time, however many matches it reached."""
    ids = [match.id for match in pair.matches]
    rows = session.scalars(
        select(LinkDecision).where(LinkDecision.match_id.in_(ids)).order_by(LinkDecision.decided_at, LinkDecision.id)
    )
    once = {(row.decided_at, row.staff_id, row.state): row for row in rows}
    before, past = LinkState.SUGGESTED, []
    for row in once.values():
        was_undone = row.state is LinkState.SUGGESTED and before is not LinkState.SUGGESTED
        past.append(PastDecision(row, _reason(row, reader), was_undone))
        before = row.state
    return past[::-1]


_ORDER = (LinkState.SUGGESTED, LinkState.LINKED, LinkState.REJECTED)


def _place(pair: Pair) -> tuple[int, int, str]:
    strongest = min(STRENGTH.index(match.match_class) for match in pair.matches)
    return _ORDER.index(pair.state), strongest, pair.other.code


def _matches(session: Session, own: set[UUID]) -> list[tuple[Match, UUID]]:
    other_report = or_(
        Match.low_id.in_(own) & (CaseReport.report_id == Match.high_id),
        Match.high_id.in_(own) & (CaseReport.report_id == Match.low_id),
    )
    found = select(Match, CaseReport.case_id).join(CaseReport, other_report)
    ordered = found.where(CaseReport.report_id.not_in(own)).order_by(Match.suggested_at, Match.id)
    return [(row[0], row[1]) for row in session.execute(ordered)]


def _count_decisions(session: Session, match_ids: list[UUID]) -> dict[UUID, int]:
    counted = select(LinkDecision.match_id, func.count()).where(LinkDecision.match_id.in_(match_ids))
    return {row[0]: row[1] for row in session.execute(counted.group_by(LinkDecision.match_id))}


def _pair(other: Case, matches: list[Match], own: set[UUID], reader: Reader, decided: dict[UUID, int]) -> Pair:
    states = {match.state for match in matches}
    state = next((one for one in (LinkState.LINKED, LinkState.SUGGESTED) if one in states), LinkState.REJECTED)
    reasons = (reason for match in matches for reason in _reasons(match, own, reader))
    return Pair(
        other=OtherCase(other.code, other.level, open_summary(other, reader)),
        state=state,
        matches=tuple(matches),
        reasons=tuple(dict.fromkeys(reasons)),
        seen=sum(decided.get(match.id, 0) for match in matches),
    )


def _reasons(match: Match, own: set[UUID], reader: Reader) -> tuple[MatchReason, ...]:
    opened = reader.open_note(match.reasons_box, match.epoch, MATCH_NOTE, match.id)
    try:
        reasons = decode_reasons(opened) if opened is not None else ()
    except (ValueError, TypeError, IndexError):
        reasons = ()
    if match.low_id in own:
        return reasons
    return tuple(reason.swapped() for reason in reasons)


def _decide_one(session: Session, match: Match, verdict: Verdict, doing: Doing) -> None:
    state, action = _OUTCOMES[verdict.choice]
    reason = verdict.reason
    decision_id, office = uuid.uuid4(), doing.office
    session.add(
        LinkDecision(
            id=decision_id,
            match_id=match.id,
            state=state,
            staff_id=doing.staff_id,
            decided_at=doing.now,
            reason_box=seal_note(office.office, reason.encode(), DECISION_NOTE, decision_id.bytes) if reason else None,
            epoch=office.epoch if reason else None,
        )
    )
    match.state = state
    detail = {"match": str(match.id), "class": match.match_class.value}
    act = Act(action, staff_actor(doing.staff_id), doing.now, detail)
    for report_id in sorted((match.low_id, match.high_id)):
        append_entry(session, report_id, act)


def _reason(row: LinkDecision, reader: Reader) -> str | None:
    if row.reason_box is None or row.epoch is None:
        return None
    opened = reader.open_note(row.reason_box, row.epoch, DECISION_NOTE, row.id)
    return None if opened is None else opened.decode()
