"""Rows of an XLSX file, read as a stream. What people do not see, or see in one place only, is refused, not guessed."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from operations.register.rows import FORMULA, Cell, LineError, Refused, RegisterError, Row, read_text, too_many

MOST_UNPACKED = 64 * 1024**2
"""Bytes of all parts of the file together, as the archive says: more is never unpacked."""
MOST_PARTS = 200
MOST_SHEET_ROWS = 1_048_576
"""Rows of a sheet, as spreadsheets have them; a higher number in the file is none."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _COLUMN = f"{_MAIN}row", f"{_MAIN}col"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    EOFError,
    OverflowError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
"""What the libraries raise for files that are none."""
_NONE = "This is no XLSX file that can be read: save it anew with a spreadsheet, without a password."


def read_xlsx(path: Path, most_rows: int) -> Iterator[Row]:
    """Raises ``RegisterError``, also for more than ``most_rows`` filled rows below the headings."""
    last = _examine(path, most_rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield from _rows(path, last)
        except _BROKEN:
            raise RegisterError(_NONE) from None


def _examine(path: Path, most_rows: int) -> int:
    """The number of the last row to read."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise RegisterError(f"The file unpacks to more than {MOST_UNPACKED // 1024**2} MiB: split it.")
            sheets = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
            if len(sheets) != 1:
                raise RegisterError(f"The file has {len(sheets)} sheets: keep the one with the register.")
            with archive.open(sheets[0]) as sheet:
                return _look_through(sheet, most_rows)
    except _BROKEN:
        raise RegisterError(_NONE) from None


def _look_through(sheet: Any, most_rows: int) -> int:
    """Refuse what is hidden or merged, which is said before and behind the rows; find the last row that is filled."""
    row = last = filled = 0
    parents: list[Any] = []
    for event, element in iterparse(sheet, events=("start", "end")):
        if event == "start":
            parents.append(element)
            if element.tag == _ROW:
                row = int(element.get("r", row + 1))
            _refuse_hidden(element, row)
            continue
        parents.pop()
        if element.tag == _ROW and _is_filled(element):
            last, filled = row, filled + 1
        if element.tag in {_ROW, _COLUMN} and parents:
            parents[-1].clear()
        if filled > most_rows + 1:
            raise too_many(row, most_rows)
    if last > MOST_SHEET_ROWS:
        raise LineError(last, "lies below the last row that a sheet can have")
    return last


def _is_filled(row: Any) -> bool:
    return any(cell.find(f"{_MAIN}v") is not None or cell.find(f"{_MAIN}is") is not None for cell in row)


def _refuse_hidden(element: Any, row: int) -> None:
    is_hidden = element.get("hidden") in {"1", "true"}
    if element.tag == _ROW and is_hidden:
        raise LineError(row, "is hidden: show it or delete it")
    if element.tag == _COLUMN and is_hidden:
        raise RegisterError(f"Column {int(element.get('min'))} of the sheet is hidden: show it or delete it.")
    if element.tag == f"{_MAIN}mergeCell":
        raise RegisterError("The sheet has merged cells: separate them, and fill each.")


def _rows(path: Path, last: int) -> Iterator[Row]:
    workbook = load_workbook(path, read_only=True, keep_links=False)
    try:
        if len(workbook.sheetnames) != 1:
            raise RegisterError(f"The file has {len(workbook.sheetnames)} sheets: keep the one with the register.")
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(max_row=last) if last else (), start=1):
            yield Row(line, tuple(_read(cell) for cell in cells))
    finally:
        workbook.close()


def _read(cell: Any) -> Cell:
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        return Refused(FORMULA)
    if kind == "e":
        return Refused("holds an error of the spreadsheet")
    if isinstance(value, bool):
        return Refused("is a truth value: write the word")
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return read_text(str(value))
