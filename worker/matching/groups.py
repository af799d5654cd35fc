"""Content groups by name, in few bytes each: there are nearly as many as pictures."""

from __future__ import annotations

from array import array
from hashlib import blake2b
from uuid import UUID

import numpy as np

from worker.matching.tables import SketchTable, Words

NAME_BYTES = 16


def name_of_first(report_id: UUID, number: int) -> bytes:
    """The name (16 bytes) of the group that begins with picture ``number`` of a report."""
    return blake2b(report_id.bytes + bytes([number]), digest_size=NAME_BYTES).digest()


class ContentGroups:
    """Numbers, one a group; how many pictures each has, and how many of them are compared.

    A group is looked for only where it can be there already: a picture whose group bears its own name began it, unless
    another picture of the group was read before, or its report was taken up before. Names of groups that more than one
    picture asked for are remembered.
    """

    def __init__(self) -> None:
        self._names = SketchTable(NAME_BYTES // 8, 1)
        self._members, self._compared = array("I"), array("I")
        self._shared: dict[bytes, int] = {}

    @property
    def byte_count(self) -> int:
        """Memory taken by the names."""
        return self._names.byte_count

    def settle(self) -> None:
        """Put the names of what was added into tables."""
        self._names.settle()

    def take(self, name: bytes, report_id: UUID, number: int) -> int:
        """The number of the group called ``name``, to which picture ``number`` of a report belongs."""
        if name in self._shared:
            return self._shared[name]
        if name != name_of_first(report_id, number):
            found = self._names.near(_bits(name), 0, len(self._names)).rows
            self._shared[name] = int(found[0]) if len(found) else len(self._members)
            if len(found):
                return self._shared[name]
        self._names.append(_bits(name))
        self._members.append(0)
        self._compared.append(0)
        return len(self._members) - 1

    def name(self, group: int) -> bytes:
        """The group's name."""
        return self._names.row(group).tobytes()

    def compared(self, group: int) -> int:
        """How many pictures of the group are compared."""
        return self._compared[group]

    def join(self, group: int, *, is_compared: bool) -> None:
        """A picture more."""
        self._members[group] += 1
        self._compared[group] += is_compared

    def leave(self, group: int, *, is_compared: bool) -> None:
        """A picture less."""
        self._members[group] -= 1
        self._compared[group] -= is_compared
        self._shared[self.name(group)] = group

    def is_lost(self, group: int) -> bool:
        """Pictures of it are there, and none that later ones are compared with."""
        return self._compared[group] == 0 and self._members[group] > 0


def _bits(name: bytes) -> Words:
    return np.frombuffer(name, np.uint64).reshape(1, -1)
