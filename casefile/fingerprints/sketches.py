"""What is kept of a picture for comparing beside its whole-picture fingerprints: keyed sketches and where they lie.

Packed, little-endian: version (1 byte), width and height (2 bytes each, in 4096ths of the longer side), number of lines
and of points (1 byte each), then for each line left, top, right, bottom (12 bits each) and 16 bytes of sketch, for
each point x, y (12 bits each), scale (1 byte) and 8 bytes of sketch. 1,015
bytes at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.descriptions import HEADER, UNIT, VERSION, check_places, read_header
from casefile.fingerprints.values import BYTE_LENGTHS
from casefile.vocabulary import FingerprintKind

Bytes = NDArray[np.uint8]
Places = NDArray[np.uint16]

LINE_BITS = 8 * BYTE_LENGTHS[FingerprintKind.LINE]
POINT_BITS = 8 * BYTE_LENGTHS[FingerprintKind.POINT]


@dataclass(frozen=True, eq=False)
class Sketches:
    """The keyed sketches of one picture.

    ``size`` is its width and height, the longer being ``UNIT``. ``line_boxes`` (n x 4: left, top, right, bottom) and
    ``point_places`` (n x 2: x, y) are in the same unit. ``point_scales`` are logarithms in half octaves of the
    standard deviation in that unit. ``line_bits`` is n x 16 bytes, ``point_bits`` n x 8.
    """

    size: tuple[int, int]
    line_boxes: Places
    line_bits: Bytes
    point_places: Places
    point_scales: Bytes
    point_bits: Bytes

    def __repr__(self) -> str:
        return f"Sketches({len(self.line_bits)} lines, {len(self.point_bits)} points)"

    def to_bytes(self) -> bytes:
        """The packed form."""
        lines, points = len(self.line_bits), len(self.point_bits)
        return b"".join(
            (
                HEADER.pack(VERSION, *self.size, lines, points),
                _pack_pairs(self.line_boxes),
                self.line_bits.tobytes(),
                _pack_pairs(self.point_places),
                self.point_scales.tobytes(),
                self.point_bits.tobytes(),
            )
        )

    @classmethod
    def from_bytes(cls, packed: bytes, *, is_checked: bool = False) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError`` on another version, length or range.

        What was read once without a fault and sealed since is known to be in range (``is_checked``).
        """
        size, lines, points = read_header(packed)
        lengths = (lines * 6, lines * LINE_BITS // 8, points * 3, points, points * POINT_BITS // 8)
        if len(packed) != HEADER.size + sum(lengths):
            raise ValueError("of a wrong length")
        parts, start = [], HEADER.size
        for length in lengths:
            parts.append(np.frombuffer(packed, np.uint8, length, start))
            start += length
        boxes, line_bits, places, scales, point_bits = parts
        made = cls(
            size=size,
            line_boxes=_unpack_pairs(boxes).reshape(lines, 4),
            line_bits=line_bits.reshape(lines, LINE_BITS // 8),
            point_places=_unpack_pairs(places).reshape(points, 2),
            point_scales=scales,
            point_bits=point_bits.reshape(points, POINT_BITS // 8),
        )
        if not is_checked:
            check_places(size, made.line_boxes, made.point_scales)
        return made


NO_SKETCHES = Sketches(
    size=(UNIT, UNIT),
    line_boxes=np.zeros((0, 4), np.uint16),
    line_bits=np.zeros((0, LINE_BITS // 8), np.uint8),
    point_places=np.zeros((0, 2), np.uint16),
    point_scales=np.zeros(0, np.uint8),
    point_bits=np.zeros((0, POINT_BITS // 8), np.uint8),
)
"""Those of a picture from which none were taken."""


def _pack_pairs(values: Places) -> bytes:
    """Two numbers of 12 bits in three bytes."""
    first, second = values.reshape(-1, 2).astype(np.uint32).T
    whole = first | second << 12
    return np.stack([whole & 255, whole >> 8 & 255, whole >> 16], axis=1).astype(np.uint8).tobytes()


def _unpack_pairs(packed: Bytes) -> Places:
    low, middle, high = packed.reshape(-1, 3).astype(np.uint16).T
    return np.stack([low | (middle & 15) << 8, middle >> 4 | high << 4], axis=1).astype(np.uint16)
