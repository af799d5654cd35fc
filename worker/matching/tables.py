"""Bit strings in memory that find their neighbours: multi-index hashing (Norouzi, Punjani and Fleet 2012).

Each string is cut into bands of 16 bits, and each band has a table of who has which value. Two strings of which one
band is equal meet there, and only then are all their bits compared. With one bit of each band flipped in turn, every
string within ``2 * bands - 1`` bits is met: exact. Without, most are, and ``benchmarks/matching`` measures how many.

Rows are never changed. New ones lie in a tail that is compared whole. A full tail becomes a segment with tables once
something is asked or all were read (``settle``), and segments of like length are merged, so that adding costs little
however many there are. A segment has so few rows that
its tables hold a row in three bytes: they are half of what the index takes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Rows = NDArray[np.int64]
Counts = NDArray[np.int64]

_BAND_BITS = 16
_VALUES = 1 << _BAND_BITS
TAIL = 4096
_LONGEST = 1 << 24
"""Rows of a segment: the numbers that three bytes hold."""
_PIECE = 1 << 18
_GROWTH = 1.03
"""The memory grows where it lies, so that often and little costs no more than seldom and much."""
_FIRST_CAPACITY = 1024
_MOST_WAITING = 4_000
"""Appended pieces that wait for the next question: each weighs far more than the rows in it."""
_ROW_BITS = 40
_FLIPS = np.concatenate([[0], 1 << np.arange(_BAND_BITS)]).astype(np.int64)


class _Order:
    """Rows of a segment, counted from its start: numbers below ``_LONGEST`` in three bytes each."""

    def __init__(self, length: int) -> None:
        self._low = np.empty(length, np.uint16)
        self._high = np.empty(length, np.uint8)

    @property
    def byte_count(self) -> int:
        return self._low.nbytes + self._high.nbytes

    def put(self, places: Rows, rows: Rows) -> None:
        self._low[places] = rows & 0xFFFF
        self._high[places] = rows >> 16

    def at(self, places: Rows) -> Rows:
        rows = self._high.take(places).astype(np.int64)
        rows <<= 16
        rows |= self._low.take(places)
        return rows


class _Segment(NamedTuple):
    """Rows ``start`` to ``end``: for one band after another, the rows in order of its value, and where each begins."""

    start: int
    end: int
    order: _Order
    begins: NDArray[np.uint32]

    @property
    def byte_count(self) -> int:
        return self.order.byte_count + self.begins.nbytes


class Hits(NamedTuple):
    """Pairs of a query's number and a row that lies near it, ordered by both."""

    queries: Rows
    rows: Rows


def distinct(queries: Rows, rows: Rows) -> Hits:
    """Each pair once, ordered by both. Rows are below 2**40."""
    pairs = np.sort(queries << _ROW_BITS | rows)
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    return Hits(pairs >> _ROW_BITS, pairs & ((1 << _ROW_BITS) - 1))


class SketchTable:
    """Strings of ``words`` x 64 bits; the first ``bands`` bands are searched, with a flipped bit if ``is_exact``."""

    def __init__(self, words: int, bands: int, *, is_exact: bool = False) -> None:
        self._bits = np.zeros((_FIRST_CAPACITY, words), np.uint64)
        self._bands = bands
        self._flips = _FLIPS if is_exact else _FLIPS[:1]
        self._segments: list[_Segment] = []
        self._waiting: list[Words] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def byte_count(self) -> int:
        """Memory taken by strings and tables."""
        self.settle()
        return self._bits.nbytes + sum(segment.byte_count for segment in self._segments)

    def append(self, bits: Words) -> None:
        """Add rows (n x words); the next question finds them."""
        if not len(bits):
            return
        self._waiting.append(bits)
        self._count += len(bits)
        if len(self._waiting) >= _MOST_WAITING:
            self._take_up()

    def settle(self) -> None:
        """Put all rows in their places and a full tail into tables: what is asked next, or what forks, need not."""
        self._take_up()
        if self._count - self._covered >= TAIL:
            self._cover()

    def row(self, number: int) -> Words:
        """The bits of one row."""
        self._take_up()
        bits: Words = self._bits[number].copy()
        return bits

    def erase(self, start: int, end: int) -> None:
        """Overwrite rows; they stay in the tables and are near nothing that is asked for on purpose."""
        self._take_up()
        self._bits[start:end] = 0

    def near(self, queries: Words, threshold: int, most: int) -> Hits:
        """Rows within ``threshold`` bits of each query (n x words).

        Where far more than ``most`` rows share a query's bands, only an even sample of about ``most`` is compared: such
        an element is common, and its rows are told apart from nothing.
        """
        self.settle()
        found = [self._near_tail(queries, threshold)]
        for segment in self._segments:
            found.append(self._near_segment(segment, queries, threshold, most))
        numbers = np.concatenate([hits.queries for hits in found])
        rows = np.concatenate([hits.rows for hits in found])
        return distinct(numbers, rows)

    @property
    def _covered(self) -> int:
        return self._segments[-1].end if self._segments else 0

    def _take_up(self) -> None:
        """Put waiting rows in their places; many at once cost little more than one."""
        if not self._waiting:
            return
        rows = np.concatenate(self._waiting)
        self._waiting.clear()
        start = self._count - len(rows)
        if self._count > len(self._bits):
            capacity = max(self._count, int(len(self._bits) * _GROWTH))
            self._bits.resize((capacity, self._bits.shape[1]), refcheck=False)
        self._bits[start : self._count] = rows

    def _cover(self) -> None:
        """Put the tail, and shorter segments before it, into segments that are as long as they may be."""
        start = self._covered
        while self._segments and self._is_merged(self._segments[-1], self._count - start):
            start = self._segments.pop().start
        for begin in range(start, self._count, _LONGEST):
            self._segments.append(self._sorted(begin, min(begin + _LONGEST, self._count)))

    @staticmethod
    def _is_merged(segment: _Segment, following: int) -> bool:
        return segment.end - segment.start <= min(2 * following, _LONGEST - 1)

    def _sorted(self, start: int, end: int) -> _Segment:
        bands, length = self._bits[start:end].view(np.uint16), end - start
        order = _Order(self._bands * length)
        begins = np.empty(self._bands * _VALUES + 1, np.uint32)
        for band in range(self._bands):
            values = np.ascontiguousarray(bands[:, band])
            counts = np.zeros(_VALUES, np.int64)
            for piece in _pieces(values):
                counts += np.bincount(piece, minlength=_VALUES)
            places = np.cumsum(counts) - counts + band * length
            begins[band * _VALUES : (band + 1) * _VALUES] = places
            _put_sorted(order, values, places)
        begins[-1] = self._bands * length
        return _Segment(start, end, order, begins)

    def _near_tail(self, queries: Words, threshold: int) -> Hits:
        start = self._covered
        tail = self._bits[start : self._count]
        if not len(tail) or not len(queries):
            return Hits(np.zeros(0, np.int64), np.zeros(0, np.int64))
        bits = np.zeros((len(queries), len(tail)), np.uint16)
        for word in range(tail.shape[1]):
            bits += np.bitwise_count(queries[:, word, None] ^ tail[None, :, word])
        numbers, rows = np.nonzero(bits <= threshold)
        return Hits(numbers, rows + start)

    def _near_segment(self, segment: _Segment, queries: Words, threshold: int, most: int) -> Hits:
        bands = np.ascontiguousarray(queries).view(np.uint16)[:, : self._bands].astype(np.int64)
        probes = bands[:, :, None] ^ self._flips[None, None, :]
        asked = (probes + (np.arange(self._bands) * _VALUES)[None, :, None]).ravel()
        starts = segment.begins[asked].astype(np.int64)
        sizes = segment.begins[asked + 1] - starts
        taken = np.minimum(sizes, most)
        rows = segment.order.at(_spread_out(starts, sizes, taken)) + segment.start
        numbers = np.repeat(np.arange(asked.size) // (self._bands * len(self._flips)), taken)
        apart = np.bitwise_count(queries.take(numbers, axis=0) ^ self._bits.take(rows, axis=0))
        near = apart.sum(axis=1, dtype=np.uint16) <= threshold
        return Hits(numbers[near], rows[near])


class OwnedTable:
    """A table, and for each of its rows the owner: a number from 0 on, in the order in which their rows are added."""

    def __init__(self, words: int, bands: int, *, is_exact: bool = False) -> None:
        self.table = SketchTable(words, bands, is_exact=is_exact)
        self._begins = array("I", [0])

    def __len__(self) -> int:
        return len(self.table)

    @property
    def byte_count(self) -> int:
        """Memory taken by the table and by who owns what."""
        return self.table.byte_count + memoryview(self._begins).nbytes

    def settle(self) -> None:
        """As of a table."""
        self.table.settle()

    def append(self, bits: Words) -> None:
        """The rows of the next owner; there may be none."""
        self.table.append(bits)
        self._begins.append(len(self.table))

    def erase(self, owner: int) -> None:
        """Overwrite the rows of an owner."""
        self.table.erase(self._begins[owner], self._begins[owner + 1])

    def near(self, queries: Words, threshold: int, most: int) -> Hits:
        """As of a table, with the owners of the rows, each once for a query."""
        hits = self.table.near(queries, threshold, most)
        begins = np.frombuffer(self._begins, np.uint32)
        return distinct(hits.queries, np.searchsorted(begins, hits.rows.astype(np.uint32), side="right") - 1)


def _put_sorted(order: _Order, values: NDArray[np.uint16], places: Counts) -> None:
    """Put the numbers of ``values`` into ``order`` by their value; ``places`` says where each value begins.

    Piece by piece, since sorting all at once takes more memory than the table itself. ``places`` is used up.
    """
    start = 0
    for piece in _pieces(values):
        rows = np.argsort(piece, kind="stable")
        counts = np.bincount(piece, minlength=_VALUES)
        inside = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
        order.put(np.repeat(places, counts) + inside, rows + start)
        places += counts
        start += len(piece)


def _pieces(values: NDArray[np.uint16]) -> Iterator[NDArray[np.uint16]]:
    return (values[start : start + _PIECE] for start in range(0, len(values), _PIECE))


def _spread_out(starts: Counts, sizes: Counts, taken: Counts) -> Rows:
    """For each range, ``taken`` places spread evenly over its ``sizes`` places from ``starts`` on."""
    ends = np.cumsum(taken)
    inside = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - taken, taken)
    steps = np.repeat(sizes, taken), np.repeat(np.maximum(taken, 1), taken)
    result: Rows = np.repeat(starts, taken) + inside * steps[0] // steps[1]
    return result
