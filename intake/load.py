"""How busy the portal is. Counted in memory; nothing here names anybody, and nothing is written anywhere.

All web processes of the portal count together: their first process makes ``SHARED`` before it forks the others
(``operations.portal_gunicorn``), and a process that is replaced forgets nothing. What one network sends is counted by
each process alone, since its name for a network is known to no other.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from mmap import mmap

from intake.throttle import Limiter

WINDOW = timedelta(minutes=5)
PASSES = 10
"""Reports of people in danger that come into the usual lane in one window, whatever else speaks against them."""
NETWORK_LIMIT = 10
NETWORK_WINDOW = timedelta(minutes=15)
"""A phone company puts thousands of phones behind one address, so more than this costs a proof and nothing else."""

_SLOT_SECONDS = 10
_SLOTS = int(WINDOW.total_seconds()) // _SLOT_SECONDS
_SLOT = struct.Struct("=QQ")


class Meter:
    """How often something happened in the last window, in memory that forked processes share.

    Kept as counts for every ten seconds. Nobody waits for a lock that a killed process may hold: two processes that
    count in the same instant may count one, which is near enough for a measure of load.
    """

    def __init__(self) -> None:
        self._memory = mmap(-1, _SLOTS * _SLOT.size)

    def count(self, now: datetime) -> None:
        """Once more, at ``now`` (aware)."""
        slot = _slot_of(now)
        place = slot % _SLOTS * _SLOT.size
        kept, times = _SLOT.unpack_from(self._memory, place)
        _SLOT.pack_into(self._memory, place, slot, times + 1 if kept == slot else 1)

    def total(self, now: datetime) -> int:
        """How often in the window that ends at ``now``."""
        oldest = _slot_of(now) - _SLOTS
        return sum(times for slot, times in _SLOT.iter_unpack(self._memory[:]) if slot > oldest)


@dataclass(frozen=True)
class Meters:
    """What the processes of one portal count together: reports, and passes that were given."""

    reports: Meter = field(default_factory=Meter)
    passes: Meter = field(default_factory=Meter)


SHARED = Meters()
"""Of this process and of those forked from it."""


@dataclass(frozen=True)
class Load:
    """The measure against which a report is held; ``limit`` is ``SULUH_LOAD_LIMIT``."""

    limit: int
    meters: Meters
    networks: Limiter = field(default_factory=lambda: Limiter(NETWORK_LIMIT, NETWORK_WINDOW))

    def is_high(self, address: str, now: datetime) -> bool:
        """Whether so many reports came lately, from everywhere or from this network, that a proof is asked for."""
        return self.meters.reports.total(now) >= self.limit or not self.networks.allows(address, now)

    def count(self, address: str, now: datetime) -> None:
        """One more report is being sent."""
        self.meters.reports.count(now)
        self.networks.count(address, now)

    def take_pass(self, now: datetime) -> bool:
        """Whether one more person in danger may pass, who then did."""
        if self.meters.passes.total(now) >= PASSES:
            return False
        self.meters.passes.count(now)
        return True


def _slot_of(now: datetime) -> int:
    return int(now.timestamp()) // _SLOT_SECONDS
