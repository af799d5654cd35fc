"""``python -m casefile.fingerprints.page FD``: a picture comes on a socket, a sheet of its text lines goes back.

The process locks itself down before it reads a byte. For what is no picture, or has no text line, it says
nothing and ends with status 1.
"""

from __future__ import annotations

import os
import socket
import sys
from io import BytesIO

from PIL import Image

from casefile.errors import PictureError
from casefile.fingerprints.gate import MAX_PIXELS, open_picture
from casefile.fingerprints.lockdown import Limits, lock_down
from casefile.fingerprints.raster import page_raster
from casefile.fingerprints.sheet import lay_out_lines
from casefile.fingerprints.upright import level_text
from casefile.fingerprints.values import MAX_PICTURE_BYTES

_CHUNK = 1 << 20
_WALL_SECONDS = 60.0
"""Longer than for a reporter who waits: this process gives way to all others."""


def main() -> int:
    """Read, turn, write."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
    _load_decoders()
    connection = socket.socket(fileno=int(sys.argv[1]))
    lock_down(Limits(wall_seconds=_WALL_SECONDS))
    data = bytearray()
    while len(data) <= MAX_PICTURE_BYTES and (chunk := connection.recv(_CHUNK)):
        data += chunk
    try:
        sheet = lay_out_lines(level_text(page_raster(open_picture(bytes(data)))))
    except (PictureError, MemoryError):
        sheet = None
    if sheet is None:
        return 1
    connection.sendall(sheet.to_bytes())
    return 0


def _load_decoders() -> None:
    """A locked process can import nothing, so every format is read once before."""
    for decoder in ("JPEG", "PNG", "WEBP"):
        drawn = BytesIO()
        Image.linear_gradient("L").resize((64, 64)).convert("RGB").save(drawn, decoder)
        level_text(page_raster(open_picture(drawn.getvalue())))


if __name__ == "__main__":
    os._exit(main())
