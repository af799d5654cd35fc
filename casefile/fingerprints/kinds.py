"""Every kind of fingerprint: what its values are, when two of them count as a match, and why.

The shape follows the signal types of Meta's threatexchange library: a kind has a name and a version, compares two
values, and owns the number at which they match. All values are bits, and all distances are bits that differ. SHA-256,
PDQ and pHash give one value a picture; of lines, points, words and insets a picture has some or none.
No decoder is loaded here; ``algorithms`` adds how values are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casefile.fingerprints.descriptions import ELEMENTS_VERSION
from casefile.fingerprints.values import Comparison, Fingerprint, distance
from casefile.vocabulary import FingerprintKind


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of fingerprint.

    ``version`` goes up when the same picture would give another value. Two values match up to ``match_threshold``
    bits, if both have at least ``quality_floor``; ``reason`` says why those. A kind that ``is_keyed`` needs the
    office's secret: no other office can compare its values.
    """

    kind: FingerprintKind
    version: int
    match_threshold: int
    reason: str
    quality_floor: int = 0
    is_keyed: bool = False

    def compare(self, first: Fingerprint, second: Fingerprint) -> Comparison:
        """Compare two values of this kind; raises ``ValueError`` if one is of another."""
        if first.algorithm is not self.kind:
            message = f"not a {self.kind.value} fingerprint"
            raise ValueError(message)
        bits = distance(first, second)
        clear = self.is_clear(first.quality) and self.is_clear(second.quality)
        return Comparison(clear and bits <= self.match_threshold, bits)

    def is_clear(self, quality: int | None) -> bool:
        """Whether a value of that quality (None where the kind has none) means anything."""
        return quality is None or quality >= self.quality_floor


SHA256 = Kind(
    kind=FingerprintKind.SHA256,
    version=1,
    match_threshold=0,
    reason="A digest says only whether two files are the same, byte for byte.",
)

PDQ = Kind(
    kind=FingerprintKind.PDQ,
    version=1,
    match_threshold=31,
    quality_floor=50,
    reason=(
        "The values Meta publishes with PDQ, and that hash banks use: up to 31 of 256 bits is a confident match, and"
        " below quality 50 a picture has too little structure for its bits to mean anything."
    ),
)

PHASH = Kind(
    kind=FingerprintKind.PHASH,
    version=1,
    match_threshold=0,
    reason=(
        "A second opinion and a value for exchange. At the usual 10 of 64 bits, one chat screenshot in five is"
        " linked to a stranger's, so only equal values count, and they suggest nothing by themselves."
    ),
)

LINE = Kind(
    kind=FingerprintKind.LINE,
    version=ELEMENTS_VERSION,
    match_threshold=22,
    is_keyed=True,
    reason=(
        "Lines found again after an edit differ in at most 23 of 128 bits in 95 of 100 cases, lines of strangers in"
        " 64, give or take 7. One equal line links nothing: what counts is how rare and how many."
    ),
)

POINT = Kind(
    kind=FingerprintKind.POINT,
    version=ELEMENTS_VERSION,
    match_threshold=13,
    is_keyed=True,
    reason=(
        "Points of strangers differ in 32 of 64 bits, give or take 4. Corners of buttons are alike everywhere, so that"
        " points count only by rarity and where several lie in one arrangement."
    ),
)

WORDS = Kind(
    kind=FingerprintKind.WORDS,
    version=2,
    match_threshold=0,
    is_keyed=True,
    reason=(
        "A keyed digest of three words says only whether they are the same three; a misread letter gives another."
        " Version 1 went on from line to line; its groups within a line are the same."
    ),
)

INSET = Kind(
    kind=FingerprintKind.INSET,
    version=1,
    match_threshold=PDQ.match_threshold,
    quality_floor=PDQ.quality_floor,
    reason=(
        "An inset is the PDQ of a part, so that Meta's numbers hold. It is compared with the PDQ of whole pictures"
        " alone: emblems, buttons and portraits are inset in the pictures of strangers too."
    ),
)

KINDS: Mapping[FingerprintKind, Kind] = {kind.kind: kind for kind in (SHA256, PDQ, PHASH, LINE, POINT, WORDS, INSET)}
