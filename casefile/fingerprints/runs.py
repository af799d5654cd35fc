"""Connected sets of pixels, found from their runs: a run is all set pixels of a row that lie side by side.

A page of text has a million pixels and some ten thousand runs, so that everything after the search for runs is quick.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Bits = NDArray[np.bool_]
Numbers = NDArray[np.int64]


class Runs(NamedTuple):
    """Runs in the order of rows and columns; ``starts`` and ``ends`` are columns, the last outside.

    ``stride`` is one more than the width of the raster.
    """

    rows: Numbers
    starts: Numbers
    ends: Numbers
    stride: int

    def only(self, chosen: Bits) -> Runs:
        """Those for which ``chosen`` holds."""
        return Runs(self.rows[chosen], self.starts[chosen], self.ends[chosen], self.stride)

    def joined(self, gap: int | Numbers) -> Runs:
        """The same where gaps of a row that are at most ``gap`` wide are filled: one number for all gaps, or one for
        that between each run and the next.
        """
        if len(self.rows) == 0:
            return self
        apart = (self.starts[1:] - self.ends[:-1] > gap) | (self.rows[1:] != self.rows[:-1])
        begins, stops = np.append(True, apart), np.append(apart, True)
        return Runs(self.rows[begins], self.starts[begins], self.ends[stops], self.stride)


class Shapes(NamedTuple):
    """Connected sets: of each its box (the last column and row outside), and of each run in which it lies."""

    left: Numbers
    top: Numbers
    right: Numbers
    bottom: Numbers
    of_run: Numbers

    def __len__(self) -> int:
        return len(self.left)

    @property
    def width(self) -> Numbers:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> Numbers:
        """In pixels."""
        return self.bottom - self.top


def find_runs(mask: Bits) -> Runs:
    """The runs of a raster."""
    height, width = mask.shape
    stride = width + 1
    padded = np.zeros(1 + height * stride, bool)
    padded[1:].reshape(height, stride)[:, :width] = mask
    changes = np.flatnonzero(padded[1:] != padded[:-1])
    rows, starts = np.divmod(changes[::2], stride)
    return Runs(rows, starts, changes[1::2] - rows * stride, stride)


def find_shapes(runs: Runs, *, by_corners: bool) -> Shapes:
    """What hangs together: runs that touch a run of the next row along an edge, or also ``by_corners``."""
    starts, ends = runs.rows * runs.stride + runs.starts, runs.rows * runs.stride + runs.ends
    first = np.searchsorted(ends, starts + runs.stride, "left" if by_corners else "right")
    last = np.searchsorted(starts, ends + runs.stride, "right" if by_corners else "left")
    counts = np.maximum(last - first, 0)
    begins = np.concatenate([[0], np.cumsum(counts)])
    below = np.arange(begins[-1]) + np.repeat(first - begins[:-1], counts)
    touching = csr_array((np.ones(len(below), np.int8), below, begins), shape=(len(starts), len(starts)))
    number, of_run = connected_components(touching, directed=False)
    left, right = np.full(number, runs.stride), np.zeros(number, np.int64)
    top, bottom = np.full(number, len(runs.rows) and int(runs.rows[-1])), np.zeros(number, np.int64)
    np.minimum.at(left, of_run, runs.starts)
    np.maximum.at(right, of_run, runs.ends)
    np.minimum.at(top, of_run, runs.rows)
    np.maximum.at(bottom, of_run, runs.rows + 1)
    return Shapes(left, top, right, bottom, of_run)
