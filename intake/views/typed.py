"""Reading what a form holds besides the questions."""

from __future__ import annotations

_MOST_DIGITS = 6


def read_number(text: str) -> int | None:
    """The whole number of a hidden field; None for what our own pages never send."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
