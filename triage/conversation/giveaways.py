"""What in a reply may give the reporter away on a shared phone: pointed out to the writer, never refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from casefile.text import PersonalNumber, find_personal_numbers
from casefile.wording import N_


class Giveaway(StrEnum):
    """What it looks like; the first kind that fits a place names it."""

    EMAIL = "email"
    LINK = "link"
    PHONE = PersonalNumber.PHONE.value
    NIK = PersonalNumber.NIK.value
    ACCOUNT = "account"


GIVEAWAY_WORDS: dict[Giveaway, str] = {
    Giveaway.EMAIL: N_("alamat surel"),
    Giveaway.LINK: N_("tautan"),
    Giveaway.PHONE: N_("nomor telepon"),
    Giveaway.NIK: N_("NIK"),
    Giveaway.ACCOUNT: N_("nama akun"),
}

_DOMAINS = "com|id|net|org|me|co|link|ly|app|io|gg|xyz"
_PATTERNS = {
    Giveaway.EMAIL: re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    Giveaway.LINK: re.compile(
        rf"(?:https?://|www\.)\S+|(?<![\w.@-])(?:[\w-]+\.)+(?:{_DOMAINS})\b(?:/\S*)?", re.IGNORECASE
    ),
    Giveaway.ACCOUNT: re.compile(
        r"(?<![\w@.])@\w[\w.]*\w"
        r"|\b(?:ig|instagram|tiktok|tele|telegram|line|fb|facebook|twitter|wa|whatsapp|discord|snapchat)"
        r"\s*[:=]\s*@?\w[\w.]+\w",
        re.IGNORECASE,
    ),
}
_ENDS_A_SENTENCE = ".,;:!?)]}\"'”’"


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; ``kind`` says what it looks like, None for plain words."""

    text: str
    kind: Giveaway | None = None


def mark_giveaways(text: str) -> tuple[Piece, ...]:
    """The text in pieces that join to it again, with everything in it that may give away."""
    pieces, end = [], 0
    for start, stop, kind in _find(text):
        pieces += [Piece(text[end:start]), Piece(text[start:stop], kind)]
        end = stop
    return tuple(piece for piece in (*pieces, Piece(text[end:])) if piece.text)


def needs_second_look(text: str) -> bool:
    """Whether anything in the text may give away."""
    return bool(_find(text))


def _find(text: str) -> list[tuple[int, int, Giveaway]]:
    """Start, end and kind of each place, in order; no two overlap."""
    found: list[tuple[int, int, Giveaway]] = [
        (start, end, Giveaway(kind.value)) for start, end, kind in find_personal_numbers(text)
    ]
    for kind, pattern in _PATTERNS.items():
        spans = (match.span() for match in pattern.finditer(text))
        found += [(start, start + len(text[start:end].rstrip(_ENDS_A_SENTENCE)), kind) for start, end in spans]
    rank = list(Giveaway).index
    kept: list[tuple[int, int, Giveaway]] = []
    for start, end, kind in sorted(found, key=lambda place: rank(place[2])):
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in kept):
            kept.append((start, end, kind))
    return sorted(kept)
