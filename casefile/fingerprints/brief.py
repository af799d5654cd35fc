"""The brief form of descriptions, in which a phone sends them: rounded, and written with adaptive arithmetic coding.

A quarter of the packed form (docs/fingerprints.md, section 7). Bits are coded one by one as in Witten, Neal, Cleary,
"Arithmetic Coding for Data Compression" (1987), with a range of 32 bits.
"""

from __future__ import annotations

import numpy as np

from casefile.fingerprints.descriptions import LENGTH, MOST_LINES, MOST_PIECES, MOST_POINTS, WIDE, Descriptions

LINE_STEP = 24
POINT_STEP = 36
MOST_VALUE = 8
LINE_CONTEXTS = 4
POINT_CONTEXTS = 8
EVEN = 2048
"""A chance of one half: chances are out of 4,096."""
MOST_SEEN = 120
_PLACE_BITS, _SCALE_BITS, _LINE_COUNT_BITS, _POINT_COUNT_BITS, _PIECE_COUNT_BITS = 12, 5, 5, 7, 4
_RANGE = 0xFFFFFFFF


def read_brief(packed: bytes, *, has_pieces: bool = True) -> Descriptions:
    """Descriptions with rounded numbers; older pages of the portal send no pieces.

    Raises ``ValueError``, naming no value, for anything that no phone writes.
    """
    bits = _BitReader(packed)
    size = (bits.number(_PLACE_BITS), bits.number(_PLACE_BITS))
    lines, points = bits.number(_LINE_COUNT_BITS), bits.number(_POINT_COUNT_BITS)
    pieces = bits.number(_PIECE_COUNT_BITS) if has_pieces else 0
    if lines > MOST_LINES or points > MOST_POINTS or pieces > MOST_PIECES:
        raise ValueError("too many lines, points or pieces")
    boxes = np.array(bits.numbers(4 * (lines + pieces), _PLACE_BITS), np.uint16).reshape(-1, 4)
    places = np.array(bits.numbers(2 * points, _PLACE_BITS), np.uint16).reshape(-1, 2)
    scales = np.array(bits.numbers(points, _SCALE_BITS), np.uint8)
    line_values = np.array(_read_lines(bits, lines + pieces), int).reshape(-1, LENGTH)
    point_values = np.array(_read_points(bits, points), int).reshape(-1, LENGTH)
    if not bits.is_at_end:
        raise ValueError("of a wrong length")
    of_lines = np.clip(line_values * LINE_STEP, -127, 127).astype(np.int8)
    read = Descriptions(
        size=size,
        line_boxes=boxes[:lines],
        lines=of_lines[:lines],
        point_places=places,
        point_scales=scales,
        points=np.minimum(point_values * POINT_STEP, 255).astype(np.uint8),
        piece_boxes=boxes[lines:],
        pieces=of_lines[lines:],
    )
    return Descriptions.from_text(read.to_text())


class _BitReader:
    """Reads bits, each with the chance that it is set."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._low, self._high = 0, _RANGE
        self._place = 4
        self._value = int.from_bytes(packed[:4].ljust(4, b"\0"))

    @property
    def is_at_end(self) -> bool:
        """All bytes were needed, and none was missing: the writer ends with one byte of the range that is left."""
        return self._place - 3 == len(self._packed)

    def bit(self, chance: int) -> bool:
        """The next bit. Past the end there are zeros; raises ``ValueError`` when more than the writer left away."""
        middle = self._low + ((self._high - self._low) >> 12) * chance
        is_set = self._value <= middle
        if is_set:
            self._high = middle
        else:
            self._low = middle + 1
        while self._low >> 24 == self._high >> 24:
            following = self._packed[self._place] if self._place < len(self._packed) else 0
            self._place += 1
            if self._place - 3 > len(self._packed):
                raise ValueError("cut off")
            self._low = (self._low << 8) & _RANGE
            self._high = (self._high << 8) & _RANGE | 0xFF
            self._value = (self._value << 8) & _RANGE | following
        return is_set

    def number(self, bits: int) -> int:
        """A whole number, its highest bit first, all bits equally likely."""
        number = 0
        for _ in range(bits):
            number = number << 1 | self.bit(EVEN)
        return number

    def numbers(self, count: int, bits: int) -> list[int]:
        """So many of them."""
        return [self.number(bits) for _ in range(count)]


class _ValueReader:
    """Reads values from 0 to ``MOST_VALUE``, and learns in each context how often each is exceeded."""

    def __init__(self, bits: _BitReader, contexts: int) -> None:
        self._bits = bits
        self._chances = [[1 << 15] * MOST_VALUE for _ in range(contexts)]
        self._seen = [[0] * MOST_VALUE for _ in range(contexts)]

    def value(self, context: int) -> int:
        """The next value."""
        chances, seen = self._chances[context], self._seen[context]
        for value in range(MOST_VALUE):
            is_more = self._bits.bit(max(1, chances[value] >> 4))
            chances[value] += int(((65535 if is_more else 0) - chances[value]) * 2 / (2 * seen[value] + 3))
            seen[value] = min(MOST_SEEN, seen[value] + 1)
            if not is_more:
                return value
        return MOST_VALUE


def _read_lines(bits: _BitReader, lines: int) -> list[int]:
    """Magnitudes in the context of their frequency across the line, each with its sign."""
    values, read = _ValueReader(bits, LINE_CONTEXTS), []
    for place in range(lines * LENGTH):
        value = values.value(place % LENGTH // WIDE)
        read.append(-value if value and bits.bit(EVEN) else value)
    return read


def _read_points(bits: _BitReader, points: int) -> list[int]:
    """Shares in the context of the direction before, and of the same direction in the squares to the left and above."""
    values, read = _ValueReader(bits, POINT_CONTEXTS), list[int]()
    for number in range(points * LENGTH):
        place = number % LENGTH
        before = read[-1] if place % 8 else 0
        left = read[-8] if place // 8 % 4 else 0
        above = read[-32] if place // 32 else 0
        read.append(values.value(min(POINT_CONTEXTS - 1, before + left + above)))
    return read
