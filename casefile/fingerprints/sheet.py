"""The text lines of a page one below the other, dark on white and of one height, for a program that reads text.

Whatever else a page shows is left out, and no line's reading depends on what is beside it: a cut-out of a page is read
as the page is. Which word of the sheet stood where on the page is known from the boxes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from PIL import Image

from casefile.fingerprints.raster import Levels
from casefile.fingerprints.textlines import Box, Page, ink_of

MOST_LINES = 160
"""Screens have 21 lines in the middle, and desktop pages 89 at most."""

_STRIP_HEIGHT, _GAP, _MARGIN = 36, 18, 20
_WIDEST = 4000
_ROW = _STRIP_HEIGHT + _GAP
_LEAST_PADDING, _PADDING_SHARE = 2, 5
_BORDER_SHARE = 0.3
"""How near to a side of the page a word may be cut off, in heights of its line."""
_HEAD = struct.Struct("<HHHHH")
"""Width and height of the page, the number of lines, width and height of the sheet; boxes follow, and pixels."""
_BOX = struct.Struct("<HHHH")


class Place(NamedTuple):
    """Where a word of the sheet stood: its line, counted from 0, and its columns in pixels of the page."""

    line: int
    left: float
    right: float


@dataclass(frozen=True, eq=False)
class Sheet:
    """The lines in ``boxes`` on a page of ``size`` (width, height), from top to bottom, as pixels of the sheet."""

    size: tuple[int, int]
    boxes: tuple[Box, ...]
    levels: Levels

    @classmethod
    def from_bytes(cls, packed: bytes) -> Self:
        """What ``to_bytes`` made; raises ``ValueError`` for anything else."""
        try:
            page_width, page_height, number, width, height = _HEAD.unpack_from(packed)
            begin = _HEAD.size + number * _BOX.size
            boxes = tuple(Box(*_BOX.unpack_from(packed, at)) for at in range(_HEAD.size, begin, _BOX.size))
        except struct.error as error:
            raise ValueError("a sheet that is cut off") from error
        pixels = np.frombuffer(packed, np.uint8, offset=begin)
        is_whole = pixels.size == width * height and 0 < width <= _WIDEST and height == _height(number)
        if not is_whole or not 0 < number <= MOST_LINES or any(min(box.width, box.height) < 1 for box in boxes):
            raise ValueError("no sheet")
        return cls((page_width, page_height), boxes, pixels.reshape(height, width))

    def to_bytes(self) -> bytes:
        """All of it; sides are below 2**16."""
        height, width = self.levels.shape
        head = _HEAD.pack(*self.size, len(self.boxes), width, height)
        return head + b"".join(_BOX.pack(*box) for box in self.boxes) + self.levels.tobytes()

    def place(self, found: Box) -> Place | None:
        """Where on the page the word stood that is at ``found`` on the sheet; None between the lines."""
        line, inside = divmod((found.top + found.bottom) // 2 - _MARGIN, _ROW)
        if not 0 <= line < len(self.boxes) or inside >= _STRIP_HEIGHT:
            return None
        box = self.boxes[line]
        scale = box.width / _strip_width(box)
        return Place(line, box.left + (found.left - _MARGIN) * scale, box.left + (found.right - _MARGIN) * scale)

    def is_at_border(self, place: Place) -> bool:
        """Whether a side of the page may have cut what stands at a place."""
        box, (width, height) = self.boxes[place.line], self.size
        near = _BORDER_SHARE * box.height
        return box.top == 0 or box.bottom == height or place.left <= near or place.right >= width - near


def lay_out_lines(page: Page) -> Sheet | None:
    """The sheet of a page's lines, of those with the most letters if there are too many; None without lines."""
    height, width = page.levels.shape
    boxes = tuple(_padded(box, width, height) for box in sorted(page.boxes[:MOST_LINES], key=lambda box: box[1::-1]))
    if not boxes:
        return None
    sheet = Image.new("L", (max(map(_strip_width, boxes)) + 2 * _MARGIN, _height(len(boxes))), 255)
    for number, box in enumerate(boxes):
        sheet.paste(_strip(page.levels, box), (_MARGIN, _MARGIN + number * _ROW))
    return Sheet((width, height), boxes, np.asarray(sheet))


def _height(lines: int) -> int:
    return lines * _ROW + 2 * _MARGIN


def _padded(box: Box, width: int, height: int) -> Box:
    """With the tails of letters and some ground around them."""
    more = max(_LEAST_PADDING, box.height // _PADDING_SHARE)
    left, top = max(0, box.left - more), max(0, box.top - more)
    return Box(left, top, min(width, box.right + more), min(height, box.bottom + more))


def _strip_width(box: Box) -> int:
    return min(_WIDEST - 2 * _MARGIN, max(1, round(box.width * _STRIP_HEIGHT / box.height)))


def _strip(levels: Levels, box: Box) -> Image.Image:
    """A line, as dark as its pixels are far from the ground."""
    ink, full = ink_of(levels, box)
    dark = 255 - np.minimum(ink, full).astype(np.int32) * 255 // full
    strip = Image.fromarray(dark.astype(np.uint8))
    return strip.resize((_strip_width(box), _STRIP_HEIGHT), Image.Resampling.BICUBIC)
