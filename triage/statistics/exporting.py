"""A table as a file for spreadsheets, and the entry in the office's chain that says it left."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casefile.custody import OFFICE_CHAIN, Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.vocabulary import CustodyAction
from triage.bundles.tables import guard_cell
from triage.statistics.figures import Asked, TableName

_MARK = "\ufeff"


@dataclass(frozen=True)
class Sheet:
    """What stands in the file, in the reader's words: lines about the table, its head, its rows."""

    notes: Sequence[str]
    head: Sequence[str]
    rows: Iterable[Sequence[str]]


def write_csv(sheet: Sheet) -> bytes:
    """RFC 4180 with a mark for spreadsheets, every field in quotes; no field opens a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (*([note] for note in sheet.notes), sheet.head, *sheet.rows):
        writer.writerow([guard_cell(field) for field in row])
    return (_MARK + buffer.getvalue()).encode()


def log_export(session: Session, name: TableName, asked: Asked, now: datetime) -> None:
    """Put on the office's chain which table left, for which period and whom; the caller commits."""
    period, by = asked.period, asked.desktop.reader.staff_id
    detail = {"table": name.value, "from": period.first.isoformat(), "to": period.last.isoformat()}
    detail["audience"] = asked.audience.value
    begin_write(session)
    append_entry(session, OFFICE_CHAIN, Act(CustodyAction.STATISTICS_EXPORTED, staff_actor(by), now, detail))
