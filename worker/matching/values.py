"""What comparing works on, and what it finds. Pictures of a report are counted from 1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from casefile.contents import Agreement, MatchReason, WorkerPayload
from casefile.fingerprints.sketches import Sketches
from casefile.identifiers import blind_second
from casefile.submission import Picture
from casefile.vocabulary import IdentifierKind, MatchClass

QUALITY_FLOOR = 50
"""Below this PDQ quality a picture has too little structure for its bits to mean anything (Meta's own value)."""
_NOISE_SCALES = 1
LEAST_LINES, LEAST_POINTS = 3, 5
"""Fewer text lines or photo points in one arrangement are chance."""


@dataclass(frozen=True)
class PictureFeatures:
    """Picture ``number`` of a report: SHA-256 and PDQ (32 bytes each), PDQ quality from 0 to 100.

    ``sketches`` is None, and ``words`` (keyed word groups, 6 bytes each) empty, where that kind was not computed.
    """

    number: int
    sha256: bytes
    pdq: bytes
    quality: int
    sketches: Sketches | None = None
    words: frozenset[bytes] = frozenset()

    @property
    def is_comparable(self) -> bool:
        """Whether anything but the same file can be found by it.

        PDQ alone says little of that: it finds structure in noise and in bars. Points of noise are all of the smallest
        size there is.
        """
        if self.sketches is None:
            return self.quality >= QUALITY_FLOOR
        scales = self.sketches.point_scales
        has_points = len(scales) >= LEAST_POINTS and int(scales.max()) - int(scales.min()) > _NOISE_SCALES
        return has_points or len(self.sketches.line_bits) >= LEAST_LINES


@dataclass(frozen=True)
class Tag:
    """An identifier, blinded twice (16 bytes)."""

    kind: IdentifierKind
    value: bytes


@dataclass(frozen=True)
class Features:
    """All of one report that can be compared."""

    pictures: tuple[PictureFeatures, ...]
    tags: frozenset[Tag]

    @classmethod
    def of(cls, payload: WorkerPayload, identifier_key: bytes) -> Features:
        """From an opened envelope; ``identifier_key`` (32 bytes) is the second blinding key k2."""
        tags = frozenset(Tag(tag.kind, blind_second(tag.kind, tag.first, identifier_key)) for tag in payload.tags)
        return cls(list_features(payload.pictures), tags)


def list_features(pictures: Iterable[Picture]) -> tuple[PictureFeatures, ...]:
    """What a report's pictures are compared by, in their order."""
    return tuple(
        PictureFeatures(
            number=number,
            sha256=picture.fingerprints.sha256,
            pdq=picture.fingerprints.pdq,
            quality=picture.fingerprints.pdq_quality,
            sketches=_sketches(picture.sketches),
            words=frozenset(picture.words),
        )
        for number, picture in enumerate(pictures, start=1)
    )


def _sketches(packed: bytes | None) -> Sketches | None:
    """Sketches of another version or form are as good as none."""
    try:
        return None if packed is None else Sketches.from_bytes(packed)
    except ValueError:
        return None


@dataclass(frozen=True)
class PicturePair:
    """Two pictures, of the report that is compared and of the other, and what they have in common.

    ``match_class`` is ``SAME_FILE`` with no agreement for equal files.
    """

    own: int
    other: int
    match_class: MatchClass
    agreement: Agreement | None = None
    score: float = 0.0


@dataclass(frozen=True)
class Candidate:
    """Another report, with everything that the index found in common."""

    report_id: UUID
    pictures: tuple[PicturePair, ...] = ()
    tags: frozenset[Tag] = frozenset()


@dataclass(frozen=True)
class Finding:
    """One class of agreement with another report. Reasons count own pictures as low, the other's as high.

    ``score`` orders findings of one class, the strongest highest.
    """

    report_id: UUID
    match_class: MatchClass
    reasons: tuple[MatchReason, ...]
    score: float = 0.0
