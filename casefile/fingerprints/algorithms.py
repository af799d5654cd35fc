"""Every kind of fingerprint behind one small interface, with its thresholds and the reason for each.

A new kind is one more entry in ``ALGORITHMS``. The shape follows the signal types of Meta's threatexchange library:
a kind makes its value from a picture, compares two values, and owns the number at which they count as a match.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PIL import Image

from casefile.fingerprints.pdq import pdq
from casefile.fingerprints.phash import phash
from casefile.fingerprints.values import Comparison, Fingerprint, distance
from casefile.vocabulary import FingerprintKind


@dataclass(frozen=True)
class Picture:
    """A picture that passed the gate: the bytes as they were sent, and its upright RGB pixels."""

    data: bytes
    image: Image.Image


class FingerprintAlgorithm(Protocol):
    """What the rest of the house needs to know about one kind of fingerprint."""

    @property
    def kind(self) -> FingerprintKind:
        """The name that is stored beside every value."""

    @property
    def version(self) -> int:
        """Goes up when the same picture would give another value."""

    def extract(self, picture: Picture) -> Fingerprint:
        """Return the fingerprint of a picture."""

    def compare(self, first: Fingerprint, second: Fingerprint) -> Comparison:
        """Compare two values of this kind; raises ``ValueError`` if one is of another."""


@dataclass(frozen=True)
class BitwiseAlgorithm:
    """A kind whose values are bits and whose distance is the number of bits that differ.

    Two values match up to ``match_threshold`` bits, if both have at least ``quality_floor``. ``reason`` says why those.
    """

    kind: FingerprintKind
    version: int
    make: Callable[[Picture], Fingerprint]
    match_threshold: int
    quality_floor: int
    reason: str

    def extract(self, picture: Picture) -> Fingerprint:
        """Return the fingerprint of a picture."""
        return self.make(picture)

    def compare(self, first: Fingerprint, second: Fingerprint) -> Comparison:
        """Compare two values of this kind; raises ``ValueError`` if one is of another."""
        if first.algorithm is not self.kind:
            message = f"not a {self.kind.value} fingerprint"
            raise ValueError(message)
        bits = distance(first, second)
        clear = self._is_clear(first) and self._is_clear(second)
        return Comparison(clear and bits <= self.match_threshold, bits)

    def _is_clear(self, fingerprint: Fingerprint) -> bool:
        return fingerprint.quality is None or fingerprint.quality >= self.quality_floor


def _extract_sha256(picture: Picture) -> Fingerprint:
    return Fingerprint(FingerprintKind.SHA256, hashlib.sha256(picture.data).digest())


def _extract_pdq(picture: Picture) -> Fingerprint:
    value, quality = pdq(np.asarray(picture.image))
    return Fingerprint(FingerprintKind.PDQ, value, quality)


def _extract_phash(picture: Picture) -> Fingerprint:
    return Fingerprint(FingerprintKind.PHASH, phash(picture.image))


SHA256 = BitwiseAlgorithm(
    kind=FingerprintKind.SHA256,
    version=1,
    make=_extract_sha256,
    match_threshold=0,
    quality_floor=0,
    reason="A digest says only whether two files are the same, byte for byte.",
)

PDQ = BitwiseAlgorithm(
    kind=FingerprintKind.PDQ,
    version=1,
    make=_extract_pdq,
    match_threshold=31,
    quality_floor=50,
    reason=(
        "The values Meta publishes with PDQ, and that hash banks use: up to 31 of 256 bits is a confident match, and"
        " below quality 50 a picture has too little structure for its bits to mean anything."
    ),
)

PHASH = BitwiseAlgorithm(
    kind=FingerprintKind.PHASH,
    version=1,
    make=_extract_phash,
    match_threshold=0,
    quality_floor=0,
    reason=(
        "A second opinion and a value for exchange. At the usual 10 of 64 bits, one chat screenshot in five is"
        " linked to a stranger's, so only equal values count, and they suggest nothing by themselves."
    ),
)

ALGORITHMS: Mapping[FingerprintKind, FingerprintAlgorithm] = {
    algorithm.kind: algorithm for algorithm in (SHA256, PDQ, PHASH)
}
