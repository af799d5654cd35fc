"""Which pictures a picture should be laid on, and what comes of it.

First the tables say which pictures share elements with it, in each of the eight forms in which it may have been
turned. An element counts by its rarity. The heaviest are then laid on it and judged, and so are those of which one lies
in the other as a picture in a picture (``insets``), also where nothing else of them can be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.keying import Form
from casefile.fingerprints.kinds import LINE, PDQ, POINT
from casefile.fingerprints.sketches import NO_SKETCHES
from casefile.vocabulary import MatchClass
from worker.matching.alignment import POINT_SHARE, Alignment, Layout, align, distances, lay_out
from worker.matching.decision import SURE_WORDS, Evidence, classify
from worker.matching.insets import Inside, NearPdq, bits_apart, find_near, lies_inside
from worker.matching.overlap import NO_OVERLAP, judge_overlap
from worker.matching.pictures import PictureTables, word_bits
from worker.matching.rarity import rarities
from worker.matching.values import FULL_OF_LINES, PictureFeatures

Floats = NDArray[np.float64]

_LEAST_VOTES = 0.9


class Limits(NamedTuple):
    """What comparing may cost.

    ``laid``: pictures of other reports that one picture is laid on, the heaviest votes first; ``laid_of_group``: of one
    content group; ``kept_of_group``: pictures of one content group whose sketches are kept. The rest of a flood says
    the same.
    """

    laid: int = 24
    laid_of_group: int = 3
    kept_of_group: int = 16


USUAL_LIMITS = Limits()

Shelf = Callable[[Sequence[UUID]], Mapping[UUID, Sequence[PictureFeatures]]]
"""Fetches the pictures of reports by id; what the tables hold is too little to lay one picture on another."""


class _Words(NamedTuple):
    """Equal word groups with a slot: their number and weight."""

    number: int
    weight: float


_NO_WORDS = _Words(0, 0.0)
_NOBODY = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Likeness:
    """A picture of another report, and what it has in common with ours; its class is never None."""

    report_id: UUID
    number: int
    group: int
    evidence: Evidence

    @property
    def pair_class(self) -> MatchClass:
        """The strongest class that the evidence supports."""
        return classify(self.evidence) or MatchClass.WEAK


@dataclass(frozen=True)
class _Vote:
    """A slot, the form in which it shares the most, the weight of what it shares, and the weights of our elements."""

    slot: int
    layout: Layout
    weight: float
    line_weights: Floats
    point_weights: Floats


def find_alike(
    tables: PictureTables, picture: PictureFeatures, own: UUID, shelf: Shelf, limits: Limits
) -> list[Likeness]:
    """Pictures of other reports that have something in common with a picture, the strongest evidence first.

    A picture that is not comparable has no more in common with any than that one is a copy of the other or lies in it.
    """
    near = find_near(tables, picture, own)
    words: dict[int, _Words] = {}
    votes: list[_Vote] = []
    if picture.is_comparable:
        words = _word_weights(tables, picture, own)
        votes = [*_votes(tables, picture, own, limits), *_bare_votes(picture, near, words)]
    chosen = _choose(tables, votes, words, limits)
    for slot in _few_of_groups(tables, np.union1d(near.nested, near.lone).tolist(), limits):
        chosen.setdefault(slot, _bare_vote(picture, slot))
    names = {slot: tables.name(slot) for slot in chosen}
    kept = shelf(sorted({name.report_id for name in names.values() if name is not None}))
    found = []
    for slot, vote in chosen.items():
        name = names[slot]
        other = name and next((one for one in kept.get(name.report_id, ()) if one.number == name.number), None)
        if name is None or other is None:
            continue
        inside = lies_inside(picture, other, near.weights)
        evidence = _lay(picture, other, vote, words.get(slot, _NO_WORDS), inside).evidence
        found_in = classify(evidence)
        is_worth = found_in is not None and (found_in is not MatchClass.WEAK or vote.weight > 0.0)
        if is_worth:
            found.append(Likeness(name.report_id, name.number, name.group, evidence))
    return sorted(found, key=lambda one: (-one.evidence.score, one.report_id.bytes, one.number))


def _votes(tables: PictureTables, picture: PictureFeatures, own: UUID, limits: Limits) -> list[_Vote]:
    votes: list[_Vote] = []
    if picture.sketches is not None:
        shares = _shares(lay_out(picture.sketches))
        for form in Form:
            votes += _votes_in(tables, lay_out(picture.sketches, form), shares, form, own)[: 4 * limits.laid]
    return votes


def _bare_votes(picture: PictureFeatures, near: NearPdq, words: Mapping[int, _Words]) -> list[_Vote]:
    """Votes by PDQ, and for pictures whose text alone may be the same: of a piece cut out of a page no whole line may
    be left.
    """
    alike = [_bare_vote(picture, slot, _LEAST_VOTES) for slot in near.alike.tolist()]
    return alike + [_bare_vote(picture, slot) for slot, shared in words.items() if shared.weight >= SURE_WORDS]


def _bare_vote(picture: PictureFeatures, slot: int, weight: float = 0.0) -> _Vote:
    """A vote that no line or point is for."""
    layout = lay_out(picture.sketches or NO_SKETCHES)
    return _Vote(slot, layout, weight, np.zeros(len(layout.lefts)), np.zeros(len(layout.points)))


def _shares(layout: Layout) -> Floats:
    """What each point of a page of text counts: n that are alike on the page count as the root of n; elsewhere 1.

    An icon in every row of a list says little more than the icon alone, and a stranger's list has it in every row too.
    """
    if len(layout.lefts) < FULL_OF_LINES:
        return np.ones(len(layout.points))
    alike = distances(layout.point_bits, layout.point_bits) <= POINT.match_threshold
    return np.asarray(1 / np.sqrt(alike.sum(axis=1)))


def _votes_in(tables: PictureTables, layout: Layout, shares: Floats, form: Form, own: UUID) -> list[_Vote]:
    """Votes of one form, points by their ``shares``. Lines are looked for only where they still run level."""
    is_level = form.quarters in {Form.UPRIGHT, Form.HALF}
    line_bits = layout.line_bits if is_level else layout.line_bits[:0]
    lines = tables.of_others(tables.near_lines(line_bits, LINE.match_threshold), own)
    points = tables.of_others(tables.near_points(layout.point_bits, POINT.match_threshold), own)
    line_weights = rarities(tables, lines, len(layout.lefts))
    point_weights = POINT_SHARE * shares * rarities(tables, points, len(layout.points))
    slots = np.concatenate([lines.rows, points.rows])
    weights = np.concatenate([line_weights[lines.queries], point_weights[points.queries]])
    unique, where = np.unique(slots, return_inverse=True)
    sums = np.bincount(where, weights, len(unique))
    heavy = np.flatnonzero(sums >= _LEAST_VOTES)
    heaviest = heavy[np.argsort(-sums[heavy], kind="stable")]
    return [
        _Vote(int(unique[one]), layout, float(sums[one]), line_weights, point_weights / POINT_SHARE) for one in heaviest
    ]


def _choose(
    tables: PictureTables, votes: Iterable[_Vote], words: Mapping[int, _Words], limits: Limits
) -> dict[int, _Vote]:
    """The heaviest votes, one a slot and as many of a content group as the limits allow."""
    best: dict[int, _Vote] = {}
    for vote in votes:
        if vote.slot not in best or best[vote.slot].weight < vote.weight:
            best[vote.slot] = vote
    ordered = sorted(best, key=lambda slot: (-best[slot].weight - words.get(slot, _NO_WORDS).weight, slot))
    return {slot: best[slot] for slot in _few_of_groups(tables, ordered, limits)}


def _few_of_groups(tables: PictureTables, slots: Iterable[int], limits: Limits) -> list[int]:
    """The first slots, as many of a content group and as many in all as the limits allow."""
    groups: Counter[int] = Counter()
    few: list[int] = []
    for slot in slots:
        name = tables.name(slot)
        if name is not None and groups[name.group] < limits.laid_of_group and len(few) < limits.laid:
            groups[name.group] += 1
            few.append(slot)
    return few


def _word_weights(tables: PictureTables, picture: PictureFeatures, own: UUID) -> dict[int, _Words]:
    bits = word_bits(picture.words)
    hits = tables.of_others(tables.equal_words(bits), own)
    weights = rarities(tables, hits, len(bits))[hits.queries]
    slots, where = np.unique(hits.rows, return_inverse=True)
    counts, sums = np.bincount(where, minlength=len(slots)), np.bincount(where, weights, len(slots))
    return {int(slot): _Words(int(n), float(sum_)) for slot, n, sum_ in zip(slots, counts, sums, strict=True)}


class Laid(NamedTuple):
    """Two pictures on one another: their layouts, the alignment (None where nothing agrees), and what it shows."""

    first: Layout
    second: Layout
    alignment: Alignment | None
    evidence: Evidence


def lay_on(picture: PictureFeatures, other: PictureFeatures) -> Laid:
    """One picture on another, in the form in which they agree best, as if every element were rare."""
    found = []
    inside = lies_inside(picture, other, dict.fromkeys((picture.pdq, *picture.insets), 1.0))
    for form in Form:
        layout = lay_out(picture.sketches or NO_SKETCHES, form)
        vote = _Vote(0, layout, 0.0, np.ones(len(layout.lefts)), np.ones(len(layout.points)))
        shared = len(picture.words & other.words)
        found.append(_lay(picture, other, vote, _Words(shared, float(shared)), inside))
    return max(found, key=lambda laid: laid.evidence.score)


def _lay(picture: PictureFeatures, other: PictureFeatures, vote: _Vote, words: _Words, inside: Inside) -> Laid:
    """Our picture, in the form that the vote is for, on the other, where both are comparable."""
    layout = lay_out(other.sketches or NO_SKETCHES)
    are_comparable = picture.is_comparable and other.is_comparable
    alignment = align(vote.layout, layout, vote.line_weights, vote.point_weights) if are_comparable else None
    overlap = NO_OVERLAP if alignment is None else judge_overlap(vote.layout, layout, alignment)
    pairs = () if alignment is None else (alignment.line_pairs[:, 0], alignment.point_pairs[:, 0])
    lines, points = pairs or (_NOBODY, _NOBODY)
    evidence = Evidence(
        overlap=overlap,
        line_weight=float(vote.line_weights[lines].sum()),
        point_weight=float(vote.point_weights[points].sum()),
        distance=bits_apart(picture.pdq, other.pdq),
        words=words.number,
        word_weight=words.weight,
        least_words=min(len(picture.words), len(other.words)),
        has_sketches=picture.sketches is not None and other.sketches is not None,
        is_clear=PDQ.is_clear(picture.quality) and PDQ.is_clear(other.quality),
        inside=inside,
        are_comparable=are_comparable,
        are_lone=picture.is_lone and other.is_lone,
    )
    return Laid(vote.layout, layout, alignment, evidence)
