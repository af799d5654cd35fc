"""What the papers of a bundle share."""

from __future__ import annotations

from triage.bundles.facts import BundleFacts
from triage.bundles.leaving import Leaving
from triage.bundles.tables import Grid
from triage.bundles.words import all_said, day_words, report_name
from triage.printing import Block, Table, Text

BLANK = "_" * 30
"""A place for handwriting."""
NOTHING = "(tidak ada)"
NOT_A_CONCLUSION = "Isi berkas ini keterangan pelapor dan catatan kerja kantor. Isinya bukan kesimpulan hukum."
CONFIDENTIAL = (
    "RAHASIA. Identitas korban dirahasiakan (UU 12/2022 Pasal 69; UU 35/2014 untuk anak). Kertas ini tidak memuat "
    "nama, kontak, atau alamat korban, kecuali bila pelapor menulisnya sendiri."
)


def reference(facts: BundleFacts) -> str:
    """What stands at the foot of every page."""
    bundle = str(facts.bundle_id) if facts.bundle_id else "belum diminta"
    return f"RAHASIA · Kasus {facts.case_code} · Berkas {bundle}"


def report_line(one: Leaving) -> str:
    """By which name the papers call a report, its id, the day it came."""
    return f"{report_name(one.number)} ({one.report.report_id}), diterima {day_words(one.report.received_on)}"


def platforms_said(one: Leaving) -> str:
    """The ticked platforms, and those in the reporter's own words."""
    ticked = all_said(one.report.submission.answers.platforms)
    return f"{ticked}, “{one.platform_other}”" if one.platform_other else ticked


def table_or_nothing(grid: Grid) -> Table | Text:
    """The table, or a line that says that it is empty."""
    return grid.to_table() if grid.rows else Text(NOTHING)


def left_out_note(one: Leaving) -> tuple[Block, ...]:
    """What of a report stays with the office, by number alone."""
    if not one.left_out:
        return ()
    names = ", ".join(item.replace("/", " ") for item in one.left_out)
    return (Text(f"Kantor memilih tidak menyertakan dari {report_name(one.number).lower()}: {names}."),)
