"""What a picture has in common with others: those that share the most with it (``votes``) are laid on it and judged.

So are those of which one lies in the other as a picture in a picture (``insets``), also where nothing else of them can
be compared. Where whole lines say too little, pieces of them are laid on one another too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.keying import Form
from casefile.fingerprints.sketches import NO_SKETCHES
from casefile.vocabulary import MatchClass
from worker.matching.alignment import Alignment, Layout, align, lay_out
from worker.matching.evidence import SURE_WORDS, Evidence, classify
from worker.matching.insets import Inside, NearPdq, bits_apart, find_near, lies_inside
from worker.matching.overlap import NO_OVERLAP, judge_overlap, without_shown
from worker.matching.pictures import PictureTables, word_bits
from worker.matching.rarity import rarities
from worker.matching.values import PictureFeatures, least_words
from worker.matching.votes import (
    LEAST_VOTES,
    Limits,
    Vote,
    Votes,
    WithPieces,
    bare_vote,
    choose_votes,
    few_of_groups,
    find_votes,
)

Floats = NDArray[np.float64]

Shelf = Callable[[Sequence[UUID]], Mapping[UUID, Sequence[PictureFeatures]]]
"""Fetches the pictures of reports by id; what the tables hold is too little to lay one picture on another."""


class _Words(NamedTuple):
    """Equal word groups with a slot: their number and weight."""

    number: int
    weight: float


_NO_WORDS = _Words(0, 0.0)


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


def find_alike(
    tables: PictureTables, picture: PictureFeatures, own: UUID, shelf: Shelf, limits: Limits
) -> list[Likeness]:
    """Pictures of other reports that have something in common with a picture, the strongest evidence first.

    A picture that is not comparable has no more in common with any than that one is a copy of the other or lies in it.
    """
    near = find_near(tables, picture, own)
    words: dict[int, _Words] = {}
    votes = Votes([], [])
    if picture.is_comparable:
        words = _word_weights(tables, picture, own)
        votes = find_votes(tables, picture, own, limits)
        votes.whole.extend(_bare_votes(picture, near, words))
    chosen = choose_votes(tables, votes, {slot: one.weight for slot, one in words.items()}, limits)
    copies = near.alike if picture.is_lone else near.alike[:0]
    for slot in few_of_groups(tables, np.union1d(near.nested, copies).tolist(), limits):
        chosen.setdefault(slot, bare_vote(picture, slot))
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


def _bare_votes(picture: PictureFeatures, near: NearPdq, words: Mapping[int, _Words]) -> list[Vote]:
    """Votes by PDQ, and for pictures whose text alone may be the same: of a piece cut out of a page no whole line may
    be left.
    """
    alike = [bare_vote(picture, slot, LEAST_VOTES) for slot in near.alike.tolist()]
    return alike + [bare_vote(picture, slot) for slot, shared in words.items() if shared.weight >= SURE_WORDS]


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
    sketches = picture.sketches or NO_SKETCHES
    inside = lies_inside(picture, other, dict.fromkeys((picture.pdq, *picture.insets), 1.0))
    cut = lay_out(sketches, with_pieces=True)
    for form in Form:
        layout = lay_out(sketches, form)
        with_pieces = WithPieces(cut, np.ones(len(cut.lefts))) if form is Form.UPRIGHT else None
        vote = Vote(0, layout, 0.0, np.ones(len(layout.lefts)), np.ones(len(layout.points)), with_pieces)
        shared = len(picture.words & other.words)
        found.append(_lay(picture, other, vote, _Words(shared, float(shared)), inside))
    return max(found, key=lambda laid: laid.evidence.score)


def _lay(picture: PictureFeatures, other: PictureFeatures, vote: Vote, words: _Words, inside: Inside) -> Laid:
    """Our picture, in the form that the vote is for, on the other, where both are comparable."""
    are_comparable = picture.is_comparable and other.is_comparable
    second = lay_out(other.sketches or NO_SKETCHES)
    alignment = align(vote.layout, second, vote.line_weights, vote.point_weights) if are_comparable else None
    evidence = Evidence(
        overlap=NO_OVERLAP,
        line_weight=0.0,
        point_weight=0.0,
        distance=bits_apart(picture.pdq, other.pdq),
        words=words.number,
        word_weight=words.weight,
        least_words=least_words(picture, other),
        has_sketches=picture.sketches is not None and other.sketches is not None,
        is_clear=picture.is_clear and other.is_clear,
        inside=inside,
        are_comparable=are_comparable,
        copy_distance=min(picture.copy_distance, other.copy_distance),
        are_sparse=picture.is_sparse and other.is_sparse,
    )
    laid = _see(Laid(vote.layout, second, alignment, evidence), vote.line_weights, vote.point_weights)
    is_found = classify(laid.evidence) not in {None, MatchClass.WEAK}
    if is_found or not are_comparable or vote.with_pieces is None:
        return laid
    cut = _lay_with_pieces(vote.with_pieces, lay_out(other.sketches or NO_SKETCHES, with_pieces=True), vote, evidence)
    return cut if classify(cut.evidence) else laid


def _lay_with_pieces(ours: WithPieces, second: Layout, vote: Vote, evidence: Evidence) -> Laid:
    """The same two pictures with pieces of their lines; ``evidence`` is what they have in common beside elements."""
    alignment = align(ours.layout, second, ours.line_weights, vote.point_weights)
    if alignment is not None:
        alignment = without_shown(ours.layout, second, alignment)
    laid = Laid(ours.layout, second, alignment, evidence._replace(is_cut=True))
    return _see(laid, ours.line_weights, vote.point_weights)


def _see(laid: Laid, line_weights: Floats, point_weights: Floats) -> Laid:
    """With what the alignment shows."""
    first, second, alignment, evidence = laid
    if alignment is None:
        return laid
    return laid._replace(
        evidence=evidence._replace(
            overlap=judge_overlap(first, second, alignment),
            line_weight=float(line_weights[alignment.line_pairs[:, 0]].sum()),
            point_weight=float(point_weights[alignment.point_pairs[:, 0]].sum()),
        )
    )
