"""What a bundle says, and what it must not say."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from casefile.custody import verify_chain
from casefile.models import CustodyEntry
from casefile.submission import Answers, Submission
from tests.triage.bundle_world import REPORT_ID, SIGNING, SUBMISSION, make_facts
from triage.bundles import build_bundle
from triage.bundles.documents import guard_cell


def files_of(submission: Submission = SUBMISSION) -> dict[str, str]:
    bundle = build_bundle(make_facts(submission), SIGNING)
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        return {name.removeprefix("bukti/data/"): opened.read(name).decode() for name in opened.namelist()}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return files_of()


@pytest.fixture(scope="module")
def document(files: dict[str, str]) -> dict[str, Any]:
    return json.loads(files["laporan.json"])


def test_the_evidence_list_names_each_original_by_its_digest_and_place(document: dict[str, Any]) -> None:
    assert document["laporan"][0]["bukti"] == [
        {
            "no": number,
            "jenis": "tangkapan layar",
            "sha256": digest,
            "ukuran_byte": 4096,
            "lebar_piksel": 720,
            "tinggi_piksel": 1280,
            "sidik_dihitung": source,
            "lokasi_asli": {"kode": "hp_saya", "sebutan": "HP pelapor"},
        }
        for number, digest, source in (
            (1, bytes(range(32)).hex(), {"kode": "server", "sebutan": "dihitung di server"}),
            (2, "ee" * 32, {"kode": "perangkat", "sebutan": "dihitung di perangkat"}),
        )
    ]


def test_level_reasons_and_consents_are_in_words(document: dict[str, Any]) -> None:
    assert document["tingkat"]["kode"] == "P1"
    assert [reason["sebutan"] for reason in document["tingkat"]["alasan"]] == [
        "batas waktu kurang dari 24 jam",
        "diminta uang, gambar, atau bertemu",
    ]
    assert document["tingkat"]["ada_alasan_lain"] is True
    consents = document["laporan"][0]["persetujuan"]
    assert consents["boleh_diteruskan_ke"] == [{"kode": "polisi", "sebutan": "Polisi"}]
    assert consents["boleh_dibandingkan"] is True


def test_no_fingerprint_but_sha256_leaves(files: dict[str, str]) -> None:
    everything = "".join(files.values())
    assert ("a5" * 32) not in everything
    assert ("5a" * 8) not in everything


@pytest.mark.parametrize(
    "secret", ["0812 1111 2222", "Bibi Ratna", "Tebet", "tebet", "akhiri_hidup", "mengakhiri hidup", "kasus lain"]
)
def test_health_other_reports_contact_trusted_adult_district_and_feelings_stay(
    files: dict[str, str], secret: str
) -> None:
    assert not [name for name, text in files.items() if secret in text]


def test_the_summary_speaks_as_the_statute_does(files: dict[str, str]) -> None:
    page = files["ringkasan.txt"]
    for words in (
        "Usia korban",
        "12:00:00 WIB",
        "bukan\nkesimpulan hukum",
        "METODE DAN BATASNYA",
        "    > Ia meminta uang.",
    ):
        assert words in page
    assert "Lewati" not in page
    assert "yang mengalami" not in page.lower()


def test_a_story_cannot_pass_for_the_office(files: dict[str, str]) -> None:
    story = "Awal\nMETODE DAN BATASNYA\n2. LAPORAN palsu " + "panjang " * 40
    page = files_of(replace(SUBMISSION, story=story))["ringkasan.txt"]
    assert [line for line in page.splitlines() if "palsu" in line or "panjang" in line]
    told = [line for line in page.splitlines() if "palsu" in line or "panjang" in line or line.endswith("> Awal")]
    assert all(line.startswith("    > ") for line in told)
    assert page.count("\nMETODE DAN BATASNYA\n") == 1


def test_an_empty_report_is_still_a_page() -> None:
    page = files_of(Submission(answers=Answers()))["ringkasan.txt"]
    assert "Sumber keterangan     : tidak dijawab" in page
    assert "(tidak ada)" in page


def test_the_table_holds_pictures_and_addresses(files: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["daftar_bukti.csv"].removeprefix("\ufeff"), newline="")))
    assert [row["no"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[1]["sha256"] == "ee" * 32
    assert rows[3]["uraian"] == '\'=HYPERLINK("http://contoh.example","buka")'


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t=", " =", "\r=", "＝", "＠", "\n=", "\t", "\r"])
def test_a_spreadsheet_never_sees_a_formula(opening: str) -> None:
    assert guard_cell(f"{opening}1").startswith("'")


def test_plain_cells_stay_as_they_are() -> None:
    assert guard_cell("https://contoh.example/=x") == "https://contoh.example/=x"


def test_the_custody_log_can_be_verified_with_the_offices_own_code(files: dict[str, str]) -> None:
    entries = [json.loads(line) for line in files["rantai_penguasaan.jsonl"].splitlines()]
    chain = [
        CustodyEntry(
            report_id=REPORT_ID,
            number=entry["number"],
            previous=bytes.fromhex(entry["previous"]),
            body=entry["body"],
            digest=bytes.fromhex(entry["digest"]),
        )
        for entry in entries
    ]
    assert verify_chain(REPORT_ID, chain) == 5


@pytest.mark.parametrize("missing", [{"bundle_id": None}, {"approved": None}])
def test_nothing_is_built_without_an_approval(missing: dict[str, None]) -> None:
    with pytest.raises(ValueError, match="approval"):
        build_bundle(replace(make_facts(), **missing), SIGNING)
