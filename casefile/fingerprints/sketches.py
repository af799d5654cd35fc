"""What is kept of a picture for comparing beside its whole-picture fingerprints: keyed sketches and where they lie.

Packed, little-endian: version (1 byte), width and height (2 bytes each, in 4096ths of the longer side), number of
lines, of points and of pieces of lines (1 byte each), then for each line left, top, right, bottom (12 bits each) and 16
bytes of sketch, for each point x, y (12 bits each), scale (1 byte) and 8 bytes of sketch, for each piece the same as
for a line. 1,042 bytes at most. What was kept before there were pieces has no number of them, and version 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from casefile.fingerprints.descriptions import UNIT, Header, check_places, pack_header
from casefile.fingerprints.values import BYTE_LENGTHS
from casefile.vocabulary import FingerprintKind

Bytes = NDArray[np.uint8]
Places = NDArray[np.uint16]

LINE_BITS = 8 * BYTE_LENGTHS[FingerprintKind.LINE]
POINT_BITS = 8 * BYTE_LENGTHS[FingerprintKind.POINT]


@dataclass(frozen=True, eq=False)
class Sketches:
    """The keyed sketches of one picture.

    ``size`` is its width and height, the longer being ``UNIT``. ``line_boxes`` and ``piece_boxes`` (n x 4: left, top,
    right, bottom) and ``point_places`` (n x 2: x, y) are in the same unit. ``point_scales`` are logarithms in half
    octaves of the standard deviation in that unit. ``line_bits`` and ``piece_bits`` are n x 16 bytes, ``point_bits``
    n x 8.
    """

    size: tuple[int, int]
    line_boxes: Places
    line_bits: Bytes
    point_places: Places
    point_scales: Bytes
    point_bits: Bytes
    piece_boxes: Places
    piece_bits: Bytes

    def __repr__(self) -> str:
        return f"Sketches({len(self.line_bits)} lines, {len(self.point_bits)} points, {len(self.piece_bits)} pieces)"

    def to_bytes(self) -> bytes:
        """The packed form."""
        return b"".join(
            (
                pack_header(self.size, len(self.line_bits), len(self.point_bits), len(self.piece_bits)),
                _pack_pairs(self.line_boxes),
                self.line_bits.tobytes(),
                _pack_pairs(self.point_places),
                self.point_scales.tobytes(),
                self.point_bits.tobytes(),
                _pack_pairs(self.piece_boxes),
                self.piece_bits.tobytes(),
            )
        )

    @classmethod
    def from_bytes(cls, packed: bytes, *, is_checked: bool = False) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError`` on another version, length or range.

        What was read once without a fault and sealed since is known to be in range (``is_checked``).
        """
        size, lines, points, pieces, start = Header.read(packed)
        of_line, of_point = (6, LINE_BITS // 8), (3, 1, POINT_BITS // 8)
        shares = [(lines, of_line), (points, of_point), (pieces, of_line)]
        lengths = [count * length for count, each in shares for length in each]
        if len(packed) != start + sum(lengths):
            raise ValueError("of a wrong length")
        data, parts = np.frombuffer(packed, np.uint8), []
        for length in lengths:
            parts.append(data[start : start + length])
            start += length
        boxes, line_bits, places, scales, point_bits, piece_boxes, piece_bits = parts
        pairs = _unpack_pairs(np.concatenate([boxes, places, piece_boxes]))
        made = cls(
            size=size,
            line_boxes=pairs[: 2 * lines].reshape(lines, 4),
            line_bits=line_bits.reshape(lines, LINE_BITS // 8),
            point_places=pairs[2 * lines : 2 * lines + points],
            point_scales=scales,
            point_bits=point_bits.reshape(points, POINT_BITS // 8),
            piece_boxes=pairs[2 * lines + points :].reshape(pieces, 4),
            piece_bits=piece_bits.reshape(pieces, LINE_BITS // 8),
        )
        if not is_checked:
            check_places(size, np.concatenate([made.line_boxes, made.piece_boxes]), made.point_scales)
        return made


NO_SKETCHES = Sketches(
    size=(UNIT, UNIT),
    line_boxes=np.zeros((0, 4), np.uint16),
    line_bits=np.zeros((0, LINE_BITS // 8), np.uint8),
    point_places=np.zeros((0, 2), np.uint16),
    point_scales=np.zeros(0, np.uint8),
    point_bits=np.zeros((0, POINT_BITS // 8), np.uint8),
    piece_boxes=np.zeros((0, 4), np.uint16),
    piece_bits=np.zeros((0, LINE_BITS // 8), np.uint8),
)
"""Those of a picture from which none were taken."""


def _pack_pairs(values: Places) -> bytes:
    """Two numbers of 12 bits in three bytes."""
    first, second = values.reshape(-1, 2).astype(np.uint32).T
    whole = first | second << 12
    return np.stack([whole & 255, whole >> 8 & 255, whole >> 16], axis=1).astype(np.uint8).tobytes()


def _unpack_pairs(packed: Bytes) -> Places:
    triples = packed.reshape(-1, 3).astype(np.uint16)
    pairs = np.empty((len(triples), 2), np.uint16)
    pairs[:, 0] = triples[:, 0] | (triples[:, 1] & 15) << 8
    pairs[:, 1] = triples[:, 1] >> 4 | triples[:, 2] << 4
    return pairs
