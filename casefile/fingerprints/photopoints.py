"""Striking points of the photographs in a picture, with 128 numbers each that say how brightness changes around them.

The scheme is that of SIFT (Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", 2004) without
orientation, in whole numbers: binomial smoothing, extrema of differences of scales, histograms of gradients.
docs/fingerprints.md is the specification; the phone computes the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.descriptions import LENGTH, MOST_POINTS
from casefile.fingerprints.raster import Levels

Differences = NDArray[np.int16]
Scales = NDArray[np.uint16]
Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Bits = NDArray[np.bool_]

SIDE = 576
"""Longest side of the raster in which points are sought."""

_OCTAVES = 4
_LEAST_SIDE = 24
_PASSES = (1, 1, 2, 4, 8)
"""Binomial passes between the levels of an octave; each adds 1 to the variance, so levels grow by the root of 2."""
_SHIFT = 7
_CLEAR_CONTRAST = 3 << _SHIFT
_LEAST_CONTRASTS = (3 << _SHIFT, 2 << _SHIFT, 1 << _SHIFT, 1 << _SHIFT)
"""By octave: what is smoothed more has less noise. Without clear contrast only ``_MOST_FAINT`` points are filled up."""
_MOST_FAINT = 24
_MIDDLE = 6
"""What a point's contrast counts in the middle of the raster if it counts 1 at a border: cuts leave the middle."""
_EDGE_RATIO = 10
_CELL = 48
"""Side of the squares over which points are spread, in pixels of the raster."""
_MOST_IN_CELL = 3
_SPACING = (1.1, 1.5)
"""Distance of the samples of a description, in pixels of the octave, for the two levels where points are found."""
_OUTSIDE = 4
"""Nearest that a point may come to the edge, in pixels of the octave."""
_INSIDE = (slice(_OUTSIDE, -_OUTSIDE), slice(_OUTSIDE, -_OUTSIDE))


class Point(NamedTuple):
    """Place in pixels of the raster, scale (standard deviation, in the same), strength, and 128 numbers from 0 to 255.

    The numbers are square roots of shares of gradient: 4 x 4 squares by rows, 8 directions each.
    """

    x: float
    y: float
    scale: float
    strength: int
    description: NDArray[np.uint8]


class _Octave(NamedTuple):
    number: int
    levels: list[Scales]


class _Candidate(NamedTuple):
    """An extremum: strength, place in pixels of the raster, octave and level, place in pixels of the octave."""

    strength: int
    x: float
    y: float
    octave: _Octave
    level: int
    row: int
    column: int


def find_points(raster: Levels, is_text: Bits | None = None, most: int = MOST_POINTS) -> list[Point]:
    """The strongest points, at most ``most``, those nearer the middle sooner; not where ``is_text`` (of the raster's
    shape) holds.
    """
    found = [one for octave in _octaves(raster) for one in _candidates(octave)]
    if is_text is not None:
        height, width = is_text.shape
        found = [one for one in found if not is_text[min(int(one.y), height - 1), min(int(one.x), width - 1)]]
    found.sort(key=lambda one: _rank(one, raster.shape))
    chosen = list(_clear(islice(_spread(found), most)))
    return [
        Point(one.x, one.y, float(2 ** (one.octave.number + one.level / 2)), one.strength, description)
        for one, description in zip(chosen, _describe(chosen), strict=True)
    ]


def _rank(one: _Candidate, shape: tuple[int, ...]) -> tuple[float, ...]:
    """The order of points: clear ones, what their contrast counts where they are, then place, then scale."""
    height, width = shape
    aside = max(abs(2 * one.x - width) * height, abs(2 * one.y - height) * width)
    worth = one.strength * (_MIDDLE * width * height - (_MIDDLE - 1) * aside)
    return one.strength < _CLEAR_CONTRAST, -worth, one.y, one.x, one.octave.number, one.level


def _clear(found: Iterator[_Candidate]) -> Iterator[_Candidate]:
    """Those of clear contrast, which come first, and fainter ones while there are few."""
    for number, one in enumerate(found):
        if number >= _MOST_FAINT and one.strength < _CLEAR_CONTRAST:
            return
        yield one


def _spread(found: list[_Candidate]) -> Iterator[_Candidate]:
    """Those of which their square does not hold enough stronger ones."""
    taken: Counter[tuple[int, int]] = Counter()
    for one in found:
        square = int(one.x) // _CELL, int(one.y) // _CELL
        if taken[square] < _MOST_IN_CELL:
            taken[square] += 1
            yield one


def _octaves(raster: Levels) -> Iterator[_Octave]:
    base: Scales = raster.astype(np.uint16) << np.uint16(_SHIFT)
    for number in range(_OCTAVES):
        if min(base.shape) < _LEAST_SIDE:
            return
        levels = []
        for passes in _PASSES if number == 0 else (0, *_PASSES[1:]):
            base = smooth(base, passes)
            levels.append(base)
        yield _Octave(number, levels)
        base = levels[2][::2, ::2].copy()


def _candidates(octave: _Octave) -> Iterator[_Candidate]:
    step = 1 << octave.number
    differences = [after - before for before, after in pairwise(level.view(np.int16) for level in octave.levels)]
    least = _LEAST_CONTRASTS[octave.number]
    highs = [_around(difference, np.maximum) for difference in differences]
    lows = [_around(difference, np.minimum) for difference in differences]
    for level in (1, 2):
        middle = differences[level]
        inner = middle[_INSIDE]
        is_high = (inner >= least) & (inner == highs[level])
        is_high &= (inner > highs[level - 1]) & (inner > highs[level + 1])
        is_low = (inner <= -least) & (inner == lows[level])
        is_low &= (inner < lows[level - 1]) & (inner < lows[level + 1])
        rows, columns = np.nonzero(is_high | is_low)
        rows, columns = rows + _OUTSIDE, columns + _OUTSIDE
        blobs = _is_blob(middle, rows, columns)
        for row, column in zip(rows[blobs].tolist(), columns[blobs].tolist(), strict=True):
            x, y = (column + 0.5) * step, (row + 0.5) * step
            yield _Candidate(abs(int(middle[row, column])), x, y, octave, level, row, column)


def _around(values: Differences, choose: np.ufunc) -> Differences:
    """The largest or the smallest of each value inside and its eight neighbours."""
    near = values[_OUTSIDE - 1 : 1 - _OUTSIDE, _OUTSIDE - 1 : 1 - _OUTSIDE]
    along = choose(choose(near[:, :-2], near[:, 1:-1]), near[:, 2:])
    result: Differences = choose(choose(along[:-2], along[1:-1]), along[2:])
    return result


def _is_blob(values: Differences, rows: Places, columns: Places) -> Bits:
    """Whether curvature is alike in all directions; along an edge a point would slide (Lowe 2004, section 4.1)."""

    def at(down: int, across: int) -> Places:
        return values[rows + down, columns + across].astype(np.int64)

    centre = at(0, 0)
    across = at(0, -1) + at(0, 1) - 2 * centre
    down = at(-1, 0) + at(1, 0) - 2 * centre
    mixed = (at(-1, -1) + at(1, 1) - at(-1, 1) - at(1, -1)) // 4
    product = across * down - mixed * mixed
    result: Bits = (product > 0) & ((across + down) ** 2 * _EDGE_RATIO < (_EDGE_RATIO + 1) ** 2 * product)
    return result


_STEPS = (np.arange(16) - 7.5)[None, :] * np.array(_SPACING)[:, None]
_OFFSETS = np.sign(_STEPS).astype(int) * np.floor(np.abs(_STEPS) + 0.5).astype(int)
_SQUARES = np.maximum(0.0, 1 - np.abs((np.arange(16) + 0.5)[None, :] / 4 - 0.5 - np.arange(4)[:, None]))
_SQUARES *= np.exp(-(((np.arange(16) - 7.5) / 8) ** 2) / 2)
_TURNS = (np.pi / 4 * np.arange(8))[:, None, None]
_COSINES, _SINES = np.cos(_TURNS), np.sin(_TURNS)
_NARROW = float(np.cos(np.pi / 4))


def _describe(chosen: list[_Candidate]) -> NDArray[np.uint8]:
    """The descriptions, n x 128; those of one level are made at once."""
    numbers = np.zeros((len(chosen), LENGTH), np.uint8)
    together: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for place, one in enumerate(chosen):
        together[one.octave.number, one.level].append(place)
    for places in together.values():
        octave, level = chosen[places[0]].octave, chosen[places[0]].level
        middles = np.array([(chosen[place].row, chosen[place].column) for place in places])
        numbers[places] = _describe_in(octave.levels[level], middles[:, :, None] + _OFFSETS[level - 1])
    return numbers


def _describe_in(smoothed: Scales, samples: Places) -> NDArray[np.uint8]:
    """Descriptions of points in one level; ``samples`` is n x 2 x 16: rows and columns of each."""
    height, width = smoothed.shape
    rows, columns = samples[:, 0], samples[:, 1]
    across = _gradients(smoothed, rows.clip(0, height - 1), columns, width - 1)
    down = _gradients(smoothed.T, columns.clip(0, width - 1), rows, height - 1).transpose(0, 2, 1)
    across, down = across[:, None], down[:, None]
    parts = _COSINES * across + _SINES * down - _NARROW * np.sqrt(across * across + down * down)
    shares = _SQUARES @ np.maximum(0.0, parts) @ _SQUARES.T
    totals = shares.reshape(len(samples), LENGTH).sum(axis=1)[:, None, None, None]
    roots = np.sqrt(shares / np.maximum(totals, 1e-9))
    numbers: NDArray[np.uint8] = np.minimum(255, np.round(roots * 512)).astype(np.uint8)
    return numbers.transpose(0, 2, 3, 1).reshape(len(samples), LENGTH)


def _gradients(levels: Scales, lines: Places, places: Places, last: int) -> Floats:
    """Value after minus value before, along the second axis, at each line and place: n x 16 x 16."""
    after, before = (places + 1).clip(0, last), (places - 1).clip(0, last)
    lines = lines[:, :, None]
    result: Floats = levels[lines, after[:, None]].astype(np.float64) - levels[lines, before[:, None]]
    return result


def smooth(levels: Scales, passes: int) -> Scales:
    """Binomial smoothing (1 4 6 4 1)/16 along both axes, ``passes`` times, each of its eight halvings rounded down.

    All rows are one long line, since that is quicker; across, a row's first or last value is put back each time.
    """
    levels = levels.copy()
    line, width = levels.reshape(-1), levels.shape[1]
    room, edge = np.empty_like(line), np.empty_like(levels[:, 0])
    down, across = (line[:-width], line[width:]), (line[:-1], line[1:])
    for _ in range(passes):
        for into in (0, 1, 0, 1):
            _halve(down, into, room)
        for into in (0, 1, 0, 1):
            left_alone = levels[:, into - 1]
            edge[:] = left_alone
            _halve(across, into, room)
            left_alone[:] = edge
    return levels


def _halve(pair: tuple[Scales, Scales], into: int, room: Scales) -> None:
    """Put the mean of each two values in place of the first or of the second."""
    means = room[: len(pair[0])]
    np.add(*pair, out=means)
    np.right_shift(means, 1, out=pair[into])
