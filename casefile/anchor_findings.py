"""What a check of the custody log and its anchors can find."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Fault(StrEnum):
    """What can be wrong."""

    ENTRY = "entry"
    CHANGED = "changed"
    SHORT = "short"
    CHAIN_GONE = "chain_gone"
    ROOT = "root"
    SIGNATURE = "signature"
    STRANGER = "stranger"
    SIGNATURE_GONE = "signature_gone"
    STAMP = "stamp"
    ANCHOR_GONE = "anchor_gone"
    ANCHOR_UNLOGGED = "anchor_unlogged"
    SHEET_UNKNOWN = "sheet_unknown"
    SHEET_DIFFERS = "sheet_differs"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, in which chain, at which entry, on which anchor's day; ``why`` where a check says it.

    ``number`` is the first bad entry. A chain that was written anew has no first one to be seen: it lies after
    ``last_good`` and not after ``number``.
    """

    fault: Fault
    chain: UUID | None = None
    number: int = 0
    last_good: int = 0
    day: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Trust:
    """By what anchors are judged: the office's 32-byte signing keys, and the authority's certificates (PEM) or None."""

    signing_keys: frozenset[bytes]
    certificates: bytes | None = None


@dataclass
class Outcome:
    """What was found. ``broken``: the first fault of each chain and anchor. The rest is to be known, and no fault."""

    chains: int = 0
    entries: int = 0
    anchors: int = 0
    broken: list[Finding] = field(default_factory=list)
    missing_days: list[date] = field(default_factory=list)
    late: list[date] = field(default_factory=list)
    unsigned: list[date] = field(default_factory=list)
    unstamped: list[date] = field(default_factory=list)
    stamped_late: list[date] = field(default_factory=list)
    unchecked_stamps: int = 0
