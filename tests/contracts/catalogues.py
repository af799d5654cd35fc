"""The English catalogue, and the texts that pages and code hold now, for tests to compare."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
_ANYTHING = r"[^\n]+?"
_PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@cache
def extract_texts() -> Catalog:
    """What ``make translations`` would find now."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog()
    for name, line, text, _, context in extract_from_dir(ROOT, methods, options, DEFAULT_KEYWORDS):
        found.add(text, locations=[(name, line)], context=context)
    return found


@cache
def read_english() -> Catalog:
    """The catalogue as it lies in the repository."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def keys_of(catalogue: Catalog) -> set[object]:
    """Message ids, each with its context and plural."""
    return {(message.context, message.id) for message in catalogue if message.id}


def places_in(text: str) -> list[str]:
    """Names of the places that are filled in later, in alphabetical order."""
    return sorted(match[0] for match in _PLACE.finditer(text))


class Phrase:
    """A text with its places, told from other texts by its longest piece first: patterns are slow, and thousands."""

    def __init__(self, text: str) -> None:
        self._pieces = _pieces_of(text)
        self._longest = max(self._pieces, key=len)

    def stands_in(self, text: str) -> bool:
        """Whether ``text`` holds it as whole words, with anything but a line's end in its places."""
        return self._longest in text and self._pattern.search(text) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){_ANYTHING.join(map(re.escape, self._pieces))}(?!\w)")


@cache
def indonesian_phrases() -> tuple[Phrase, ...]:
    """Every text that cannot stand on an English page.

    Names that English keeps, such as LPSK or WhatsApp, are left out: they are part of an English text.
    """
    spoken = [(message.id, message.string) for message in read_english() if message.id]
    everything = "\n".join(english for _, english in spoken)
    phrases = [Phrase(text) for text, _ in spoken]
    return tuple(phrase for phrase in phrases if not phrase.stands_in(everything))


def _pieces_of(text: str) -> list[str]:
    pieces, start = [], 0
    for place in _PLACE.finditer(text):
        pieces.append(text[start : place.start()])
        start = place.end()
    return [*pieces, text[start:]]
