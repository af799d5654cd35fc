"""Groups of three words of a picture's text, keyed: they find equal text and cannot be read back.

Three words belong together that follow one another in a line, and two that do so with the one below or above the gap
between them. So a group needs no whole line: where the sides of a page are cut off, its middle is left.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from casefile.boxes import derive
from casefile.fingerprints.textlines import Box
from casefile.fingerprints.values import BYTE_LENGTHS
from casefile.vocabulary import FingerprintKind

MOST_GROUPS = 128
"""Groups kept of one picture, 768 bytes."""

_GROUP_BYTES = BYTE_LENGTHS[FingerprintKind.WORDS]
_REACH = 2.5
"""How far below or above a line the next one may be, in its heights."""
_BESIDE = 0.2
"""How far beside a gap the word below or above it may end, in heights of its line."""


class Word(NamedTuple):
    """A word in lower case, and its columns in pixels of the page."""

    left: float
    right: float
    text: str


class ReadLine(NamedTuple):
    """A text line and its words from left to right."""

    box: Box
    words: Sequence[Word]


@dataclass(frozen=True)
class WordKey:
    """The secret (32 bytes) of an office's sketches keys its word groups too, under another name."""

    secret: bytes = field(repr=False)

    def groups(self, lines: Sequence[ReadLine]) -> tuple[bytes, ...]:
        """The keyed groups of a page's lines, each once, in the order of their bytes; the first ``MOST_GROUPS``.

        HMAC-SHA256 (RFC 2104) under a key of its own, cut to 6 bytes. Whoever holds the key can test guessed phrases.
        """
        key = derive(self.secret, "word groups 1")
        keyed = {hmac.digest(key, phrase.encode(), "sha256")[:_GROUP_BYTES] for phrase in _phrases(lines)}
        return tuple(sorted(keyed)[:MOST_GROUPS])


def _phrases(lines: Sequence[ReadLine]) -> Iterator[str]:
    """Three words each; a line break stands where the third is not in the line of the others."""
    for line in lines:
        texts = [word.text for word in line.words]
        yield from (" ".join(texts[start : start + 3]) for start in range(len(texts) - 2))
        below, above = _neighbours(line, lines)
        for first, second in pairwise(line.words):
            gap = (first.right + second.left) / 2
            pair = f"{first.text} {second.text}"
            yield from (f"{pair}\n{text}" for text in _word_at(gap, below))
            yield from (f"{text}\n{pair}" for text in _word_at(gap, above))


def _neighbours(line: ReadLine, lines: Sequence[ReadLine]) -> tuple[list[ReadLine], list[ReadLine]]:
    """The lines within reach below and above another, the nearest first."""
    middle, reach = (line.box.top + line.box.bottom) / 2, _REACH * line.box.height
    below = [one for one in lines if middle <= one.box.top <= line.box.bottom + reach]
    above = [one for one in lines if line.box.top - reach <= one.box.bottom <= middle]
    return sorted(below, key=lambda one: one.box.top), sorted(above, key=lambda one: -one.box.bottom)


def _word_at(column: float, lines: Sequence[ReadLine]) -> Iterator[str]:
    """The word at a column, in the first line that has one there."""
    for line in lines:
        beside = _BESIDE * line.box.height
        for word in line.words:
            if word.left - beside <= column <= word.right + beside:
                yield word.text
                return
