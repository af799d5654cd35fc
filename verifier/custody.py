"""The custody log inside a bundle: every line follows from the one before it (formula of docs/bundle.md)."""

from __future__ import annotations

import hashlib
import json
import re
from typing import NamedTuple
from uuid import UUID

from verifier.findings import Fault

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_TEXT = r'"(?:[^"\\\x00-\x1f]|\\.)+"'
_LINE = re.compile(
    rf'\{{"report": "({_UUID})", "number": ([1-9][0-9]{{0,8}}), "previous": "([0-9a-f]{{64}})",'
    rf' "body": ({_TEXT}), "digest": "([0-9a-f]{{64}})"\}}'
)
"""The one form that Suluh writes, so that no two readers of JSON can understand a line differently."""
_GENESIS = bytes(32)


class Head(NamedTuple):
    """Where a chain ends: the number of its last entry, and that entry's digest as lower-case hex."""

    length: int
    digest: str


class Entry(NamedTuple):
    """One line."""

    report: str
    number: int
    previous: str
    body: bytes
    digest: str


def check_log(log: bytes) -> dict[str, Head]:
    """The head of every report's chain, by report id. Raises ``Fault`` with the first entry that does not follow."""
    heads: dict[str, Head] = {}
    lines = log.split(b"\n")
    for position, line in enumerate(lines[:-1], start=1):
        entry = _read(line, position)
        before = heads.get(entry.report, Head(0, _GENESIS.hex()))
        expected = _digest(UUID(entry.report), before, entry.body)
        if (entry.number, entry.previous, entry.digest) != (before.length + 1, before.digest, expected):
            raise Fault("custody_breaks", line=position, number=entry.number)
        heads[entry.report] = Head(before.length + 1, expected)
    if lines[-1]:
        raise Fault("custody_cut")
    return heads


def _digest(report: UUID, before: Head, body: bytes) -> str:
    return hashlib.sha256(
        b"\x00SULUH-CUSTODY1"
        + report.bytes
        + (before.length + 1).to_bytes(8, "big")
        + bytes.fromhex(before.digest)
        + len(body).to_bytes(8, "big")
        + body
    ).hexdigest()


def _read(line: bytes, position: int) -> Entry:
    try:
        match = _LINE.fullmatch(line.decode())
        if match is None:
            raise ValueError
        report, number, previous, body, digest = match.groups()
        return Entry(report, int(number), previous, json.loads(body).encode(), digest)
    except ValueError:
        raise Fault("custody_line", line=position) from None
