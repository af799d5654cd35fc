"""What a bundle says, in which paper, and what it must not say."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.custody import verify_chain
from casefile.models import CustodyEntry
from casefile.submission import Answers, Submission
from casefile.vocabulary import ReasonCode
from casefile.wording import label
from tests.programs import find_program, read_pdf
from tests.triage.bundle_world import (
    ACTS,
    ASKER,
    LATER,
    NOW,
    REPORT_ID,
    SECOND_ID,
    SIGNING,
    STRANGER,
    make_facts,
    make_rich_facts,
)
from triage.bundles import build_bundle, decode_facts, encode_facts, list_papers, package
from triage.bundles.documents import report_document
from triage.bundles.facts import BundleFacts
from triage.bundles.leaving import leaving_reports
from triage.bundles.tables import guard_cell
from triage.printing import render_pdf
from verifier.signatures import fingerprint

KEY = fingerprint(SIGNING.public_key().public_bytes_raw())
FIRST_DIGEST, DEVICE_DIGEST, LATER_DIGEST = bytes(range(32)).hex(), "ee" * 32, "dd" * 32
PDQ, PHASH = "a5" * 32, "5a" * 8
NEVER = (
    *("0812 1111 2222", "Bibi Ratna", "Tebet", "tebet", "akhiri_hidup", "mengakhiri hidup"),
    *(
        label(ReasonCode.SUICIDAL),
        label(ReasonCode.SAME_ACCOUNT),
        "konseling",
        "Konseling",
        "aman_sekarang",
        "suicidal",
        PDQ,
        PHASH,
        "age1",
        "Lewati",
    ),
)
"""Contact, trusted adult, district, feelings, needs, withheld reasons, fingerprints that were not chosen."""


def files_of(facts: BundleFacts) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(build_bundle(facts, SIGNING))) as opened:
        return {name.removeprefix("bukti/data/"): opened.read(name) for name in opened.namelist()}


def texts_of(files: dict[str, bytes]) -> dict[str, str]:
    """Every file as text: as it lies on the page, in its order, and without spaces, for what is broken over lines."""
    found = {}
    for name, content in files.items():
        readings = [read_pdf(content, "-layout"), read_pdf(content)] if name.endswith(".pdf") else [content.decode()]
        found[name] = "\n".join((*(" ".join(text.split()) for text in readings), "".join(readings[-1].split())))
    return found


def papers_text(facts: BundleFacts) -> str:
    """All papers as they are before they are printed."""
    return repr(
        [(one.name, one.paper.title, [vars(block) for block in one.paper.blocks]) for one in list_papers(facts)]
    )


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return texts_of(files_of_rich())


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return report_document(make_facts())


TOLD = {
    "00_surat_pengantar.pdf": (
        *(
            "045/UPT/XI/2026",
            "Unit PPA Polres Metro Jakarta Selatan",
            "Pasal 39",
            "Pasal 41",
            "Laporan polisi menyusul",
        ),
        *("Persetujuan pelapor di formulir", "Menerima laporan polisi", "Perlindungan sementara (UU 12/2022 Pasal 42)"),
        *("Rina, 23 November 2026, 10.00 WIB", "Sari, 23 November 2026, 11.00 WIB", KEY, "08_rantai_penguasaan"),
        *("kasus K-2411", "Pasal 69", "bukan kesimpulan hukum"),
    ),
    "01_ringkasan.pdf": (
        *("K-2411", "P1 Tinggi", "batas waktu kurang dari 24 jam", "diminta uang, gambar, atau bertemu"),
        *("alasan lain, yang tidak disertakan", "Usia korban 18–24", "Mantan", "3 gambar, 4 akun", "korban sendiri"),
    ),
    "02_kronologi.pdf": (
        *("minggu lalu", "22 November 2026 Laporan 1 diterima kantor", "Tambahan 2 diterima", "WIB (UTC+7)"),
        *("Ia meminta uang.", "Kalau tidak, semua teman akan tahu.", "Semalam ia kirim lagi [U+1F62D]"),
        *("Saya melihat unggahan itu.", "gim Naga Hijau", "Permintaan hapus konten kepada Aduan Konten Komdigi"),
        *("Keputusan tentang kewajiban melapor", "Berkas bukti disetujui Sari", "saksi (orang yang melihat)"),
    ),
    "04_terlapor.pdf": (
        *("@akun.contoh", '=HYPERLINK("http://contoh.example","buka")', "+62 812 0000 0000 nomor telepon diduga"),
        *("DIDUGA", "Mantan", LATER.addresses[0]),
    ),
    "05_daftar_bukti.pdf": (
        *(FIRST_DIGEST, DEVICE_DIGEST, LATER_DIGEST, "720 x 1280", "4096", "HP pelapor", "dihitung di perangkat"),
        *("L1 gambar 3", "L1 alamat 4", "2026-11-23", "tidak menyimpan gambar"),
    ),
    "07_metode.pdf": (
        *("Suluh 0.", "FIPS 180-4", "SNI ISO/IEC 27037:2014", "Dapat diaudit", "Dapat diulang", "Dapat direproduksi"),
        *(
            "Dapat dipertanggungjawabkan",
            "Sidik dihitung di server 1 gambar",
            "perangkat itu di luar penguasaan kantor",
        ),
        "Kemiripan bukan bukti bahwa dua berkas sama",
    ),
    "08_rantai_penguasaan.pdf": (
        *(
            "Laporan diterima",
            "Cerita dibaca",
            "untuk: berkas bukti",
            "2026-11-23 10:00:00 WIB Rina",
            "Jumlah catatan 5",
        ),
        *(make_rich_facts().reports[0].custody[-1].digest.hex(), str(SECOND_ID)),
    ),
    "08_rantai_penguasaan.csv": ("staff:" + str(ASKER), make_rich_facts().reports[1].custody[0].digest.hex()),
    "09_keterkaitan.pdf": (
        *("K-3055", "akun sama", "2026-11-23 11:00:00 WIB", "Rina", "K-3056", "berkas gambar sama persis"),
        *("aturan sistem", "bukan bukti bahwa orangnya sama"),
    ),
    "10_permintaan_takedown.pdf": (
        *("https://contoh.example/sebar", "Aduan Konten Komdigi", "TKT-77", "ya", "Sudah hilang", "2026-11-23"),
        *("@akun.contoh", "Aplikasi atau situsnya", "Menunggu", "4 jam"),
    ),
    "11_indikasi_pasal.pdf": (
        *("bukan kesimpulan hukum", "Pasal 14 ayat (2)", "2022-05-09", "belum diperiksa ahli hukum", "Delik aduan"),
        *("15 November 2026", "sebelum 16 Mei 2027", "“minggu lalu”"),
    ),
    "12_persetujuan.pdf": (
        *("22 November 2026 boleh Polisi 1", "23 November 2026 tidak boleh Polisi 2"),
        *("Keputusan Sudah dilaporkan ke polisi", "Tanggal 23 November 2026", "Oleh Sari"),
    ),
    "13_pendukung.pdf": ("Surat psikolog klinis", "Bukti transfer", "Saksi (inisial saja)", "Paraf"),
    "14_berita_acara_serah_terima.pdf": (
        *("rangkap dua", "Pihak I", "Pihak II", "Saksi 1", "Saksi 2", "Barang yang diserahkan", "dibacakan"),
        *("Jumlah", "Kondisi", "NRP", "K-2411", "sha256sum bukti.zip"),
    ),
    "case.jsonld": (FIRST_DIGEST, "InvestigativeAction", "Laporan 1, gambar 3", "@akun.contoh", "Rina"),
    "README_verifikasi.txt": (
        KEY,
        "verify.pyz",
        "05_daftar_bukti.csv",
        "case.jsonld",
        "tagmanifest-sha256.txt.sig.tsr",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_every_fact_stands_in_its_paper(texts: dict[str, str], name: str) -> None:
    missing = [told for told in TOLD[name] if told not in texts[name] and "".join(told.split()) not in texts[name]]
    assert not missing, texts[name]


def test_what_must_stay_is_in_no_file(texts: dict[str, str]) -> None:
    assert not [(name, secret) for name, text in texts.items() for secret in NEVER if secret in text]
    assert "yang mengalami" not in " ".join(texts[name] for name in texts if "pasal" not in name).lower()


def test_the_bag_holds_the_papers_in_order_and_each_table_three_times(texts: dict[str, str]) -> None:
    papers = [one.name for one in list_papers(make_rich_facts())]
    assert papers == sorted(papers)
    assert {name for name in texts if name.endswith(".pdf")} == set(papers)
    for stem in ("05_daftar_bukti", "09_keterkaitan", "10_permintaan_takedown", "11_indikasi_pasal"):
        rows = json.loads(files_of_rich()[f"{stem}.json"])
        read = list(csv.reader(io.StringIO(files_of_rich()[f"{stem}.csv"].decode("utf-8-sig"), newline="")))
        assert read[0] == list(rows[0])
        plain = [["" if cell is None else guard_cell(str(cell)) for cell in row.values()] for row in rows]
        assert read[1:] == plain


@cache
def files_of_rich() -> dict[str, bytes]:
    return files_of(make_rich_facts())


ITEMS = {
    "uraian": "Ia meminta uang",
    "tambahan/2": "Semalam ia kirim",
    "gambar/2": DEVICE_DIGEST,
    "gambar/3": LATER_DIGEST,
    "alamat/1": "@akun.contoh",
    "alamat/4": LATER.addresses[0],
}


@pytest.mark.parametrize("item", ITEMS)
def test_an_unticked_item_is_in_no_file_and_its_number_is_named(item: str) -> None:
    facts = make_rich_facts()
    facts = replace(facts, wish=replace(facts.wish, left_out=frozenset({f"{REPORT_ID}/{item}"})))
    told = report_document(facts)
    everything = papers_text(facts) + json.dumps(told, ensure_ascii=False) + tables_text(facts)
    assert ITEMS[item] not in everything
    assert all(words in everything for other, words in ITEMS.items() if other != item)
    assert told["laporan"][0]["tidak_disertakan"] == [item]
    assert item.replace("/", " ") in papers_text(facts)
    numbers = [row["no"] for row in told["laporan"][0]["bukti"]]
    assert numbers == [number for number in (1, 2, 3) if item != f"gambar/{number}"]


def tables_text(facts: BundleFacts) -> str:
    """What machines read beside laporan.json, without the papers."""
    return "".join(
        content.decode() for content in (*package._tables(facts).values(), *package._documents(facts).values())
    )


def test_all_items_unticked_leave_a_bundle_without_a_word_of_the_reporter() -> None:
    facts = make_rich_facts()
    left_out = {f"{REPORT_ID}/{item}" for item in (*ITEMS, "gambar/1", "alamat/2", "alamat/3")} | {
        f"{SECOND_ID}/uraian"
    }
    texts = texts_of(files_of(replace(facts, wish=replace(facts.wish, left_out=frozenset(left_out)))))
    for words in (*ITEMS.values(), FIRST_DIGEST, "HYPERLINK", "0812 0000", "+62 812", "Saya melihat", "gim Naga Hijau"):
        assert not [name for name, text in texts.items() if words in text], words
    assert "(alamat tidak disertakan)" in texts["10_permintaan_takedown.pdf"]


def test_related_cases_and_fingerprints_leave_only_where_they_were_chosen() -> None:
    facts = make_rich_facts()
    plain = replace(facts, wish=replace(facts.wish, names_related=False))
    assert "K-305" not in papers_text(plain) + tables_text(plain)
    assert "tidak menyertakan keterkaitan" in papers_text(plain)
    chosen = replace(facts, wish=replace(facts.wish, fingerprints_reason="pencarian salinan"))
    prints = json.loads(files_of(chosen)["05_sidik_gambar.json"])
    assert prints[1] == {
        "laporan": str(REPORT_ID),
        "no": 2,
        "sha256": DEVICE_DIGEST,
        "pdq": {"versi": "1", "nilai": PDQ, "mutu": 90},
        "phash": {"versi": "1", "nilai": PHASH},
    }
    assert "05_sidik_gambar.json" not in files_of_rich()


def test_an_empty_letter_number_is_a_line_to_write_on_and_no_action_is_said() -> None:
    letter = read_pdf(render_pdf(list_papers(make_facts())[0].paper, NOW))
    assert "_" * 20 in letter
    assert "Tidak ada tindakan khusus" in letter


def test_a_story_cannot_pass_for_the_office() -> None:
    story = "Awal\nRingkasan berkas bukti\nKeputusan: dilaporkan " + "panjang " * 40
    facts = make_facts(replace(make_facts().reports[0].submission, story=story))
    quotes = [b for one in list_papers(facts) for b in one.paper.blocks if "panjang" in repr(vars(b))]
    assert [block.kind for block in quotes] == ["quote"]


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
    assert document["laporan"][0]["bukti"][1] == {
        "no": 2,
        "jenis": "tangkapan layar",
        "diperoleh": "2026-11-22",
        "sha256": DEVICE_DIGEST,
        "ukuran_byte": 4096,
        "lebar_piksel": 720,
        "tinggi_piksel": 1280,
        "sidik_dihitung": {"kode": "perangkat", "sebutan": "dihitung di perangkat"},
        "lokasi_asli": {"kode": "hp_saya", "sebutan": "HP pelapor"},
    }


def test_an_empty_report_still_makes_every_paper() -> None:
    texts = texts_of(files_of(make_facts(Submission(answers=Answers()))))
    assert "Sumber keterangan tidak dijawab" in texts["01_ringkasan.pdf"]
    assert "(tidak ada)" in texts["05_daftar_bukti.pdf"]
    assert "(tidak ada)" in texts["11_indikasi_pasal.pdf"]


def test_a_picture_that_was_sent_again_came_with_the_report() -> None:
    facts = make_rich_facts()
    again = replace(LATER, pictures=facts.reports[0].submission.pictures)
    report = replace(facts.reports[0], additions=(replace(facts.reports[0].additions[0], material=again),))
    (one,) = leaving_reports(replace(facts, reports=(report,)))
    assert [one.came_on(number, picture).day for number, picture in one.pictures] == [22, 22, 23]


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t=", " =", "\r=", "＝", "＠", "\n=", "\t", "\r"])
def test_a_spreadsheet_never_sees_a_formula(opening: str) -> None:
    assert guard_cell(f"{opening}1").startswith("'")


def test_plain_cells_stay_as_they_are() -> None:
    assert guard_cell("https://contoh.example/=x") == "https://contoh.example/=x"


def test_the_custody_log_can_be_verified_with_the_offices_own_code() -> None:
    entries = [json.loads(line) for line in files_of_rich()["08_rantai_penguasaan.jsonl"].splitlines()]
    for report_id, count in ((REPORT_ID, len(ACTS) + 1), (SECOND_ID, 2)):
        chain = [
            CustodyEntry(
                report_id=report_id,
                number=entry["number"],
                previous=bytes.fromhex(entry["previous"]),
                body=entry["body"],
                digest=bytes.fromhex(entry["digest"]),
            )
            for entry in entries
            if entry["report"] == str(report_id)
        ]
        assert verify_chain(report_id, chain) == count


def test_the_builder_reports_each_step_and_equal_facts_give_equal_bytes_in_another_process() -> None:
    facts, steps = make_rich_facts(), []
    bundle = build_bundle(decode_facts(encode_facts(facts)), SIGNING, lambda done, whole: steps.append((done, whole)))
    assert steps == [(number, 14) for number in range(1, 15)]
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        again = {name.removeprefix("bukti/data/"): opened.read(name) for name in opened.namelist()}
    assert again == files_of_rich()


def test_the_papers_name_the_key_that_signs() -> None:
    with zipfile.ZipFile(io.BytesIO(build_bundle(make_facts(), STRANGER))) as opened:
        letter = read_pdf(opened.read("bukti/data/00_surat_pengantar.pdf"))
    assert KEY not in letter
    assert fingerprint(STRANGER.public_key().public_bytes_raw()) in letter


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.from_type(BundleFacts))
def test_facts_cross_to_the_builder_unchanged(facts: BundleFacts) -> None:
    stored = encode_facts(facts)
    assert decode_facts(stored) == facts
    assert encode_facts(decode_facts(stored)) == stored


@pytest.mark.parametrize("broken", [b"", b"[]", b"{}", b'{"bundle_id": 3}', b"\xff"])
def test_other_bytes_are_no_facts(broken: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        decode_facts(broken)


def test_the_graph_conforms_to_case(tmp_path: Path) -> None:
    program = find_program("case_validate")
    (tmp_path / "case.jsonld").write_bytes(files_of_rich()["case.jsonld"])
    checked = subprocess.run([program, tmp_path / "case.jsonld"], capture_output=True, env=os.environ, check=False)
    assert checked.returncode == 0, checked.stdout
    assert b"Conforms: True" in checked.stdout


@pytest.mark.parametrize("missing", [{"bundle_id": None}, {"approved": None}])
def test_nothing_is_built_without_an_approval(missing: dict[str, Any]) -> None:
    facts = replace(make_facts(), **missing)
    assert len(list_papers(facts)) == 13
    with pytest.raises(ValueError, match="approval"):
        build_bundle(facts, SIGNING)
