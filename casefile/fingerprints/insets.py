"""Pictures inside a picture: the PDQ of each, so that a photograph is found again in the chat in which it was sent.

docs/fingerprints.md is the specification; the phone computes the same.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from casefile.fingerprints.kinds import INSET
from casefile.fingerprints.pdq import pdq_of_grey
from casefile.fingerprints.raster import Levels, reduce_to
from casefile.fingerprints.rectangles import CORNER_PERCENT, Rectangle, commonest, find_rectangles, is_same
from casefile.fingerprints.textlines import Box
from casefile.fingerprints.values import MOST_INSETS

_SEARCH_SIDE = 560
"""Longest side of the raster on which rectangles are sought."""
_REACH = 2
"""How far a side may be off on that raster, in pixels."""
_APART = 10
"""Insets of one picture that differ in so few bits are one picture, found twice."""
_ON_GROUND = 6
_LEAST_CORNER = 2
_INK, _INK_SHARE, _FEW_LINES, _MOST_INKED_PERCENT = 24, 50, 6, 80
"""Levels that ink lies from the grey behind it; pixels of a row of which one must be ink; the most lines of text, and
of rows with ink: bubbles of text have at most 74 in 100, photographs of something bright in the dark often more.
"""


def find_insets(page: Levels, whole: bytes) -> tuple[bytes, ...]:
    """The PDQ of the pictures inside a picture, at most ``MOST_INSETS``, the likeliest first.

    ``page`` is what ``page_raster`` gives, ``whole`` the PDQ of the picture: what is nearly all of it is no inset.
    """
    found: list[bytes] = []
    for box, ground in _exact_rectangles(page):
        part = _filled(page, box, ground)
        if _is_written(part):
            continue
        value, quality = pdq_of_grey(part)
        if quality < INSET.quality_floor or _bits(value, whole) <= INSET.match_threshold:
            continue
        if all(_bits(value, other) > _APART for other in found):
            found.append(value)
        if len(found) == MOST_INSETS:
            break
    return tuple(found)


def _bits(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def _is_written(part: Levels) -> bool:
    """Whether a box is half of one grey with few lines on it, as a bubble of text is: its PDQ would tell which text."""
    level, count = commonest(np.bincount(part.ravel(), minlength=256).astype(np.int64))
    ink = np.count_nonzero(np.abs(part.astype(np.int16) - level) > _INK, axis=1)
    is_ink = ink * _INK_SHARE >= part.shape[1]
    lines = int(is_ink[0]) + np.count_nonzero(is_ink[1:] & ~is_ink[:-1])
    is_text = lines <= _FEW_LINES and 100 * np.count_nonzero(is_ink) <= _MOST_INKED_PERCENT * len(is_ink)
    return 2 * count >= part.size and bool(is_text)


def _exact_rectangles(page: Levels) -> Iterator[Rectangle]:
    """The candidates at their places on the page, none twice."""
    small = reduce_to(page, _SEARCH_SIDE)
    passed: list[Box] = []
    for box, ground in find_rectangles(small):
        exact = _exact(page, box, small.shape)
        if not any(is_same(exact, other) for other in passed):
            passed.append(exact)
            yield Rectangle(exact, ground)


def _exact(page: Levels, box: Box, shape: tuple[int, ...]) -> Box:
    """A box of the small raster of ``shape`` on the page, each side moved to the strongest step nearby."""
    (height, width), (low, narrow) = page.shape, shape
    left, right = _scaled(box.left, width, narrow), _scaled(box.right, width, narrow)
    top, bottom = _scaled(box.top, height, low), _scaled(box.bottom, height, low)
    reach = _scaled(_REACH, width, narrow)
    rows = page[top:bottom].T
    left, right = _strongest(rows, left, reach), _strongest(rows, right, reach)
    columns = page[:, left:right]
    return Box(left, _strongest(columns, top, reach), right, _strongest(columns, bottom, reach))


def _scaled(place: int, length: int, from_length: int) -> int:
    """A place on a side of ``from_length`` on one of ``length``, halves rounded up."""
    return (2 * place * length + from_length) // (2 * from_length)


def _strongest(lines: Levels, place: int, reach: int) -> int:
    """The border between two lines, at most ``reach`` from ``place``, across which the levels change most.

    Of equal ones the nearest, then the first. A border of the page stays.
    """
    if place in (0, len(lines)):
        return place
    first, last = max(1, place - reach), min(len(lines) - 1, place + reach)
    near = lines[first - 1 : last + 1].astype(np.int32)
    steps = np.abs(near[1:] - near[:-1]).sum(axis=1).tolist()
    return max(range(first, last + 1), key=lambda line: (steps[line - first], -abs(line - place)))


def _filled(page: Levels, box: Box, ground: int) -> Levels:
    """The pixels of a box; where its corners are rounded, the ground is replaced by the nearest pixel of the row."""
    part = page[box.top : box.bottom, box.left : box.right].copy()
    corner = min(part.shape) * CORNER_PERCENT // 100
    if corner >= _LEAST_CORNER:
        for view in (part, part[:, ::-1], part[::-1], part[::-1, ::-1]):
            _fill_corner(view, ground, corner)
    return part


def _fill_corner(view: Levels, ground: int, corner: int) -> None:
    """Fill the upper left corner in place if runs of ground begin its rows and get shorter until one has none."""
    is_drawn = np.abs(view[:corner, : corner + 1].astype(np.int16) - ground) > _ON_GROUND
    runs = np.where(is_drawn.any(axis=1), is_drawn.argmax(axis=1), corner + 1)
    if not 1 <= runs[0] <= corner or runs.min() > 0 or (runs[1:] > runs[:-1] + 1).any():
        return
    for row, run in enumerate(runs[: int(runs.argmin())].tolist()):
        view[row, : run + 1] = view[row, run + 1]
