"""What crosses between desk and builder, as sealed bytes: what a bundle is made of, and the finished package.

The first is sealed to the builder's key, which exists in the builder's memory alone; the second to the office.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casefile.boxes import KeyPair, PublicKey, lp, pad, unpad, unwrap, wrap
from casefile.contents import decode_json, encode_json
from casefile.errors import UnsealError
from triage.bundles.annex import Annex
from triage.bundles.facts import BundleFacts, decode_facts, encode_facts

BUILD_ROLE = "bundle-build"
_STEP = 4096
_LENGTH = 4


@dataclass(frozen=True)
class Material:
    """What the builder works with."""

    facts: BundleFacts = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)
    annex: Annex | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Package:
    """A finished file: ``content`` is encrypted, ``passphrase`` opens it unless it is empty (an age key does then).

    ``sheet`` is the PDF that is signed when the file changes hands.
    """

    name: str
    content: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    sheet: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        """One string of bytes."""
        return lp(self.name.encode(), self.passphrase.encode(), self.sheet, self.content)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError``."""
        name, passphrase, sheet, content = _split(stored)
        return cls(name.decode(), content, passphrase.decode(), sheet)


def seal_material(builder: PublicKey, material: Material, build_id: UUID) -> bytes:
    """For this builder and this build only."""
    annex = encode_json(material.annex.to_values() if material.annex else None)
    packed = lp(material.signing.private_bytes_raw(), annex, encode_facts(material.facts))
    return wrap(builder, pad(packed, _STEP), BUILD_ROLE, build_id.bytes)


def open_material(pair: KeyPair, box: bytes, build_id: UUID) -> Material:
    """The inverse of ``seal_material``. Raises ``UnsealError`` for another builder's, another build's, or damage."""
    opened = unpad(unwrap(pair, box, BUILD_ROLE, build_id.bytes))
    try:
        signing, annex, facts = _split(opened)
        typed = decode_json(annex)
        return Material(
            decode_facts(facts),
            Ed25519PrivateKey.from_private_bytes(signing),
            Annex.from_values(typed) if typed else None,
        )
    except (ValueError, KeyError, TypeError):
        raise UnsealError("what a bundle is made of does not open") from None


def _split(packed: bytes) -> list[bytes]:
    """The inverse of ``lp``. Raises ``ValueError``."""
    parts, at = [], 0
    while at < len(packed):
        end = at + _LENGTH + int.from_bytes(packed[at : at + _LENGTH], "big")
        if end > len(packed):
            raise ValueError("a part is cut off")
        parts.append(packed[at + _LENGTH : end])
        at = end
    return parts
