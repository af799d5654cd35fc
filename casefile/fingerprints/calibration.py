"""What descriptions are levelled by before their signs are taken, so that every bit says about as much as another."""

from __future__ import annotations

import numpy as np

from casefile.fingerprints.descriptions import HIGH, LENGTH, WIDE

_ALONG = np.arange(1, WIDE + 1)
_FALLING, _ACROSS = 14.0, 0.35

LINE_DEVIATIONS = np.concatenate(
    [np.sqrt(1 + (_ALONG / _FALLING) ** 2) * (1 + _ACROSS * across) for across in range(HIGH)]
)
"""Divisors of a line's 128 numbers: high frequencies and those across a line suffer most from re-encoding and count
less (measurements of the trial, weights 1/sqrt(1 + (h/14)^2) / (1 + 0.35 v))."""

POINT_MEANS = np.full(LENGTH, 30.0)
"""About the mean of a point's numbers. Equal for all, so that it is the same in every mirrored or turned form."""
