"""What comparing works on, and what it finds. Pictures of a report are counted from 1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from casefile.contents import Agreement, MatchReason, WorkerPayload
from casefile.fingerprints.kinds import LINE, PDQ, POINT
from casefile.fingerprints.sketches import Sketches
from casefile.fingerprints.wordgroups import MOST_GROUPS
from casefile.identifiers import blind_second
from casefile.pictures import Picture
from casefile.vocabulary import FingerprintSource, IdentifierKind, MatchClass

_NOISE_SCALES = 1
_SHARE_OF_LINES, _SHARE_OF_POINTS, _SHARE_OF_A_PHOTOGRAPH = 0.4, 0.5, 0.25
"""Of the lines of walls of one sentence at most 0.29 are no copies, of a list of payments 0.46; of the points of walls
of emoji in which no lines are found at most 0.19, of a photograph of blinds 0.28.
"""
FULL_OF_LINES = 12
"""From so many lines on a picture is a page of text, and its points are those of letters or emoji."""
COPY_DISTANCE = PDQ.match_threshold // 3
"""Strangers' forms came no nearer than 24 bits, nearly empty pages of twins no nearer than 14."""
_WALL_DISTANCE = PDQ.match_threshold // 2
"""Of lone pictures: walls of three emoji came no nearer than 18 bits."""
_CLEAR_WITHOUT_TEXT = 20
"""PDQ quality. Of 225 photographs, also darkened or blurred, no two of quality 10 were within 44 bits."""
LEAST_LINES, LEAST_POINTS, LEAST_WORDS = 3, 5, 4
"""Fewer text lines or photo points in one arrangement, or equal word groups, are chance."""


@dataclass(frozen=True)
class PictureFeatures:
    """Picture ``number`` of a report: SHA-256 and PDQ (32 bytes each), PDQ quality from 0 to 100.

    ``is_told`` where a device computed them: what it sends can be forged, so an equal ``sha256`` only suggests
    (docs/decisions/0008-readings-of-a-device.md).
    ``sketches`` is None, and ``words`` (keyed word groups, 6 bytes each) empty, where that kind was not computed.
    ``insets`` are PDQs of pictures inside it, always clear ones.
    """

    number: int
    sha256: bytes
    pdq: bytes
    quality: int
    sketches: Sketches | None = None
    words: frozenset[bytes] = frozenset()
    is_told: bool = False
    insets: tuple[bytes, ...] = ()

    @cached_property
    def is_comparable(self) -> bool:
        """Whether its lines, points and words can find anything.

        PDQ alone says little of that: it finds structure in noise and in bars. Points of noise are all of the smallest
        size there is. Where most lines, or most points, are copies of one another, as in a wall of one word or of one
        emoji, they look the same whoever drew them; on a page full of lines that alone decides. Words count
        where hardly a line was found, not on a wall of lines.
        """
        if self.sketches is None:
            return PDQ.is_clear(self.quality)
        has_lines = _tells(self.sketches.line_bits, LINE.match_threshold, LEAST_LINES, _SHARE_OF_LINES)
        if has_lines or len(self.sketches.line_bits) >= FULL_OF_LINES:
            return has_lines
        return self._do_points_tell or (self.is_lone and len(self.words) >= LEAST_WORDS)

    @cached_property
    def _do_points_tell(self) -> bool:
        if self.sketches is None or len(self.sketches.point_scales) == 0:
            return False
        scales = self.sketches.point_scales
        is_noise = int(scales.max()) - int(scales.min()) <= _NOISE_SCALES
        share = _SHARE_OF_A_PHOTOGRAPH if self.is_lone else _SHARE_OF_POINTS
        return not is_noise and _tells(self.sketches.point_bits, POINT.match_threshold, LEAST_POINTS, share)

    @property
    def is_clear(self) -> bool:
        """Whether its PDQ says something: those of nearly blank pages are alike, those of dark photographs are not."""
        return PDQ.is_clear(self.quality) or (self._has_fewer_lines(1) and self.quality >= _CLEAR_WITHOUT_TEXT)

    @property
    def copy_distance(self) -> int:
        """Up to how many bits of PDQ a copy may be away that nothing else shows: as many as PDQ is made for, where no
        page and no pattern can be meant. A pattern has points that tell nothing, whatever words were read into it.
        """
        if self.sketches is None or len(self.sketches.line_bits) > 0:
            return COPY_DISTANCE if self.is_comparable else _WALL_DISTANCE
        is_pattern = len(self.sketches.point_bits) >= LEAST_POINTS and not self._do_points_tell
        return _WALL_DISTANCE if is_pattern else PDQ.match_threshold

    @property
    def is_lone(self) -> bool:
        """Whether it is a picture alone, as a photograph is: no page of text, and known to be none."""
        return self._has_fewer_lines(LEAST_LINES)

    @property
    def is_sparse(self) -> bool:
        """Whether it may be a picture alone, in which some edges look like lines: no page full of text, and no wall."""
        return self.is_lone or (self._has_fewer_lines(FULL_OF_LINES) and self.is_comparable)

    def _has_fewer_lines(self, than: int) -> bool:
        return self.sketches is not None and len(self.sketches.line_bits) < than


def least_words(first: PictureFeatures, second: PictureFeatures) -> int:
    """The smaller of two pictures' numbers of word groups, of those that both would have kept.

    Of a long text only the first groups by their bytes are kept, which is an even sample: what the other has beyond the
    last of them cannot be equal (Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007).
    """
    full = (max(one.words) for one in (first, second) if len(one.words) >= MOST_GROUPS)
    last = min(full, default=None)
    return min(sum(last is None or word <= last for word in one.words) for one in (first, second))


def _tells(bits: NDArray[np.uint8], threshold: int, least: int, share: float) -> bool:
    """Whether at least ``least`` sketches (n x bytes), and such a share of all, are no copy of an earlier one."""
    return len(bits) - count_copies(bits, threshold) >= max(least, len(bits) * share)


def count_copies(bits: NDArray[np.unsignedinteger], threshold: int) -> int:
    """How many of some sketches (n x bytes or words) differ from an earlier one in ``threshold`` bits at most."""
    apart = np.bitwise_count(bits[:, None] ^ bits[None]).sum(axis=2, dtype=np.uint16)
    return int(np.count_nonzero(np.tril(apart <= threshold, -1).any(axis=1)))


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
            insets=picture.insets,
            is_told=picture.source is FingerprintSource.DEVICE,
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

    ``match_class`` is ``SAME_FILE`` or ``SAME_DIGEST``, with no agreement, for equal files.
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
