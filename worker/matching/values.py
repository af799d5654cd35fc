"""What comparing works on, and what it finds. Pictures of a report are counted from 1."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from casefile.contents import MatchReason, WorkerPayload
from casefile.identifiers import blind_second
from casefile.vocabulary import IdentifierKind, MatchClass


@dataclass(frozen=True)
class PictureFeatures:
    """Picture ``number`` of a report: SHA-256 and PDQ (32 bytes each), PDQ quality from 0 to 100."""

    number: int
    sha256: bytes
    pdq: bytes
    quality: int


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
        pictures = tuple(
            PictureFeatures(number, prints.sha256, prints.pdq, prints.pdq_quality)
            for number, prints in enumerate((picture.fingerprints for picture in payload.pictures), start=1)
        )
        tags = frozenset(Tag(tag.kind, blind_second(tag.kind, tag.first, identifier_key)) for tag in payload.tags)
        return cls(pictures, tags)


@dataclass(frozen=True)
class PicturePair:
    """Two pictures: of the report that is compared, and of the other. ``distance`` is None for equal files."""

    own: int
    other: int
    distance: int | None


@dataclass(frozen=True)
class Candidate:
    """Another report, with everything that the index found in common."""

    report_id: UUID
    pictures: tuple[PicturePair, ...] = ()
    tags: frozenset[Tag] = frozenset()


@dataclass(frozen=True)
class Finding:
    """One class of agreement with another report. Reasons count own pictures as low, the other's as high."""

    report_id: UUID
    match_class: MatchClass
    reasons: tuple[MatchReason, ...]
