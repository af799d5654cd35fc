"""Argon2id (RFC 9106) for secrets that people type. At most two derivations run at once in a process."""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SALT_BYTES = 16

_TURNS = BoundedSemaphore(2)


@dataclass(frozen=True)
class KdfCost:
    """What one derivation costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


def stretch(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    """32 bytes from a typed secret and a salt of 16 bytes. Waits while two others are being derived."""
    with _TURNS:
        return Argon2id(
            salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
        ).derive(secret)
