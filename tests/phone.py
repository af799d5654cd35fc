"""What a phone sends of a picture, written a second time: static/intake/sidik/file.js and brief.js are the first."""

from __future__ import annotations

import base64
from dataclasses import replace

import numpy as np

from casefile.fingerprints import PictureReading
from casefile.fingerprints.brief import LINE_STEP, MOST_SEEN, MOST_VALUE, POINT_STEP
from casefile.fingerprints.descriptions import Descriptions
from intake.device import HEADER, VERSION


def reading_of_phone(reading: PictureReading) -> str:
    """The value of the field ``sidik`` for a picture that was read."""
    brief = pack_briefly(Descriptions.from_text(reading.descriptions))
    return in_letters(header_of(reading) + insets_of(reading) + brief)


def header_of(reading: PictureReading) -> bytes:
    """The first 74 bytes of what is sent."""
    kept = reading.fingerprints
    sizes = (kept.width, kept.height, kept.byte_count)
    return HEADER.pack(VERSION, kept.sha256, kept.pdq, kept.pdq_quality, *sizes)


def insets_of(reading: PictureReading) -> bytes:
    """What follows the header: how many insets, and which."""
    return bytes([len(reading.insets)]) + b"".join(reading.insets)


def in_letters(packed: bytes) -> str:
    """As a form sends it."""
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def pack_briefly(described: Descriptions, *, has_pieces: bool = True) -> bytes:
    """The brief form; that of before there were pieces has neither them nor their number."""
    if not has_pieces:
        described = replace(described, piece_boxes=described.piece_boxes[:0], pieces=described.pieces[:0])
    writer = _Writer()
    for length in described.size:
        writer.number(length, 12)
    writer.number(len(described.lines), 5)
    writer.number(len(described.points), 7)
    if has_pieces:
        writer.number(len(described.pieces), 4)
    places = described.line_boxes, described.piece_boxes, described.point_places
    for place in np.concatenate([one.ravel() for one in places]):
        writer.number(int(place), 12)
    for scale in described.point_scales:
        writer.number(int(scale), 5)
    _add_lines(writer, described)
    _add_points(writer, described)
    return writer.finish()


def _add_lines(writer: _Writer, described: Descriptions) -> None:
    values = _Values(writer, 4)
    for line in np.concatenate([described.lines, described.pieces]).astype(int):
        for place, number in enumerate(line):
            value = int(abs(number) / LINE_STEP + 0.5)
            values.add(value, place // 32)
            if value:
                writer.bit(bool(number < 0), 2048)


def _add_points(writer: _Writer, described: Descriptions) -> None:
    values = _Values(writer, 8)
    for point in described.points:
        rounded = np.floor(point / POINT_STEP + 0.5).astype(int).reshape(4, 4, 8)
        for (row, column, way), value in np.ndenumerate(rounded):
            before = rounded[row, column, way - 1] if way else 0
            left = rounded[row, column - 1, way] if column else 0
            above = rounded[row - 1, column, way] if row else 0
            values.add(int(value), min(7, int(before + left + above)))


class _Writer:
    def __init__(self) -> None:
        self.low, self.high, self.out = 0, 0xFFFFFFFF, bytearray()

    def bit(self, is_set: bool, chance: int) -> None:
        middle = self.low + ((self.high - self.low) >> 12) * chance
        if is_set:
            self.high = middle
        else:
            self.low = middle + 1
        while self.low >> 24 == self.high >> 24:
            self.out.append(self.high >> 24)
            self.low = (self.low << 8) & 0xFFFFFFFF
            self.high = (self.high << 8) & 0xFFFFFFFF | 0xFF

    def number(self, number: int, bits: int) -> None:
        for place in reversed(range(bits)):
            self.bit(bool(number >> place & 1), 2048)

    def finish(self) -> bytes:
        return bytes([*self.out, self.high >> 24])


class _Values:
    def __init__(self, writer: _Writer, contexts: int) -> None:
        self.writer = writer
        self.chances = np.full((contexts, MOST_VALUE), 1 << 15)
        self.seen = np.zeros((contexts, MOST_VALUE), int)

    def add(self, value: int, context: int) -> None:
        for place in range(min(value + 1, MOST_VALUE)):
            is_more = value > place
            chance, seen = int(self.chances[context, place]), int(self.seen[context, place])
            self.writer.bit(is_more, max(1, chance >> 4))
            self.chances[context, place] += int(((65535 if is_more else 0) - chance) * 2 / (2 * seen + 3))
            self.seen[context, place] = min(MOST_SEEN, seen + 1)
