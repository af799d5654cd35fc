"""PDQ: the 256-bit picture fingerprint that the platforms and hash banks exchange.

The algorithm is Meta's: "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019; reference
code in facebook/ThreatExchange, (c) Meta Platforms, Inc. and affiliates, BSD licence. This is an implementation of
its own. The reference smooths the whole picture with two box filters along each axis and keeps 64 x 64 samples of the
result. All of that is linear, so here each axis is one weight matrix that holds both filters and the sampling, and
only the reduced picture is ever turned into luma.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PDQ_BYTES = 32
"""Length of a value: 256 bits."""

Floats = NDArray[np.float32]
Weights = NDArray[np.float64]
Pixels = NDArray[np.uint8]

_SAMPLES = 64
_FREQUENCIES = 16
_CACHED_LENGTHS = 32
"""Weight matrices kept: two a picture, 512 bytes a pixel of side, so 40 MiB if every picture were 2,500 wide."""

_LUMA = np.array([0.299, 0.587, 0.114])
_LOWER_MEDIAN = (_FREQUENCIES * _FREQUENCIES - 1) // 2


class PdqValue(NamedTuple):
    """A PDQ fingerprint: 32 bytes, most significant bit first, and its quality from 0 (flat) to 100."""

    value: bytes
    quality: int


class _Band(NamedTuple):
    """The run of pixels that one sample is made of, and their weights, which sum to the square of the window.

    Away from the border those are small whole numbers, so that sums of 8-bit pixels are exact in float32.
    """

    start: int
    stop: int
    weights: Floats


def pdq(pixels: Pixels) -> PdqValue:
    """Return the PDQ fingerprint of an upright picture.

    ``pixels`` is height x width x 3, RGB, 8 bits a channel, each side at least 5 pixels. Where nothing changes along
    one axis (a plain colour, bars from edge to edge), every frequency but rounding errors is nought, in the reference
    too, and the bits mean nothing.
    """
    return _of_samples(_reduce(pixels))


def pdq_of_grey(levels: Pixels) -> PdqValue:
    """Return what ``pdq`` gives for the same picture with ``levels`` (height x width) in each of the three channels."""
    return _of_samples(_reduce(levels[:, :, None]))


def _of_samples(reduced: Floats) -> PdqValue:
    transform = _transform_matrix()
    frequencies = _product(_product(transform, reduced), transform.T)
    return PdqValue(_bits_above_median(frequencies), _quality(reduced))


def _product(left: Floats, right: Floats) -> Floats:
    """Return ``left @ right`` added up term by term in float32, the reference's order.

    A faster product rounds otherwise, and pictures with little in them then differ in a few bits.
    """
    total = np.zeros((left.shape[0], right.shape[1]), dtype=np.float32)
    for column, row in zip(left.T[:, :, None], right, strict=True):
        total += column * row
    return total


def _reduce(pixels: Pixels) -> Floats:
    """Return the 64 x 64 luma samples of three channels or of one, exact to the last place."""
    height, width, channels = pixels.shape
    rows = pixels.reshape(height, width * channels)
    bands = _bands(height)
    tallest = max(band.stop - band.start for band in bands)
    strip = np.empty((tallest, width * channels), dtype=np.float32)
    colours = np.empty((_SAMPLES, width * channels), dtype=np.float32)
    for sample, (start, stop, weights) in enumerate(bands):
        part = strip[: stop - start]
        np.copyto(part, rows[start:stop])
        np.matmul(weights, part, out=colours[sample])
    luma = np.broadcast_to(colours.reshape(_SAMPLES, width, channels), (_SAMPLES, width, 3)) @ _LUMA
    share = (_window(height) * _window(width)) ** 2
    return np.asarray(luma @ _sampling_matrix(width) / share, dtype=np.float32)


def _window(length: int) -> int:
    """Return the width in pixels of one box filter along an axis; a side of 64 is not filtered at all."""
    return -(-length // (2 * _SAMPLES))


@lru_cache(maxsize=_CACHED_LENGTHS)
def _bands(length: int) -> tuple[_Band, ...]:
    """Return, for each of the 64 samples along an axis, two box filters folded into one run of weights."""
    centres = ((np.arange(_SAMPLES) + 0.5) * length / _SAMPLES).astype(int)
    window = _window(length)
    ahead = (window + 2) // 2
    first = np.maximum(np.arange(length) + ahead - window, 0)
    last = np.minimum(np.arange(length) + ahead, length)
    share = window / (last - first)
    bands = []
    for centre in centres:
        inner = slice(first[centre], last[centre])
        start, stop = int(first[inner][0]), int(last[inner][-1])
        changes = np.zeros(stop - start + 1)
        np.add.at(changes, first[inner] - start, share[inner])
        np.subtract.at(changes, last[inner] - start, share[inner])
        weights = np.cumsum(changes)[:-1] * share[centre]
        bands.append(_Band(start, stop, weights.astype(np.float32)))
    return tuple(bands)


@lru_cache(maxsize=_CACHED_LENGTHS)
def _sampling_matrix(length: int) -> Weights:
    """Return the same weights as one ``length`` x 64 matrix."""
    matrix = np.zeros((length, _SAMPLES))
    for sample, (start, stop, weights) in enumerate(_bands(length)):
        matrix[start:stop, sample] = weights
    return matrix


@lru_cache(maxsize=1)
def _transform_matrix() -> Floats:
    """Return rows 1 to 16 of the 64-point cosine transform; row 0, the mean brightness, is left out."""
    frequency = np.arange(1, _FREQUENCIES + 1)[:, None]
    position = 2 * np.arange(_SAMPLES)[None, :] + 1
    cosines = np.cos(np.pi / 2 / _SAMPLES * frequency * position)
    scale = float(np.float32(np.sqrt(2 / _SAMPLES)))
    return np.asarray(scale * cosines, dtype=np.float32)


def _bits_above_median(frequencies: Floats) -> bytes:
    values = frequencies.ravel()
    median = np.partition(values, _LOWER_MEDIAN)[_LOWER_MEDIAN]
    return np.packbits((values > median)[::-1]).tobytes()


def _quality(reduced: Floats) -> int:
    """Return how much there is to see: visible steps between neighbouring samples, 0 to 100."""
    down = (reduced[:-1] - reduced[1:]) * np.float32(100) / np.float32(255)
    along = (reduced[:, :-1] - reduced[:, 1:]) * np.float32(100) / np.float32(255)
    steps = int(np.abs(down).astype(int).sum() + np.abs(along).astype(int).sum())
    return min(100, steps // 90)
