"""Whoever chose English meets no Indonesian on the portal; what is kept is the same in both languages."""

from __future__ import annotations

import pytest

from casefile.receipts import WORDS
from tests.conftest import Database
from tests.english import expect_english, indonesian_in
from tests.factories import Office, draw_screenshot
from tests.intake.browser import Browser, Page, code_of
from tests.intake.opening import opened_submission

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def read(page: Page) -> Page:
    """The page, once it was found to be in English under the neutral title."""
    expect_english(page.response.text)
    assert "<title>Layanan Warga</title>" in page.response.text
    return page


def choose_english(visitor: Browser) -> Page:
    """Press the button of the home page."""
    return visitor.send(visitor.open("/"), {"bahasa": "en"})


@pytest.mark.parametrize("path", ["/", "/b", "/tidak-ada"])
def test_plain_pages_of_the_portal_are_all_indonesian_or_all_english(visitor: Browser, path: str) -> None:
    assert len(indonesian_in(visitor.open(path).response.text)) > 2
    choose_english(visitor)
    read(visitor.open(path))


def test_the_form_is_english_to_the_last_page(visitor: Browser) -> None:
    page = read(choose_english(visitor))
    page = read(visitor.open("/a"))
    page = read(visitor.send(page, {"aman_sekarang": "tidak", "peran": "mengalami", "usia": "25_44"}))
    page = read(visitor.send(page, {"cerita": "x" * 4001}))
    assert "At most 4,000 characters; it now has 4,001." in page.text
    page = read(visitor.send(page, {"cerita": " "}))
    page = read(visitor.send(page, {"jenis": ["GROOMING", "NCII_SEBAR"], "cerita": "0812-3456-7890"}))
    page = read(visitor.send(page, {"ancaman": "1_7_hari"}))
    assert page.path == "/a/3"
    page = read(visitor.send(page, {"langkah": "tambah"}, [draw_screenshot(1, 360, 640), b"", b"GIF89a", b"\x89PNG"]))
    page = read(visitor.send(page, {"platform": ["lainnya", "aplikasi_pinjol"], "platform_lain": "Forum"}))
    page = read(visitor.send(page, {"kapan_tahu_bulan": "10"}))
    answers = {"perasaan": "akhiri_hidup", "kapan_tahu_tahun": "2026", "relasi": "mantan", "wilayah": "luar_jaksel"}
    page = read(visitor.send(page, {**answers, "kontak": "wa", "tppo": "tahan_dokumen", "kebutuhan": "hukum"}))
    assert "Digital fingerprints: 1" in page.text
    page = read(visitor.send(page))
    page = read(visitor.send(page, {"setuju_proses": "ya", "setuju_rujuk": ["lbh", "komdigi", "lpsk"]}))
    code = code_of(page)
    read(visitor.send(page, {"kode": "salah"}))
    read(visitor.send(page, {"kode": code[:-4] + "0000"}))
    read(visitor.send(page, {"kode": code}))


@pytest.mark.parametrize("safety", [{"usia": "13_15"}, {"peran": "melihat"}])
def test_the_paths_of_a_child_and_a_witness_are_english(visitor: Browser, safety: dict[str, str]) -> None:
    choose_english(visitor)
    page = read(visitor.send(visitor.open("/a"), safety))
    page = read(visitor.send(page))
    page = read(visitor.send(page, {"jenis": "MATERI_ANAK"}))
    page = read(visitor.send(page, pictures=[draw_screenshot(1, 360, 640)]))
    page = read(visitor.send(page))
    if page.path == "/a/4":
        page = read(visitor.send(page))
    read(visitor.finish(page))


def test_replies_are_read_and_written_in_english(visitor: Browser) -> None:
    choose_english(visitor)
    code = visitor.report()
    read(visitor.send(visitor.open("/b"), {"kode": "salah"}))
    page = read(visitor.send(visitor.open("/b"), {"kode": code}))
    page = read(visitor.send(page, {"pesan": ""}))
    page = read(visitor.send(page, {"pesan": "x" * 4001}))
    assert "At most 4,000 characters." in page.text
    page = read(visitor.send(page, {"pesan": "Halo"}))
    assert "Today" in page.text
    page = read(visitor.send(read(visitor.open("/b/tarik"))))


def test_a_report_in_english_is_kept_as_one_in_indonesian(visitor: Browser, database: Database, office: Office) -> None:
    choose_english(visitor)
    code = visitor.report(safety={"aman_sekarang": "tidak"}, events={"jenis": ["DOXING"], "ancaman": "1_7_hari"})
    assert set(code.split()[:5]) <= set(WORDS)
    kept = opened_submission(database, office).to_json()
    answers = {"aman_sekarang": "tidak", "jenis": ["DOXING"], "ancaman": "1_7_hari", "usia": "lewati"}
    assert {name: kept[name] for name in answers} == answers
    assert kept["versi_persetujuan"] == "en-1"
