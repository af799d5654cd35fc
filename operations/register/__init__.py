"""Import of the case register that a unit kept before: all of it or nothing (docs/register.md)."""

from operations.register.columns import COLUMNS, Column, template
from operations.register.importing import Imported, Importer, Prepared, import_cases, prepare
from operations.register.reading import MOST_ROWS, Reading, read_register
from operations.register.rows import LineFault, RegisterError

__all__ = [
    "COLUMNS",
    "MOST_ROWS",
    "Column",
    "Imported",
    "Importer",
    "LineFault",
    "Prepared",
    "Reading",
    "RegisterError",
    "import_cases",
    "prepare",
    "read_register",
    "template",
]
