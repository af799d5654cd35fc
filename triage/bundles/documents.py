"""laporan.json and the custody log. Indonesian, as the police read it.

Left out on purpose: ways to contact the reporter, trusted adults, district, feelings, needs, the keys, other reports,
and every fingerprint but SHA-256. An identity annex needs its own consent and recipient.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from casefile.additions import Material
from casefile.pictures import Picture
from casefile.submission import Answers, Submission
from triage.additions import OpenedAddition
from triage.bundles.facts import BundleFacts, ConsentState, Officer
from triage.bundles.grids import SCREENSHOT
from triage.bundles.leaving import Leaving, leaving_reports
from triage.bundles.wish import ACTION_LABELS, BASIS_LABELS
from triage.bundles.words import said, staff_name, told_reasons, wib
from verifier.checking import FORMAT


def report_document(facts: BundleFacts) -> dict[str, Any]:
    """``laporan.json`` as JSON values."""
    return {
        "format": FORMAT,
        "pernyataan": "Keterangan pelapor dan penilaian kerja kantor; bukan kesimpulan hukum.",
        "berkas": _bundle(facts),
        "tingkat": _risk(facts),
        "laporan": [_report(one) for one in leaving_reports(facts)],
        "kewajiban_melapor": _duty(facts),
    }


def custody_log(facts: BundleFacts) -> bytes:
    """``08_rantai_penguasaan.jsonl``: one entry a line, report after report, each chain from its first entry on."""
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


def _bundle(facts: BundleFacts) -> dict[str, Any]:
    wish = facts.wish
    return {
        "id": str(facts.bundle_id) if facts.bundle_id else None,
        "kode_kasus": facts.case_code,
        "nomor_surat": wish.letter_number or None,
        "penerima": wish.recipient,
        "tujuan": wish.purpose,
        "dasar": {"kode": wish.basis.value, "sebutan": BASIS_LABELS[wish.basis]},
        "tindakan_dimohon": [{"kode": one.value, "sebutan": ACTION_LABELS[one]} for one in wish.actions],
        "menyebut_kasus_lain": wish.names_related,
        "memuat_sidik_kemiripan": bool(wish.fingerprints_reason),
        "diminta": _officer(facts.requested),
        "disetujui": _officer(facts.approved) if facts.approved else None,
        "dibuat_utc": facts.made_at.isoformat(timespec="seconds"),
        "dibuat_wib": wib(facts.made_at),
        "perangkat_lunak": facts.case.software,
    }


def _officer(officer: Officer) -> dict[str, str]:
    return {"petugas": f"staff:{officer.staff_id}", "nama": officer.name, "waktu_wib": wib(officer.at)}


def _risk(facts: BundleFacts) -> dict[str, Any]:
    risk, told = facts.risk, told_reasons(facts.risk)
    return {
        **_coded(risk.level),
        "ditetapkan_petugas": risk.is_set_by_person,
        "alasan": [{"kode": code, "sebutan": words, "poin": points} for code, words, points in told],
        "ada_alasan_lain": len(told) < len(risk.reasons),
    }


def _duty(facts: BundleFacts) -> dict[str, Any] | None:
    duty = facts.case.duty
    if duty is None:
        return None
    by = {"petugas": f"staff:{duty.decided_by}", "nama": staff_name(facts, duty.decided_by)}
    return {**_coded(duty.outcome), "tanggal": duty.decided_on.isoformat(), "oleh": by}


def _origin(sent: Submission) -> dict[str, Any]:
    """Where staff wrote it down for the reporter, in their words."""
    if sent.origin is None:
        return {}
    return {"dicatat_petugas": {"lewat": _coded(sent.origin.channel), "dasar": _coded(sent.origin.basis)}}


def _report(one: Leaving) -> dict[str, Any]:
    report, sent = one.report, one.report.submission
    return {
        "id": str(report.report_id),
        "diterima": report.received_on.isoformat(),
        **_origin(sent),
        "tidak_disertakan": list(one.left_out),
        "kronologi": {
            "sumber_keterangan": _coded(sent.answers.role),
            "terakhir_terjadi": {**_coded(sent.answers.happened), "dihitung_dari": report.received_on.isoformat()},
            "diketahui_sejak": sent.known_since,
            "uraian_pelapor": one.story,
        },
        "tambahan_pelapor": [_addition(added) for added in one.additions],
        "keadaan": _circumstances(sent.answers),
        "akun_dan_alamat": {
            "platform": _all_coded(sent.answers.platforms),
            "platform_lain": one.platform_other,
            "daftar": [{"no": number, "isi": line} for number, line in one.addresses],
        },
        "bukti": [_evidence(number, picture, one) for number, picture in one.pictures],
        "persetujuan": {
            "boleh_dibandingkan": sent.consents.may_compare,
            "boleh_diteruskan_ke": _all_coded(sent.consents.referrals),
            "versi_teks": sent.consents.text_version,
            "riwayat": [_consent(state) for state in report.consents],
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


def _evidence(number: int, picture: Picture, one: Leaving) -> dict[str, Any]:
    prints = picture.fingerprints
    return {
        "no": number,
        "jenis": SCREENSHOT,
        "diperoleh": one.came_on(number, picture).isoformat(),
        "sha256": prints.sha256.hex(),
        "ukuran_byte": prints.byte_count,
        "lebar_piksel": prints.width,
        "tinggi_piksel": prints.height,
        "sidik_dihitung": _coded(picture.source),
        "lokasi_asli": _coded(one.report.submission.answers.original_kept),
    }


def _consent(state: ConsentState) -> dict[str, Any]:
    return {
        "sejak": state.since.isoformat(),
        "terbuka": state.is_open,
        "boleh_dibandingkan": state.may_compare,
        "boleh_diteruskan_ke": _all_coded(state.referrals),
        "versi_teks": state.text_version,
    }


def _coded(member: StrEnum | None) -> dict[str, str | None]:
    return {"kode": member.value if member is not None else None, "sebutan": said(member)}


def _all_coded(members: Iterable[StrEnum]) -> list[dict[str, str | None]]:
    return [_coded(member) for member in sorted(members)]
