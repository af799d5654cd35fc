"""The summary, and the chronology in WIB."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

from casefile.submission import Answers
from casefile.vocabulary import CustodyAction
from casefile.wib import day_start
from triage.bundles.facts import BundleFacts
from triage.bundles.leaving import Leaving, leaving_reports
from triage.bundles.pages import OFFICE_NAME
from triage.bundles.papers.common import (
    CONFIDENTIAL,
    NOT_A_CONCLUSION,
    NOTHING,
    left_out_note,
    platforms_said,
    reference,
    report_line,
)
from triage.bundles.papers.letter import officer_rows
from triage.bundles.wish import ACTION_LABELS, BASIS_LABELS
from triage.bundles.words import (
    act_said,
    all_said,
    day_words,
    report_name,
    said,
    staff_name,
    told_reasons,
    wib_words,
)
from triage.printing import Block, Bullets, Facts, Heading, Paper, Quote, Table, Text

_TOLD = {
    CustodyAction.CONTACTED,
    CustodyAction.REFERRAL_SENT,
    CustodyAction.CONSENT_CHANGED,
    CustodyAction.CLOSED,
    CustodyAction.REOPENED,
    CustodyAction.BUNDLE_REQUESTED,
    CustodyAction.BUNDLE_APPROVED,
    CustodyAction.BUNDLE_EXPORTED,
}
"""Acts of the office that belong into a chronology; all others stand in the custody log."""
_UNKNOWN_TIME = "waktu tidak pasti"

Event = tuple[datetime, str, str, str]
"""When (for the order), how the time is written, what happened, who says so."""


def summary_paper(facts: BundleFacts) -> Paper:
    """``01_ringkasan.pdf``."""
    risk = facts.risk
    blocks: list[Block] = [
        Facts(
            (
                ("Dari", OFFICE_NAME),
                ("Kepada", facts.wish.recipient),
                ("Kode kasus", facts.case_code),
                ("Tujuan", facts.wish.purpose),
                ("Dasar", BASIS_LABELS[facts.wish.basis]),
                *officer_rows(facts),
            )
        ),
        Heading("Tindakan yang dimohon"),
        Bullets(tuple(ACTION_LABELS[action] for action in facts.wish.actions) or ("Tidak ada tindakan khusus.",)),
        Heading("Tingkat risiko"),
        Text(f"{risk.level.value} {said(risk.level)}" + (", ditetapkan petugas" if risk.is_set_by_person else "")),
        Bullets(_reasons(facts)),
    ]
    for one in leaving_reports(facts):
        blocks += [Heading(report_line(one)), Facts(tuple(_circumstances(one))), *left_out_note(one)]
    blocks += [Heading("Catatan"), Text(CONFIDENTIAL), Text(NOT_A_CONCLUSION)]
    subtitle = "Kekerasan berbasis gender online (KBGO)"
    return Paper("Ringkasan berkas bukti", reference(facts), tuple(blocks), subtitle)


def chronology_paper(facts: BundleFacts) -> Paper:
    """``02_kronologi.pdf``."""
    events = sorted(_events(facts), key=lambda event: event[0])
    rows = tuple((str(number), *event[1:]) for number, event in enumerate(events, start=1))
    blocks: list[Block] = [
        Text(
            "Semua waktu dalam WIB (UTC+7). Jam laporan masuk tidak dicatat demi keamanan pelapor; hanya harinya. "
            "Waktu kejadian adalah keterangan pelapor."
        ),
        Table(("No", "Waktu (WIB)", "Peristiwa", "Sumber"), rows, (0.7, 3, 6, 3)),
    ]
    for one in leaving_reports(facts):
        blocks += _told_by(one)
    return Paper("Kronologi", reference(facts), tuple(blocks), f"Kasus {facts.case_code}")


def _reasons(facts: BundleFacts) -> tuple[str, ...]:
    told = told_reasons(facts.risk)
    reasons = [words for _, words, _ in told]
    if len(told) < len(facts.risk.reasons):
        reasons.append("alasan lain, yang tidak disertakan demi kerahasiaan")
    return tuple(reasons) or ("tidak ada alasan khusus",)


def _circumstances(one: Leaving) -> Iterator[tuple[str, str]]:
    answers: Answers = one.report.submission.answers
    yield "Jenis", all_said(answers.kinds)
    yield "Sumber keterangan", said(answers.role)
    yield "Usia korban", said(answers.age)
    yield "Gender korban", said(answers.gender)
    yield "Penyandang disabilitas", said(answers.disability)
    yield "Hubungan terduga pelaku", said(answers.relation)
    yield "Ancaman", said(answers.threat)
    yield "Yang diminta terduga pelaku", all_said(answers.demands)
    yield "Penyebaran konten", said(answers.spread)
    yield "Korban dapat dikenali", said(answers.identified)
    yield "Tampak anak", said(answers.child_visible)
    yield "Tanda perdagangan orang", all_said(answers.trafficking)
    yield "Bukti", f"{len(one.pictures)} gambar, {len(one.addresses)} akun, tautan, atau nomor"


def _events(facts: BundleFacts) -> Iterator[Event]:
    for one in leaving_reports(facts):
        yield from _reported(one)
    for asked in facts.case.takedowns:
        to = asked.recipient or said(asked.target)
        yield asked.asked_at, wib_words(asked.asked_at), f"Permintaan hapus konten kepada {to}", OFFICE_NAME
        if asked.settled_on:
            what = f"Hasil permintaan hapus konten kepada {to}: {said(asked.state)}"
            yield max(day_start(asked.settled_on), asked.asked_at), day_words(asked.settled_on), what, OFFICE_NAME
    if (duty := facts.case.duty) is not None:
        what = f"Keputusan tentang kewajiban melapor (Pasal 41): {said(duty.outcome)}"
        yield day_start(duty.decided_on), day_words(duty.decided_on), what, staff_name(facts, duty.decided_by)
    yield from _acts(facts)


def _reported(one: Leaving) -> Iterator[Event]:
    report, source = one.report, f"pelapor, {report_name(one.number).lower()}"
    sent, came = report.submission, day_start(report.received_on)
    earliest = datetime.min.replace(tzinfo=UTC)
    if sent.answers.happened is not None:
        counted = f"dihitung dari {day_words(report.received_on)}"
        yield earliest, f"{said(sent.answers.happened)}, {counted}", "Kejadian terakhir menurut pelapor", source
    if sent.known_since:
        yield earliest, _UNKNOWN_TIME, f"Korban mengetahui: “{sent.known_since}”", source
    yield came, day_words(report.received_on), f"{report_name(one.number)} diterima kantor", OFFICE_NAME
    for added in one.additions:
        yield day_start(added.added_on), day_words(added.added_on), f"Tambahan {added.number} diterima", source


def _acts(facts: BundleFacts) -> Iterator[Event]:
    """An act that is on several chains of the case is one event."""
    told: set[tuple[str, str]] = set()
    for report in facts.reports:
        for entry in report.custody:
            body = json.loads(entry.body)
            at, action, actor = str(body["at"]), str(body["action"]), str(body["actor"])
            if action not in _TOLD or (at, action) in told:
                continue
            told.add((at, action))
            yield _act(facts, at, action, actor)


def _act(facts: BundleFacts, at: str, action: str, actor: str) -> Event:
    names = {f"staff:{staff_id}": name for staff_id, name in facts.case.staff}
    who = names.get(actor, "pelapor" if actor == "reporter" else OFFICE_NAME)
    if "T" not in at:
        day = date.fromisoformat(at)
        return day_start(day), day_words(day), act_said(action), who
    moment = datetime.fromisoformat(at)
    return moment, wib_words(moment), act_said(action), who


def _told_by(one: Leaving) -> Iterator[Block]:
    answers = one.report.submission.answers
    yield Heading(report_line(one))
    yield Facts(
        (
            ("Sumber keterangan", said(answers.role)),
            ("Platform", platforms_said(one)),
            ("Akun dan alamat", f"{len(one.addresses)}, lihat 04_terlapor.pdf"),
        )
    )
    yield Text("Uraian dalam kata-kata pelapor sendiri (bergaris di kiri):")
    yield Quote(one.story) if one.story else Text(NOTHING)
    for added in one.additions:
        yield Text(f"Tambahan {added.number} dari pelapor, {day_words(added.added_on)}:")
        if added.material is None:
            yield Text("Tambahan ini tidak dapat dibuka; isinya tidak ada di berkas.")
        else:
            yield Quote(added.material.story) if added.material.story else Text("(tanpa uraian)")
    yield from left_out_note(one)
