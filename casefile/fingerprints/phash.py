"""pHash: the 64-bit fingerprint of the ImageHash library, a second opinion and a value to exchange with its users.

The value is exactly ``imagehash.phash`` of the whole picture (ImageHash 4.3 on Pillow 13). ImageHash shrinks the
picture to 32 x 32 with Pillow's Lanczos filter, and nearly all of its time goes into the first of the two passes. That
pass is done here as a product of whole numbers, which gives Pillow's bytes several times faster; the second pass and
the cosine transform stay with ImageHash.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from casefile.fingerprints.raster import to_luma

PHASH_BYTES = 8
"""Length of a value: 64 bits."""

Levels = NDArray[np.uint8]
Weights = NDArray[np.float64]

_SIDE = 32
_LOBES = 3
"""Pillow's LANCZOS reaches three lobes to each side."""

_FIXED_POINT = 1 << 22
"""Pillow stores filter weights for 8-bit pixels as whole numbers of 22 binary places."""

_COLUMNS_AT_ONCE = 128
_OUTPUTS_AT_ONCE = 4
_CACHED_LENGTHS = 32


class _Block(NamedTuple):
    """Neighbouring output rows, the input rows they are made of, and weights (output x input)."""

    outputs: slice
    inputs: slice
    weights: Weights


def phash(picture: Image.Image) -> bytes:
    """Return the 64-bit pHash, 8 bytes, first row first, of an upright picture, RGB or in luma already."""
    smaller = picture if min(picture.size) <= _SIDE else _shrunk_once(picture)
    return bytes.fromhex(str(imagehash.phash(smaller)))


def _shrunk_once(picture: Image.Image) -> Image.Image:
    luma = np.asarray(to_luma(picture))
    shrunk = _shrink(luma) if _shrinks_height_first(picture.size) else _shrink(luma.T).T
    return Image.fromarray(np.ascontiguousarray(shrunk))


def _shrinks_height_first(size: tuple[int, int]) -> bool:
    """Pillow 13 takes the height first where it loses more than twice as many pixels as the width."""
    width, height = size
    return height - _SIDE > 2 * (width - _SIDE)


def _shrink(levels: Levels) -> Levels:
    """Return ``levels`` with its first axis resized to 32, byte for byte as Pillow does it.

    Every product and sum is a whole number far below 2**53, so float64 is exact in any order of summation.
    """
    length, across = levels.shape
    shrunk = np.empty((_SIDE, across), dtype=np.uint8)
    for left in range(0, across, _COLUMNS_AT_ONCE):
        columns = slice(left, left + _COLUMNS_AT_ONCE)
        exact = levels[:, columns].astype(np.float64)
        for outputs, inputs, weights in _blocks(length):
            rounded = np.floor(weights @ exact[inputs] / _FIXED_POINT + 0.5)
            shrunk[outputs, columns] = rounded.clip(0, 255)
    return shrunk


@lru_cache(maxsize=_CACHED_LENGTHS)
def _blocks(length: int) -> tuple[_Block, ...]:
    scale = length / _SIDE
    centres = (np.arange(_SIDE) + 0.5) * scale
    starts = np.maximum(0, (centres - _LOBES * scale + 0.5).astype(int))
    stops = np.minimum(length, (centres + _LOBES * scale + 0.5).astype(int))
    blocks = []
    for first in range(0, _SIDE, _OUTPUTS_AT_ONCE):
        outputs = slice(first, first + _OUTPUTS_AT_ONCE)
        inputs = slice(int(starts[outputs][0]), int(stops[outputs][-1]))
        weights = np.zeros((_OUTPUTS_AT_ONCE, inputs.stop - inputs.start))
        bounds = zip(weights, centres[outputs], starts[outputs], stops[outputs], strict=True)
        for row, centre, start, stop in bounds:
            offsets = (np.arange(start, stop) - centre + 0.5) / scale
            row[start - inputs.start : stop - inputs.start] = _lanczos(offsets)
        blocks.append(_Block(outputs, inputs, weights))
    return tuple(blocks)


def _lanczos(offsets: Weights) -> Weights:
    """Return whole-number weights that sum to about ``_FIXED_POINT``, rounded half away from zero."""
    inside = (offsets >= -_LOBES) & (offsets < _LOBES)
    curve = np.where(inside, np.sinc(offsets) * np.sinc(offsets / _LOBES), 0.0)
    weights = curve / curve.sum() * _FIXED_POINT
    rounded: Weights = np.trunc(weights + np.copysign(0.5, weights))
    return rounded
