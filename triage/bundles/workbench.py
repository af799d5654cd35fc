"""What the builder's process holds while it lives: database, key pair, timestamp authority. A job finds it here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from casefile.boxes import KeyPair
from casefile.keyring import OfficePublicKeys, load_public_keys
from casefile.timestamping import TimestampAuthority


@dataclass(frozen=True)
class Workbench:
    """``pair`` exists in this process alone. ``authority`` is None where no timestamps are asked for."""

    engine: Engine
    pair: KeyPair = field(repr=False)
    public_keys: Path
    root_key: bytes
    authority: TimestampAuthority | None = None

    def office(self) -> OfficePublicKeys:
        """The office's public keys of today. Raises ``KeyFileError``."""
        return load_public_keys(self.public_keys, self.root_key)


_installed: list[Workbench] = []


def install(bench: Workbench) -> None:
    """Make ``bench`` the one that jobs of this process use."""
    _installed[:] = [bench]


def installed() -> Workbench:
    """The process's workbench. Raises ``RuntimeError`` before ``install``."""
    if not _installed:
        raise RuntimeError("no workbench is installed in this process")
    return _installed[0]
