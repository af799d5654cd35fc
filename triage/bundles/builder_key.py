"""The builder's key pair: made when it starts, kept in its memory; the public half lies in a file for the desk.

Whoever can write that file can have a bundle sealed to a key of their own. So it counts only when it belongs to the
user of the desk and nobody else may read or write it.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casefile.boxes import KeyPair, PublicKey
from casefile.errors import KeyFileError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@contextmanager
def publish_key(path: Path, pair: KeyPair) -> Iterator[None]:
    """Holds the file at ``path`` with the public half, as long as the builder runs; removes it at the end.

    Raises ``KeyFileError`` while another builder holds it, or when it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise KeyFileError(f"{path} cannot be written: {error.strerror}") from None
    try:
        _lock(held, path)
        _write(path, pair.public)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(held)


def read_key(path: Path) -> PublicKey | None:
    """The running builder's public key; None where none runs. Raises ``KeyFileError`` for a file that others may touch.

    A builder that was killed leaves its file: what is sealed to that key cannot be opened, and says so.
    """
    try:
        with path.open(encoding="ascii") as file:
            about = os.fstat(file.fileno())
            text = file.read().strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise KeyFileError(f"{path} cannot be read") from None
    if about.st_uid != os.geteuid() or stat.S_IMODE(about.st_mode) & _OTHERS:
        raise KeyFileError(f"{path} must belong to the desk's user, with mode 0600")
    return PublicKey.from_text(text)


def _lock(held: int, path: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise KeyFileError(f"another builder holds {path}: one is enough, stop it first") from None


def _write(path: Path, public: PublicKey) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(public.to_text())
    fresh.replace(path)
