"""The process that forks one locked-down child for each picture: ``python -m casefile.fingerprints.zygote FD``.

It is started before the first picture and has one thread, so that forking is safe; it loads the decoders once, so that
a child has nothing left to load. On ``FD``, a Unix stream socket, it receives sockets, one a picture, and hands each
to a new child. The child locks itself down, reads the picture to the end of the stream and writes one JSON object:
``{"locks": {...}, "fingerprints": {...}, "descriptions": "...", "insets": [...]}`` or ``{"locks": {...}, "fault":
"..."}``. For a child that dies without a word the zygote writes the fault, so the one who waits always gets an answer.
It ends when ``FD`` closes.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
from dataclasses import asdict
from io import BytesIO

from PIL import Image

from casefile.errors import PictureError
from casefile.fingerprints.gate import MAX_PIXELS
from casefile.fingerprints.lockdown import Limits, lock_down
from casefile.fingerprints.picture import read_picture
from casefile.fingerprints.values import MAX_PICTURE_BYTES
from casefile.vocabulary import PictureFault

_CHUNK = 1 << 20
_WARM_UP_SIDE = 64
_TIME_SIGNALS = frozenset({signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL})


def main() -> None:
    """Serve until the other end of the control socket is closed."""
    control = socket.socket(fileno=int(sys.argv[1]))
    _load_decoders()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waiting: dict[int, socket.socket] = {}
    with _death_notices() as deaths:
        while True:
            ready, _, _ = select.select([control, deaths], [], [])
            if deaths in ready:
                deaths.recv(_CHUNK)
                _bury(waiting)
            if control in ready and not _take_one(control, waiting):
                return


def _load_decoders() -> None:
    """Fingerprint a drawn picture in every format: a locked child can import nothing.

    Pillow gives up at twice ``MAX_IMAGE_PIXELS``, and for WebP that is before it reserves memory for the canvas.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
    blank = Image.linear_gradient("L").resize((_WARM_UP_SIDE, _WARM_UP_SIDE))
    for decoder in ("JPEG", "PNG", "WEBP"):
        drawn = BytesIO()
        blank.convert("RGB").save(drawn, decoder)
        read_picture(drawn.getvalue())


def _death_notices() -> socket.socket:
    """Return a socket that becomes readable when a child ends."""
    read_end, write_end = socket.socketpair()
    for end in (read_end, write_end):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(write_end.detach(), warn_on_full_buffer=False)
    return read_end


def _take_one(control: socket.socket, waiting: dict[int, socket.socket]) -> bool:
    """Fork a child for the next picture; False when nobody will send one any more."""
    message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    if not message:
        return False
    for descriptor in descriptors:
        connection = socket.socket(fileno=descriptor)
        child = os.fork()
        if child == 0:
            _become_reader(connection)
        waiting[child] = connection
    return True


def _become_reader(connection: socket.socket) -> None:
    """Never returns. Whatever goes wrong, no traceback is printed: it could hold a piece of the picture."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        kept = os.dup2(connection.detach(), 3)
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        with socket.socket(fileno=kept) as picture:
            locks = asdict(lock_down(Limits()))
            picture.sendall(json.dumps({"locks": locks, **_answer(_receive(picture))}).encode())
            status = 0
    finally:
        os._exit(status)


def _receive(connection: socket.socket) -> bytes:
    data = bytearray()
    while len(data) <= MAX_PICTURE_BYTES and (chunk := connection.recv(_CHUNK)):
        data += chunk
    return bytes(data)


def _answer(data: bytes) -> dict[str, object]:
    try:
        return read_picture(data).to_json()
    except PictureError as error:
        return {"fault": error.fault.value}
    except MemoryError:
        return {"fault": PictureFault.TOO_MANY_PIXELS.value}


def _bury(waiting: dict[int, socket.socket]) -> None:
    """Collect every child that has ended and answer for those that did not answer themselves."""
    for child in list(waiting):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended == 0:
            continue
        with waiting.pop(child) as connection:
            if status != 0:
                _report_death(connection, status)


def _report_death(connection: socket.socket, status: int) -> None:
    out_of_time = os.WIFSIGNALED(status) and os.WTERMSIG(status) in _TIME_SIGNALS
    fault = PictureFault.TOO_SLOW if out_of_time else PictureFault.UNREADABLE
    connection.setblocking(False)
    try:
        connection.sendall(json.dumps({"fault": fault.value}).encode())
    except OSError:
        return


if __name__ == "__main__":
    main()
