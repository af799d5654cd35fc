"""Attacks on word groups: try every three words of a list, and go on from what was found, word by word."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from casefile.boxes import derive
from casefile.fingerprints.wordgroups import WordKey
from tests.casefile.fingerprints.pages import read_lines

LISTS = (50, 100, 200)
"""How many of the most frequent words are tried with one another."""
_VOCABULARY = 2000
"""Words that make up most of what people write."""

Three = tuple[str, str, str]


class Guessed(NamedTuple):
    """Shares of the groups that were named: from the list alone, and with what followed from that; tries a second."""

    from_list: float
    in_all: float
    rate: float


def guess_words(sentences: Sequence[str], number: int, guessed_by: WordKey, kept_by: WordKey) -> Guessed:
    """What whoever has the key ``guessed_by`` and a list of ``number`` words reads of lines kept under ``kept_by``."""
    kept = {group for sentence in sentences for group in kept_by.groups(read_lines(sentence))}
    counts = Counter(word.text for sentence in sentences for line in read_lines(sentence) for word in line.words)
    frequent = [word for word, _ in counts.most_common(number)]
    key = derive(guessed_by.secret, "word groups 1")
    begun = time.perf_counter()
    tried = ((first, second, third) for first, second in product(frequent, repeat=2) for third in frequent)
    found = {three: group for three in tried if (group := _keyed(key, three)) in kept}
    rate = number**3 / (time.perf_counter() - begun)
    followed = dict(_go_on(key, found, list(counts), kept))
    return Guessed(len(found) / len(kept), (len(found) + len(followed)) / len(kept), rate)


def _go_on(key: bytes, found: dict[Three, bytes], words: list[str], kept: set[bytes]) -> Iterator[tuple[Three, bytes]]:
    """From two known words the one before or after them, of all words that there are; and so on from there."""
    waiting, seen = list(found), set(found)
    while waiting:
        first, second, third = waiting.pop()
        for word in words:
            for three in ((second, third, word), (word, first, second)):
                if three not in seen and (group := _keyed(key, three)) in kept:
                    seen.add(three)
                    waiting.append(three)
                    yield three, group


def _keyed(key: bytes, three: Three) -> bytes:
    return hmac.digest(key, " ".join(three).encode(), "sha256")[:6]


def attack_words(sentences: Sequence[str]) -> None:
    """Print what lists of words name, with the key and without."""
    key = WordKey(secrets.token_bytes(32))
    print(f"reading the word groups of {len(sentences)} sentences, each in a line:")
    for number in LISTS:
        named, in_all, rate = guess_words(sentences, number, key, key)
        hours = _VOCABULARY**3 / rate / 3600
        print(f"  every three of {number} words, with the key: {named:.3f} of groups, going on from them {in_all:.3f}")
    print(f"  every three of {_VOCABULARY} words would take {hours:.1f} hours of one core")
    print(f"  without the key: {guess_words(sentences, LISTS[0], WordKey(secrets.token_bytes(32)), key).in_all:.3f}")
