"""What text lines and photo points look like as numbers, before they are keyed: the form in which a phone sends them.

Descriptions show more of a picture than may be kept. They are treated like pixels: in memory only, and keyed on
arrival. Packed: the same header as ``Sketches``, then for each line its box (four times 2 bytes) and 128 signed bytes,
for each point x, y (2 bytes each), scale (1 byte) and 128 bytes. At most 9,885 bytes.
"""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

LENGTH = 128
"""Numbers that describe one line or one point."""
WIDE, HIGH = 32, 4
"""Frequencies of a line's description, along and across it; their product is ``LENGTH``."""
SQUARES, DIRECTIONS = 4, 8
"""A point's description: squares along each axis, and directions in each of them."""
VERSION = 1
"""Goes up when the same picture would give other descriptions."""
UNIT = 4095
"""The longer side of a picture, in the unit of all places."""
MOST_LINES = 24
MOST_POINTS = 64
HIGHEST_SCALE = 31

HEADER = struct.Struct("<BHHBB")
"""Version, width and height, numbers of lines and of points."""
_KEPT_LINE, _KEPT_POINT, _MOST_KEPT = 22, 12, 1016
_LINE_BYTES, _POINT_BYTES = 8 + LENGTH, 5 + LENGTH


def most_points(lines: int) -> int:
    """How many points are kept beside so many lines: what lines leave of 1,016 bytes of sketches."""
    return min(MOST_POINTS, (_MOST_KEPT - HEADER.size - lines * _KEPT_LINE) // _KEPT_POINT)


def read_header(packed: bytes) -> tuple[tuple[int, int], int, int]:
    """Size and numbers of lines and points. Raises ``ValueError`` for another version or impossible numbers."""
    if len(packed) < HEADER.size:
        raise ValueError("the header is cut off")
    version, width, height, lines, points = HEADER.unpack_from(packed)
    if version != VERSION:
        raise ValueError("of another version")
    if lines > MOST_LINES or points > most_points(lines):
        raise ValueError("too many lines or points")
    if max(width, height) != UNIT or min(width, height) < 1:
        raise ValueError("of an impossible size")
    return (width, height), lines, points


def check_places(size: tuple[int, int], boxes: NDArray[np.uint16], scales: NDArray[np.uint8]) -> None:
    """Raises ``ValueError`` when a box has no area or lies outside, or a scale is out of range."""
    left, top, right, bottom = boxes.T
    if not (np.all(left < right) and np.all(top < bottom)):
        raise ValueError("a text line without area")
    if np.any(right > size[0] + 1) or np.any(bottom > size[1] + 1):
        raise ValueError("a text line outside of the picture")
    if np.any(scales > HIGHEST_SCALE):
        raise ValueError("a point of an impossible scale")


@dataclass(frozen=True, eq=False)
class Descriptions:
    """The text lines and photo points of one picture.

    ``size`` is width and height, the longer being ``UNIT``; ``line_boxes`` (n x 4: left, top, right, bottom) and
    ``point_places`` (n x 2: x, y) are in the same unit, ``point_scales`` logarithms in half octaves of the standard
    deviation in it. ``lines`` is n x 128 from -127 to 127, ``points`` n x 128 from 0 to 255.
    """

    size: tuple[int, int]
    line_boxes: NDArray[np.uint16]
    lines: NDArray[np.int8]
    point_places: NDArray[np.uint16]
    point_scales: NDArray[np.uint8]
    points: NDArray[np.uint8]

    def __repr__(self) -> str:
        return f"Descriptions({len(self.lines)} lines, {len(self.points)} points)"

    def to_text(self) -> str:
        """The packed form in base64."""
        packed = b"".join(
            (
                HEADER.pack(VERSION, *self.size, len(self.lines), len(self.points)),
                self.line_boxes.astype("<u2").tobytes(),
                self.lines.tobytes(),
                self.point_places.astype("<u2").tobytes(),
                self.point_scales.tobytes(),
                self.points.tobytes(),
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
        size, lines, points = read_header(packed)
        if len(packed) != HEADER.size + lines * _LINE_BYTES + points * _POINT_BYTES:
            raise ValueError("of a wrong length")
        parts, start = [], HEADER.size
        for length in (8 * lines, LENGTH * lines, 4 * points, points, LENGTH * points):
            parts.append(packed[start : start + length])
            start += length
        made = cls(
            size=size,
            line_boxes=np.frombuffer(parts[0], "<u2").astype(np.uint16).reshape(lines, 4),
            lines=np.frombuffer(parts[1], np.int8).reshape(lines, LENGTH),
            point_places=np.frombuffer(parts[2], "<u2").astype(np.uint16).reshape(points, 2),
            point_scales=np.frombuffer(parts[3], np.uint8),
            points=np.frombuffer(parts[4], np.uint8).reshape(points, LENGTH),
        )
        outside = made.point_places > np.array(size) + 1
        if np.any(made.line_boxes > UNIT) or np.any(made.point_places > UNIT) or np.any(outside):
            raise ValueError("a place outside of the picture")
        check_places(size, made.line_boxes, made.point_scales)
        return made
