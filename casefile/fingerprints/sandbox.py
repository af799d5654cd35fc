"""Fingerprints of a picture that a stranger sent, computed where a hostile file can do nothing.

The caller's process never decodes: it does not even load a decoder. Bytes travel over a socket, never through a file.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from casefile.errors import PictureError
from casefile.fingerprints.lockdown import Confinement, Limits
from casefile.fingerprints.values import MAX_PICTURE_BYTES, PictureReading
from casefile.vocabulary import PictureFault

SOURCE_ROOT = str(Path(__file__).resolve().parents[2])
_ENVIRONMENT = {
    "PYTHONPATH": SOURCE_ROOT,
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}
"""All of the zygote's environment: one thread, since only then is a fork safe, large pages, since a child that lives
for one picture touches all of its memory for the first time, and none of our settings or secrets."""

_CHUNK = 1 << 16
_PATIENCE_SECONDS = Limits().wall_seconds + 5
_STARTS = 2


class _ZygoteLostError(Exception):
    """The zygote ended before it answered."""


class PictureReader:
    """Reads pictures in short-lived locked-down processes; safe to share between threads.

    At most ``at_once`` pictures are open at a time; further callers wait. The helper process starts with the first
    picture or with ``start``, and again whenever it has died. Make one in each process that reads pictures, after that
    process was forked, and ``close`` it or use it as a context manager.
    """

    def __init__(self, at_once: int = 2) -> None:
        self._slots = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the helper process, so that the first picture does not have to wait for it."""
        with self._lock:
            self._running_control()

    def close(self) -> None:
        """End the helper process. Pictures still being read end as unreadable."""
        with self._lock:
            self._end_zygote()

    def read(self, data: bytes) -> PictureReading:
        """Return what there is to know of a picture; raises ``PictureError`` if it is refused, broken or too slow."""
        if len(data) > MAX_PICTURE_BYTES:
            raise PictureError(PictureFault.TOO_LARGE)
        answer = self._ask(data)
        if "fault" in answer:
            raise PictureError(PictureFault(answer["fault"]))
        return PictureReading.from_json(answer)

    def confinement(self) -> Confinement:
        """Say which locks hold on this machine, as a child that has just locked itself down reports them.

        Raises ``PictureError`` if no child can be started at all.
        """
        answer = self._ask(b"")
        if "locks" not in answer:
            raise PictureError(PictureFault(answer["fault"]))
        return Confinement(**answer["locks"])

    def _ask(self, data: bytes) -> dict[str, Any]:
        with self._slots:
            for _ in range(_STARTS):
                try:
                    return self._converse(data)
                except _ZygoteLostError:
                    continue
        return {"fault": PictureFault.UNREADABLE.value}

    def _converse(self, data: bytes) -> dict[str, Any]:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._hand_over(theirs)
            ours.settimeout(_PATIENCE_SECONDS)
            try:
                send_all(ours, data)
                heard = hear_out(ours)
            except TimeoutError:
                return {"fault": PictureFault.TOO_SLOW.value}
        if not heard:
            raise _ZygoteLostError
        answer: dict[str, Any] = json.loads(heard)
        return answer

    def _hand_over(self, connection: socket.socket) -> None:
        with self._lock:
            control = self._running_control()
            try:
                socket.send_fds(control, [b"+"], [connection.fileno()])
            except OSError:
                self._end_zygote()
                raise _ZygoteLostError from None

    def _running_control(self) -> socket.socket:
        """Return the socket to a zygote that is alive as far as we know, starting one if need be."""
        if self._zygote is not None and self._zygote.poll() is not None:
            self._end_zygote()
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._zygote = subprocess.Popen(  # noqa: S603 - our own module, with a number of our own making
                    [sys.executable, "-P", "-m", "casefile.fingerprints.zygote", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=_ENVIRONMENT,
                    pass_fds=(theirs.fileno(),),
                )
        return self._control

    def _end_zygote(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._zygote is not None:
            self._zygote.terminate()
            self._zygote.wait()
            self._zygote = None


def send_all(connection: socket.socket, data: bytes) -> None:
    """Send to the end; a reader that has already gone is no error here, for its answer may still lie waiting."""
    try:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
    except TimeoutError:
        raise
    except OSError:
        return


def hear_out(connection: socket.socket) -> bytes:
    """Everything that the other end sends until it closes. Raises ``TimeoutError``."""
    heard = bytearray()
    try:
        while chunk := connection.recv(_CHUNK):
            heard += chunk
    except ConnectionError:
        return bytes(heard)
    return bytes(heard)
