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

from casefile.fingerprints.descriptions import HIGH, WIDE
from casefile.fingerprints.raster import Levels, spread
from casefile.fingerprints.runs import Runs, Shapes, find_runs, find_shapes

Floats = NDArray[np.float64]
Bits = NDArray[np.bool_]

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
_WORD_GAP_TENTHS, _ALIKE_TENTHS = 6, 18
"""Widest gap between words of a line, in tenths of the higher one's height; its height, in tenths of the other's."""
_HIGHEST_LINE = 72
"""Lines may be so high, in pixels, even if most letters are small."""
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
    runs = find_runs(_edges(page, max(1, contrast * _EDGE_PERCENT // 100)))
    parts = find_shapes(runs, by_corners=True)
    letter = _letter_height(parts)
    if letter == 0:
        return Page(page, [], 0.0)
    kept = (letter <= 4 * parts.height) & (4 * parts.height <= max(13 * letter, 4 * _LETTER_HEIGHTS[1]))
    kept &= parts.width <= 40 * letter
    runs = runs.only(kept[parts.of_run]).joined(max(1, letter * _GAP_TENTHS // 10))
    runs = _join_words(runs, find_shapes(runs, by_corners=False), letter)
    blobs = find_shapes(runs, by_corners=False)
    return Page(page, _lines(runs, blobs, letter), _slope(runs, blobs, letter))


def _letter_height(parts: Shapes) -> int:
    """The median height of what looks like letters, in pixels; 0 where there are too few."""
    low, high = _LETTER_HEIGHTS
    is_letter = (low <= parts.height) & (parts.height <= high)
    is_letter &= (parts.width >= _LEAST_LETTER_WIDTH) & (parts.width <= 12 * parts.height)
    heights = np.sort(parts.height[is_letter])
    return int(heights[len(heights) // 2]) if len(heights) >= _LEAST_LETTERS else 0


def _edges(page: Levels, threshold: int) -> Bits:
    """Where three neighbours of a row differ by more than ``threshold``; rows are not smeared into one another."""
    padded = np.pad(page, ((0, 0), (1, 1)), mode="edge")
    left, middle, right = padded[:, :-2], padded[:, 1:-1], padded[:, 2:]
    highest = np.maximum(np.maximum(left, middle), right)
    lowest = np.minimum(np.minimum(left, middle), right)
    result: Bits = (highest - lowest) > threshold
    return result


def _join_words(runs: Runs, blobs: Shapes, letter: int) -> Runs:
    """The runs of what may be words, joined with their neighbours of about the same height.

    Among the small edges of a photograph the letters' height is too small for the text beside it, and gaps between its
    words too wide.
    """
    is_word = _is_text(runs, blobs, letter) & (2 * blobs.width >= blobs.height)
    chosen = is_word[blobs.of_run]
    heights = blobs.height[blobs.of_run[chosen]]
    low, high = np.minimum(heights[:-1], heights[1:]), np.maximum(heights[:-1], heights[1:])
    return runs.only(chosen).joined(np.where(10 * high <= _ALIKE_TENTHS * low, high * _WORD_GAP_TENTHS // 10, 0))


def _is_text(runs: Runs, blobs: Shapes, letter: int) -> Bits:
    """Whether a blob is as high as lines are, and full enough."""
    areas = np.bincount(blobs.of_run, runs.ends - runs.starts, len(blobs)).astype(np.int64)
    width, height = blobs.width, blobs.height
    is_high = (6 * letter <= 10 * height) & (height <= max(3 * letter, _HIGHEST_LINE))
    return np.asarray(is_high & (100 * areas >= _FILLED_PERCENT * width * height))


def _lines(runs: Runs, blobs: Shapes, letter: int) -> list[Box]:
    is_line = _is_text(runs, blobs, letter) & (blobs.width >= 2 * blobs.height) & (blobs.width >= _LEAST_WIDTH)
    columns = (side[is_line].tolist() for side in blobs[:4])
    found = [Box(*sides) for sides in zip(*columns, strict=True)]
    return sorted(found, key=lambda box: (-box.width * 64 // box.height, box.top, box.left))


def _slope(runs: Runs, blobs: Shapes, letter: int) -> float:
    """The median slope of long blobs, each by least squares; 0 where fewer than three are long."""
    is_long = blobs.width >= _LONG * letter
    if np.count_nonzero(is_long) < _LEAST_LONG:
        return 0.0
    of_run = blobs.of_run
    y, start, end = runs.rows - blobs.top[of_run], runs.starts - blobs.left[of_run], runs.ends - blobs.left[of_run]
    sum_x = (start + end - 1) * (end - start) // 2
    squares = (end * (end - 1) * (2 * end - 1) - start * (start - 1) * (2 * start - 1)) // 6
    terms = (end - start, sum_x, y * (end - start), y * sum_x, squares)
    sums = (np.bincount(of_run, term, len(blobs))[is_long].astype(np.int64).tolist() for term in terms)
    return float(np.median([(n * xy - x * y) / (n * xx - x * x) for n, x, y, xy, xx in zip(*sums, strict=True)]))


def describe(page: Levels, box: Box) -> NDArray[np.int8]:
    """How a line's ink is spread: the lowest frequencies along and across of its distance from the ground's grey.

    128 whole numbers from -127 to 127, ``HIGH`` rows of ``WIDE``.
    """
    ink, full = ink_of(page, box)
    ink = np.minimum(ink, full)
    across, along = _frequencies(box.height, _RASTER[0], HIGH, 0), _frequencies(box.width, _RASTER[1], WIDE, 1)
    numbers = across @ (ink / full) @ along.T
    largest = max(float(np.abs(numbers).max()), 1e-9)
    return np.asarray(np.round(numbers / largest * 127), np.int8).ravel()


def ink_of(page: Levels, box: Box) -> tuple[NDArray[np.int16], int]:
    """How far each pixel of a line is from the grey at the box's border, and from where on it counts as full."""
    patch = page[box.top : box.bottom, box.left : box.right].astype(np.int16)
    around = np.concatenate([patch[0], patch[-1], patch[:, 0], patch[:, -1]])
    ground = np.sort(around)[around.size // 2]
    ink = np.abs(patch - ground)
    return ink, max(1, int(np.sort(ink, axis=None)[ink.size * 95 // 100]))


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
