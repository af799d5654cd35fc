"""The English catalogue, and the texts that pages and code hold now, for tests to compare."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
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


@cache
def indonesian_patterns() -> tuple[re.Pattern[str], ...]:
    """One pattern for each text that cannot stand on an English page: what filled a place may be anything.

    Names that English keeps, such as LPSK or WhatsApp, are left out: they are part of an English text.
    """
    spoken = [(message.id, message.string) for message in read_english() if message.id]
    everything = "\n".join(english for _, english in spoken)
    patterns = [_pattern_of(text) for text, _ in spoken]
    return tuple(pattern for pattern in patterns if not pattern.search(everything))


def _pattern_of(text: str) -> re.Pattern[str]:
    parts, start = [], 0
    for place in _PLACE.finditer(text):
        parts += [re.escape(text[start : place.start()]), r"[^\n]+?"]
        start = place.end()
    return re.compile(rf"(?<!\w){''.join(parts)}{re.escape(text[start:])}(?!\w)")
