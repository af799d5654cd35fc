"""The little of DER (X.690) that is needed to put the certificates of a timestamp in order."""

from __future__ import annotations

_LONG = 0x80
_CERTIFICATES = 0xA0
_TO_SIGNED_DATA = (0, 1, 1, 0)
"""In a TimeStampResp (RFC 3161): the response, its token, the token's content, the SignedData in it (RFC 5652)."""


def sort_certificates(reply: bytes) -> bytes:
    """The same reply with its certificates as DER wants a SET OF: ascending by their bytes.

    OpenSSL writes them as they come, and strict readers refuse that. No signature covers the field. What is not such a
    reply comes back as it was.
    """
    try:
        start, end = 0, len(reply)
        for place in _TO_SIGNED_DATA:
            _, start, end = _elements(reply, start, end)[place]
        fields = _elements(reply, start, end)
        begin, stop = next((first, last) for at, first, last in fields if reply[at] == _CERTIFICATES)
        found = _elements(reply, begin, stop)
    except (IndexError, StopIteration, ValueError):
        return reply
    return reply[:begin] + b"".join(sorted(reply[at:last] for at, _, last in found)) + reply[stop:]


def _elements(data: bytes, start: int, end: int) -> list[tuple[int, int, int]]:
    """Where each element between ``start`` and ``end`` begins, where its content begins, and where it ends."""
    found = []
    while start < end:
        size, content = data[start + 1], start + 2
        if size >= _LONG:
            content += size - _LONG
            size = int.from_bytes(data[start + 2 : content], "big")
        if content + size > end:
            raise ValueError
        found.append((start, content, content + size))
        start = content + size
    return found
