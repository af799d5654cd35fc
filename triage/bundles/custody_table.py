"""The custody log as a table: every entry in the words that people use, with its digest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from casefile.vocabulary import Channel, ClosingReason, MatchClass, ReferralBasis, TakedownState, Urgency
from casefile.wording import label
from triage.bundles.facts import BundleFacts, CustodyRecord
from triage.bundles.tables import Cell, Column, Grid
from triage.bundles.words import act_said, wib
from triage.reading import BUNDLE, REFERRAL, REPLY, STORY, TAKEDOWN

_STAFF = "staff:"
_FIXED_ACTORS = {"system": "sistem", "reporter": "pelapor"}
_DETAIL_KINDS: dict[str, type[StrEnum]] = {
    "class": MatchClass,
    "from": Urgency,
    "to": Urgency,
    "reason": ClosingReason,
    "takedown": TakedownState,
    "basis": ReferralBasis,
    "channel": Channel,
}
_DETAIL_NAMES = {
    "additions": "tambahan", "basis": "dasar", "bundle": "berkas", "channel": "lewat", "class": "yang sama",
    "compared": "dibandingkan", "from": "dari", "letter": "surat", "linked": "terkait", "match": "keterkaitan",
    "message": "pesan", "paper": "tulisan", "purpose": "untuk", "reason": "sebab", "referral": "rujukan",
    "staff": "kepada", "suggested": "mungkin terkait", "takedown": "hasil", "to": "menjadi",
}  # fmt: skip
_PURPOSES = {
    STORY: "membaca cerita",
    REPLY: "membalas",
    BUNDLE: "berkas bukti",
    REFERRAL: "rujukan",
    TAKEDOWN: "hapus konten",
}
_YES_NO = {"True": "ya", "False": "tidak"}
_SHORT = 12

_CUSTODY = (
    Column("laporan"),
    Column("nomor", "No", 5),
    Column("waktu", "Waktu", 23),
    Column("pelaku"),
    Column("nama", "Siapa", 18),
    Column("kode"),
    Column("tindakan", "Tindakan", 31),
    Column("rincian", "Rincian", 22),
    Column("sebelumnya"),
    Column("sidik"),
    Column("sidik_awal", "Sidik (awal)", 13),
)


def custody_grid(facts: BundleFacts) -> Grid:
    """Every entry of every report's chain."""
    return Grid(_CUSTODY, tuple(row for number in range(1, len(facts.reports) + 1) for row in _rows(facts, number)))


def custody_of(facts: BundleFacts, number: int) -> Grid:
    """The chain of one report, counted from 1."""
    return Grid(_CUSTODY, tuple(_rows(facts, number)))


def _rows(facts: BundleFacts, number: int) -> Iterator[tuple[Cell, ...]]:
    """The rows of one report's chain."""
    names = {f"{_STAFF}{staff_id}": name for staff_id, name in facts.case.staff} | _FIXED_ACTORS
    report = facts.reports[number - 1]
    for entry in report.custody:
        yield _custody(str(report.report_id), entry, names)


def _custody(report_id: str, entry: CustodyRecord, names: Mapping[str, str]) -> tuple[Cell, ...]:
    body = json.loads(entry.body)
    actor, action = str(body["actor"]), str(body["action"])
    return (
        report_id,
        entry.number,
        _moment(str(body["at"])),
        actor,
        names.get(actor) or actor.removeprefix(_STAFF)[:_SHORT],
        action,
        act_said(action),
        _detail(body.get("detail", {})),
        entry.previous.hex(),
        entry.digest.hex(),
        entry.digest.hex()[:_SHORT],
    )


def _moment(at: str) -> str:
    """Staff and system act at a time, reporters on a day."""
    return wib(datetime.fromisoformat(at)) if "T" in at else at


def _detail(detail: Mapping[str, Any]) -> str:
    return "; ".join(_told(key, value) for key, value in sorted(detail.items()))


def _told(key: str, value: Any) -> str:
    text = str(value)
    if key in _DETAIL_KINDS:
        try:
            text = label(_DETAIL_KINDS[key](value))
        except (ValueError, KeyError):
            text = str(value)
    text = _PURPOSES.get(text, text) if key == "purpose" else _YES_NO.get(text, text)
    bare = text.removeprefix(_STAFF)
    return f"{_DETAIL_NAMES.get(key, key)}: {bare[:8] if _is_id(bare) else text}"


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
