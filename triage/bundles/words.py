"""How the papers of a bundle say things: Indonesian, as the police read it, and always "korban" and "terduga"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from casefile.vocabulary import CustodyAction, OriginalKept, ReasonCode, ReporterRole
from casefile.wib import WIB
from casefile.wording import label
from triage.bundles.facts import BundleFacts, Risk

NOT_ANSWERED = "tidak dijawab"
BY_RULE = "aturan sistem"

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

_FOR_POLICE: dict[type[StrEnum], dict[StrEnum, str]] = {
    OriginalKept: {
        OriginalKept.OWN_PHONE: "HP pelapor",
        OriginalKept.OTHER_PHONE: "HP orang lain",
        OriginalKept.DELETED: "sudah terhapus",
        OriginalKept.UNKNOWN: "tidak diketahui",
    },
    ReporterRole: {
        ReporterRole.SELF: "korban sendiri",
        ReporterRole.FAMILY_OR_FRIEND: "keluarga atau teman korban",
        ReporterRole.TEACHER_OR_COMPANION: "guru atau pendamping korban",
        ReporterRole.WITNESS: "saksi (orang yang melihat)",
    },
}
"""Where the form speaks as "saya", a paper for the police must not."""

_WITHHELD = {ReasonCode.SUICIDAL, ReasonCode.VERY_HEAVY, ReasonCode.SAME_CONTENT, ReasonCode.SAME_ACCOUNT}
"""Reasons that tell of the person's health, or of another person's report."""


def said(member: StrEnum | None) -> str:
    """The words of a coded answer."""
    if member is None or member.value == "lewati":
        return NOT_ANSWERED
    return _FOR_POLICE.get(type(member), {}).get(member) or label(member)


def all_said(members: Iterable[StrEnum]) -> str:
    """The words of several answers on one line, a dash where there is none."""
    return ", ".join(said(member) for member in sorted(members)) or "-"


def act_said(action: str) -> str:
    """An act of the custody log; one that this version does not know is shown as it is."""
    try:
        return label(CustodyAction(action))
    except ValueError:
        return action


def told_reasons(risk: Risk) -> tuple[tuple[str, str, int], ...]:
    """The reasons that may leave: code, words, points."""
    return tuple((code, _reason(code), points) for code, points in risk.reasons if code not in _WITHHELD)


def wib(moment: datetime) -> str:
    """``2026-11-23 12:00:00 WIB``."""
    return moment.astimezone(WIB).strftime("%Y-%m-%d %H:%M:%S WIB")


def wib_words(moment: datetime) -> str:
    """``23 November 2026, 12.00 WIB``."""
    local = moment.astimezone(WIB)
    return f"{day_words(local.date())}, {local:%H.%M} WIB"


def day_words(day: date) -> str:
    """``23 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def staff_name(facts: BundleFacts, staff_id: UUID) -> str:
    """The name of a staff member whom the log calls by a pseudonym; the pseudonym's beginning where none is known."""
    return dict(facts.case.staff).get(staff_id) or f"petugas {str(staff_id)[:8]}"


def report_name(number: int) -> str:
    """How the papers call a report of the case, counted from 1."""
    return f"Laporan {number}"


def _reason(code: str) -> str:
    try:
        return label(ReasonCode(code))
    except ValueError:
        return code
