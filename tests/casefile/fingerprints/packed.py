"""Descriptions and sketches of pictures that were never drawn, within all limits: for Hypothesis and for matching."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from casefile.fingerprints.descriptions import (
    HIGHEST_SCALE,
    LENGTH,
    MOST_LINES,
    MOST_PIECES,
    MOST_POINTS,
    UNIT,
    Descriptions,
    most_points,
)

Size = tuple[int, int]

TOO_MANY = (
    (MOST_LINES + 1, 0, 0),
    (0, MOST_POINTS + 1, 0),
    (MOST_LINES, most_points(MOST_LINES, 0) + 1, 0),
    (MOST_LINES, most_points(MOST_LINES, 2) + 1, 2),
    (1, 1, MOST_PIECES + 1),
    (0, 0, 255),
)
"""Lines, points and pieces, of which no picture has as many."""


def make_descriptions(seed: int, lines: int, points: int, size: Size = (UNIT, UNIT), pieces: int = 0) -> Descriptions:
    """Random descriptions; equal seeds give equal ones."""
    rng = np.random.default_rng(seed)
    width, height = size
    line_boxes = _boxes(rng, lines, size)
    return Descriptions(
        size=size,
        line_boxes=line_boxes,
        lines=rng.integers(-127, 128, (lines, LENGTH)).astype(np.int8),
        point_places=np.stack([rng.integers(0, width, points), rng.integers(0, height, points)], axis=1).astype(
            np.uint16
        ),
        point_scales=rng.integers(0, HIGHEST_SCALE + 1, points).astype(np.uint8),
        points=rng.integers(0, 256, (points, LENGTH)).astype(np.uint8),
        piece_boxes=_boxes(rng, pieces, size),
        pieces=rng.integers(-127, 128, (pieces, LENGTH)).astype(np.int8),
    )


def _boxes(rng: np.random.Generator, count: int, size: Size) -> NDArray[np.uint16]:
    width, height = size
    lefts, tops = rng.integers(0, width, count), rng.integers(0, height, count)
    rights = lefts + 1 + (rng.random(count) * (width - lefts)).astype(int)
    bottoms = tops + 1 + (rng.random(count) * (height - tops)).astype(int)
    return np.stack([lefts, tops, rights.clip(max=UNIT), bottoms.clip(max=UNIT)], axis=1).astype(np.uint16)


@st.composite
def descriptions(draw: st.DrawFn) -> Descriptions:
    """Any descriptions that a picture may have."""
    lines = draw(st.integers(0, MOST_LINES))
    pieces = draw(st.integers(0, MOST_PIECES))
    points = draw(st.integers(0, most_points(lines, pieces)))
    side = draw(st.integers(1, UNIT))
    size = draw(st.sampled_from([(UNIT, side), (side, UNIT)]))
    return make_descriptions(draw(st.integers(0, 2**32 - 1)), lines, points, size, pieces)
