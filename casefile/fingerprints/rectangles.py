"""Rectangles that lie on one grey: where pictures inside a picture may be. All of it is whole-number arithmetic.

Chat programs, galleries and frames put a picture on a ground of one colour. What differs from such a ground and hangs
together is a candidate; docs/fingerprints.md is the specification, and the phone finds the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.raster import Levels
from casefile.fingerprints.runs import find_runs, find_shapes
from casefile.fingerprints.textlines import Box

Bits = NDArray[np.bool_]
Counts = NDArray[np.int64]

_FLAT_RANGE = 4
"""Levels between the lightest and the darkest of 3 x 3 pixels where nothing is drawn; JPEG alone does as much."""
_MOST_GROUNDS, _LEAST_GROUND_PERCENT, _GROUND_APART = 6, 2, 6
_NEAR = 2
"""Levels that are counted with a ground on either side."""
_CLOSE, _LOOSE, _INSIDE = 3, 9, 6
"""How far a pixel may lie from the ground: on a clean screenshot, after JPEG, and inside a bubble."""
_LEAST_PIXELS = 16
"""Shortest side on the small raster: the gate takes no smaller picture either."""
_LEAST_SIDE_PERCENT, _LEAST_AREA_PERCENT, _MOST_AREA_PERCENT = 12, 3, 97
_MOST_PAGE_SIDES = 2
_TRIMMINGS = 2
_SAME_PERCENT = 95
_MOST_BUBBLES, _MOST_OF_BUBBLE_PERCENT = 8, 55
_RING, _OTHER_GROUND = 2, 3
CORNER_PERCENT = 10
"""How much of the shorter side of a rectangle a rounded corner may take."""


class Rectangle(NamedTuple):
    """A place on a raster, and the grey around it."""

    box: Box
    ground: int


def find_rectangles(small: Levels) -> list[Rectangle]:
    """The candidates on a raster, the likeliest first: large before small, what fills a bubble before the bubble."""
    levels, limits = small.astype(np.int16), _Limits.of(small)
    grounds = _grounds(_flat_levels(small), small.size)
    found = [
        Rectangle(box, ground)
        for tolerance in (_CLOSE, _LOOSE)
        for ground in grounds
        for box in _boxes(np.abs(levels - ground) > tolerance, limits, is_trimmed=tolerance == _LOOSE)
        if _page_sides(box, small.shape) <= _MOST_PAGE_SIDES
    ]
    found.sort(key=lambda one: -_area(one.box))
    kept: list[Rectangle] = []
    for one in found:
        if not any(is_same(one.box, other.box) for other in kept):
            kept.append(one)
    return _with_fillings(kept, _fillings(kept, small, limits))


def is_same(one: Box, other: Box) -> bool:
    """Whether two boxes share nearly all of their area."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return False
    shared = width * height
    return 100 * shared >= _SAME_PERCENT * (_area(one) + _area(other) - shared)


def _area(box: Box) -> int:
    return box.width * box.height


def _page_sides(box: Box, shape: tuple[int, ...]) -> int:
    """How many sides of the page a box touches."""
    height, width = shape
    return (box.left <= 1) + (box.top <= 1) + (box.right >= width - 1) + (box.bottom >= height - 1)


def _flat_levels(small: Levels) -> Counts:
    """How many pixels of each level have hardly another one beside them."""
    padded = np.pad(small, 1, mode="edge")
    highest = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])
    highest = np.maximum(np.maximum(highest[:, :-2], highest[:, 1:-1]), highest[:, 2:])
    lowest = np.minimum(np.minimum(padded[:-2], padded[1:-1]), padded[2:])
    lowest = np.minimum(np.minimum(lowest[:, :-2], lowest[:, 1:-1]), lowest[:, 2:])
    return np.bincount(small[highest - lowest <= _FLAT_RANGE], minlength=256).astype(np.int64)


def commonest(counts: Counts) -> tuple[int, int]:
    """The level that is commonest together with its neighbours, and their count."""
    near = np.convolve(counts, np.ones(2 * _NEAR + 1, np.int64), "same")
    level = int(near.argmax())
    return level, int(near[level])


def _grounds(counts: Counts, pixels: int) -> list[int]:
    """The commonest levels, none near another."""
    left, grounds = counts.copy(), []
    for _ in range(_MOST_GROUNDS):
        ground, count = commonest(left)
        if count * 100 < _LEAST_GROUND_PERCENT * pixels:
            break
        grounds.append(ground)
        left[max(0, ground - _GROUND_APART) : ground + _GROUND_APART + 1] = 0
    return grounds


class _Limits(NamedTuple):
    """How small and how large a rectangle may be on a raster of so many pixels."""

    shorter_side: int
    pixels: int

    @classmethod
    def of(cls, small: Levels) -> Self:
        """Those for a raster."""
        return cls(max(_LEAST_PIXELS, -(-_LEAST_SIDE_PERCENT * min(small.shape) // 100)), small.size)

    def is_large(self, box: Box) -> bool:
        """Whether a box is large enough."""
        is_wide = min(box.width, box.height) >= self.shorter_side
        return is_wide and _area(box) * 100 >= _LEAST_AREA_PERCENT * self.pixels

    def is_part(self, box: Box) -> bool:
        """Whether a box is not nearly all there is."""
        return _area(box) * 100 <= _MOST_AREA_PERCENT * self.pixels


def _boxes(mask: Bits, limits: _Limits, *, is_trimmed: bool) -> Iterator[Box]:
    """The boxes of connected parts, corners counted, in the order of their first pixels."""
    parts = find_shapes(find_runs(mask), by_corners=True)
    is_wide = (parts.width >= limits.shorter_side) & (parts.height >= limits.shorter_side)
    for sides in np.stack(parts[:4], axis=1)[is_wide].tolist():
        box: Box | None = Box(*sides)
        for _ in range(_TRIMMINGS if is_trimmed else 0):
            box = _trimmed(mask, box) if box and limits.is_large(box) else None
        if box and limits.is_large(box) and limits.is_part(box):
            yield box


def _trimmed(mask: Bits, box: Box) -> Box | None:
    """Without the lines at its sides of which less than half is set; None where all are such."""
    part = mask[box.top : box.bottom, box.left : box.right]
    rows = np.flatnonzero(2 * np.count_nonzero(part, axis=1) >= box.width)
    if not len(rows):
        return None
    part = part[rows[0] : rows[-1] + 1]
    columns = np.flatnonzero(2 * np.count_nonzero(part, axis=0) >= len(part))
    if not len(columns):
        return None
    left, top = box.left + int(columns[0]), box.top + int(rows[0])
    return Box(left, top, box.left + int(columns[-1]) + 1, box.top + int(rows[-1]) + 1)


def _fillings(bubbles: list[Rectangle], small: Levels, limits: _Limits) -> list[Rectangle]:
    """What lies in boxes that have a ground of their own."""
    fillings: list[Rectangle] = []
    for box, ground in bubbles[:_MOST_BUBBLES]:
        inner = _inner_ground(small, box)
        if inner is None or abs(inner - ground) <= _OTHER_GROUND:
            continue
        part = small[box.top : box.bottom, box.left : box.right].astype(np.int16)
        for left, top, right, bottom in _boxes(np.abs(part - inner) > _INSIDE, limits, is_trimmed=False):
            moved = Box(box.left + left, box.top + top, box.left + right, box.top + bottom)
            fillings.append(Rectangle(moved, inner))
    return fillings


def _with_fillings(found: list[Rectangle], fillings: list[Rectangle]) -> list[Rectangle]:
    """All of them, none twice: what fills most of a bubble before it, other fillings at the end."""
    listed: dict[Box, int] = {}
    for one in found:
        for filling in fillings:
            if _fills(filling.box, one.box):
                listed.setdefault(*filling)
        listed.setdefault(*one)
    for filling in fillings:
        listed.setdefault(*filling)
    return [Rectangle(box, ground) for box, ground in listed.items()]


def _fills(inner: Box, outer: Box) -> bool:
    is_inside = inner.left >= outer.left and inner.top >= outer.top
    is_inside = is_inside and inner.right <= outer.right and inner.bottom <= outer.bottom
    return is_inside and _area(inner) * 100 >= _MOST_OF_BUBBLE_PERCENT * _area(outer)


def _inner_ground(small: Levels, box: Box) -> int | None:
    """The grey that holds half of a ring just inside a box, away from its corners; None where none does."""
    left, top, right, bottom = box
    corner = max(1, min(box.width, box.height) * CORNER_PERCENT // 100)
    across, down = slice(left + corner, right - corner), slice(top + corner, bottom - corner)
    ring = (
        small[top + 1 : top + 1 + _RING, across],
        small[bottom - 1 - _RING : bottom - 1, across],
        small[down, left + 1 : left + 1 + _RING],
        small[down, right - 1 - _RING : right - 1],
    )
    counts = np.bincount(np.concatenate([side.ravel() for side in ring]), minlength=256)
    ground, count = commonest(counts.astype(np.int64))
    return ground if 2 * count >= counts.sum() else None
