"""What a reporter's device read of its pictures: strangers' numbers, checked for their form and keyed on arrival.

Nothing here knows whether a reading is true. A forged one can suggest a match to a person and can link nothing
(docs/decisions/0008-readings-of-a-device.md).
"""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Iterable

from casefile.errors import PictureError
from casefile.fingerprints import MAX_PICTURE_BYTES, PictureFingerprints
from casefile.fingerprints.brief import read_brief
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.values import INSET_BYTES
from casefile.pictures import Picture, split_insets
from casefile.vocabulary import FingerprintSource, PictureFault
from intake.forms.pictures import Pictures
from intake.uploads import Taken, take_each

VERSION = 3
WITHOUT_PIECES, WITHOUT_INSETS = 2, 1
"""The versions that pages send which a phone still has from before pieces of lines, and from before insets."""
HEADER = struct.Struct("<B32s32sBHHI")
"""Version, SHA-256, PDQ and its quality, width, height, length of the file. From version 2 on the number of insets
(one byte) and their PDQs follow; then the brief form of descriptions."""
MAX_LETTERS = 16_384
"""Longest reading; those of drawn screenshots take 3,500 letters."""
MAX_PIXELS, MIN_SIDE, MAX_SIDE, BEST_QUALITY = 40_000_000, 16, 20_000, 100
"""What the server takes of a file (casefile/fingerprints/gate.py)."""


def take_readings(held: Pictures, readings: Iterable[str], key: SketchKey) -> Taken:
    """Add each reading to the pictures held, as ``take_pictures`` does; one that has a wrong form harms no other."""
    return take_each(held, readings, lambda text: parse_reading(text, key))


def parse_reading(text: str, key: SketchKey) -> Picture:
    """One picture as a device described it, in base64 with the letters of URLs and without padding.

    Raises ``PictureError`` of ``UNREADABLE`` for any other form; the fault tells nothing of what was sent.
    """
    try:
        packed = _decode(text)
        if len(packed) < HEADER.size:
            raise ValueError("cut off")
        fingerprints = _fingerprints(packed[: HEADER.size])
        insets, brief = _insets(packed[0], packed[HEADER.size :])
        sketches = key.sketch(read_brief(brief, has_pieces=packed[0] >= VERSION))
    except ValueError:
        raise PictureError(PictureFault.UNREADABLE) from None
    return Picture(fingerprints, FingerprintSource.DEVICE, sketches.to_bytes(), insets=insets)


def _decode(text: str) -> bytes:
    if len(text) > MAX_LETTERS:
        raise ValueError("too long")
    padded = text + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None


def _insets(version: int, rest: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """The insets that a reading names, and the brief form, of which nothing is left where they are cut off.

    Raises ``ValueError`` where there are too many.
    """
    if version == WITHOUT_INSETS:
        return (), rest
    length = int.from_bytes(rest[:1]) * INSET_BYTES
    return split_insets(rest[1 : 1 + length]), rest[1 + length :]


def _fingerprints(header: bytes) -> PictureFingerprints:
    version, sha256, pdq, quality, width, height, byte_count = HEADER.unpack(header)
    if version not in (VERSION, WITHOUT_PIECES, WITHOUT_INSETS):
        raise ValueError("of another version")
    if quality > BEST_QUALITY or not 0 < byte_count <= MAX_PICTURE_BYTES:
        raise ValueError("of another form")
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise ValueError("of an impossible size")
    return PictureFingerprints(
        sha256=sha256, pdq=pdq, pdq_quality=quality, phash=None, width=width, height=height, byte_count=byte_count
    )
