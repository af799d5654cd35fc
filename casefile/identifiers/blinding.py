"""Two keyed steps from a canonical identifier to the tag that is compared.

One Indonesian mobile block can be tried through in minutes on one core, so a single key in a thief's hands would turn
the table into a phone book. Intake holds k1 and never sees a tag; the worker holds k2 and never sees an identifier.
"""

from __future__ import annotations

import hashlib
import hmac

from casefile.identifiers.forms import Identifier
from casefile.vocabulary import IdentifierKind

TAG_BYTES = 16
_KEY_BYTES = 32
_FIRST = "suluh/identifier/first/v1/"
_SECOND = "suluh/identifier/second/v1/"


def blind_first(identifier: Identifier, k1: bytes) -> bytes:
    """Intake's step: 32 bytes, HMAC-SHA256 (RFC 2104) of the canonical form under k1's subkey for its kind.

    ``ValueError`` when ``k1`` is shorter than 32 bytes.
    """
    return _keyed(_subkey(k1, _FIRST, identifier.kind), identifier.canonical.encode())


def blind_second(kind: IdentifierKind, first: bytes, k2: bytes) -> bytes:
    """The worker's step: the 16-byte tag of ``first``, under k2's subkey for ``kind``.

    ``ValueError`` when ``k2`` is shorter than 32 bytes.
    """
    return _keyed(_subkey(k2, _SECOND, kind), first)[:TAG_BYTES]


def _subkey(key: bytes, purpose: str, kind: IdentifierKind) -> bytes:
    if len(key) < _KEY_BYTES:
        raise ValueError(f"a blinding key has at least {_KEY_BYTES} bytes")
    return _keyed(key, (purpose + kind.value).encode())


def _keyed(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()
