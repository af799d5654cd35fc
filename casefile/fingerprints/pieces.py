"""Pieces of text lines: two words that follow one another. Where all sides of a page are cut off, hardly a line stays
whole, but words in the middle do.

docs/fingerprints.md is the specification; the phone computes the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from casefile.fingerprints.descriptions import MOST_PIECES
from casefile.fingerprints.raster import Levels
from casefile.fingerprints.textlines import Bits, Box, ink_of

_MOST_OF_LINE = 2
_LEAST_WORDS = 3
_GAP_PERCENT, _LEAST_GAP = 26, 3
"""Narrowest gap between words, in hundredths of the line's height and in pixels."""
_LEAST_WIDTH, _LEAST_HEIGHT = 4, 6
"""In heights of the line, and in pixels: less is no two words, or dots."""


def find_pieces(page: Levels, lines: Sequence[Box]) -> list[Box]:
    """The pieces nearest to the middle of the page: of each line the nearest first, at most ``MOST_PIECES`` in all."""
    found: list[tuple[int, int, Box]] = []
    for line in lines:
        nearest = sorted(_pairs_of_words(page, line), key=lambda box: _aside(box, page))[:_MOST_OF_LINE]
        found += [(place, _reach(box, page), box) for place, box in enumerate(nearest)]
    found.sort(key=lambda one: one[:2])
    return [box for _, _, box in found[:MOST_PIECES]]


def _aside(box: Box, page: Levels) -> int:
    """How far a box reaches from the middle to the left or right, in halves of the page's width, times both sides."""
    height, width = page.shape
    return int(max(abs(2 * box.left - width), abs(2 * box.right - width)) * height)


def _reach(box: Box, page: Levels) -> int:
    """The same, or how far its middle lies above or below that of the page, whichever is more."""
    height, width = page.shape
    return max(_aside(box, page), int(abs(box.top + box.bottom - height) * width))


def _pairs_of_words(page: Levels, line: Box) -> Iterator[Box]:
    """Each word of a line with the next one, as high as their ink; none where that is the whole line."""
    ink, full = ink_of(page, line)
    is_inked = 3 * ink > full
    words = _words(np.asarray(is_inked.any(axis=0)), line.height)
    if len(words) < _LEAST_WORDS:
        return
    for (start, _), (_, end) in pairwise(words):
        rows = np.flatnonzero(is_inked[:, start:end].any(axis=1)).tolist()
        box = Box(line.left + start, line.top + rows[0], line.left + end, line.top + rows[-1] + 1)
        if box.width >= _LEAST_WIDTH * line.height and box.height >= _LEAST_HEIGHT:
            yield box


def _words(is_inked: Bits, height: int) -> list[tuple[int, int]]:
    """Columns from which to which each word of a line goes; gaps at its ends are none."""
    least = max(_LEAST_GAP, -(-height * _GAP_PERCENT // 100))
    changes = np.flatnonzero(np.diff(is_inked.astype(np.int8), prepend=1, append=1)).reshape(-1, 2).tolist()
    gaps = [(start, end) for start, end in changes if end - start >= least and start > 0 and end < len(is_inked)]
    return list(zip([0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(is_inked)], strict=True))
