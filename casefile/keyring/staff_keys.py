"""Keys of people and of epochs: a password opens a person's seed, that opens the epochs granted to them."""

from __future__ import annotations

import secrets
import unicodedata
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casefile.boxes import SEED_BYTES, KeyPair, PublicKey, box, derive, unbox, unwrap, wrap
from casefile.contexts import EPOCH_ROLE, u32be
from casefile.errors import UnsealError
from casefile.stretching import SALT_BYTES, KdfCost, stretch

STAFF_COST = KdfCost(memory_kib=256 * 1024, passes=3, lanes=4)

_STAFF_PURPOSE = b"staffkey"


def seal_staff_seed(seed: bytes, password: str, staff_id: UUID, cost: KdfCost = STAFF_COST) -> bytes:
    """``salt (16) || box`` of a 96-byte seed, under a key stretched from the password, for this person."""
    salt = secrets.token_bytes(SALT_BYTES)
    return salt + box(_password_key(password, salt, cost), seed, _STAFF_PURPOSE, staff_id.bytes)


def open_staff_seed(sealed: bytes, password: str, staff_id: UUID, cost: KdfCost = STAFF_COST) -> bytes:
    """The 96-byte seed. Raises ``UnsealError`` for another password, person or cost, or altered bytes."""
    if len(sealed) <= SALT_BYTES:
        raise UnsealError("too short for a sealed seed")
    salt, boxed = sealed[:SALT_BYTES], sealed[SALT_BYTES:]
    return unbox(_password_key(password, salt, cost), boxed, _STAFF_PURPOSE, staff_id.bytes)


def grant_epoch(public: PublicKey, epoch_seed: bytes, epoch: int) -> bytes:
    """An epoch's 96-byte seed for one person."""
    return wrap(public, epoch_seed, EPOCH_ROLE, u32be(epoch))


def open_epoch(pair: KeyPair, wrapped: bytes, epoch: int) -> KeyPair:
    """The epoch's key pair. Raises ``UnsealError`` for another person or epoch, or altered bytes."""
    seed = unwrap(pair, wrapped, EPOCH_ROLE, u32be(epoch))
    if len(seed) != SEED_BYTES:
        raise UnsealError("what was granted is not an epoch's seed")
    return KeyPair.from_seed(seed)


def office_signing_key(epoch_seed: bytes) -> Ed25519PrivateKey:
    """The key that signs bundles and daily roots, derived from the epoch's seed: who reads may sign."""
    return Ed25519PrivateKey.from_private_bytes(derive(epoch_seed, "office-signing"))


def draw_key(epoch_seed: bytes) -> bytes:
    """The key under which decisions are drawn for a second look, derived from the epoch's seed."""
    return derive(epoch_seed, "second-look")


def _password_key(password: str, salt: bytes, cost: KdfCost) -> bytes:
    return stretch(unicodedata.normalize("NFKC", password).encode(), salt, cost)
