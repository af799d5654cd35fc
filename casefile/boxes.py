"""The primitives of SULUH1, the sealing scheme: one key pair format, two kinds of box, padding, derivation.

Everything is bytes in, bytes out. HPKE follows RFC 9180 with the ML-KEM-768 + X25519 hybrid, HKDF-SHA256 and
ChaCha20-Poly1305 (RFC 8439). HPKE does not say who sealed; that anyone may write to the office is intended.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casefile.errors import SealingError, UnsealError

KEY_BYTES = 32
SEED_BYTES = 96
KID_BYTES = 16

_SCHEME = b"SULUH1"
_MLKEM_SEED_BYTES = 64
_MLKEM_PUBLIC_BYTES = 1184
_NONCE_BYTES = 12
_LENGTH_BYTES = 4

SUITE_ID = b"\x01"
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def lp(*parts: bytes) -> bytes:
    """Concatenates ``u32be(len) || part``, so that no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in parts)


def derive(root: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """``length`` bytes by HKDF-SHA256 (RFC 5869) from a uniformly random ``root``, for one named purpose."""
    info = _SCHEME + b"|" + purpose.encode()
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive(root)


@dataclass(frozen=True, repr=False)
class PublicKey:
    """1,216 bytes: an ML-KEM-768 key (1,184), an X25519 key (32). Raises ``SealingError`` on anything else."""

    raw: bytes

    def __post_init__(self) -> None:
        try:
            self._for_hpke()
        except ValueError:
            raise SealingError("these bytes are not a public key") from None

    def __repr__(self) -> str:
        return f"PublicKey(kid={self.kid.hex()})"

    @property
    def kid(self) -> bytes:
        """16 bytes that name this key; short enough to compare aloud."""
        return hashlib.sha256(_SCHEME + b"|pub|" + self.raw).digest()[:KID_BYTES]

    def to_text(self) -> str:
        """Base64 on one line."""
        return base64.b64encode(self.raw).decode()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The inverse of ``to_text``. Raises ``SealingError``."""
        try:
            raw = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise SealingError("a public key is written in base64") from None
        return cls(raw)

    def _for_hpke(self) -> MLKEM768X25519PublicKey:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.raw[:_MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(self.raw[_MLKEM_PUBLIC_BYTES:]),
        )

    def encrypt(self, secret: bytes, info: bytes) -> bytes:
        """HPKE base mode, single shot: encapsulated key and ciphertext. Raises ``SealingError``."""
        try:
            return _SUITE.encrypt(secret, self._for_hpke(), info=info)
        except ValueError:
            raise SealingError("this public key cannot be sealed to") from None


class KeyPair:
    """A private key with its public half. Shows nothing of itself in ``repr``."""

    __slots__ = ("_private", "_seed", "public")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise SealingError(f"a key pair's seed has {SEED_BYTES} bytes, not {len(seed)}")
        mlkem = MLKEM768PrivateKey.from_seed_bytes(seed[:_MLKEM_SEED_BYTES])
        x25519 = X25519PrivateKey.from_private_bytes(seed[_MLKEM_SEED_BYTES:])
        self._seed = bytes(seed)
        self._private = MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public = PublicKey(mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw())

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """From 96 secret bytes: 64 of ML-KEM-768, 32 of X25519. Raises ``SealingError`` on another length."""
        return cls(seed)

    @classmethod
    def generate(cls) -> Self:
        """A new pair from the system's random source."""
        return cls(secrets.token_bytes(SEED_BYTES))

    @property
    def seed(self) -> bytes:
        """The 96 secret bytes that ``from_seed`` takes."""
        return self._seed

    def __repr__(self) -> str:
        return "KeyPair(<hidden>)"

    def decrypt(self, sealed: bytes, info: bytes) -> bytes:
        """The inverse of ``PublicKey.encrypt``. Raises ``UnsealError``."""
        try:
            return _SUITE.decrypt(sealed, self._private, info=info)
        except InvalidTag:
            raise UnsealError("does not open with this key in this place") from None


def wrap(public: PublicKey, secret: bytes, role: str, *context: bytes) -> bytes:
    """Seals ``secret`` so that only the holder of the private half opens it, in this role and context only.

    Out: one byte that names the suite, then the HPKE ciphertext; 1,137 bytes longer than ``secret``.
    """
    return SUITE_ID + public.encrypt(secret, _wrap_info(public, role, context))


def unwrap(pair: KeyPair, wrapped: bytes, role: str, *context: bytes) -> bytes:
    """The inverse of ``wrap``. ``UnsealError`` for another key, role, context, suite or altered bytes."""
    if wrapped[:1] != SUITE_ID:
        raise UnsealError("sealed with an unknown suite")
    return pair.decrypt(wrapped[1:], _wrap_info(pair.public, role, context))


def _wrap_info(public: PublicKey, role: str, context: tuple[bytes, ...]) -> bytes:
    return lp(_SCHEME, b"wrap", role.encode(), public.kid, *context)


def box(key: bytes, plaintext: bytes, *aad: bytes) -> bytes:
    """Seals under a 32-byte key, bound to ``aad``: ``nonce (12) || ChaCha20-Poly1305``; 28 bytes longer.

    Nonces are random: seal fewer than 2**32 boxes under one key.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, lp(_SCHEME, *aad))


def unbox(key: bytes, sealed: bytes, *aad: bytes) -> bytes:
    """The inverse of ``box``. Raises ``UnsealError``."""
    nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, lp(_SCHEME, *aad))
    except (InvalidTag, ValueError):
        raise UnsealError("does not open with this key in this place") from None


def pad(data: bytes, step: int = 4096) -> bytes:
    """``u32be(len) || data || zeros`` up to a multiple of ``step`` bytes, so that sizes tell little."""
    framed = lp(data)
    return framed + bytes(-len(framed) % step)


def unpad(padded: bytes) -> bytes:
    """The inverse of ``pad``. ``UnsealError`` when the length is wrong or the filling is not all zeros."""
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if len(padded) < end or any(padded[end:]):
        raise UnsealError("the padding is damaged")
    return padded[_LENGTH_BYTES:end]
