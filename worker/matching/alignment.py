"""How one picture lies on another: the similarity on which most of their equal text lines and photo points agree.

Places are complex numbers (x + iy) in 4096ths of a picture's longer side, so that a similarity is ``turn * place +
shift``: ``turn`` holds scale and rotation. Pictures come upright as far as their text tells; what is left of rotation
is small. A mirrored or turned picture is first brought into one of the eight forms (``Form``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.keying import Form, line_flips, point_order
from casefile.fingerprints.kinds import LINE, POINT
from casefile.fingerprints.sketches import Sketches

Bits = NDArray[np.bool_]
Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Places = NDArray[np.complex128]

POINT_SHARE = 0.35
"""What a point counts beside a line: it is smaller and its sketch is shorter."""

_MOST_TURN = 0.2
"""Radians by which a picture may still be askew."""
_SCALES = (1 / 8, 8.0)
_SIZES = (0.55, 1.8)
"""How much larger or smaller than expected a point may have been found."""
_MOST_HYPOTHESES = 160
_LEAST_APART = 120.0
"""Two points nearer than this say too little about scale."""


@dataclass(frozen=True, eq=False)
class Layout:
    """A picture's elements as numbers to calculate with, in one form.

    Lines may be followed by pieces of lines: ``owners`` says of which line each is (a line is its own).
    """

    width: float
    height: float
    lefts: Places
    rights: Places
    heights: Floats
    line_bits: NDArray[np.uint64]
    owners: Numbers
    is_piece: Bits
    points: Places
    scales: Floats
    point_bits: NDArray[np.uint64]

    @property
    def centres(self) -> Places:
        """The middle of each line."""
        return (self.lefts + self.rights) / 2


class Alignment(NamedTuple):
    """A similarity and the pairs that agree on it: places in the lists of lines and points, first picture's first."""

    turn: complex
    shift: complex
    line_pairs: Numbers
    point_pairs: Numbers


def lay_out(sketches: Sketches, form: Form = Form.UPRIGHT, *, with_pieces: bool = False) -> Layout:
    """The elements of a picture as they would lie, had it been turned to ``form``, and pieces of lines if wanted."""
    width, height = sketches.size
    count, pieces = len(sketches.line_boxes), len(sketches.piece_boxes) if with_pieces else 0
    boxes = np.concatenate([sketches.line_boxes, sketches.piece_boxes[:pieces]]).astype(np.float64)
    line_bits = np.concatenate([sketches.line_bits, sketches.piece_bits[:pieces]])
    owners = _owners(boxes, count)
    left, top, right, bottom = boxes.T
    points = sketches.point_places.astype(np.float64)
    x, y = points.T
    for number in range(form.quarters + form.is_mirrored):
        if form.is_mirrored and number == 0:
            left, right, x = width - right, width - left, width - x
        else:
            left, top, right, bottom = height - bottom, left, height - top, right
            x, y = height - y, x
            width, height = height, width
    order, flips = point_order(form)
    bits = np.unpackbits(sketches.point_bits, axis=1)[:, order] ^ flips
    middles = (top + bottom) / 2
    return Layout(
        width=float(width),
        height=float(height),
        lefts=left + 1j * middles,
        rights=right + 1j * middles,
        heights=bottom - top,
        line_bits=np.ascontiguousarray(line_bits ^ line_flips(form)).view(np.uint64),
        owners=owners,
        is_piece=np.arange(len(boxes)) >= count,
        points=x + 1j * y,
        scales=2.0 ** (sketches.point_scales.astype(np.float64) / 2),
        point_bits=np.ascontiguousarray(np.packbits(bits, axis=1)).view(np.uint64),
    )


def _owners(boxes: Floats, lines: int) -> Numbers:
    """For each of so many lines itself, for each piece the line in which its middle lies; itself, if there is none."""
    owners = np.arange(len(boxes))
    for piece in range(lines, len(boxes)):
        left, top, right, bottom = boxes[piece]
        x, y = (left + right) / 2, (top + bottom) / 2
        around = (boxes[:lines, 0] <= x) & (x <= boxes[:lines, 2]) & (boxes[:lines, 1] <= y) & (y <= boxes[:lines, 3])
        if around.any():
            owners[piece] = int(np.argmax(around))
    return owners


def distances(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> Numbers:
    """In how many bits each sketch of ``first`` (n x words) differs from each of ``second`` (m x words): n x m."""
    return np.asarray(np.bitwise_count(first[:, None, :] ^ second[None, :, :]).sum(axis=2, dtype=np.int64))


def align(first: Layout, second: Layout, line_weights: Floats, point_weights: Floats) -> Alignment | None:
    """The similarity from ``first`` to ``second`` with the heaviest agreement; weights are of the first's elements.

    None when fewer than two elements agree.
    """
    lines = np.argwhere(distances(first.line_bits, second.line_bits) <= LINE.match_threshold)
    points = np.argwhere(distances(first.point_bits, second.point_bits) <= POINT.match_threshold)
    turns, shifts = _hypotheses(first, second, lines, points)
    if turns.size == 0:
        return None
    found = _Agreeing(first, second, lines, points)
    line_hits, point_hits = found.under(turns, shifts)
    heaviest = _weigh(line_hits, first.owners[lines[:, 0]], (line_weights + 0.02)[lines[:, 0]])
    heaviest += POINT_SHARE * _weigh(point_hits, points[:, 0], (point_weights + 0.02)[points[:, 0]])
    best = int(np.argmax(heaviest))
    alignment = _settle(found, complex(turns[best]), complex(shifts[best]))
    turn, shift = _refit(first, second, alignment)
    better = _settle(found, turn, shift)
    if len(better.line_pairs) + len(better.point_pairs) >= len(alignment.line_pairs) + len(alignment.point_pairs):
        alignment = better
    return alignment if len(alignment.line_pairs) + len(alignment.point_pairs) > 1 else None


def _hypotheses(first: Layout, second: Layout, lines: Numbers, points: Numbers) -> tuple[Places, Places]:
    """A similarity from each pair of equal lines, and from each two pairs of equal points."""
    own, other = lines.T
    turns = [(second.rights[other] - second.lefts[other]) / (first.rights[own] - first.lefts[own])]
    shifts = [second.centres[other] - turns[0] * first.centres[own]]
    if len(points) > 1:
        by_points = _from_points(first.points[points[:, 0]], second.points[points[:, 1]])
        turns.append(by_points[0])
        shifts.append(by_points[1])
    turn, shift = np.concatenate(turns), np.concatenate(shifts)
    sizes = np.abs(turn)
    possible = (sizes > _SCALES[0]) & (sizes < _SCALES[1]) & (np.abs(np.angle(turn)) < _MOST_TURN)
    return turn[possible], shift[possible]


def _from_points(own: Places, other: Places) -> tuple[Places, Places]:
    upper = np.triu_indices(len(own), 1)
    between, beyond = own[upper[1]] - own[upper[0]], other[upper[1]] - other[upper[0]]
    apart = np.flatnonzero((np.abs(between) > _LEAST_APART) & (np.abs(beyond) > _LEAST_APART / 4))
    chosen = apart[np.linspace(0, apart.size - 1, min(apart.size, _MOST_HYPOTHESES)).astype(int)]
    turns = beyond[chosen] / between[chosen]
    return turns, other[upper[0][chosen]] - turns * own[upper[0][chosen]]


class _Agreeing:
    """Which of the equal elements agree with a similarity."""

    def __init__(self, first: Layout, second: Layout, lines: Numbers, points: Numbers) -> None:
        self.first, self.second, self.lines, self.points = first, second, lines, points

    def under(self, turns: Places, shifts: Places) -> tuple[Bits, Bits]:
        """For each similarity and each equal pair, whether they agree: two tables."""
        first, second = self.first, self.second
        turn, shift = turns[:, None], shifts[:, None]
        own, other = self.lines.T
        near = 0.6 * second.heights[other] + 20 + 0.01 * np.abs(second.rights[other] - second.lefts[other])
        at_left = np.abs(turn * first.lefts[own] + shift - second.lefts[other]) < near
        at_right = np.abs(turn * first.rights[own] + shift - second.rights[other]) < near
        own, other = self.points.T
        reach = 24 + 1.5 * second.scales[other]
        at_point = np.abs(turn * first.points[own] + shift - second.points[other]) < reach
        sizes = np.abs(turn) * first.scales[own] / second.scales[other]
        return at_left & at_right, at_point & (sizes > _SIZES[0]) & (sizes < _SIZES[1])


def _weigh(hits: Bits, owners: Numbers, weights: Floats) -> Floats:
    """The weight of each row's hits, of which those of one owner count once: the heaviest."""
    if len(owners) == 0:
        return np.zeros(len(hits))
    order = np.argsort(owners, kind="stable")
    starts = np.flatnonzero(np.diff(owners[order], prepend=-1))
    heaviest = np.maximum.reduceat((hits * weights)[:, order], starts, axis=1)
    return np.asarray(heaviest.sum(axis=1))


def _settle(found: _Agreeing, turn: complex, shift: complex) -> Alignment:
    line_hits, point_hits = found.under(np.array([turn]), np.array([shift]))
    first, second = found.first, found.second
    lines, points = found.lines[line_hits[0]], found.points[point_hits[0]]
    whole_first = np.argsort(first.is_piece[lines[:, 0]] | second.is_piece[lines[:, 1]], kind="stable")
    lines = lines[whole_first]
    of_lines = np.stack([first.owners[lines[:, 0]], second.owners[lines[:, 1]]], axis=1)
    return Alignment(turn, shift, lines[_once(of_lines)], points[_once(points)])


def _once(pairs: Numbers) -> list[int]:
    """Places of pairs, such that each element of either picture is in one of them only; the first of equals."""
    places, own, other = list[int](), set[int](), set[int]()
    for place, (one, another) in enumerate(pairs.tolist()):
        if one not in own and another not in other:
            places.append(place)
            own.add(one)
            other.add(another)
    return places


def _refit(first: Layout, second: Layout, alignment: Alignment) -> tuple[complex, complex]:
    """The similarity of least squares through everything that agreed (Umeyama 1991, in the plane)."""
    own_lines, other_lines = alignment.line_pairs.T
    own_points, other_points = alignment.point_pairs.T
    own = np.concatenate([first.lefts[own_lines], first.rights[own_lines], first.points[own_points]])
    other = np.concatenate([second.lefts[other_lines], second.rights[other_lines], second.points[other_points]])
    if own.size <= 1:
        return alignment.turn, alignment.shift
    centre, aim = own.mean(), other.mean()
    spread = np.abs(own - centre) ** 2
    if float(spread.sum()) == 0.0:
        return alignment.turn, alignment.shift
    turn = complex((np.conj(own - centre) @ (other - aim)) / spread.sum())
    return turn, complex(aim - turn * centre)
