"""The tables of a bundle: laporan.json, the list of evidence, the custody log. Indonesian, as the police read it.

Left out on purpose: ways to contact the reporter, trusted adults, district, feelings, needs, the keys, other reports,
and every fingerprint but SHA-256. An identity annex needs its own consent and recipient.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from casefile.additions import Material
from casefile.submission import Answers, Picture, Submission
from casefile.vocabulary import OriginalKept, ReasonCode, ReporterRole
from casefile.wib import WIB
from casefile.wording import label
from triage.additions import OpenedAddition
from triage.bundles.facts import BundleFacts, Officer, ReportFacts, Risk
from triage.bundles.wish import BASIS_LABELS
from verifier.checking import FORMAT

NOT_ANSWERED = "tidak dijawab"
SCREENSHOT = "tangkapan layar"
ADDRESS = "akun, tautan, atau nomor"

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

_COLUMNS = (
    "no",
    "laporan",
    "jenis",
    "uraian",
    "sha256",
    "ukuran_byte",
    "lebar_piksel",
    "tinggi_piksel",
    "sidik_dihitung",
    "lokasi_asli",
)
_OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_UTF8_MARK = "\ufeff"


def report_document(facts: BundleFacts) -> dict[str, Any]:
    """``laporan.json`` as JSON values; the printed summary is made from the same values."""
    return {
        "format": FORMAT,
        "pernyataan": "Keterangan pelapor dan penilaian kerja kantor; bukan kesimpulan hukum.",
        "berkas": {
            "id": str(facts.bundle_id) if facts.bundle_id else None,
            "kode_kasus": facts.case_code,
            "penerima": facts.wish.recipient,
            "tujuan": facts.wish.purpose,
            "dasar": {"kode": facts.wish.basis.value, "sebutan": BASIS_LABELS[facts.wish.basis]},
            "diminta": _officer(facts.requested),
            "disetujui": _officer(facts.approved) if facts.approved else None,
            "dibuat_utc": facts.made_at.isoformat(timespec="seconds"),
            "dibuat_wib": wib(facts.made_at),
        },
        "tingkat": _risk(facts.risk),
        "laporan": [_report(report) for report in facts.reports],
    }


def encode_document(document: dict[str, Any]) -> bytes:
    """UTF-8 JSON, two spaces deep."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def evidence_table(facts: BundleFacts) -> bytes:
    """``daftar_bukti.csv``: RFC 4180, UTF-8 with a mark for spreadsheets, every field in quotes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for number, row in enumerate(_rows(facts), start=1):
        writer.writerow([number, *map(guard_cell, row)])
    return (_UTF8_MARK + buffer.getvalue()).encode()


def guard_cell(cell: str) -> str:
    """``cell`` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(_OPENS_FORMULA) or cell.startswith(_OPENS_FORMULA) else cell


def custody_log(facts: BundleFacts) -> bytes:
    """``rantai_penguasaan.jsonl``: one entry a line, report after report, each chain from its first entry on."""
    lines = (
        {
            "report": str(report.report_id),
            "number": entry.number,
            "previous": entry.previous.hex(),
            "body": entry.body,
            "digest": entry.digest.hex(),
        }
        for report in facts.reports
        for entry in report.custody
    )
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def wib(moment: datetime) -> str:
    """``2026-11-23 12:00:00 WIB``."""
    return moment.astimezone(WIB).strftime("%Y-%m-%d %H:%M:%S WIB")


def _officer(officer: Officer) -> dict[str, str]:
    return {"petugas": f"staff:{officer.staff_id}", "nama": officer.name, "waktu_wib": wib(officer.at)}


def _risk(risk: Risk) -> dict[str, Any]:
    told = [(code, points) for code, points in risk.reasons if code not in _WITHHELD]
    return {
        **_coded(risk.level),
        "ditetapkan_petugas": risk.is_set_by_person,
        "alasan": [{"kode": code, "sebutan": _reason(code), "poin": points} for code, points in told],
        "ada_alasan_lain": len(told) < len(risk.reasons),
    }


def _reason(code: str) -> str:
    try:
        return label(ReasonCode(code))
    except ValueError:
        return code


def _origin(sent: Submission) -> dict[str, Any]:
    """Where staff wrote it down for the reporter, in their words."""
    if sent.origin is None:
        return {}
    return {"dicatat_petugas": {"lewat": _coded(sent.origin.channel), "dasar": _coded(sent.origin.basis)}}


def _report(report: ReportFacts) -> dict[str, Any]:
    sent = report.submission
    return {
        "id": str(report.report_id),
        "diterima": report.received_on.isoformat(),
        **_origin(sent),
        "kronologi": {
            "sumber_keterangan": _coded(sent.answers.role),
            "terakhir_terjadi": {**_coded(sent.answers.happened), "dihitung_dari": report.received_on.isoformat()},
            "diketahui_sejak": sent.known_since,
            "uraian_pelapor": sent.story,
        },
        "tambahan_pelapor": [_addition(one) for one in report.additions],
        "keadaan": _circumstances(sent.answers),
        "akun_dan_alamat": {
            "platform": _all_coded(sent.answers.platforms),
            "platform_lain": sent.platform_other,
            "daftar": [{"no": number, "isi": line} for number, line in enumerate(sent.addresses, start=1)],
        },
        "bukti": [_evidence(number, picture, sent) for number, picture in enumerate(sent.pictures, start=1)],
        "persetujuan": {
            "boleh_dibandingkan": sent.consents.may_compare,
            "boleh_diteruskan_ke": _all_coded(sent.consents.referrals),
            "versi_teks": sent.consents.text_version,
        },
        "rantai_penguasaan": {"jumlah": len(report.custody), "kepala": report.custody[-1].digest.hex()},
    }


def _addition(added: OpenedAddition) -> dict[str, Any]:
    """What a later addition brought; its accounts and pictures stand in the lists of the whole report too."""
    material = added.material or Material()
    return {
        "no": added.number,
        "tanggal": added.added_on.isoformat(),
        "terbuka": added.is_open,
        "uraian_pelapor": material.story,
        "platform": _all_coded(material.platforms),
        "platform_lain": material.platform_other,
        "akun_dan_alamat": list(material.addresses),
        "sha256": [picture.fingerprints.sha256.hex() for picture in material.pictures],
    }


def _circumstances(answers: Answers) -> dict[str, Any]:
    return {
        "jenis": _all_coded(answers.kinds),
        "usia_korban": _coded(answers.age),
        "gender_korban": _coded(answers.gender),
        "disabilitas_korban": _coded(answers.disability),
        "relasi_terduga_pelaku": _coded(answers.relation),
        "ancaman": _coded(answers.threat),
        "permintaan_terduga_pelaku": _all_coded(answers.demands),
        "penyebaran": _coded(answers.spread),
        "korban_dikenali": _coded(answers.identified),
        "anak_dalam_konten": _coded(answers.child_visible),
        "akses_terduga_pelaku": _all_coded(answers.access),
        "tanda_tppo": _all_coded(answers.trafficking),
    }


def _evidence(number: int, picture: Picture, sent: Submission) -> dict[str, Any]:
    prints = picture.fingerprints
    return {
        "no": number,
        "jenis": SCREENSHOT,
        "sha256": prints.sha256.hex(),
        "ukuran_byte": prints.byte_count,
        "lebar_piksel": prints.width,
        "tinggi_piksel": prints.height,
        "sidik_dihitung": _coded(picture.source),
        "lokasi_asli": _coded(sent.answers.original_kept),
    }


def _rows(facts: BundleFacts) -> Iterator[list[str]]:
    for report in facts.reports:
        sent, report_id = report.submission, str(report.report_id)
        kept = str(_coded(sent.answers.original_kept)["sebutan"])
        for number, picture in enumerate(sent.pictures, start=1):
            prints = picture.fingerprints
            sizes = [str(prints.byte_count), str(prints.width), str(prints.height)]
            description = f"gambar {number}, tidak disimpan kantor"
            yield [report_id, SCREENSHOT, description, prints.sha256.hex(), *sizes, label(picture.source), kept]
        for line in sent.addresses:
            yield [report_id, ADDRESS, line, "", "", "", "", "", ""]


def _coded(member: StrEnum | None) -> dict[str, str | None]:
    if member is None or member.value == "lewati":
        return {"kode": member.value if member else None, "sebutan": NOT_ANSWERED}
    words = _FOR_POLICE.get(type(member), {}).get(member) or label(member)
    return {"kode": member.value, "sebutan": words}


def _all_coded(members: Iterable[StrEnum]) -> list[dict[str, str | None]]:
    return [_coded(member) for member in sorted(members)]
