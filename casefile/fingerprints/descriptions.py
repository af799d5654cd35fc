"""What lines, points and pieces of lines look like as numbers before they are keyed.

Descriptions show more of a picture than may be kept. They are treated like pixels: in memory only, and keyed on
arrival. Packed: the same header as ``Sketches``, then for each line its box (four times 2 bytes) and 128 signed bytes,
for each point x, y (2 bytes each), scale (1 byte) and 128 bytes, for each piece the same as for a line. At most
10,152 bytes.
"""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

LENGTH = 128
"""Numbers that describe one line or one point."""
WIDE, HIGH = 32, 4
"""Frequencies of a line's description, along and across it; their product is ``LENGTH``."""
SQUARES, DIRECTIONS = 4, 8
"""A point's description: squares along each axis, and directions in each of them."""
ELEMENTS_VERSION = 1
"""Goes up when the same line or point would be described otherwise."""
VERSION, _WITHOUT_PIECES = 2, 1
"""Of the packed form, and that of before there were pieces, which is read too."""
UNIT = 4095
"""The longer side of a picture, in the unit of all places."""
MOST_LINES = 24
MOST_POINTS = 64
MOST_PIECES = 6
HIGHEST_SCALE = 31

_HEADER = struct.Struct("<BHHBB")
_KEPT_LINE, _KEPT_POINT, _MOST_KEPT = 22, 12, 1016
_LINE_BYTES, _POINT_BYTES = 8 + LENGTH, 5 + LENGTH


class Header(NamedTuple):
    """What packed elements begin with: size, numbers of lines, of points and of pieces, and its own length in bytes."""

    size: tuple[int, int]
    lines: int
    points: int
    pieces: int
    length: int

    @classmethod
    def read(cls, packed: bytes) -> Self:
        """Raises ``ValueError`` for another version or impossible numbers."""
        if len(packed) < _HEADER.size:
            raise ValueError("the header is cut off")
        version, width, height, lines, points = _HEADER.unpack_from(packed)
        if version not in (VERSION, _WITHOUT_PIECES):
            raise ValueError("of another version")
        has_pieces = version == VERSION
        pieces = int.from_bytes(packed[_HEADER.size :][:has_pieces])
        if lines > MOST_LINES or pieces > MOST_PIECES or points > most_points(lines, pieces):
            raise ValueError("too many lines, points or pieces")
        if max(width, height) != UNIT or min(width, height) < 1:
            raise ValueError("of an impossible size")
        return cls((width, height), lines, points, pieces, _HEADER.size + has_pieces)


def pack_header(size: tuple[int, int], lines: int, points: int, pieces: int) -> bytes:
    """The inverse of ``Header.read``."""
    return _HEADER.pack(VERSION, *size, lines, points) + bytes([pieces])


def most_points(lines: int, pieces: int) -> int:
    """How many points are kept: what lines leave of 1,016 bytes of sketches, less three for two pieces of lines."""
    return min(MOST_POINTS, (_MOST_KEPT - _HEADER.size - lines * _KEPT_LINE) // _KEPT_POINT - 3 * pieces // 2)


def check_places(size: tuple[int, int], boxes: NDArray[np.uint16], scales: NDArray[np.uint8]) -> None:
    """Raises ``ValueError`` when a box has no area or lies outside, or a scale is out of range."""
    left, top, right, bottom = boxes.T
    if not (np.all(left < right) and np.all(top < bottom)):
        raise ValueError("a line or piece without area")
    if np.any(right > size[0] + 1) or np.any(bottom > size[1] + 1):
        raise ValueError("a line or piece outside of the picture")
    if np.any(scales > HIGHEST_SCALE):
        raise ValueError("a point of an impossible scale")


@dataclass(frozen=True, eq=False)
class Descriptions:
    """The text lines, photo points and pieces of lines of one picture.

    ``size`` is width and height, the longer being ``UNIT``; ``line_boxes`` and ``piece_boxes`` (n x 4: left, top,
    right, bottom) and ``point_places`` (n x 2: x, y) are in the same unit, ``point_scales`` logarithms in half octaves
    of the standard deviation in it. ``lines`` and ``pieces`` are n x 128 from -127 to 127, ``points`` n x 128 from 0 to
    255.
    """

    size: tuple[int, int]
    line_boxes: NDArray[np.uint16]
    lines: NDArray[np.int8]
    point_places: NDArray[np.uint16]
    point_scales: NDArray[np.uint8]
    points: NDArray[np.uint8]
    piece_boxes: NDArray[np.uint16]
    pieces: NDArray[np.int8]

    def __repr__(self) -> str:
        return f"Descriptions({len(self.lines)} lines, {len(self.points)} points, {len(self.pieces)} pieces)"

    def to_text(self) -> str:
        """The packed form in base64."""
        packed = b"".join(
            (
                pack_header(self.size, len(self.lines), len(self.points), len(self.pieces)),
                self.line_boxes.astype("<u2").tobytes(),
                self.lines.tobytes(),
                self.point_places.astype("<u2").tobytes(),
                self.point_scales.tobytes(),
                self.points.tobytes(),
                self.piece_boxes.astype("<u2").tobytes(),
                self.pieces.tobytes(),
            )
        )
        return base64.b64encode(packed).decode()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The inverse of ``to_text``. Raises ``ValueError``, naming no value, on another form or impossible numbers."""
        try:
            packed = base64.b64decode(text, validate=True)
        except binascii.Error:
            raise ValueError("not base64") from None
        size, lines, points, pieces, start = Header.read(packed)
        if len(packed) != start + (lines + pieces) * _LINE_BYTES + points * _POINT_BYTES:
            raise ValueError("of a wrong length")
        parts = []
        for length in (8 * lines, LENGTH * lines, 4 * points, points, LENGTH * points, 8 * pieces, LENGTH * pieces):
            parts.append(packed[start : start + length])
            start += length
        made = cls(
            size=size,
            line_boxes=np.frombuffer(parts[0], "<u2").astype(np.uint16).reshape(lines, 4),
            lines=np.frombuffer(parts[1], np.int8).reshape(lines, LENGTH),
            point_places=np.frombuffer(parts[2], "<u2").astype(np.uint16).reshape(points, 2),
            point_scales=np.frombuffer(parts[3], np.uint8),
            points=np.frombuffer(parts[4], np.uint8).reshape(points, LENGTH),
            piece_boxes=np.frombuffer(parts[5], "<u2").astype(np.uint16).reshape(pieces, 4),
            pieces=np.frombuffer(parts[6], np.int8).reshape(pieces, LENGTH),
        )
        boxes = np.concatenate([made.line_boxes, made.piece_boxes])
        outside = made.point_places > np.array(size) + 1
        if np.any(boxes > UNIT) or np.any(made.point_places > UNIT) or np.any(outside):
            raise ValueError("a place outside of the picture")
        check_places(size, boxes, made.point_scales)
        return made
