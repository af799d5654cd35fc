"""Statistics: counted in the database, hidden where few, drawn from what is left (docs/statistics.md)."""

from triage.statistics.counting import Age, MatchAct, Step, known_days
from triage.statistics.drawing import Row, Words, draw_bars, draw_columns, draw_heat, draw_times
from triage.statistics.exporting import Sheet, log_export, write_csv
from triage.statistics.figures import (
    FEWEST_FOR_P90,
    PUBLIC_TABLES,
    Asked,
    Audience,
    Table,
    TableName,
    Wait,
    make_table,
    make_waits,
    may_publish,
)
from triage.statistics.periods import MONTHS, Period, Span
from triage.statistics.suppression import INTERNAL, PUBLISHED, Cell

__all__ = [
    "FEWEST_FOR_P90",
    "INTERNAL",
    "MONTHS",
    "PUBLIC_TABLES",
    "PUBLISHED",
    "Age",
    "Asked",
    "Audience",
    "Cell",
    "MatchAct",
    "Period",
    "Row",
    "Sheet",
    "Span",
    "Step",
    "Table",
    "TableName",
    "Wait",
    "Words",
    "draw_bars",
    "draw_columns",
    "draw_heat",
    "draw_times",
    "known_days",
    "log_export",
    "make_table",
    "make_waits",
    "may_publish",
    "write_csv",
]
