"""Grey rasters that a phone and the server reduce to the same bytes.

All of it is whole-number arithmetic, so that plain JavaScript gets the same result from the same pixels
(docs/fingerprints.md is the specification for both).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Levels = NDArray[np.uint8]
"""Height x width, 0 (black) to 255 (white)."""

PAGE_SIDE = 1600
"""Longest side of the raster in which text lines are sought: small print of a phone's screen is still readable."""


def to_luma(image: Image.Image) -> Image.Image:
    """The luma of an RGB picture (ITU-R BT.601, Pillow's mode L); what is in luma already stays as it is."""
    return image if image.mode == "L" else image.convert("L")


def page_raster(image: Image.Image) -> Levels:
    """The luma of an upright picture, RGB or in luma already, at most ``PAGE_SIDE`` long."""
    return np.asarray(_reduce(to_luma(image), PAGE_SIDE))


def reduce_to(levels: Levels, longest: int) -> Levels:
    """Shrink with Pillow's triangle filter so that no side is longer than ``longest``; never enlarges."""
    return np.asarray(_reduce(Image.fromarray(levels), longest)) if max(levels.shape) > longest else levels


def _reduce(grey: Image.Image, longest: int) -> Image.Image:
    width, height = grey.size
    side = max(height, width)
    if side <= longest:
        return grey
    size = (max(1, (2 * width * longest + side) // (2 * side)), max(1, (2 * height * longest + side) // (2 * side)))
    return grey.resize(size, Image.Resampling.BILINEAR)


def spread(levels: Levels) -> int:
    """The range of grey that a picture uses: from its 1st to its 99th percentile, 0 to 255."""
    counts = np.cumsum(Image.fromarray(levels).histogram())
    low, high = np.searchsorted(counts, (counts[-1] // 100, counts[-1] - 1 - counts[-1] // 100), side="right")
    return int(high - low)
