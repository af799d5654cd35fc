"""The columns of a register, and how a cell becomes an answer: values of the form, or their Indonesian words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from casefile.questions import LINE_LIMIT, STORY_LIMIT
from casefile.submission import Answers
from casefile.text import clean_text
from casefile.vocabulary import ClosingReason, ContactWay, LegalBasis, ReferralTarget
from casefile.wording import label

NUMBER_LIMIT = 60
EARLIEST = date(2000, 1, 1)
OPEN, CLOSED = "terbuka", "ditutup"

_SEVERAL = re.compile(r"[;|\n]")
_LINES = re.compile(r"[|\n]")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-](\d{4})")
_SINCE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


class CellError(ValueError):
    """What is wrong with a cell, without a word of it."""


@dataclass(frozen=True)
class Column:
    """``parse`` takes a text that is not blank and raises ``CellError``; ``help`` says what may stand there."""

    name: str
    help: str
    parse: Callable[[str], Any]
    is_required: bool = False
    words: type[StrEnum] | None = None


def normal(text: str) -> str:
    """For comparing words: compatible forms, lower case, single blanks, one kind of dash."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("–", "-").split())


def _one_of(enum: type[StrEnum]) -> Callable[[str], StrEnum]:
    known = {normal(label(member)): member for member in enum} | {normal(member.value): member for member in enum}

    def parse(text: str) -> StrEnum:
        try:
            return known[normal(text)]
        except KeyError:
            raise CellError("is none of the answers of this column: see suluh import-register --columns") from None

    return parse


def _several_of(enum: type[StrEnum]) -> Callable[[str], frozenset[StrEnum]]:
    parse = _one_of(enum)
    return lambda text: frozenset(parse(part) for part in _SEVERAL.split(text) if part.strip())


def _choice(yes: str, no: str) -> Callable[[str], bool]:
    def parse(text: str) -> bool:
        if normal(text) not in {yes, no}:
            raise CellError(f"must be {yes} or {no}")
        return normal(text) == yes

    return parse


def _text(limit: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        cleaned = clean_text(text, len(text))
        if len(cleaned) > limit:
            raise CellError(f"is longer than {limit} characters")
        return cleaned

    return parse


def _addresses(text: str) -> tuple[str, ...]:
    cleaned = _text(STORY_LIMIT)(text)
    return tuple(dict.fromkeys(line.strip() for line in _LINES.split(cleaned) if line.strip()))


def _day(text: str) -> date:
    day_first = _DAY_FIRST.fullmatch(text.strip())
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return _sane(date(year, month, day))
        return _sane(date.fromisoformat(text.strip()))
    except CellError:
        raise
    except ValueError:
        raise CellError("is no date: write 2025-03-31 or 31/03/2025") from None


def _sane(day: date) -> date:
    if day < EARLIEST:
        raise CellError(f"is a date before {EARLIEST.year}")
    return day


def _since(text: str) -> str:
    month_first = _MONTH_FIRST.fullmatch(text.strip())
    written = f"{month_first[2]}-{int(month_first[1]):02}" if month_first else text.strip()
    if not _SINCE.fullmatch(written):
        raise CellError("is no year or month: write 2025 or 2025-03")
    return written


def _of_enum(name: str, enum: type[StrEnum], *, many: bool = False, is_required: bool = False) -> Column:
    parse: Callable[[str], Any] = _several_of(enum) if many else _one_of(enum)
    hint = "one or more answers, separated by ; or |" if many else "one answer"
    return Column(name, hint, parse, is_required, enum)


def _answers() -> tuple[Column, ...]:
    found = (field.metadata for field in fields(Answers))
    return tuple(_of_enum(each["name"], each["enum"], many=each["many"]) for each in found)


COLUMNS: tuple[Column, ...] = (
    Column("nomor_register", "the case's own number in the register, once", _text(NUMBER_LIMIT), is_required=True),
    Column("tanggal_lapor", "the day of the report: 2025-03-31 or 31/03/2025", _day, is_required=True),
    Column("keadaan", f"{OPEN} (comes into the queue) or {CLOSED}", _choice(OPEN, CLOSED), is_required=True),
    Column("tanggal_tutup", f"the day of closing, where keadaan is {CLOSED}", _day),
    _of_enum("alasan_tutup", ClosingReason),
    _of_enum("dasar", LegalBasis, is_required=True),
    Column(
        "boleh_dibandingkan", "ya or tidak: may it be compared with other reports", _choice("ya", "tidak"),
        is_required=True,
    ),
    *_answers(),
    Column("cerita", f"what happened, at most {STORY_LIMIT} characters", _text(STORY_LIMIT)),
    Column("platform_lain", "another app or site", _text(LINE_LIMIT)),
    Column("tautan", "accounts, links or numbers, separated by | or line breaks", _addresses),
    Column("kapan_tahu", "since when it was known: 2025 or 2025-03", _since),
    Column("orang_dewasa", "the role of a trusted adult, no name", _text(LINE_LIMIT)),
    _of_enum("setuju_rujuk", ReferralTarget, many=True),
    _of_enum("kontak", ContactWay),
    Column("kontak_isi", "number or address", _text(LINE_LIMIT)),
    Column("kontak_jam", "safe hours", _text(LINE_LIMIT)),
    Column("kontak_sapaan", "agreed greeting", _text(LINE_LIMIT)),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
REQUIRED = frozenset(column.name for column in COLUMNS if column.is_required)


def template() -> bytes:
    """An empty register: the headings alone, as UTF-8 with a mark, which spreadsheets open rightly."""
    return (",".join(column.name for column in COLUMNS) + "\r\n").encode("utf-8-sig")
