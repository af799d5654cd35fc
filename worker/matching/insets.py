"""Pictures inside pictures: one report's whole picture is an inset of another's, as a photograph in a chat is.

Whole pictures are looked for among insets and insets among whole pictures; never insets among insets, since icons and
stickers of an app are insets of many pages. What ``COMMON`` content groups hold, whole or inside, says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.kinds import PDQ
from worker.matching.pictures import PictureTables, pdq_bits
from worker.matching.rarity import rarities
from worker.matching.tables import Hits
from worker.matching.values import PictureFeatures

Slots = NDArray[np.int64]
Weights = Mapping[bytes, float]
"""How rare each of a picture's own PDQs is, the whole picture's and those of its insets."""


class Inside(NamedTuple):
    """Bits in which our picture differs from an inset of the other (``own_in_other``), and the other way about; None
    where it does not lie in it. ``weight`` is the rarity of what both hold.
    """

    own_in_other: int | None = None
    other_in_own: int | None = None
    weight: float = 0.0

    @property
    def is_found(self) -> bool:
        """Whether one of the two lies in the other."""
        return self.own_in_other is not None or self.other_in_own is not None


NOT_INSIDE = Inside()


class NearPdq(NamedTuple):
    """Slots of other reports: ``alike`` whole pictures; ``nested`` ones in one of which the other lies."""

    alike: Slots
    nested: Slots
    weights: Weights


def find_near(tables: PictureTables, picture: PictureFeatures, own: UUID) -> NearPdq:
    """Whose PDQs, of whole pictures or of insets, lie near those of a picture of the report ``own``."""
    wholes = [picture.pdq] if picture.is_clear else []
    values = [*wholes, *picture.insets]
    bits = pdq_bits(values)
    pages = tables.of_others(tables.near_pdq(bits, PDQ.match_threshold), own)
    insets = tables.of_others(tables.near_insets(bits, PDQ.match_threshold), own)
    holders = Hits(*(np.concatenate(pair) for pair in zip(pages, insets, strict=True)))
    weights = rarities(tables, holders, len(values))
    is_whole = np.arange(len(values)) < len(wholes)
    is_rare = weights > 0
    return NearPdq(
        alike=pages.rows[is_whole[pages.queries]],
        nested=np.union1d(
            insets.rows[(is_whole & is_rare)[insets.queries]], pages.rows[(~is_whole & is_rare)[pages.queries]]
        ),
        weights=dict(zip(values, weights.tolist(), strict=True)),
    )


def lies_inside(picture: PictureFeatures, other: PictureFeatures, weights: Weights) -> Inside:
    """Whether one of two pictures lies in the other, by what of ``picture`` weighs anything."""
    own = [(picture.pdq, inset) for inset in other.insets] if picture.is_clear else []
    theirs = [(inset, other.pdq) for inset in picture.insets] if other.is_clear else []
    own, theirs = ([pair for pair in pairs if _is_near(pair, weights)] for pairs in (own, theirs))
    return Inside(
        own_in_other=min((bits_apart(*pair) for pair in own), default=None),
        other_in_own=min((bits_apart(*pair) for pair in theirs), default=None),
        weight=max((weights[ours] for ours, _ in (*own, *theirs)), default=0.0),
    )


def bits_apart(first: bytes, second: bytes) -> int:
    """In how many bits two values differ."""
    return (int.from_bytes(first) ^ int.from_bytes(second)).bit_count()


def _is_near(pair: tuple[bytes, bytes], weights: Weights) -> bool:
    return weights.get(pair[0], 0.0) > 0 and bits_apart(*pair) <= PDQ.match_threshold
