"""What the verifier says: pairs of an Indonesian and an English sentence, and how each check ended."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Said(NamedTuple):
    """One sentence in both languages. ASCII only, so that every terminal shows it."""

    indonesian: str
    english: str


class State(Enum):
    """How one check ended; the value is the mark printed before it."""

    GOOD = "[BENAR/OK]"
    WRONG = "[SALAH/WRONG]"
    UNCHECKED = "[TIDAK DIPERIKSA/NOT CHECKED]"
    NOTE = "[CATATAN/NOTE]"


class Finding(NamedTuple):
    """One line of the verdict."""

    state: State
    said: Said


class Fault(Exception):  # noqa: N818 - the house ending is for errors of the service; this one is a finding
    """Something about the bundle is wrong. Takes the two sentences that say what."""

    def __init__(self, indonesian: str, english: str) -> None:
        self.said = Said(indonesian, english)
        super().__init__(english)


def plain(text: str) -> str:
    """``text`` from a bundle as printable ASCII, so that it can neither move the cursor nor pass for our words."""
    return ascii(text)[1:-1]


def good(indonesian: str, english: str) -> Finding:
    """A check that passed."""
    return Finding(State.GOOD, Said(indonesian, english))


def unchecked(indonesian: str, english: str) -> Finding:
    """What could not be checked here."""
    return Finding(State.UNCHECKED, Said(indonesian, english))


def note(indonesian: str, english: str) -> Finding:
    """What the reader should know."""
    return Finding(State.NOTE, Said(indonesian, english))
