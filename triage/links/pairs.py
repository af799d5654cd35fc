"""The pairs of a case: which there are, in what order, and what is opened of those that are shown.

A pair is this case and one other, with every match between their reports. Order and state come from rows in clear;
boxes are opened for what is on the screen and for nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.contents import MATCH_NOTE, MatchReason, decode_reasons
from casefile.models import Case, CaseReport, LinkDecision, Match
from casefile.recurrences import find_last_counsellor
from casefile.vocabulary import LinkState, MatchClass
from triage.casework import get_case, list_report_ids
from triage.errors import NotFoundError
from triage.links.choices import STRENGTH
from triage.links.sight import Barrier, Side, Viewer, barrier_between, sight_of
from triage.queue import open_summary
from triage.reader import Reader

PAGE_SIZE = 10


@dataclass(frozen=True)
class Outline:
    """A pair, unopened. ``seen`` counts the decisions on it and so names the state that was shown."""

    other_id: UUID
    other_code: str
    match_ids: tuple[UUID, ...]
    state: LinkState
    place: tuple[int, bool, int, str]
    seen: int


@dataclass(frozen=True)
class Pair:
    """This case and another. ``reasons`` have this case's picture first, and are empty behind a ``barrier``."""

    own: Side
    other: Side
    state: LinkState
    matches: tuple[Match, ...]
    reasons: tuple[MatchReason, ...]
    seen: int
    barrier: Barrier | None


@dataclass(frozen=True)
class PairPage:
    """One page of a case's pairs; ``number`` counts from 1, ``total`` pairs."""

    pairs: tuple[Pair, ...]
    number: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE_SIZE))


def list_outlines(session: Session, case_id: UUID) -> list[Outline]:
    """Every pair of the case: those nobody looked at first, then the doubtful, the linked, the rejected."""
    grouped: dict[UUID, list[_Found]] = defaultdict(list)
    for found in _find_matches(session, list_report_ids(session, case_id)):
        grouped[found.other_id].append(found)
    return sorted(map(_outline, grouped.values()), key=lambda outline: outline.place)


def list_pairs(session: Session, case: Case, viewer: Viewer, number: int = 1) -> PairPage:
    """One page of ``list_outlines``, opened. A page past the end is empty."""
    outlines = list_outlines(session, case.id)
    shown = outlines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return PairPage(_open_pairs(session, case, shown, viewer), number, len(outlines))


def get_pair(session: Session, codes: tuple[str, str], viewer: Viewer) -> Pair:
    """The pair of two cases, seen from the first. Raises ``NotFoundError``."""
    case = get_case(session, codes[0])
    outline = find_outline(session, case, codes[1])
    if outline is None:
        raise NotFoundError
    return _open_pairs(session, case, [outline], viewer)[0]


def find_outline(session: Session, case: Case, other_code: str) -> Outline | None:
    """The pair of the case and another, unopened; None where nothing joins them."""
    found = _find_matches(session, list_report_ids(session, case.id), other_code)
    return _outline(found) if found else None


def find_next(session: Session, case_id: UUID, after: str) -> str | None:
    """The code of the next open suggestion of the case, going round; None when no other is open."""
    outlines = list_outlines(session, case_id)
    here = next((place for place, outline in enumerate(outlines) if outline.other_code == after), 0)
    following = (*outlines[here + 1 :], *outlines[:here])
    return next((one.other_code for one in following if one.state is LinkState.SUGGESTED), None)


def open_side(session: Session, case: Case, viewer: Viewer) -> Side:
    """One case as it may be seen, with whom to talk to about it: who has it, or who had it last."""
    counsellor_id = case.claimed_by or find_last_counsellor(session, case.id)
    return Side(case, open_summary(case, viewer.reader), sight_of(viewer, case.claimed_by), counsellor_id)


def open_reasons(match: Match, first: Iterable[UUID], reader: Reader) -> tuple[MatchReason, ...]:
    """Why the match was suggested, with the pictures of the ``first`` reports first; empty when it does not open."""
    opened = reader.open_note(match.reasons_box, match.epoch, MATCH_NOTE, match.id)
    try:
        reasons = decode_reasons(opened) if opened is not None else ()
    except (ValueError, TypeError, IndexError):
        reasons = ()
    return reasons if match.low_id in first else tuple(reason.swapped() for reason in reasons)


_ORDER = (LinkState.SUGGESTED, LinkState.LINKED, LinkState.REJECTED)
_WEIGHT = (LinkState.LINKED, LinkState.SUGGESTED, LinkState.REJECTED)
"""The state of a pair is the first of these that one of its matches has."""


class _Found(NamedTuple):
    match_id: UUID
    match_class: MatchClass
    state: LinkState
    other_id: UUID
    other_code: str
    decisions: int


def _find_matches(session: Session, own: Sequence[UUID], other_code: str | None = None) -> list[_Found]:
    """The matches of the reports with those of other cases, or of one other case; no box is read."""
    decisions = select(func.count()).where(LinkDecision.match_id == Match.id).scalar_subquery()
    found: list[_Found] = []
    for this, that in ((Match.low_id, Match.high_id), (Match.high_id, Match.low_id)):
        rows = (
            select(Match.id, Match.match_class, Match.state, Case.id, Case.code, decisions)
            .join(CaseReport, CaseReport.report_id == that)
            .join(Case, Case.id == CaseReport.case_id)
            .where(this.in_(own), that.not_in(own))
        )
        chosen = rows if other_code is None else rows.where(Case.code == other_code)
        found += [_Found(row[0], row[1], row[2], row[3], row[4], row[5] or 0) for row in session.execute(chosen)]
    return found


def _outline(found: list[_Found]) -> Outline:
    states = {one.state for one in found}
    state = next(state for state in _WEIGHT if state in states)
    seen = sum(one.decisions for one in found)
    is_doubtful = state is LinkState.SUGGESTED and seen > 0
    strongest = min(STRENGTH.index(one.match_class) for one in found)
    return Outline(
        other_id=found[0].other_id,
        other_code=found[0].other_code,
        match_ids=tuple(sorted(one.match_id for one in found)),
        state=state,
        place=(_ORDER.index(state), is_doubtful, strongest, found[0].other_code),
        seen=seen,
    )


def _open_pairs(session: Session, case: Case, outlines: Sequence[Outline], viewer: Viewer) -> tuple[Pair, ...]:
    """The pairs with what their boxes hold, where nothing forbids to open them."""
    if not outlines:
        return ()
    first = frozenset(list_report_ids(session, case.id))
    own = open_side(session, case, viewer)
    other_ids = [outline.other_id for outline in outlines]
    others = {one.id: one for one in session.scalars(select(Case).where(Case.id.in_(other_ids)))}
    match_ids = [match_id for outline in outlines for match_id in outline.match_ids]
    ordered = select(Match).where(Match.id.in_(match_ids)).order_by(Match.suggested_at, Match.id)
    matches = {match.id: match for match in session.scalars(ordered)}
    pairs = []
    for outline in outlines:
        other = open_side(session, others[outline.other_id], viewer)
        ids = frozenset(outline.match_ids)
        held = tuple(match for match in matches.values() if match.id in ids)
        barrier = barrier_between(own, other)
        opened = () if barrier else (reason for match in held for reason in open_reasons(match, first, viewer.reader))
        reasons = tuple(dict.fromkeys(opened))
        pairs.append(Pair(own, other, outline.state, held, reasons, outline.seen, barrier))
    return tuple(pairs)
