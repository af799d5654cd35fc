"""One table in three forms: CSV, JSON and the rows of a printed paper."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field

from triage.printing import Table

Cell = str | int | None

_OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_UTF8_MARK = "\ufeff"


@dataclass(frozen=True)
class Column:
    """``name`` is for machines, ``head`` for people; ``width`` is its share of a printed line, 0: not printed."""

    name: str
    head: str = ""
    width: float = 0


@dataclass(frozen=True)
class Grid:
    """Rows with one cell for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)

    def to_csv(self) -> bytes:
        """RFC 4180, UTF-8 with a mark for spreadsheets, every field in quotes, text guarded against formulas."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        for row in self.rows:
            writer.writerow([guard_cell(cell) if isinstance(cell, str) else cell for cell in row])
        return (_UTF8_MARK + buffer.getvalue()).encode()

    def to_json(self) -> bytes:
        """A list of objects, one for each row, in UTF-8; texts exactly as they were given."""
        names = [column.name for column in self.columns]
        rows = [dict(zip(names, row, strict=True)) for row in self.rows]
        return encode_json(rows)

    def to_table(self) -> Table:
        """The printed columns; an absent cell is a dash."""
        printed = [place for place, column in enumerate(self.columns) if column.width]
        columns = [self.columns[place] for place in printed]
        rows = tuple(tuple(_shown(row[place]) for place in printed) for row in self.rows)
        return Table(tuple(column.head for column in columns), rows, tuple(column.width for column in columns))


def encode_json(values: object) -> bytes:
    """UTF-8 JSON for people and machines, two spaces deep, in the order of ``values``."""
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()


def guard_cell(cell: str) -> str:
    """``cell`` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(_OPENS_FORMULA) or cell.startswith(_OPENS_FORMULA) else cell


def _shown(cell: Cell) -> str:
    return "-" if cell is None or cell == "" else str(cell)
