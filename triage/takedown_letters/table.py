"""The table of a letter, for forms that take one address after the other: CSV for a spreadsheet, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from uuid import UUID

from triage.bundles.tables import guard_cell
from triage.takedown_letters.contents import LetterContents, reference_of
from triage.takedown_letters.paper import CHILD_WORDS, list_requests

COLUMNS = (
    "no",
    "alamat",
    "layanan",
    "akun",
    "jenis_konten",
    "dasar",
    "anak_terlihat",
    "mendesak",
    "diketahui_kantor",
    "diminta",
)
_UTF8_MARK = "\ufeff"


def to_rows(contents: LetterContents) -> list[dict[str, str]]:
    """One row for each address, under ``COLUMNS``."""
    common = {
        "layanan": contents.recipient_name,
        "jenis_konten": contents.category,
        "dasar": "; ".join(contents.laws),
        "anak_terlihat": CHILD_WORDS[contents.shows_child],
        "mendesak": "ya, 4 jam" if contents.is_urgent else "tidak",
        "diminta": " ".join(list_requests(contents)),
    }
    rows = []
    for number, line in enumerate(contents.lines, start=1):
        own = {"no": str(number), "alamat": line.address, "akun": line.account}
        own["diketahui_kantor"] = line.seen_on.isoformat()
        row = {**common, **own}
        rows.append({name: row[name] for name in COLUMNS})
    return rows


def to_csv(contents: LetterContents) -> bytes:
    """UTF-8 with a mark for spreadsheets, every field in quotes, none of them a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in to_rows(contents):
        writer.writerow([guard_cell(row[name]) for name in COLUMNS])
    return (_UTF8_MARK + buffer.getvalue()).encode()


def to_json(letter_id: UUID, contents: LetterContents) -> bytes:
    """UTF-8 JSON: the letter's number, to whom, by when, and the rows."""
    said = {
        "nomor": reference_of(letter_id),
        "menagih": reference_of(contents.follows.id) if contents.follows else None,
        "kepada": contents.recipient_name,
        "tanggal": contents.made_on.isoformat(),
        "batas_jam": contents.hours,
        "dasar_batas": contents.deadline_law,
        "alamat": to_rows(contents),
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
