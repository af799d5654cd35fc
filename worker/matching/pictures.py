"""All comparable pictures in memory: their sketches in tables, and who owns which row."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from worker.matching.tables import Hits, OwnedTable, SketchTable, Words
from worker.matching.values import PictureFeatures

Numbers = NDArray[np.int64]

_LINE_BANDS, _PIECE_BANDS, _POINT_BANDS, _PDQ_BANDS, _WORD_BANDS = 6, 3, 4, 16, 1
_DIGEST_WORDS = 4


class PictureName(NamedTuple):
    """Which picture of which report, and its content group (a number of this process)."""

    report_id: UUID
    number: int
    group: int


class PictureTables:
    """Slots, one a picture, in the order in which they were added; a slot is never used again.

    Of every picture the file's digest is kept, of compared ones their sketches too.
    """

    def __init__(self) -> None:
        self._lines, self._points = OwnedTable(2, _LINE_BANDS), OwnedTable(1, _POINT_BANDS)
        self._pieces = OwnedTable(2, _PIECE_BANDS)
        self._pdq, self._insets = (OwnedTable(4, _PDQ_BANDS, is_exact=True) for _ in range(2))
        self._words = OwnedTable(1, _WORD_BANDS)
        self._files = SketchTable(_DIGEST_WORDS, 1)
        self._reports = array("Q")
        self._numbers, self._compared = bytearray(), bytearray()
        self._groups = array("i")

    def __len__(self) -> int:
        return len(self._groups)

    @property
    def byte_count(self) -> int:
        """Memory taken by the tables."""
        columns = self._reports, self._numbers, self._compared, self._groups
        tables = sum(table.byte_count for table in self._owned) + self._files.byte_count
        return tables + sum(memoryview(column).nbytes for column in columns)

    def settle(self) -> None:
        """Put what was added into tables."""
        for table in self._owned:
            table.settle()
        self._files.settle()

    @property
    def _owned(self) -> tuple[OwnedTable, ...]:
        return self._lines, self._pieces, self._points, self._pdq, self._insets, self._words

    @property
    def compared(self) -> int:
        """How many pictures there are that later ones are compared with."""
        return sum(self._compared)

    def add(self, report_id: UUID, picture: PictureFeatures, group: int, *, is_compared: bool = True) -> int:
        """Take up a picture; returns its slot."""
        slot = len(self)
        self._reports.frombytes(report_id.bytes)
        self._numbers.append(picture.number)
        self._compared.append(is_compared)
        self._groups.append(group)
        self._files.append(_file_bits(picture.sha256, is_told=picture.is_told))
        sketches = picture.sketches if is_compared else None
        has_structure = is_compared and picture.is_clear
        self._lines.append(_words(sketches.line_bits if sketches else b"", 2))
        self._pieces.append(_words(sketches.piece_bits if sketches else b"", 2))
        self._points.append(_words(sketches.point_bits if sketches else b"", 1))
        self._pdq.append(_words(picture.pdq if has_structure else b"", 4))
        self._insets.append(pdq_bits(picture.insets if is_compared else ()))
        self._words.append(word_bits(picture.words if is_compared else ()))
        return slot

    def remove(self, slot: int) -> None:
        """Overwrite what was kept of a picture."""
        for table in self._owned:
            table.erase(slot)
        self._files.erase(slot, slot + 1)
        self._reports[2 * slot] = self._reports[2 * slot + 1] = 0
        self._groups[slot] = GONE
        self._compared[slot] = False

    def name(self, slot: int) -> PictureName | None:
        """Whose the slot is; None once it was removed."""
        group = self._groups[slot]
        if group == GONE:
            return None
        return PictureName(UUID(bytes=self._reports[2 * slot : 2 * slot + 2].tobytes()), self._numbers[slot], group)

    def is_compared(self, slot: int) -> bool:
        """Whether later pictures are compared with it."""
        return bool(self._compared[slot])

    def same_files(self, digest: bytes, *, is_told: bool) -> list[PictureName]:
        """Pictures with this SHA-256, which a device told of or not, in the order in which they were added."""
        found = self._files.near(_file_bits(digest, is_told=is_told), 0, len(self))
        names = (self.name(slot) for slot in found.rows.tolist())
        return [name for name in names if name is not None]

    def groups(self, slots: Numbers) -> Numbers:
        """The content group of each slot, ``GONE`` for removed ones."""
        return np.frombuffer(self._groups, np.int32)[slots].astype(np.int64)

    def of_others(self, hits: Hits, own: UUID) -> Hits:
        """Without the pictures of the report ``own``."""
        other = np.frombuffer(self._reports, np.uint64)[2 * hits.rows + 1] != _random_half(own)
        return Hits(hits.queries[other], hits.rows[other])

    def near_lines(self, bits: Words, threshold: int) -> Hits:
        """Pairs of query and slot: pictures with a line within ``threshold`` bits."""
        return self._alive(self._lines, bits, threshold)

    def near_pieces(self, bits: Words, threshold: int) -> Hits:
        """The same for pieces of lines."""
        return self._alive(self._pieces, bits, threshold)

    def near_points(self, bits: Words, threshold: int) -> Hits:
        """The same for photo points."""
        return self._alive(self._points, bits, threshold)

    def equal_words(self, bits: Words) -> Hits:
        """The same for equal word groups."""
        return self._alive(self._words, bits, 0)

    def near_pdq(self, bits: Words, threshold: int) -> Hits:
        """The same for the PDQ of whole pictures, where it is clear."""
        return self._alive(self._pdq, bits, threshold)

    def near_insets(self, bits: Words, threshold: int) -> Hits:
        """The same for insets."""
        return self._alive(self._insets, bits, threshold)

    def _alive(self, table: OwnedTable, bits: Words, threshold: int) -> Hits:
        hits = table.near(bits, threshold, _MOST_COMPARED)
        alive = self.groups(hits.rows) != GONE
        return Hits(hits.queries[alive], hits.rows[alive])


GONE = -1
"""The group of a removed picture."""
_MOST_COMPARED = 3000
"""Rows of one band that are compared with an element; where more share it, an even sample tells that it is common."""


def pdq_bits(values: Iterable[bytes]) -> Words:
    """PDQs (32 bytes each) as numbers, in their order."""
    return _words(b"".join(values), 4)


def word_bits(words: Iterable[bytes]) -> Words:
    """Word groups (6 bytes each) as numbers, in order."""
    numbers = sorted(int.from_bytes(word) for word in words)
    return np.array(numbers, np.uint64).reshape(-1, 1)


def _file_bits(digest: bytes, *, is_told: bool) -> Words:
    """What a file is found by: one that a device told of is never taken for one that was seen."""
    bits = _words(digest, _DIGEST_WORDS)
    return ~bits if is_told else bits


def _random_half(report_id: UUID) -> np.uint64:
    """64 bits of the id: two reports that share them are as unlikely as two equal keys."""
    half: np.uint64 = np.frombuffer(report_id.bytes, np.uint64)[1]
    return half


def _words(packed: bytes | NDArray[np.uint8], words: int) -> Words:
    data = packed if isinstance(packed, bytes) else packed.tobytes()
    return np.frombuffer(data, np.uint64).reshape(-1, words)
