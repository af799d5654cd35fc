"""How often one place may do something. In memory only; no address is kept, not even for a moment longer.

An address of the machine or its network belongs to a proxy or to Tor and stands for everybody: ten wrong codes of one
stranger would shut out all. Such an address is never counted. Guessing codes stays hopeless: a code has 68 bits, and
every try waits for one of two derivations.
"""

from __future__ import annotations

import hmac
import secrets
from collections import deque
from datetime import datetime, timedelta
from ipaddress import IPv6Network, ip_address, ip_network
from threading import Lock

WINDOW = timedelta(minutes=15)
MAX_WRONG = 10
_BUCKET_BYTES = 8
_HOUSEHOLD_BITS = 64
_MOST_BUCKETS = 10_000
_SHARED = tuple(
    ip_network(text)
    for text in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
        "::1/128", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip


class Limiter:
    """Counts for each network address, under a name that only this process can compute, today.

    ``most`` is how often in one ``window``.
    """

    def __init__(self, most: int, window: timedelta) -> None:
        self._most = most
        self._window = window
        self._secret = secrets.token_bytes(32)
        self._counted: dict[bytes, deque[datetime]] = {}
        self._lock = Lock()

    def allows(self, address: str, now: datetime) -> bool:
        """Whether this address has something left in the window; ``now`` is aware UTC."""
        if _is_shared(address):
            return True
        with self._lock:
            return len(self._recent(self._bucket(address, now), now)) < self._most

    def count(self, address: str, now: datetime) -> None:
        """Remember that it happened once, for the length of the window."""
        if _is_shared(address):
            return
        bucket = self._bucket(address, now)
        with self._lock:
            if bucket not in self._counted and len(self._counted) >= _MOST_BUCKETS:
                self._forget_old(now)
            self._counted.setdefault(bucket, deque(maxlen=self._most)).append(now)

    def _recent(self, bucket: bytes, now: datetime) -> deque[datetime]:
        times = self._counted.get(bucket, deque())
        while times and times[0] <= now - self._window:
            times.popleft()
        return times

    def _forget_old(self, now: datetime) -> None:
        for bucket in [bucket for bucket in self._counted if not self._recent(bucket, now)]:
            del self._counted[bucket]

    def _bucket(self, address: str, now: datetime) -> bytes:
        name = f"{now.date().isoformat()}|{_network(address)}".encode()
        return hmac.digest(self._secret, name, "sha256")[:_BUCKET_BYTES]


def guess_limiter() -> Limiter:
    """Counts wrong receipt codes."""
    return Limiter(MAX_WRONG, WINDOW)


def _is_shared(address: str) -> bool:
    """Whether many people may stand behind it; a Unix socket has no address at all."""
    try:
        where = ip_address(address)
    except ValueError:
        return True
    return any(where in network for network in _SHARED)


def _network(address: str) -> str:
    """One household of IPv6 has a whole /64 to guess from; anything that is no IPv6 address stands for itself."""
    try:
        return str(IPv6Network((address, _HOUSEHOLD_BITS), strict=False))
    except ValueError:
        return address
