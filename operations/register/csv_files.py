"""Rows of a CSV file: UTF-8, or Windows-1252 where that is said; comma, semicolon or tab, by the first line."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from operations.register.rows import LineError, Row, read_text

LONGEST_LINE = 1024**2
SEPARATORS = ",;\t"
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HINTS = {
    "utf-8": "is not UTF-8: save the file as “CSV UTF-8”, or add --encoding windows-1252 if a spreadsheet wrote it so",
    "windows-1252": "is not Windows-1252: save the file as “CSV UTF-8” and leave --encoding away",
}
ENCODINGS = tuple(_HINTS)


def read_csv(path: Path, encoding: str) -> Iterator[Row]:
    """Raises ``LineError``."""
    with path.open("rb") as file:
        if file.read(2) in _OTHER_MARKS:
            raise LineError(1, "is UTF-16: save the file as “CSV UTF-8”")
        file.seek(0)
        lines = _decode(file, encoding)
        first = next(lines, "")
        yield from _split(first, lines)


def _split(first: str, lines: Iterator[str]) -> Iterator[Row]:
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(_chain(first, lines), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            yield Row(start, tuple(read_text(cell) for cell in cells))
            start = reader.line_num + 1
    except csv.Error:
        reason = "cannot be split into cells: a quotation mark is missing or too many, or a cell is far too long"
        raise LineError(start, reason) from None


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _decode(file: BinaryIO, encoding: str) -> Iterator[str]:
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE:
            raise LineError(number, "is longer than a mebibyte")
        if b"\0" in raw:
            raise LineError(number, "holds bytes that are no text")
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError:
            raise LineError(number, _HINTS[encoding]) from None
