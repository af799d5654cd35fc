"""One running Suluh for each data folder, and ports that are free before anything starts."""

from __future__ import annotations

import errno
import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from operations.environment import Office
from operations.errors import StartError


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Holds the data folder. Raises ``StartError`` while another process, or a child that it left, holds it."""
    with (data_dir / "running.lock").open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(
                f"Suluh is already running on {data_dir}: stop it first, or set SULUH_DATA_DIR to another folder."
            ) from None
        yield


def check_ports(office: Office) -> None:
    """Raises ``StartError`` when portal or desk could not listen, naming the variable to change."""
    _check_port("SULUH_INTAKE_PORT", office.intake.host, office.intake.port)
    _check_port("SULUH_TRIAGE_PORT", office.triage.host, office.triage.port)


def _check_port(variable: str, host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartError(_explain(error, variable, host, port)) from None


def _explain(error: OSError, variable: str, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: stop the program that uses it, or set {variable} to another port."
    if error.errno == errno.EACCES:
        return f"Port {port} is not allowed for this user: set {variable} to a port from 1024."
    return f"{host} is not an address of this machine ({error.strerror}): set SULUH_HOST."
