"""A paper as PDF/A-1b (ISO 19005-1). Equal papers and times give equal bytes: own fonts only, fixed dates, no network.

The bytes are those of the typst wheel that requirements.lock pins; another version may set the same words otherwise.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import segno
import typst

from casefile.wib import WIB
from triage.errors import TriageError
from triage.printing.glyphs import PLAIN, PRINTED, Printer, is_changed, make_printer
from triage.printing.ledger import LEDGER_FROM, ledger_values
from triage.printing.model import Block, Bullets, Facts, Heading, Paper, Quote, Signatures, Table, Text

STANDARD: Final = "a-1b"
STRICTER: Final = "a-2b"
"""Every paper is set by this first and thrown away: it refuses a letter that no font has, where part 1 leaves a gap."""

_DESIGN = Path(__file__).with_name("paper.typ").read_bytes()
_REPLACED = (
    "Tanda berbentuk [U+...] di atas menggantikan gambar atau huruf yang tidak dapat dicetak di sini. "
    "Kode itu nomornya menurut Unicode."
)
_LONG = 100
"""Rows from which a paper leaves much behind in memory."""
_GENERATIONS = 10
"""typst keeps what it worked out for so many compilations."""
_NOTHING = b""
_PRINTER, _PLAIN_PRINTER = make_printer(PRINTED), make_printer(PLAIN)


class PrintingError(TriageError):
    """A paper could not be set. It says nothing of the words that stand in it."""


def render_pdf(paper: Paper, made_at: datetime) -> bytes:
    """The paper as a PDF/A-1b file, dated ``made_at`` (aware). Raises ``PrintingError``.

    Where a letter cannot stand beside its neighbour, all but plain letters are written as numbers.
    """
    try:
        return _print(paper, made_at, _PRINTER)
    except PrintingError:
        return _print(paper, made_at, _PLAIN_PRINTER)


def _print(paper: Paper, made_at: datetime, printer: Printer) -> bytes:
    blocks = [_block_values(block, printer) for block in paper.blocks]
    if is_changed(json.dumps([asdict(block) for block in paper.blocks], ensure_ascii=False), printer):
        blocks.append({"kind": Text.kind, "text": _REPLACED})
    values = {
        "title": printer(paper.title),
        "subtitle": printer(paper.subtitle),
        "foot": printer(f"{paper.reference} · dicetak {made_at.astimezone(WIB):%d-%m-%Y %H.%M} WIB"),
        "code": _drawn_code(paper.code) if paper.code else "",
        "blocks": blocks,
    }
    is_long = sum(len(block.rows) for block in paper.blocks if isinstance(block, Table)) >= _LONG
    inputs = {"paper": json.dumps(values, ensure_ascii=False)}
    return _compile(_DESIGN, inputs, int(made_at.timestamp()), is_long=is_long)


def _compile(design: bytes, inputs: dict[str, str], timestamp: int, *, is_long: bool = False) -> bytes:
    try:
        for standard in (STRICTER, STANDARD):
            pdf = typst.compile(
                design,
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs=inputs,
                pdf_standards=standard,
                timestamp=timestamp,
            )
            if is_long:
                _forget()
    except typst.TypstError:
        raise PrintingError("the paper cannot be set") from None
    if not isinstance(pdf, bytes):
        raise PrintingError("the paper is not one file")
    return pdf


def _forget() -> None:
    """Let typst drop what a long paper left behind, so that the next one takes its place in memory."""
    for _ in range(_GENERATIONS):
        typst.compile(_NOTHING, format="pdf", ignore_system_fonts=True, sys_inputs={})


def _drawn_code(code: str) -> str:
    drawn = io.BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()


def _block_values(block: Block, printer: Printer) -> dict[str, Any]:
    match block:
        case Heading(text) | Text(text) | Quote(text):
            return {"kind": block.kind, "text": printer(text)}
        case Bullets(items):
            return {"kind": block.kind, "items": [printer(item) for item in items]}
        case Facts(rows):
            return {"kind": block.kind, "rows": [[printer(name), printer(told)] for name, told in rows]}
        case Signatures(places):
            return {"kind": block.kind, "places": [[printer(role), printer(name)] for role, name in places]}
        case Table():
            return _table_values(block, printer)


def _table_values(table: Table, printer: Printer) -> dict[str, Any]:
    columns = tuple(map(printer, table.columns))
    rows = tuple(tuple(map(printer, row)) for row in table.rows)
    widths = table.widths or (1.0,) * len(columns)
    if len(rows) >= LEDGER_FROM:
        return ledger_values(Table(columns, rows, widths))
    return {"kind": table.kind, "columns": columns, "rows": rows, "widths": widths}
