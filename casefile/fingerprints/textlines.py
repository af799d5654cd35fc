"""Text lines of a picture, found without reading them: where each lies, and 128 numbers for how its ink is spread.

The same line gives nearly the same numbers after re-encoding, scaling, in light and dark themes, and in a cut-out of
the picture. docs/fingerprints.md is the specification; the phone computes the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from casefile.fingerprints.descriptions import HIGH, WIDE
from casefile.fingerprints.raster import Levels, spread

Floats = NDArray[np.float64]
Bits = NDArray[np.bool_]
Labels = NDArray[np.int32]

_LEAST_SPREAD = 30
_EDGE_PERCENT = 16
_LETTER_HEIGHTS = (6, 64)
_LEAST_LETTERS, _LEAST_LETTER_WIDTH = 8, 2
_RASTER = (12, 96)
_LEAST_SIDE = 3
_LEAST_WIDTH = 24
_FILLED_PERCENT = 38
_GAP_TENTHS = 8
"""Widest gap inside a line, in tenths of the letters' height: more than between words, less than before a time."""
_LONG, _LEAST_LONG = 6, 3


class Box(NamedTuple):
    """Columns ``left`` to ``right`` and rows ``top`` to ``bottom``, the last of each outside, in pixels of a raster."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top


@dataclass(frozen=True, eq=False)
class Page:
    """A raster, its text lines with the most letters first, and by how many rows a line sinks a column (the slope)."""

    levels: Levels
    boxes: list[Box]
    slope: float


def find_lines(page: Levels) -> Page:
    """The places of text lines; none where there is hardly any text."""
    contrast = spread(page)
    if contrast < _LEAST_SPREAD or min(page.shape) < _LEAST_SIDE:
        return Page(page, [], 0.0)
    edges = _edges(page, max(1, contrast * _EDGE_PERCENT // 100))
    labels, _ = ndimage.label(edges, np.ones((3, 3)))
    parts = [_box(found) for found in ndimage.find_objects(labels)]
    letter = letter_height(parts)
    if letter == 0:
        return Page(page, [], 0.0)
    kept = np.zeros(len(parts) + 1, bool)
    for number, part in enumerate(parts, start=1):
        kept[number] = letter <= 4 * part.height <= 13 * letter and part.width <= 40 * letter
    blobs, _ = ndimage.label(_join(kept[labels], max(1, letter * _GAP_TENTHS // 10)))
    boxes = [_box(found) for found in ndimage.find_objects(blobs)]
    return Page(page, _lines(blobs, boxes, letter), _slope(blobs, boxes, letter))


def letter_height(parts: list[Box]) -> int:
    """The median height of what looks like letters, in pixels; 0 where there are too few."""
    low, high = _LETTER_HEIGHTS
    heights = sorted(
        part.height
        for part in parts
        if low <= part.height <= high and _LEAST_LETTER_WIDTH <= part.width <= 12 * part.height
    )
    return heights[len(heights) // 2] if len(heights) >= _LEAST_LETTERS else 0


def _box(found: tuple[slice, slice]) -> Box:
    rows, columns = found
    return Box(columns.start, rows.start, columns.stop, rows.stop)


def _edges(page: Levels, threshold: int) -> Bits:
    """Where three neighbours of a row differ by more than ``threshold``; rows are not smeared into one another."""
    padded = np.pad(page, ((0, 0), (1, 1)), mode="edge")
    left, middle, right = padded[:, :-2], padded[:, 1:-1], padded[:, 2:]
    highest = np.maximum(np.maximum(left, middle), right)
    lowest = np.minimum(np.minimum(left, middle), right)
    result: Bits = (highest - lowest) > threshold
    return result


def _join(mask: Bits, gap: int) -> Bits:
    """Fill the gaps of a row that are at most ``gap`` wide."""
    height, width = mask.shape
    padded = np.zeros((height, width + gap + 1), bool)
    padded[:, :width] = mask
    places = np.flatnonzero(padded)
    gaps = np.diff(places)
    close = (gaps > 1) & (gaps <= gap + 1)
    changes = np.zeros(padded.size + 1, np.int8)
    changes[places[:-1][close] + 1] += 1
    changes[places[1:][close]] -= 1
    filled = np.cumsum(changes[:-1], dtype=np.int8).astype(bool).reshape(padded.shape)
    result: Bits = (filled | padded)[:, :width]
    return result


def _lines(blobs: Labels, boxes: list[Box], letter: int) -> list[Box]:
    found = []
    for number, box in enumerate(boxes, start=1):
        is_high = 6 * letter <= 10 * box.height <= 30 * letter
        is_wide = box.width >= 2 * box.height and box.width >= _LEAST_WIDTH
        if is_high and is_wide:
            area = np.count_nonzero(blobs[box.top : box.bottom, box.left : box.right] == number)
            if 100 * area >= _FILLED_PERCENT * box.width * box.height:
                found.append(box)
    return sorted(found, key=lambda box: (-box.width * 64 // box.height, box.top, box.left))


def _slope(blobs: Labels, boxes: list[Box], letter: int) -> float:
    """The median slope of long blobs, each by least squares; 0 where fewer than three are long."""
    slopes = []
    for number, box in enumerate(boxes, start=1):
        if box.width >= _LONG * letter:
            y, x = np.nonzero(blobs[box.top : box.bottom, box.left : box.right] == number)
            size, sum_x = x.size, int(x.sum())
            slopes.append((size * int(x @ y) - sum_x * int(y.sum())) / (size * int(x @ x) - sum_x * sum_x))
    return float(np.median(slopes)) if len(slopes) >= _LEAST_LONG else 0.0


def describe(page: Levels, box: Box) -> NDArray[np.int8]:
    """How a line's ink is spread: the lowest frequencies along and across of its distance from the ground's grey.

    128 whole numbers from -127 to 127, ``HIGH`` rows of ``WIDE``.
    """
    patch = page[box.top : box.bottom, box.left : box.right].astype(np.int16)
    around = np.concatenate([patch[0], patch[-1], patch[:, 0], patch[:, -1]])
    ground = np.sort(around)[around.size // 2]
    ink = np.abs(patch - ground)
    full = max(1, int(np.sort(ink, axis=None)[ink.size * 95 // 100]))
    ink = np.minimum(ink, full)
    across, along = _frequencies(box.height, _RASTER[0], HIGH, 0), _frequencies(box.width, _RASTER[1], WIDE, 1)
    numbers = across @ (ink / full) @ along.T
    largest = max(float(np.abs(numbers).max()), 1e-9)
    return np.asarray(np.round(numbers / largest * 127), np.int8).ravel()


@lru_cache(maxsize=4096)
def _frequencies(length: int, samples: int, count: int, first: int) -> Floats:
    """Rows of the cosine transform of ``samples`` points, applied to ``length`` pixels shrunk or grown to them."""
    centres = (np.arange(samples) + 0.5) * length / samples
    reach = max(1.0, length / samples)
    weights = np.maximum(0.0, 1 - np.abs(np.arange(length)[None, :] + 0.5 - centres[:, None]) / reach)
    weights /= weights.sum(axis=1, keepdims=True)
    cosines = np.cos(np.pi / samples * (np.arange(samples) + 0.5)[None, :] * np.arange(first, first + count)[:, None])
    result: Floats = cosines @ weights
    return result
