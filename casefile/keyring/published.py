"""The office's public keys: one text file, JSON followed by an SSH signature of the offline root key.

Intake reads this file, pinned to the root at deployment, and never the database: whoever can write to the
database could otherwise put a key of their own there and read every new report.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casefile.boxes import PublicKey
from casefile.errors import KeyFileError, SealingError, SignatureError
from casefile.sshsig import BEGIN, public_from_line, public_line, sign, verify

KEYS_NAMESPACE = "suluh-keys@v1"

_SIGNING_BYTES = 32


@dataclass(frozen=True)
class OfficePublicKeys:
    """The public halves of one epoch. ``signing`` is its 32-byte Ed25519 key for bundles and daily roots."""

    epoch: int
    office: PublicKey
    recovery: PublicKey
    worker: PublicKey
    signing: bytes
    issued_on: date


def write_public_keys(path: Path, keys: OfficePublicKeys, root_private: Ed25519PrivateKey) -> None:
    """Signs and writes the file in one step: a reader sees the old one or the new one, never half of one."""
    body = _to_json(keys)
    _replace(path, body + sign(root_private, body.encode(), KEYS_NAMESPACE))


def load_public_keys(path: Path, root_public: bytes) -> OfficePublicKeys:
    """The keys in ``path``, signed by the 32-byte ``root_public``.

    Raises ``KeyFileError`` when the file is missing, unsigned, signed by another key, altered or malformed.
    An older file with a good signature is still good: compare ``epoch`` where that matters.
    """
    text = _read(path)
    start = text.find(BEGIN)
    if start < 0:
        raise KeyFileError(f"the public keys in {path.name} are not signed")
    body, armored = text[:start], text[start:]
    try:
        verify(armored, body.encode(), KEYS_NAMESPACE, Ed25519PublicKey.from_public_bytes(root_public))
    except SignatureError as error:
        raise KeyFileError(f"the public keys in {path.name} are not the root key's: {error}") from None
    try:
        return _from_json(body)
    except (KeyError, TypeError, ValueError, SealingError):
        raise KeyFileError(f"the public keys in {path.name} are signed but malformed") from None


def write_root_key(path: Path, root_public: Ed25519PublicKey) -> None:
    """The root's public key as an OpenSSH ``.pub`` line, to be pinned at deployment."""
    _replace(path, public_line(root_public, "suluh-root") + "\n")


def load_root_key(path: Path) -> bytes:
    """The pinned root key, 32 bytes. ``KeyFileError`` when the file is missing or holds no such key."""
    try:
        return public_from_line(_read(path)).public_bytes_raw()
    except SignatureError as error:
        raise KeyFileError(f"the root key in {path.name} cannot be used: {error}") from None


def _to_json(keys: OfficePublicKeys) -> str:
    fields = {
        "epoch": keys.epoch,
        "issued_on": keys.issued_on.isoformat(),
        "office": keys.office.to_text(),
        "recovery": keys.recovery.to_text(),
        "signing": base64.b64encode(keys.signing).decode(),
        "worker": keys.worker.to_text(),
    }
    return json.dumps(fields, indent=1) + "\n"


def _from_json(body: str) -> OfficePublicKeys:
    fields = json.loads(body)
    signing = base64.b64decode(fields["signing"], validate=True)
    if len(signing) != _SIGNING_BYTES or not isinstance(fields["epoch"], int):
        raise ValueError
    return OfficePublicKeys(
        epoch=fields["epoch"],
        office=PublicKey.from_text(fields["office"]),
        recovery=PublicKey.from_text(fields["recovery"]),
        worker=PublicKey.from_text(fields["worker"]),
        signing=signing,
        issued_on=date.fromisoformat(fields["issued_on"]),
    )


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise KeyFileError(f"the key file {path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise KeyFileError(f"the key file {path.name} is not text") from None


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    temporary.write_bytes(text.encode())
    temporary.chmod(0o644)
    os.replace(temporary, path)
