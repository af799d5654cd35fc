"""PDQ values in memory: four columns of 64 bits, scanned whole. Exact, with no index to keep up."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

_WORDS = 4
_BLOCK = 1 << 16
"""Rows a scan takes at once, so that the columns' pieces stay in the processor's cache."""
_FIRST_CAPACITY = 1024


class PdqColumns:
    """Rows of (report, picture number, 256 bits), with the reports that own them."""

    def __init__(self) -> None:
        self._columns = np.zeros((_WORDS, _FIRST_CAPACITY), np.uint64)
        self._owners: list[tuple[UUID, int]] = []
        self._rows_of: dict[UUID, list[int]] = {}

    def __len__(self) -> int:
        return len(self._owners)

    def add(self, report_id: UUID, number: int, value: bytes) -> None:
        """Append picture ``number`` of a report; ``value`` is 32 bytes. Room grows by doubling."""
        row = len(self._owners)
        if row == self._columns.shape[1]:
            self._columns = np.concatenate([self._columns, np.zeros_like(self._columns)], axis=1)
        self._columns[:, row] = _words(value)
        self._owners.append((report_id, number))
        self._rows_of.setdefault(report_id, []).append(row)

    def remove(self, report_id: UUID) -> None:
        """Forget a report's rows: the last rows move into their places, and what stood there is overwritten."""
        for row in sorted(self._rows_of.pop(report_id, ()), reverse=True):
            last = len(self._owners) - 1
            mover = self._owners.pop()
            self._columns[:, row] = self._columns[:, last]
            self._columns[:, last] = 0
            if row != last:
                self._owners[row] = mover
                rows = self._rows_of[mover[0]]
                rows[rows.index(last)] = row

    def near(self, value: bytes, threshold: int) -> Iterator[tuple[UUID, int, int]]:
        """(report, picture number, distance) of every row at most ``threshold`` bits away from ``value``."""
        wanted = _words(value)
        for start in range(0, len(self._owners), _BLOCK):
            end = min(start + _BLOCK, len(self._owners))
            bits = np.zeros(end - start, np.uint16)
            for column, word in zip(self._columns, wanted, strict=True):
                bits += np.bitwise_count(column[start:end] ^ word)
            for offset in np.flatnonzero(bits <= threshold):
                yield (*self._owners[start + int(offset)], int(bits[offset]))


def _words(value: bytes) -> Words:
    return np.frombuffer(value, np.uint64)
