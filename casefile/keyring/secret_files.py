"""Secrets that a process keeps on its own disk: JSON, mode 0600, in a folder of mode 0700."""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from casefile.boxes import KEY_BYTES, SEED_BYTES, KeyPair, derive
from casefile.errors import KeyFileError
from casefile.stretching import SALT_BYTES

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class IntakeSecrets:
    """The portal's secrets; none of them opens a report.

    ``receipt_pepper`` (32 bytes) keys the receipt tags, ``instance_salt`` (16) their derivation,
    ``identifier_key`` (32) is the first blinding key k1, ``form_key`` (32) signs form tokens.
    """

    receipt_pepper: bytes = field(repr=False)
    instance_salt: bytes = field(repr=False)
    identifier_key: bytes = field(repr=False)
    form_key: bytes = field(repr=False)

    @property
    def sketch_key(self) -> bytes:
        """The 32-byte secret of ``casefile.fingerprints.keying.SketchKey``, from the first blinding key."""
        return derive(self.identifier_key, "picture sketches")

    @classmethod
    def create(cls, path: Path) -> Self:
        """New secrets, written to ``path``. Raises ``KeyFileError`` when a file is there already."""
        fields = {name: secrets.token_bytes(length) for name, length in _INTAKE_LENGTHS.items()}
        _write(path, fields)
        return cls(**fields)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raises ``KeyFileError`` when the file is missing, malformed or open to other users."""
        return cls(**_read(path, _INTAKE_LENGTHS))


@dataclass(frozen=True)
class EntryKeys:
    """What the desk needs of the portal's secrets to take reports; the fields are those of ``IntakeSecrets``.

    None of them opens a report (docs/decisions/0015-staff-entered-reports.md).
    """

    receipt_pepper: bytes = field(repr=False)
    instance_salt: bytes = field(repr=False)
    identifier_key: bytes = field(repr=False)

    @classmethod
    def of(cls, secrets: IntakeSecrets) -> Self:
        """The desk's share."""
        return cls(**{name: getattr(secrets, name) for name in _ENTRY_LENGTHS})

    def save(self, path: Path) -> None:
        """Raises ``KeyFileError`` when a file is there already."""
        _write(path, {name: getattr(self, name) for name in _ENTRY_LENGTHS})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raises ``KeyFileError`` when the file is missing, malformed or open to other users."""
        return cls(**_read(path, _ENTRY_LENGTHS))


@dataclass(frozen=True)
class WorkerSecrets:
    """The worker's key pair for its envelopes; ``identifier_key`` (32 bytes) is the second blinding key k2."""

    pair: KeyPair = field(repr=False)
    identifier_key: bytes = field(repr=False)

    @classmethod
    def create(cls, path: Path) -> Self:
        """New secrets, written to ``path``. Raises ``KeyFileError`` when a file is there already."""
        fields = {name: secrets.token_bytes(length) for name, length in _WORKER_LENGTHS.items()}
        _write(path, fields)
        return cls._from_fields(fields)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raises ``KeyFileError`` when the file is missing, malformed or open to other users."""
        return cls._from_fields(_read(path, _WORKER_LENGTHS))

    @classmethod
    def _from_fields(cls, fields: Mapping[str, bytes]) -> Self:
        return cls(KeyPair.from_seed(fields["seed"]), fields["identifier_key"])


_INTAKE_LENGTHS = {
    "receipt_pepper": KEY_BYTES,
    "instance_salt": SALT_BYTES,
    "identifier_key": KEY_BYTES,
    "form_key": KEY_BYTES,
}
_ENTRY_LENGTHS = {name: length for name, length in _INTAKE_LENGTHS.items() if name != "form_key"}
_WORKER_LENGTHS = {"seed": SEED_BYTES, "identifier_key": KEY_BYTES}


def _write(path: Path, fields: Mapping[str, bytes]) -> None:
    text = json.dumps({name: base64.b64encode(value).decode() for name, value in fields.items()}, indent=1)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_if_open(path.parent, path.parent.stat().st_mode)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileError(f"{path.name} exists already and is not overwritten") from None
    except OSError as error:
        raise KeyFileError(f"{path.name} cannot be written: {error.strerror}") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path, lengths: Mapping[str, int]) -> dict[str, bytes]:
    try:
        _refuse_if_open(path.parent, path.parent.stat().st_mode)
        with path.open(encoding="ascii") as file:
            _refuse_if_open(path, os.fstat(file.fileno()).st_mode)
            text = file.read()
    except OSError as error:
        raise KeyFileError(f"{path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise KeyFileError(f"{path.name} is malformed") from None
    try:
        return _parse(text, lengths)
    except (KeyError, TypeError, ValueError):
        raise KeyFileError(f"{path.name} is malformed") from None


def _refuse_if_open(path: Path, mode: int) -> None:
    if mode & _OTHERS:
        wanted = "0700" if stat.S_ISDIR(mode) else "0600"
        raise KeyFileError(f"{path.name} is open to other users of this machine: set its mode to {wanted}")


def _parse(text: str, lengths: Mapping[str, int]) -> dict[str, bytes]:
    fields = json.loads(text)
    values = {name: base64.b64decode(fields[name], validate=True) for name in lengths}
    if any(len(values[name]) != length for name, length in lengths.items()):
        raise ValueError
    return values
