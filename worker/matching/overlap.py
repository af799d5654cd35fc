"""What two aligned pictures say about each other where they overlap: what agrees, what should be there and is not.

Coverage is judged on the overlap, not on whole pictures: what a cut-out shows of a screenshot is all that can agree.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.descriptions import MOST_LINES
from casefile.fingerprints.kinds import LINE, POINT
from worker.matching.alignment import Alignment, Layout, distances
from worker.matching.values import count_copies

Bits = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Places = NDArray[np.complex128]
Words = NDArray[np.uint64]

DIFFERENT_LINE = 40
"""Bits of 128 from which two lines at the same place are two texts: far above a line found again, far below chance."""
_USUAL_NOISE = 8.0
"""Where lines that agree differ in more bits than this on average, lines differ by so many more before they are two
texts: a picture that was spoilt spoils all its lines.
"""
_SIMILAR = 0.3
"""Share by which the heights of two lines at one place may differ."""
_MOVED = 90.0
"""From which shift on an element has moved, in 4096ths: more than a line of text."""
_NEARLY = 0.9
"""A point counts as large enough for the other picture from this share of its smallest one on."""
_EDGE = 40.0
"""How near to the border of the overlap a line may be cut, in 4096ths."""


class Side(NamedTuple):
    """One picture's part: how many lines and points it has, and how many of them the other should show too."""

    lines: int
    expected_lines: int
    points: int
    expected_points: int


class Overlap(NamedTuple):
    """Numbers of agreeing lines and points, of places with two different lines, of elements that agree on another
    shift than the rest (a bar that stayed while the conversation moved); ``noise`` is the mean number of bits in which
    the agreeing lines differ. ``pieces`` of the lines agree in a piece only. ``one_sided`` of the other lines begin
    together or end together, but not both. ``copies`` of the agreeing lines say the same as another one of them, as in
    every row of a list.
    """

    lines: int
    points: int
    other_lines: int
    displaced: int
    noise: float
    first: Side
    second: Side
    pieces: int = 0
    one_sided: int = 0
    copies: int = 0

    @property
    def contradictions(self) -> int:
        """Other lines, of which those that share one end only count half, and one alone nothing: one picture may show a
        line joined with what stands beside it, and the other the same line alone.
        """
        return self.other_lines - (self.one_sided + 1) // 2


NO_OVERLAP = Overlap(0, 0, 0, 0, 0.0, Side(0, 0, 0, 0), Side(0, 0, 0, 0))
"""That of two pictures that could not be laid on one another."""


def judge_overlap(first: Layout, second: Layout, alignment: Alignment) -> Overlap:
    """Look at two pictures where one lies on the other."""
    turn, shift = alignment.turn, alignment.shift
    back, away = 1 / turn, -shift / turn
    seen = _is_shown(first, second, turn, shift)
    seen_back = _is_shown(second, first, back, away)
    own, other = alignment.line_pairs.T
    other_lines, one_sided = _contradictions(first, second, alignment, seen, seen_back)
    return Overlap(
        lines=len(alignment.line_pairs),
        pieces=int((first.is_piece[own] | second.is_piece[other]).sum()),
        points=len(alignment.point_pairs),
        other_lines=other_lines,
        one_sided=one_sided,
        copies=max(
            count_copies(bits, LINE.match_threshold) for bits in (first.line_bits[own], second.line_bits[other])
        ),
        displaced=_displaced(first, second, alignment),
        noise=_noise(first, second, alignment),
        first=_side(first, second, seen, turn, shift),
        second=_side(second, first, seen_back, back, away),
    )


def without_shown(first: Layout, second: Layout, alignment: Alignment) -> Alignment:
    """Without pieces of lines that both pictures show whole: those lines speak for themselves."""
    turn, shift = alignment.turn, alignment.shift
    seen, seen_back = _is_shown(first, second, turn, shift), _is_shown(second, first, 1 / turn, -shift / turn)
    own, other = alignment.line_pairs.T
    are_pieces = first.is_piece[own] | second.is_piece[other]
    are_shown = seen[first.owners[own]] & seen_back[second.owners[other]]
    return alignment._replace(line_pairs=alignment.line_pairs[~(are_pieces & are_shown)])


def _noise(first: Layout, second: Layout, alignment: Alignment) -> float:
    own, other = alignment.line_pairs.T
    bits = np.bitwise_count(first.line_bits[own] ^ second.line_bits[other]).sum(axis=1)
    return float(bits.mean()) if len(own) else 0.0


def _side(own: Layout, other: Layout, seen: Bits, turn: complex, shift: complex) -> Side:
    expected = seen & _is_kept(own, other)
    points = _is_inside(turn * own.points + shift, other, 0.0)
    scales = own.scales * abs(turn)
    big_enough = scales >= _NEARLY * other.scales.min() if other.scales.size else np.zeros(len(own.points), bool)
    return Side(
        lines=int((~own.is_piece).sum()),
        expected_lines=len(np.unique(own.owners[expected])),
        points=len(own.points),
        expected_points=int((points & big_enough).sum()),
    )


def _is_kept(own: Layout, other: Layout) -> Bits:
    """Whether the other picture, if it showed a line of this one, would have kept it: it keeps the longest."""
    whole = ~other.is_piece
    if whole.sum() < MOST_LINES:
        return np.ones(len(own.lefts), bool)
    shortest = float(np.min((np.abs(other.rights - other.lefts) / other.heights)[whole]))
    return np.asarray(own.is_piece | (np.abs(own.rights - own.lefts) / own.heights >= 1.1 * shortest))


def _is_shown(own: Layout, other: Layout, turn: complex, shift: complex) -> Bits:
    """Whether a line lies wholly within the other picture."""
    return _is_inside(turn * own.lefts + shift, other, _EDGE) & _is_inside(turn * own.rights + shift, other, _EDGE)


def _is_inside(places: Places, picture: Layout, margin: float) -> Bits:
    across = (places.real >= margin) & (places.real <= picture.width - margin)
    result: Bits = across & (places.imag >= margin / 2) & (places.imag <= picture.height - margin / 2)
    return result


def _contradictions(
    first: Layout, second: Layout, alignment: Alignment, seen: Bits, seen_back: Bits
) -> tuple[int, int]:
    """How often both have a line at one place, beginning or ending together, and the two are different; of pieces,
    beginning and ending together. And how many of these do only one of both.
    """
    turn, shift = alignment.turn, alignment.shift
    own = np.flatnonzero(seen & ~np.isin(first.owners, first.owners[alignment.line_pairs[:, 0]]))
    other = np.flatnonzero(seen_back & ~np.isin(second.owners, second.owners[alignment.line_pairs[:, 1]]))
    if own.size == 0 or other.size == 0:
        return 0, 0
    heights = abs(turn) * first.heights[own][:, None]
    alike = np.abs(heights / second.heights[other][None, :] - 1) < _SIMILAR
    lefts = (turn * first.lefts[own] + shift)[:, None] - second.lefts[other][None, :]
    rights = (turn * first.rights[own] + shift)[:, None] - second.rights[other][None, :]
    level = np.abs(lefts.imag) < 0.5 * heights
    least = DIFFERENT_LINE + max(0.0, _noise(first, second, alignment) - _USUAL_NOISE)
    differ = alike & level & (distances(first.line_bits[own], second.line_bits[other]) >= least)
    at_left, at_right = np.abs(lefts.real) < heights, np.abs(rights.real) < heights
    are_pieces = first.is_piece[own][:, None] | second.is_piece[other][None, :]
    fully = _owners_of(first, own, differ & at_left & at_right)
    partly = _owners_of(first, own, differ & (at_left | at_right) & ~are_pieces)
    return len(fully | partly), len(partly - fully)


def _owners_of(layout: Layout, places: Numbers, hits: Bits) -> set[int]:
    """The lines of the elements at ``places`` that have a hit in their row."""
    return set(layout.owners[places[hits.any(axis=1)]].tolist())


def _displaced(first: Layout, second: Layout, alignment: Alignment) -> int:
    """The most elements left over that are equal and agree on one other shift at the same scale."""
    lines = _left_over(first.line_bits, second.line_bits, alignment.line_pairs, LINE.match_threshold)
    points = _left_over(first.point_bits, second.point_bits, alignment.point_pairs, POINT.match_threshold)
    own = np.concatenate([first.lefts[lines[:, 0]], first.points[points[:, 0]]])
    other = np.concatenate([second.lefts[lines[:, 1]], second.points[points[:, 1]]])
    if own.size == 0:
        return 0
    shifts = other - alignment.turn * own
    far = np.abs(shifts - alignment.shift) > _MOVED
    together = (np.abs(shifts[:, None] - shifts[None, :]) < _MOVED / 3) & far[None, :]
    owners = np.concatenate([first.owners[lines[:, 0]], len(first.lefts) + points[:, 0]])
    return max(len(set(owners[row].tolist())) for row in together)


def _left_over(own: Words, other: Words, pairs: Numbers, threshold: int) -> Numbers:
    """Equal pairs of elements of which neither lies where the alignment puts it."""
    equal = distances(own, other) <= threshold
    equal[pairs[:, 0], :] = False
    equal[:, pairs[:, 1]] = False
    return np.argwhere(equal)
