"""The canonical identifier, and the question whether it imitates another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import idna
from confusable_homoglyphs import confusables

from casefile.vocabulary import IdentifierKind

_PUNYCODE = re.compile(r"xn--[a-z0-9-]+")


@dataclass(frozen=True)
class Identifier:
    """One identifier in its one spelling. ``canonical`` is kept out of ``repr``, hence out of logs and messages."""

    kind: IdentifierKind
    canonical: str = field(repr=False)


def looks_confusable(canonical: str) -> bool:
    """Whether ``canonical`` holds a letter of another script that looks Latin (Unicode TR39), also behind ``xn--``.

    A flag for people to see; look-alikes are never merged. Digits that stand for letters are not looked at.
    """
    shown = _PUNYCODE.sub(_decoded, canonical)
    if shown.isascii():
        return False
    found = confusables.is_confusable(shown, preferred_aliases=["latin"])  # type: ignore[no-untyped-call]
    return bool(found)


def _decoded(label: re.Match[str]) -> str:
    try:
        return idna.decode(label[0])
    except idna.IDNAError:
        return label[0]
