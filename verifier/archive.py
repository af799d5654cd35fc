"""The one form that a bundle's ZIP has: stored, sorted by name, dated 1980-01-01, mode 0644, nothing else.

Same files, same bytes, on any machine. Reading is strict: the archive is taken apart and built again, and must be
equal. So no bit of a header, of the directory or between entries can change unseen (PKWARE APPNOTE 6.3.10, 4.3).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable

from verifier.findings import Fault

Entry = tuple[str, bytes]

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK = b"PK\x03\x04"
_VERSION = 20
_MADE_BY_UNIX = 3 << 8 | _VERSION
_FIRST_DAY = 1 << 5 | 1
"""1980-01-01 as MS-DOS counts days."""
_REGULAR_0644 = 0o100644 << 16
_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?"
_SAFE_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
"""No part begins with a dot, or ends with one: Windows would drop it."""


def write_archive(entries: Iterable[Entry]) -> bytes:
    """The ZIP of ``(name, content)`` pairs, sorted by name. Names are ASCII; everything together stays below 4 GiB."""
    files, directory, count = bytearray(), bytearray(), 0
    for name, content in sorted(entries):
        encoded = name.encode("ascii")
        sizes = (zlib.crc32(content), len(content), len(content))
        offset = len(files)
        files += _LOCAL.pack(_LOCAL_MARK, _VERSION, 0, 0, 0, _FIRST_DAY, *sizes, len(encoded), 0)
        files += encoded + content
        directory += _CENTRAL.pack(
            *(b"PK\x01\x02", _MADE_BY_UNIX, _VERSION, 0, 0, 0, _FIRST_DAY),
            *sizes,
            *(len(encoded), 0, 0, 0, 0, _REGULAR_0644, offset),
        )
        directory += encoded
        count += 1
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(files), 0)
    return bytes(files + directory + end)


def read_archive(archive: bytes) -> dict[str, bytes]:
    """The contents by name, after all of the archive has been checked. Raises ``Fault`` with the first deviation."""
    entries = _read_entries(archive)
    if not entries:
        raise Fault("not_zip")
    _check_names(entries)
    if write_archive(entries) != archive:
        raise Fault("zip_form")
    return dict(entries)


def _read_entries(archive: bytes) -> list[Entry]:
    entries, position = [], 0
    while archive[position : position + len(_LOCAL_MARK)] == _LOCAL_MARK:
        header = archive[position : position + _LOCAL.size]
        if len(header) < _LOCAL.size:
            raise Fault("zip_cut")
        *_, flags, method, _, _, checksum, size, _, name_length, extra_length = _LOCAL.unpack(header)
        if flags or method or extra_length:
            raise Fault("zip_repacked")
        start = position + _LOCAL.size
        content_start = start + name_length
        name = archive[start:content_start].decode("latin-1")
        content = archive[content_start : content_start + size]
        position = content_start + size
        if position > len(archive):
            raise Fault("zip_cut")
        if zlib.crc32(content) != checksum:
            raise Fault("file_damaged", name=name)
        entries.append((name, content))
    return entries


def _check_names(entries: list[Entry]) -> None:
    seen = set()
    for name, _ in entries:
        if not _SAFE_NAME.fullmatch(name):
            raise Fault("name_dangerous", name=name)
        if name.lower() in seen:
            raise Fault("name_twice", name=name)
        seen.add(name.lower())
