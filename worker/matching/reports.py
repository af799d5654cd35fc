"""Which reports the index holds, in few bytes each: as objects, 333,000 with two tags each took 339 MiB, and now 75."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from uuid import UUID

import numpy as np

from casefile.vocabulary import IdentifierKind
from worker.matching.tables import OwnedTable, Words
from worker.matching.values import Tag

_ID_BYTES = 16
_KINDS = {kind: place for place, kind in enumerate(IdentifierKind, start=1)}
_TAG_WORDS = 3


class HeldReports:
    """Reports by id: their place in the order of arrival, their slots and their tags.

    Each has a place of its own, and is given another when it is added again.
    """

    def __init__(self) -> None:
        self._places: dict[int, int] = {}
        self._ids = bytearray()
        self._numbers = array("Q")
        self._slots = array("I", [0])
        self._tags = OwnedTable(_TAG_WORDS, 1)

    def __contains__(self, report_id: UUID) -> bool:
        return report_id.int in self._places

    def __len__(self) -> int:
        return len(self._places)

    @property
    def byte_count(self) -> int:
        """Memory taken by all but the dictionary of ids."""
        columns = self._ids, self._numbers, self._slots
        return self._tags.byte_count + sum(memoryview(column).nbytes for column in columns)

    def settle(self) -> None:
        """Put the tags of what was added into tables."""
        self._tags.settle()

    def add(self, report_id: UUID, number: int, end: int, tags: Collection[Tag]) -> None:
        """Take up a report that is not held; its slots are those from the last report's on up to ``end``."""
        self._places[report_id.int] = len(self._numbers)
        self._ids += report_id.bytes
        self._numbers.append(number)
        self._slots.append(end)
        self._tags.append(_tag_bits(tags))

    def remove(self, report_id: UUID) -> range:
        """Forget a report, if it is held, and overwrite its tags; returns its slots."""
        place = self._places.pop(report_id.int, None)
        if place is None:
            return range(0)
        self._ids[place * _ID_BYTES : (place + 1) * _ID_BYTES] = bytes(_ID_BYTES)
        self._tags.erase(place)
        return range(self._slots[place], self._slots[place + 1])

    def number(self, report_id: UUID) -> int:
        """What orders the report among the others by arrival."""
        return self._numbers[self._places[report_id.int]]

    def with_tag(self, tag: Tag) -> list[UUID]:
        """The reports that have a tag, in the order in which they were added."""
        found = self._tags.near(_tag_bits([tag]), 0, len(self._tags))
        return [self._id(place) for place in found.rows.tolist()]

    def _id(self, place: int) -> UUID:
        return UUID(bytes=bytes(self._ids[place * _ID_BYTES : (place + 1) * _ID_BYTES]))


def _tag_bits(tags: Collection[Tag]) -> Words:
    """Value and kind of each tag. No kind is nought, so none equals what was overwritten."""
    packed = b"".join(tag.value + _KINDS[tag.kind].to_bytes(8) for tag in tags)
    return np.frombuffer(packed, np.uint64).reshape(-1, _TAG_WORDS)
