"""Which characters the fonts of the typst wheel can print; PDF/A allows no empty box in the place of a letter."""

from __future__ import annotations

import re
from collections.abc import Callable

PRINTED = (
    "\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u036f\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u2044-\u2052\u2054-\u205e\u20a0-\u20c0\u2190-\u22ff\u2500-\u262f"
)
"""As tried with every one of them (tests/triage/test_printing.py). Nothing that changes the direction of writing."""
PLAIN = "\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u203a\u20ac"
"""Latin letters and signs that need nothing of their neighbours."""

Printer = Callable[[str], str]
"""Writes a text so that the fonts can print it."""

_DROPPED = re.compile("[\u200d\ufe00-\ufe0f\r]")
"""Joiners and variation selectors: they choose the look of the character beside them."""


def make_printer(letters: str) -> Printer:
    """For the characters in ``letters``, as in a class of ``re``: all others are written like ``[U+1F62D]``.

    Tabs become four spaces.
    """
    unprinted = re.compile(f"[^{letters}]")

    def print_text(text: str) -> str:
        kept = _DROPPED.sub("", text.replace("\t", "    "))
        return unprinted.sub(lambda found: f"[U+{ord(found[0]):04X}]", kept)

    return print_text


def is_changed(text: str, printer: Printer) -> bool:
    """Whether a character of ``text`` is written as its number."""
    return printer(text).count("[U+") > text.count("[U+")
