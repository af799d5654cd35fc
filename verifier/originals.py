"""Originals that are handed over with a bundle: the same file, an altered copy of one, or neither."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from verifier.contents import Item
from verifier.findings import Finding, State, good, note, say, unchecked

MOST_BITS = 31
LEAST_QUALITY = 50
"""PDQ as its makers publish it and as the office links with: up to 31 of 256 bits differ between pictures that are
nearly the same, and below quality 50 a picture has too little in it for its bits to mean anything."""


class Look(NamedTuple):
    """How a picture looks: its PDQ as hex, and its quality from 0 to 100."""

    pdq: str
    quality: int


class LookAt(Protocol):
    """Opens pictures."""

    def __call__(self, content: bytes, /) -> Look | None:
        """How the picture looks whose bytes these are; None when they are no picture that can be opened."""


class Original(NamedTuple):
    """A file that somebody handed over."""

    name: str
    content: bytes


class Evidence(NamedTuple):
    """What originals are compared with; ``look_at`` is None for a program that opens no pictures."""

    items: Sequence[Item]
    fingerprints: Sequence[Item]
    look_at: LookAt | None


def compare_original(original: Original, evidence: Evidence) -> Iterator[Finding]:
    """What the original is to the bundle: one finding, or one for each item that is the same file."""
    digest = hashlib.sha256(original.content).hexdigest()
    same = [item for item in evidence.items if item.sha256 == digest]
    for item in same:
        yield good("original_same", file=original.name, number=item.number, report=item.report)
    if not same:
        yield _compare_looks(original, evidence)


def _compare_looks(original: Original, evidence: Evidence) -> Finding:
    if not evidence.fingerprints:
        return _absent("original_absent", original)
    if evidence.look_at is None:
        return unchecked("original_other_tool", file=original.name)
    look = evidence.look_at(original.content)
    if look is None:
        return unchecked("original_unreadable", file=original.name)
    if look.quality < LEAST_QUALITY:
        return unchecked("original_plain", file=original.name)
    return _nearest(original, look, evidence.fingerprints)


def _nearest(original: Original, look: Look, fingerprints: Sequence[Item]) -> Finding:
    clear = [(_distance(item.pdq, look.pdq), item) for item in fingerprints if item.quality >= LEAST_QUALITY]
    near = [(bits, item) for bits, item in clear if bits <= MOST_BITS]
    if not near:
        return _absent("original_apart", original)
    item = min(near, key=lambda found: found[0])[1]
    return note("original_near", file=original.name, number=item.number, report=item.report, most=MOST_BITS)


def _absent(code: str, original: Original) -> Finding:
    return Finding(State.ABSENT, code, say(code, file=original.name))


def _distance(one: str, other: str) -> int:
    return bin(int(one, 16) ^ int(other, 16)).count("1")
