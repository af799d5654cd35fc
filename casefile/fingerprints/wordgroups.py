"""Groups of three words of a picture's text, keyed: they find equal text, and nobody reads them without the key.

Three words belong together that follow one another in a line or stand below one another, and two in a line with the one
below or above the gap between them. No group needs a whole line: of a page whose sides are cut off the middle is left.
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
_WORDS = 3
"""Different words of a group: a wall of one or two words says nothing, however often."""
_REACH = 2.5
"""How far below or above a line the next one may be, in its heights."""
_BESIDE = 0.2
"""How far beside it a word may end that counts as below or above a place, in heights of its line."""


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
        phrases = (phrase for phrase in _phrases(lines) if len(set(phrase.split())) == _WORDS)
        keyed = {hmac.digest(key, phrase.encode(), "sha256")[:_GROUP_BYTES] for phrase in phrases}
        return tuple(sorted(keyed)[:MOST_GROUPS])


def _phrases(lines: Sequence[ReadLine]) -> Iterator[str]:
    """Three words each; a line break stands between two that are not in one line."""
    below = {line.box: _lines_below(line, lines) for line in lines}
    for line in lines:
        texts = [word.text for word in line.words]
        yield from (" ".join(texts[start : start + 3]) for start in range(len(texts) - 2))
        above = _lines_above(line, lines)
        for first, second in pairwise(line.words):
            gap = (first.right + second.left) / 2
            pair = f"{first.text} {second.text}"
            yield from (f"{pair}\n{text}" for _, text in _word_at(gap, below[line.box]))
            yield from (f"{text}\n{pair}" for _, text in _word_at(gap, above))
        for word in line.words:
            middle = (word.left + word.right) / 2
            for box, second_text in _word_at(middle, below[line.box]):
                yield from (f"{word.text}\n{second_text}\n{third}" for _, third in _word_at(middle, below[box]))


def _lines_below(line: ReadLine, lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Those within reach, the nearest first."""
    least, most = (line.box.top + line.box.bottom) / 2, line.box.bottom + _REACH * line.box.height
    return sorted((one for one in lines if least <= one.box.top <= most), key=lambda one: one.box.top)


def _lines_above(line: ReadLine, lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Those within reach, the nearest first."""
    least, most = line.box.top - _REACH * line.box.height, (line.box.top + line.box.bottom) / 2
    return sorted((one for one in lines if least <= one.box.bottom <= most), key=lambda one: -one.box.bottom)


def _word_at(column: float, lines: Sequence[ReadLine]) -> Iterator[tuple[Box, str]]:
    """The word at a column, in the first line that has one there, and the line's box."""
    for line in lines:
        beside = _BESIDE * line.box.height
        for word in line.words:
            if word.left - beside <= column <= word.right + beside:
                yield line.box, word.text
                return
