"""The custody log inside a bundle: every line follows from the one before it (formula of docs/bundle.md)."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, NamedTuple
from uuid import UUID

from verifier.findings import Fault

_DIGEST = re.compile(r"[0-9a-f]{64}")
_GENESIS = bytes(32)


class Head(NamedTuple):
    """Where a chain ends: the number of its last entry, and that entry's digest as lower-case hex."""

    length: int
    digest: str


def check_log(log: bytes) -> dict[str, Head]:
    """The head of every report's chain, by report id. Raises ``Fault`` with the first entry that does not follow."""
    heads: dict[str, Head] = {}
    for position, line in enumerate(log.decode("utf-8", "replace").split("\n")[:-1], start=1):
        entry = _read(line, position)
        report = str(entry["report"])
        before = heads.get(report, Head(0, _GENESIS.hex()))
        expected = _digest(UUID(report), before, entry["body"])
        if (entry["number"], entry["previous"], entry["digest"]) != (before.length + 1, before.digest, expected):
            raise Fault(
                f"Rantai penguasaan putus pada baris {position}, catatan nomor {entry['number']}.",
                f"The custody chain breaks at line {position}, entry number {entry['number']}.",
            )
        heads[report] = Head(before.length + 1, expected)
    return heads


def _digest(report: UUID, before: Head, body: str) -> str:
    encoded = body.encode()
    return (
        hashlib.sha256(
            b"\x00SULUH-CUSTODY1"
            + report.bytes
            + (before.length + 1).to_bytes(8, "big")
            + bytes.fromhex(before.digest)
            + len(encoded).to_bytes(8, "big")
            + encoded
        )
        .digest()
        .hex()
    )


def _read(line: str, position: int) -> dict[str, Any]:
    try:
        entry = json.loads(line)
        ok = (
            set(entry) == {"report", "number", "previous", "body", "digest"}
            and type(entry["number"]) is int
            and len(entry["body"].encode()) > 0
            and all(_DIGEST.fullmatch(entry[name]) for name in ("previous", "digest"))
            and str(UUID(entry["report"])) == entry["report"]
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        ok = False
    if not ok:
        raise Fault(
            f"Baris {position} dari rantai penguasaan tidak bisa dibaca.",
            f"Line {position} of the custody log cannot be read.",
        )
    return dict(entry)
