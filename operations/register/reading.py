"""From a file to cases, with every fault by line and column. Nothing here touches a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from casefile.contents import Closing
from casefile.origin import Origin
from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.vocabulary import Channel, ContactWay
from operations.register.columns import BY_NAME, REQUIRED, CellError, normal
from operations.register.csv_files import read_csv
from operations.register.rows import LineError, LineFault, Refused, RegisterError, Row, too_many
from operations.register.xlsx_files import read_xlsx

MOST_ROWS = 10_000
"""Cases in one file: sealed, they lie in memory until all of them are written in one short transaction."""
MOST_BYTES = 64 * 1024**2
CONSENT_TEXT = "register"

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ANSWERS = frozenset(Answers().to_json())


@dataclass(frozen=True)
class RegisterCase:
    """One case of a register, without fault. ``closing`` is None where it comes into the queue."""

    line: int
    number: str = field(repr=False)
    received_on: date
    closing: Closing | None
    submission: Submission = field(repr=False)


@dataclass
class Reading:
    """What a file holds: cases, and what is wrong. With any fault nothing is imported."""

    cases: list[RegisterCase] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)


def read_register(path: Path, encoding: str, today: date) -> Reading:
    """Read a whole file. ``today`` is the day in Jakarta: nothing in a register lies after it.

    Raises ``RegisterError`` where the file as a whole cannot be read, or its headings are wrong.
    """
    rows = _open(path, encoding)
    reading = Reading()
    try:
        names = _read_headings(next(rows, Row(1, ())))
        lines: dict[str, int] = {}
        for row in _collect(rows):
            _add(reading, row, names, today, lines)
    except LineError as error:
        reading.faults.append(error.fault)
    return reading


def _open(path: Path, encoding: str) -> Iterator[Row]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise RegisterError(f"The file cannot be read ({error.strerror}).") from None
    if size > MOST_BYTES:
        raise RegisterError(f"The file is larger than {MOST_BYTES // 1024**2} MiB: split it, for example by year.")
    if start == _OLD_OFFICE:
        raise RegisterError("This is an old XLS file, or one with a password: save it as XLSX without a password.")
    return read_xlsx(path, MOST_ROWS) if start == _ZIP else read_csv(path, encoding)


def _collect(rows: Iterator[Row]) -> list[Row]:
    """What is not blank. A file with too many rows ends here, before anything in it is looked at."""
    found: list[Row] = []
    for row in rows:
        if row.is_blank:
            continue
        if len(found) == MOST_ROWS:
            raise too_many(row.line, MOST_ROWS)
        found.append(row)
    return found


def _read_headings(row: Row) -> list[str]:
    """The names of the columns by position. Faults name positions only: perhaps the headings are missing."""
    names = [normal(cell).replace(" ", "_") if isinstance(cell, str) else "" for cell in row.cells]
    while names and not names[-1]:
        names.pop()
    wrong = [f"Column {at}: the heading is none of the register's." for at, name in enumerate(names, 1)
             if name not in BY_NAME]  # fmt: skip
    twice = [f"Column {at}: its heading stands there before." for at, name in enumerate(names, 1)
             if name in names[: at - 1] and name in BY_NAME]  # fmt: skip
    missing = [f"The column {name} is missing." for name in BY_NAME if name in REQUIRED - set(names)]
    if wrong or twice or missing:
        hint = "suluh import-register --columns lists them, --template writes an empty register."
        raise RegisterError("\n".join([*wrong, *twice, *missing, hint]))
    return names


def _add(reading: Reading, row: Row, names: list[str], today: date, lines: dict[str, int]) -> None:
    values, faults = _read_cells(row, names)
    faults += _check(row.line, values, today)
    number = values.get("nomor_register", "")
    if number and lines.setdefault(normal(number), row.line) != row.line:
        faults.append(LineFault(row.line, "nomor_register", f"stands on line {lines[normal(number)]} too"))
    reading.faults += faults
    if reading.faults:
        reading.cases.clear()
    else:
        reading.cases.append(_case(row.line, values))


def _read_cells(row: Row, names: list[str]) -> tuple[dict[str, Any], list[LineFault]]:
    values: dict[str, Any] = {}
    faults = []
    for at, cell in enumerate(row.cells):
        name = names[at] if at < len(names) else ""
        if isinstance(cell, Refused):
            faults.append(LineFault(row.line, name, cell.reason))
        elif cell.strip() and not name:
            faults.append(LineFault(row.line, f"number {at + 1}", "has no heading"))
        elif cell.strip():
            try:
                values[name] = BY_NAME[name].parse(cell)
            except CellError as error:
                faults.append(LineFault(row.line, name, str(error)))
    wrong = {fault.column for fault in faults}
    missing = (name for name in names if name in REQUIRED and name not in values and name not in wrong)
    return values, [*faults, *(LineFault(row.line, name, "is empty") for name in missing)]


def _check(line: int, values: dict[str, Any], today: date) -> list[LineFault]:
    """Rules about more than one cell."""
    faults = [
        LineFault(line, name, "lies in the future")
        for name in ("tanggal_lapor", "tanggal_tutup")
        if values.get(name, today) > today
    ]
    received_on, closed_on = values.get("tanggal_lapor"), values.get("tanggal_tutup")
    if values.get("keadaan") is False and closed_on is None:
        faults.append(LineFault(line, "tanggal_tutup", "is needed for a closed case"))
    if values.get("keadaan") is True and (closed_on or "alasan_tutup" in values):
        faults.append(LineFault(line, "keadaan", "says open, but a closing is written down"))
    if received_on and closed_on and closed_on < received_on:
        faults.append(LineFault(line, "tanggal_tutup", "lies before tanggal_lapor"))
    if not values.get("jenis") and not values.get("cerita"):
        faults.append(LineFault(line, "jenis", "and cerita are both empty, or hold no answer"))
    return faults


def _case(line: int, values: dict[str, Any]) -> RegisterCase:
    closing = None if values["keadaan"] else Closing(values["tanggal_tutup"], values.get("alasan_tutup"))
    return RegisterCase(line, values["nomor_register"], values["tanggal_lapor"], closing, _submission(values))


def _submission(values: dict[str, Any]) -> Submission:
    coded = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()
             if name in _ANSWERS}  # fmt: skip
    return Submission(
        answers=Answers.from_json(coded),
        story=values.get("cerita", ""),
        platform_other=values.get("platform_lain", ""),
        addresses=values.get("tautan", ()),
        trusted_adult=values.get("orang_dewasa", ""),
        known_since=values.get("kapan_tahu", ""),
        contact=SafeContact(
            way=values.get("kontak", ContactWay.NONE),
            address=values.get("kontak_isi", ""),
            hours=values.get("kontak_jam", ""),
            greeting=values.get("kontak_sapaan", ""),
        ),
        consents=Consents(
            may_compare=values["boleh_dibandingkan"],
            referrals=values.get("setuju_rujuk", frozenset()),
            text_version=CONSENT_TEXT,
        ),
        origin=Origin(Channel.REGISTER, values["dasar"], values["nomor_register"]),
    )
