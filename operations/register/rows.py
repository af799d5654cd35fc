"""A table as both kinds of file give it: rows of cells, each a text or a reason why it is none; and what is wrong.

No fault holds anything of a cell: only where it is and what is the matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from operations.errors import OperationsError

FORMULA = "is a formula: put its value in its place"


@dataclass(frozen=True)
class Refused:
    """A cell that is no text, and why."""

    reason: str


Cell = str | Refused


@dataclass(frozen=True)
class Row:
    """``line`` is that of the file, from 1; in a CSV file the one on which the row begins."""

    line: int
    cells: tuple[Cell, ...] = field(repr=False)

    @property
    def is_blank(self) -> bool:
        """Nothing stands in it."""
        return all(isinstance(cell, str) and not cell.strip() for cell in self.cells)


@dataclass(frozen=True, order=True)
class LineFault:
    """What is wrong at one place. ``column`` is the heading, empty where it is about the whole line."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f", column {self.column}" if self.column else ""
        return f"line {self.line}{where}: {self.reason}"


class RegisterError(OperationsError):
    """A register cannot be imported; nothing of it was. Holds nothing that stands in a cell."""


class LineError(RegisterError):
    """Reading cannot go on after a line."""

    def __init__(self, line: int, reason: str) -> None:
        self.fault = LineFault(line, "", reason)
        super().__init__(str(self.fault))


def too_many(line: int, most_rows: int) -> LineError:
    """The first row that is one too many."""
    return LineError(line, f"is beyond the {most_rows} cases of one import: split the file, for example by year")


def read_text(text: str) -> Cell:
    """A cell of text; one that a spreadsheet would take for a formula is refused."""
    return Refused(FORMULA) if text.lstrip().startswith("=") else text
