"""The recovery sheet: 32 random bytes on paper, from which the recovery key pair and the root key follow."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casefile.boxes import KEY_BYTES, SEED_BYTES, KeyPair, derive
from casefile.errors import KeyFileError

_CHECK_BYTES = 3
_GROUP = 4
_GROUPS_PER_LINE = 7
_LOOKALIKES = str.maketrans("018", "OIB")


@dataclass(frozen=True)
class RecoverySheet:
    """Restores everything sealed for recovery and signs new public keys. It never lies on a server."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise KeyFileError(f"a recovery sheet holds {KEY_BYTES} bytes")

    @classmethod
    def generate(cls) -> Self:
        """A new sheet from the system's random source."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def to_text(self) -> str:
        """For print: two lines of seven groups of four base32 characters (RFC 4648), checksum at the end."""
        text = base64.b32encode(self.secret + _checksum(self.secret)).decode()
        groups = [text[start : start + _GROUP] for start in range(0, len(text), _GROUP)]
        return " ".join(groups[:_GROUPS_PER_LINE]) + "\n" + " ".join(groups[_GROUPS_PER_LINE:])

    @classmethod
    def from_text(cls, typed: str) -> Self:
        """Reads what was typed from paper; forgives case, spacing, hyphens and 0, 1, 8 for O, I, B.

        Raises ``KeyFileError`` when the checksum does not fit. The error holds nothing of the sheet.
        """
        text = re.sub(r"[\s.-]+", "", typed).upper().translate(_LOOKALIKES)
        try:
            raw = base64.b32decode(text)
        except (binascii.Error, ValueError):
            raise KeyFileError("this is not the text of a recovery sheet") from None
        secret, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
        if len(secret) != KEY_BYTES or check != _checksum(secret):
            raise KeyFileError("the recovery sheet was not typed correctly")
        return cls(secret)

    def pair(self) -> KeyPair:
        """The recovery key pair; its public half is in every signed key file."""
        return KeyPair.from_seed(derive(self.secret, "recovery", SEED_BYTES))

    def root_key(self) -> Ed25519PrivateKey:
        """The root key that signs the office's public keys."""
        return Ed25519PrivateKey.from_private_bytes(derive(self.secret, "root"))


def _checksum(secret: bytes) -> bytes:
    return hashlib.sha256(b"SULUH1|sheet|" + secret).digest()[:_CHECK_BYTES]
