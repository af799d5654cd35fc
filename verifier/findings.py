"""What the verifier says: pairs of an Indonesian and an English sentence, and how each check ended.

The sentences stand in ``sentences.json``, under one code each; the page ``verify.html`` says the same ones.
"""

from __future__ import annotations

import json
import pkgutil
from enum import Enum
from typing import NamedTuple

_PRINTABLE = range(0x20, 0x7F)
_ONE_BYTE, _TWO_BYTES = 0x100, 0x10000


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
    ABSENT = "[TIDAK ADA/NOT IN IT]"


class Finding(NamedTuple):
    """One line of the verdict; ``code`` names the sentence."""

    state: State
    code: str
    said: Said


class Fault(Exception):  # noqa: N818 - the house ending is for errors of the service; this one is a finding
    """Something about the bundle is wrong. Takes the code of the sentence that says what, and its values."""

    def __init__(self, code: str, **values: str | int) -> None:
        self.finding = Finding(State.WRONG, code, say(code, **values))
        super().__init__(self.finding.said.english)


class Unable(Exception):  # noqa: N818 - see above
    """The bundle cannot be checked by this program. Takes what ``Fault`` takes."""

    def __init__(self, code: str, **values: str | int) -> None:
        self.finding = Finding(State.UNCHECKED, code, say(code, **values))
        super().__init__(self.finding.said.english)


def say(code: str, **values: str | int) -> Said:
    """The sentence of that code with its places filled. Raises ``KeyError`` for a code that there is not."""
    shown = {name: plain(str(value)) for name, value in values.items()}
    indonesian, english = (sentence.format(**shown) for sentence in SENTENCES[code])
    return Said(indonesian, english)


def plain(text: str) -> str:
    """``text`` from a bundle as printable ASCII, so that it can neither move the cursor nor pass for our words."""
    return "".join(map(_shown, text))


def good(code: str, **values: str | int) -> Finding:
    """A check that passed."""
    return Finding(State.GOOD, code, say(code, **values))


def unchecked(code: str, **values: str | int) -> Finding:
    """What could not be checked here."""
    return Finding(State.UNCHECKED, code, say(code, **values))


def note(code: str, **values: str | int) -> Finding:
    """What the reader should know."""
    return Finding(State.NOTE, code, say(code, **values))


def _shown(character: str) -> str:
    point = ord(character)
    if point in _PRINTABLE and character != "\\":
        return character
    if point < _ONE_BYTE:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < _TWO_BYTES else f"\\U{point:08x}"


def _read_sentences() -> dict[str, list[str]]:
    read: dict[str, list[str]] = json.loads(pkgutil.get_data(__package__, "sentences.json") or b"{}")
    return read


SENTENCES = _read_sentences()
