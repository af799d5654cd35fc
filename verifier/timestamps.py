"""Timestamps (RFC 3161): what a token says, and for which bytes. The maker's own signature is left to ``openssl ts``.

Reads DER (ITU-T X.690) as far as a ``TimeStampResp`` needs it.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from verifier.findings import Fault

_SEQUENCE, _SET, _TIME, _ATTRIBUTES = 0x30, 0x31, 0x18, 0xA0
_GRANTED = (b"\x00", b"\x01")
"""PKIStatus granted, and granted with modifications."""
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TIMESTAMP_INFO = bytes.fromhex("2a864886f70d0109100104")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_SHA256 = bytes.fromhex("608648016503040201")
_DIGESTS = {
    bytes.fromhex("2b0e03021a"): "sha1",
    _SHA256: "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_LONG_FORM = 0x80
_MOST_LENGTH_BYTES = 4
_TIME_DIGITS = 14


class Element(NamedTuple):
    """One DER element."""

    tag: int
    content: bytes


def read_stamp(token: bytes, message: bytes) -> str:
    """The time at which ``message`` was stamped, ``2026-11-23 05:00:00`` (UTC).

    Raises ``Fault`` when the token was not granted, is for other bytes, or does not fit its own signed digest.
    """
    try:
        return _read(token, message)
    except (IndexError, ValueError, KeyError):
        raise Fault("stamp_malformed") from None


def _read(token: bytes, message: bytes) -> str:
    (response,) = _children(token)
    if _at(response.content, 0, 0).content not in _GRANTED:
        raise Fault("stamp_refused")
    signed = _at(response.content, 1, 1, 0).content
    enclosed = _at(signed, 2).content
    kinds = _at(response.content, 1, 0).content, _at(enclosed, 0).content
    stated = _at(enclosed, 1, 0).content
    info = _at(stated, 0).content
    if kinds != (_SIGNED_DATA, _TIMESTAMP_INFO) or _signed_digest(signed, stated) is False:
        raise ValueError
    if _at(info, 2, 0, 0).content != _SHA256 or _at(info, 2, 1).content != hashlib.sha256(message).digest():
        raise Fault("stamp_other")
    return _time(_at(info, 4))


def _signed_digest(signed: bytes, stated: bytes) -> bool:
    """Whether the maker's signed attributes name the digest of what is stated."""
    makers = _children(signed)[-1]
    maker = _children(_children(makers.content)[0].content)
    if makers.tag != _SET or maker[3].tag != _ATTRIBUTES:
        return False
    digest = hashlib.new(_DIGESTS[_at(maker[2].content, 0).content], stated).digest()
    named = [_children(attribute.content) for attribute in _children(maker[3].content)]
    values = [_children(value.content)[0].content for kind, value in named if kind.content == _MESSAGE_DIGEST]
    return values == [digest]


def _time(element: Element) -> str:
    digits = element.content[:_TIME_DIGITS].decode("ascii")
    if element.tag != _TIME or len(digits) != _TIME_DIGITS or not digits.isdigit():
        raise ValueError
    parts = [digits[0:4], *(digits[start : start + 2] for start in range(4, _TIME_DIGITS, 2))]
    return "{}-{}-{} {}:{}:{}".format(*parts)


def _at(content: bytes, *path: int) -> Element:
    """The element that the numbers lead to, each counting the children of the one before."""
    element = Element(_SEQUENCE, content)
    for place in path:
        element = _children(element.content)[place]
    return element


def _children(content: bytes) -> list[Element]:
    found, position = [], 0
    while position < len(content):
        tag, length = content[position], content[position + 1]
        position += 2
        if length >= _LONG_FORM:
            count = length - _LONG_FORM
            if not 1 <= count <= _MOST_LENGTH_BYTES:
                raise ValueError
            length = int.from_bytes(content[position : position + count], "big")
            position += count
        if position + length > len(content):
            raise ValueError
        found.append(Element(tag, content[position : position + length]))
        position += length
    return found
