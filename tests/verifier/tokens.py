"""Timestamps without an authority: the form of RFC 3161, and a signature that nobody made.

Real ones, by OpenSSL, are in ``test_timestamps.py`` and ``tests/triage/test_bundles_tools.py``.
"""

from __future__ import annotations

import hashlib

from tests.verifier.bundles import BUNDLE, Plan, build, files_of, zipped
from verifier.bag import SIGNATURE, TIMESTAMP

TIME, LATER = b"20261123050007Z", b"20261123060007Z"

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_TIMESTAMP_INFO = bytes.fromhex("060b2a864886f70d0109100104")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")


def der(tag: int, *parts: bytes) -> bytes:
    """One DER element."""
    content = b"".join(parts)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 + len(length)]) + length + content


def token_for(message: bytes) -> bytes:
    """A granted response over ``message``."""
    imprint = der(0x30, _SHA256, der(0x04, hashlib.sha256(message).digest()))
    info = der(0x30, der(0x02, b"\x01"), der(0x06, b"\x2a\x03"), imprint, der(0x02, b"\x05"), der(0x18, TIME))
    attributes = der(
        0xA0,
        der(0x30, _CONTENT_TYPE, der(0x31, _TIMESTAMP_INFO)),
        der(0x30, _MESSAGE_DIGEST, der(0x31, der(0x04, hashlib.sha256(info).digest()))),
    )
    maker = der(0x30, der(0x02, b"\x01"), der(0x30), _SHA256, attributes, der(0x30), der(0x04, b"signature"))
    enclosed = der(0x30, _TIMESTAMP_INFO, der(0xA0, der(0x04, info)))
    signed = der(0x30, der(0x02, b"\x03"), der(0x31, _SHA256), enclosed, der(0x31, maker))
    return der(0x30, der(0x30, der(0x02, b"\x00")), der(0x30, _SIGNED_DATA, der(0xA0, signed)))


def later(token: bytes) -> bytes:
    """A token that tells another time; nothing else of it is made to fit."""
    return token.replace(TIME, LATER)


TOKEN = token_for(files_of(BUNDLE)[SIGNATURE])
OTHER_TOKEN = token_for(files_of(build(Plan(made="2026-11-22 12:00:00 WIB")))[SIGNATURE])
REFUSED_TOKEN = der(0x30, der(0x30, der(0x02, b"\x02")))
STAMPED = zipped({**files_of(BUNDLE), TIMESTAMP: TOKEN})
"""``bukti.zip`` stamped while it was built."""
