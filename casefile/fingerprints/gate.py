"""The only place that opens a picture a stranger sent.

Order matters: length, then magic bytes, then one decoder of three, then the size in the header, and only then pixels.
Decoders that nobody asked for (Pillow knows more than forty, PostScript among them) are never reached.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO

import numpy as np
from PIL import Image, ImageFile

from casefile.errors import PictureError
from casefile.fingerprints.values import MAX_PICTURE_BYTES
from casefile.vocabulary import PictureFault

MAX_PIXELS = 40_000_000
MIN_SIDE = 16
MAX_SIDE = 20_000

_WEBP_HEADER_BYTES = 12
_ISO_MEDIA_BRAND = slice(8, 12)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_EXIF_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise on damaged files."""


def open_picture(data: bytes) -> Image.Image:
    """Return the first frame of a JPEG, PNG or WebP file as it is seen: upright, RGB, transparency on white.

    The result is made of pixels alone: no EXIF, no place, no colour profile, nothing appended to the file. Raises
    ``PictureError`` with the first fault found.
    """
    image = _open_header(data, _sniff(data))
    _check_size(image)
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise PictureError(PictureFault.ANIMATED)
    try:
        image.load()
        flat = _flatten(image)
    except MemoryError:
        raise PictureError(PictureFault.TOO_MANY_PIXELS) from None
    except _DECODER_ERRORS:
        raise PictureError(PictureFault.UNREADABLE) from None
    turn = _TURNS.get(_orientation(image))
    return flat if turn is None else flat.transpose(turn)


def _sniff(data: bytes) -> str:
    """Return the name of the decoder that the first bytes ask for."""
    if not data:
        raise PictureError(PictureFault.EMPTY)
    if len(data) > MAX_PICTURE_BYTES:
        raise PictureError(PictureFault.TOO_LARGE)
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:_WEBP_HEADER_BYTES] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[_ISO_MEDIA_BRAND] in _HEIF_BRANDS:
        raise PictureError(PictureFault.HEIC)
    raise PictureError(PictureFault.NOT_ALLOWED)


def _open_header(data: bytes, decoder: str) -> ImageFile.ImageFile:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(BytesIO(data), formats=(decoder,))
    except (Image.DecompressionBombError, MemoryError):
        raise PictureError(PictureFault.TOO_MANY_PIXELS) from None
    except _DECODER_ERRORS:
        raise PictureError(PictureFault.UNREADABLE) from None


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise PictureError(PictureFault.TOO_MANY_PIXELS)
    if min(width, height) < MIN_SIDE:
        raise PictureError(PictureFault.TOO_SMALL)


def _flatten(image: Image.Image) -> Image.Image:
    """Return a new picture of the pixels alone, transparency on white."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        flat = Image.new("RGB", image.size, "white")
        clear = image if image.mode == "RGBA" else image.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
        return flat
    flat = Image.new("RGB", image.size, None)
    flat.paste(image if image.mode == "RGB" else image.convert("RGB"))
    return flat


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 if there is none or the EXIF block is damaged, as browsers do."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            turn = image.getexif().get(_EXIF_ORIENTATION, 1)
    except _DECODER_ERRORS:
        return 1
    return turn if isinstance(turn, int) else 1
