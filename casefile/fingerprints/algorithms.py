"""How the values of every kind of fingerprint are made of a picture. A new kind is one more entry in ``ALGORITHMS``.

The portal makes keyed kinds in two steps, since the office's secret may not enter the process that decodes: what can be
seen is described there (``features``), and keyed outside (``keying``). Both steps are those that ``extract`` takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PIL import Image

from casefile.fingerprints import kinds
from casefile.fingerprints.descriptions import Descriptions
from casefile.fingerprints.features import describe_page
from casefile.fingerprints.insets import find_insets
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.kinds import Kind
from casefile.fingerprints.pdq import PdqValue, pdq
from casefile.fingerprints.phash import phash
from casefile.fingerprints.raster import Levels, page_raster, to_luma
from casefile.fingerprints.sketches import Sketches
from casefile.fingerprints.values import Fingerprint
from casefile.fingerprints.wordgroups import WordKey
from casefile.fingerprints.words import read_words
from casefile.vocabulary import FingerprintKind


@dataclass(frozen=True)
class Picture:
    """A picture that passed the gate: the bytes as they were sent, and its upright RGB pixels.

    ``secret`` (32 bytes) keys the kinds that are keyed; what several kinds are made of is computed once.
    """

    data: bytes
    image: Image.Image
    secret: bytes | None = None

    @cached_property
    def luma(self) -> Image.Image:
        """The picture in grey."""
        return to_luma(self.image)

    @cached_property
    def page(self) -> Levels:
        """The raster in which text lines and insets are sought."""
        return page_raster(self.luma)

    @cached_property
    def pdq(self) -> PdqValue:
        """The PDQ of the whole picture."""
        return pdq(np.asarray(self.image))

    @cached_property
    def insets(self) -> tuple[bytes, ...]:
        """The PDQ of each picture inside it."""
        return find_insets(self.page, self.pdq.value)

    @cached_property
    def descriptions(self) -> Descriptions:
        """Text lines and photo points before they are keyed."""
        return describe_page(self.page)

    @cached_property
    def sketches(self) -> Sketches:
        """Text lines and photo points, keyed. Raises ``ValueError`` without a secret."""
        return SketchKey(self._secret).sketch(self.descriptions)

    @cached_property
    def words(self) -> tuple[bytes, ...]:
        """Keyed word groups, none where tesseract is not installed. Raises ``ValueError`` without a secret."""
        return read_words(self.data, WordKey(self._secret))

    @property
    def _secret(self) -> bytes:
        if self.secret is None:
            raise ValueError("this kind needs the office's secret")
        return self.secret


@dataclass(frozen=True, kw_only=True)
class Algorithm(Kind):
    """A kind, and how its values are made."""

    make: Callable[[Picture], tuple[Fingerprint, ...]]

    def extract(self, picture: Picture) -> tuple[Fingerprint, ...]:
        """All values of a picture: one of the kinds that are of the whole picture, else one for each element."""
        return self.make(picture)


def _sha256(picture: Picture) -> tuple[Fingerprint, ...]:
    return (Fingerprint(FingerprintKind.SHA256, hashlib.sha256(picture.data).digest()),)


def _pdq(picture: Picture) -> tuple[Fingerprint, ...]:
    return (Fingerprint(FingerprintKind.PDQ, *picture.pdq),)


def _phash(picture: Picture) -> tuple[Fingerprint, ...]:
    return (Fingerprint(FingerprintKind.PHASH, phash(picture.luma)),)


def _lines(picture: Picture) -> tuple[Fingerprint, ...]:
    return tuple(Fingerprint(FingerprintKind.LINE, bits.tobytes()) for bits in picture.sketches.line_bits)


def _points(picture: Picture) -> tuple[Fingerprint, ...]:
    return tuple(Fingerprint(FingerprintKind.POINT, bits.tobytes()) for bits in picture.sketches.point_bits)


def _words(picture: Picture) -> tuple[Fingerprint, ...]:
    return tuple(Fingerprint(FingerprintKind.WORDS, group) for group in picture.words)


def _insets(picture: Picture) -> tuple[Fingerprint, ...]:
    return tuple(Fingerprint(FingerprintKind.INSET, inset) for inset in picture.insets)


def _algorithm(kind: Kind, make: Callable[[Picture], tuple[Fingerprint, ...]]) -> Algorithm:
    return Algorithm(**vars(kind), make=make)


SHA256 = _algorithm(kinds.SHA256, _sha256)
PDQ = _algorithm(kinds.PDQ, _pdq)
PHASH = _algorithm(kinds.PHASH, _phash)
LINE = _algorithm(kinds.LINE, _lines)
POINT = _algorithm(kinds.POINT, _points)
WORDS = _algorithm(kinds.WORDS, _words)
INSET = _algorithm(kinds.INSET, _insets)

ALGORITHMS: Mapping[FingerprintKind, Algorithm] = {
    algorithm.kind: algorithm for algorithm in (SHA256, PDQ, PHASH, LINE, POINT, WORDS, INSET)
}
