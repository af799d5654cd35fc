"""The number by which people name a case, such as ``K-048213``."""

from __future__ import annotations

NUMBERS = 1_000_000
"""How many there are: six digits, drawn at random by who opens a case, so that a number tells nothing."""


def case_code(number: int) -> str:
    """``K-`` and six digits. ``number`` lies below ``NUMBERS``."""
    return f"K-{number:06}"


def read_case_code(given: str) -> str | None:
    """The case that somebody means by 48213, k-048213 or K 048213; None without a digit or with too many."""
    digits = "".join(letter for letter in given if letter.isascii() and letter.isdecimal())
    return case_code(int(digits)) if digits and len(digits) < len(str(NUMBERS)) else None
