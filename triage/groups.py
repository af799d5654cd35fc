"""The group that a case stands in: cases joined by links and suggestions, and what binds them. Opens no box.

A cluster is a set of cases that one kind of bond holds together. "One picture in nine reports" is such a cluster; where
some of its cases hang together only through others it may be more than one picture, and the page says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from casefile.models import Case, CaseReport, Match
from casefile.vocabulary import CaseStatus, LinkState, MatchClass, Urgency
from triage.bonds import BONDS, Bond

MOST_MEMBERS = 100
"""Cases of a group that are listed; whoever is nearer to the case comes first."""
MOST_HOPS = 5
"""Steps from the case beyond which nothing is looked for."""


@dataclass(frozen=True)
class Tie:
    """Two cases, by their ids in order, and one bond between them."""

    ends: tuple[UUID, UUID]
    bond: Bond
    is_linked: bool


@dataclass(frozen=True)
class Cluster:
    """Cases that one bond holds together; ``letter`` tells clusters of a bond apart.

    ``is_certain``: each case is tied to each other one. ``is_linked``: every tie was confirmed.
    """

    bond: Bond
    letter: str
    members: tuple[UUID, ...]
    is_certain: bool
    is_linked: bool


@dataclass(frozen=True)
class Member:
    """A case of the group."""

    case_id: UUID
    code: str
    received_at: datetime
    level: Urgency
    status: CaseStatus


@dataclass(frozen=True)
class Group:
    """Members in the order in which they were found, the case itself first. ``is_larger``: some were left out."""

    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    clusters: tuple[Cluster, ...]
    is_larger: bool


def find_group(session: Session, case_id: UUID) -> Group:
    """The group of a case: the case alone where nothing binds it. Weak suggestions count once they are confirmed."""
    found, is_larger = _walk(session, case_id)
    ties = _find_ties(session, found)
    return Group(_list_members(session, found), ties, build_clusters(ties, found), is_larger)


def build_clusters(ties: Iterable[Tie], order: Sequence[UUID]) -> tuple[Cluster, ...]:
    """The clusters of at least two, by bond and size, members as in ``order``."""
    by_bond: dict[Bond, dict[tuple[UUID, UUID], bool]] = defaultdict(dict)
    for tie in ties:
        by_bond[tie.bond][tie.ends] = by_bond[tie.bond].get(tie.ends, False) or tie.is_linked
    clusters = []
    for bond in Bond:
        held = by_bond.get(bond, {})
        components = sorted(_components(held, order), key=lambda members: (-len(members), order.index(members[0])))
        clusters += [_cluster(bond, number, members, held) for number, members in enumerate(components)]
    return tuple(clusters)


def letter_of(number: int) -> str:
    """A, B, … Z, AA, AB, …; ``number`` counts from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cluster(bond: Bond, number: int, members: tuple[UUID, ...], held: Mapping[tuple[UUID, UUID], bool]) -> Cluster:
    ends = [tuple(sorted(pair)) for pair in combinations(members, 2)]
    tied = [held[pair] for pair in ends if pair in held]  # type: ignore[index]
    return Cluster(bond, letter_of(number), members, len(tied) == len(ends), all(tied))


def _components(ties: Iterable[tuple[UUID, UUID]], order: Sequence[UUID]) -> list[tuple[UUID, ...]]:
    neighbours: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in ties:
        neighbours[one].add(other)
        neighbours[other].add(one)
    seen: set[UUID] = set()
    components = []
    for start in order:
        if start in seen or start not in neighbours:
            continue
        reached, waiting = {start}, [start]
        while waiting:
            fresh = neighbours[waiting.pop()] - reached
            reached |= fresh
            waiting += fresh
        seen |= reached
        components.append(tuple(one for one in order if one in reached))
    return components


_OWN, _OTHER = aliased(CaseReport), aliased(CaseReport)


def _counts() -> ColumnElement[bool]:
    """Matches that bind: all that were not rejected, and of weak ones only what a person confirmed."""
    is_firm = or_(Match.match_class != MatchClass.WEAK, Match.state == LinkState.LINKED)
    return and_(Match.state != LinkState.REJECTED, is_firm)


def _walk(session: Session, case_id: UUID) -> tuple[list[UUID], bool]:
    """Case ids by distance, and whether there are more. At most two queries a step, none of them without a limit."""
    found, edge = [case_id], [case_id]
    for _ in range(MOST_HOPS):
        reached: set[UUID] = set()
        for own, other in ((Match.low_id, Match.high_id), (Match.high_id, Match.low_id)):
            near = (
                select(_OTHER.case_id)
                .select_from(_OWN)
                .join(Match, own == _OWN.report_id)
                .join(_OTHER, _OTHER.report_id == other)
                .where(_OWN.case_id.in_(edge), _OTHER.case_id.not_in(found), _counts())
                .distinct()
                .order_by(_OTHER.case_id)
                .limit(MOST_MEMBERS)
            )
            reached |= set(session.scalars(near))
        edge = sorted(reached)[: MOST_MEMBERS - len(found)]
        found += edge
        if len(edge) < len(reached):
            return found, True
        if not edge:
            return found, False
    return found, True


def _find_ties(session: Session, found: list[UUID]) -> tuple[Tie, ...]:
    """Everything that binds the cases to one another."""
    rows = session.execute(
        select(_OWN.case_id, _OTHER.case_id, Match.match_class, Match.state)
        .select_from(Match)
        .join(_OWN, _OWN.report_id == Match.low_id)
        .join(_OTHER, _OTHER.report_id == Match.high_id)
        .where(_OWN.case_id.in_(found), _OTHER.case_id.in_(found), _OWN.case_id != _OTHER.case_id, _counts())
        .distinct()
    )
    linked: dict[tuple[UUID, UUID, Bond], bool] = {}
    for one, other, match_class, state in rows:
        low, high = sorted((one, other))
        key = (low, high, BONDS[match_class])
        linked[key] = linked.get(key, False) or state is LinkState.LINKED
    return tuple(Tie((low, high), bond, is_linked) for (low, high, bond), is_linked in sorted(linked.items()))


def _list_members(session: Session, found: list[UUID]) -> tuple[Member, ...]:
    columns = select(Case.id, Case.code, Case.received_at, Case.level, Case.status)
    members = {row[0]: Member(*row) for row in session.execute(columns.where(Case.id.in_(found)))}
    return tuple(members[case_id] for case_id in found)
