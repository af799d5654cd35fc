"""From the home page to the code: the shortest way, the whole form, a witness, a child."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from casefile.models import Draft, OutboxRow, Report
from casefile.submission import Submission
from tests.conftest import Database
from tests.factories import Office, draw_screenshot
from tests.intake.browser import Browser, Page, code_of
from tests.intake.opening import count, opened_submission

FULL = {
    "aman_sekarang": "ya",
    "peran": "keluarga_teman",
    "usia": "25_44",
    "jenis": ["ANCAM_SEBAR", "GROOMING"],
    "cerita": "Mantan teman mengancam & meminta uang <3. Sudah seminggu.",
    "kapan_terjadi": "minggu_ini",
    "ancaman": "1_7_hari",
    "status_konten": "grup_tertutup",
    "teridentifikasi": "tidak_tahu",
    "anak_dalam_konten": "tidak",
    "asli_disimpan": "hp_saya",
    "platform": ["instagram", "lainnya"],
    "platform_lain": "Forum lokal",
    "tautan": "@akun_contoh\nhttps://instagram.com/akun.contoh",
    "perasaan": "berat",
    "kebutuhan": ["konseling", "hapus_konten"],
    "minta_apa": ["uang"],
    "relasi": "teman_medsos",
    "akses_pelaku": ["tahu_alamat"],
    "tppo": ["ajak_bertemu"],
    "kapan_tahu_bulan": "10",
    "kapan_tahu_tahun": "2026",
    "gender": "perempuan",
    "disabilitas": "tidak",
    "wilayah": "tebet",
    "kontak": "wa",
    "kontak_isi": "0812-0000-0000",
    "kontak_jam": "siang",
    "kontak_sapaan": "Kurir paket",
    "kontak_tanpa_pesan": "ya",
    "setuju_proses": "ya",
    "jangan_bandingkan": "ya",
    "setuju_rujuk": ["lbh"],
}


def fill(visitor: Browser, page: Page) -> Page:
    """Send a page with those of the full answers that it asks for."""
    return visitor.send(page, {name: value for name, value in FULL.items() if name in page.inputs})


def test_the_shortest_way_keeps_a_report_with_everything_skipped(
    visitor: Browser, database: Database, office: Office
) -> None:
    code = visitor.report()
    assert len(code.split()) == 6
    submission = opened_submission(database, office)
    assert submission == Submission.from_json(
        {**submission.to_json(), "jenis": ["PELECEHAN"], "usia": "lewati", "cerita": "", "gambar": []}
    )
    assert count(database, OutboxRow) == 1


def test_every_answer_of_the_whole_form_arrives_as_it_was_given(
    visitor: Browser, database: Database, office: Office
) -> None:
    page = visitor.begin(**{name: str(FULL[name]) for name in ("aman_sekarang", "peran", "usia")})
    page = fill(visitor, page)
    assert page.path == "/a/3"
    values = {name: value for name, value in FULL.items() if name in page.inputs}
    page = visitor.send(page, values, [draw_screenshot(1, 360, 640), draw_screenshot(2, 360, 640)])
    page = fill(visitor, page)
    assert page.path == "/a/5"
    assert "2 sidik digital" in page.text
    assert "@akun_contoh" in page.text
    code_of(fill(visitor, page))
    sealed = opened_submission(database, office).to_json()
    assert len(sealed.pop("gambar")) == 2
    assert sealed.pop("versi_persetujuan") == "id-1"
    expected = dict(FULL) | {"kapan_tahu": "2026-10", "tautan": str(FULL["tautan"]).splitlines(), "orang_dewasa": ""}
    expected |= {"kontak_tanpa_pesan": True, "jangan_bandingkan": True}
    for name in ("kapan_tahu_bulan", "kapan_tahu_tahun", "setuju_proses"):
        del expected[name]
    assert {name: sorted(value) if isinstance(value, list) else value for name, value in sealed.items()} == {
        name: sorted(value) if isinstance(value, list) else value for name, value in expected.items()
    }


def test_a_witness_goes_past_the_person_harmed_and_sends_no_picture(
    visitor: Browser, database: Database, office: Office
) -> None:
    page = visitor.begin(peran="melihat")
    assert "Langkah 1 dari 4" in page.text
    page = visitor.send(page, {"jenis": "NCII_SEBAR", "status_konten": "umum"})
    assert page.path == "/a/3"
    assert "bukti" not in page.inputs
    page = visitor.send(page, {"platform": "x", "tautan": "https://x.com/contoh/status/1"})
    assert page.path == "/a/5"
    assert "setuju_rujuk" not in page.inputs
    assert "Langkah 3 dari 4" in page.text
    assert visitor.open("/a/4").path == "/a/5"
    code_of(visitor.finish())
    assert opened_submission(database, office).answers.is_witness


def test_a_child_is_called_kamu_and_asked_for_no_picture(visitor: Browser, database: Database, office: Office) -> None:
    page = visitor.begin(usia="13_15")
    assert "Ini bukan salah kamu." in page.text
    assert "Anda" not in page.text
    page = visitor.send(page, {"cerita": "Anda Baik menulis kepada Anda."})
    assert "bukti" not in page.inputs
    assert "jangan kirim gambar. Cukup ceritakan dengan kata-kata" in page.text
    page = visitor.send(page)
    assert "orang_dewasa" in page.inputs
    page = visitor.send(page, {"orang_dewasa": "guru BK"})
    assert "Anda Baik menulis kepada Anda." in page.text
    page = visitor.finish(page)
    assert "Laporan kamu sudah kami terima" in page.text
    assert "takeitdown.ncmec.org" in page.text
    submission = opened_submission(database, office)
    assert (submission.story, submission.trusted_adult) == ("Anda Baik menulis kepada Anda.", "guru BK")


def test_an_adult_is_called_anda(visitor: Browser) -> None:
    assert "Ini bukan salah Anda." in visitor.begin(usia="18_24").text


def test_somebody_in_danger_and_somebody_in_despair_find_a_number(visitor: Browser) -> None:
    page = visitor.begin(aman_sekarang="tidak")
    assert "telepon 110 sekarang" in page.text
    page = visitor.send(visitor.send(page, {"jenis": "SEKSTORSI"}))
    page = visitor.send(page, {"perasaan": "akhiri_hidup"})
    assert "healing119.id" in page.text
    assert "healing119.id" in visitor.finish(page).text


def test_the_help_stands_beside_the_answer_that_asks_for_it(visitor: Browser) -> None:
    page = visitor.open("/a")
    assert page.text.index("telepon 110 sekarang") > page.text.index("sedang terancam")
    page = visitor.send(visitor.send(visitor.begin(), {"jenis": "SEKSTORSI"}))
    assert page.text.index("healing119.id") > page.text.index("Ada pikiran mengakhiri hidup")


def test_a_witness_is_not_told_of_guilt_and_somebody_without_pictures_of_no_fingerprints(visitor: Browser) -> None:
    assert "Ini bukan salah" not in visitor.begin(peran="melihat", usia="lewati").text
    visitor.send(visitor.begin(peran="mengalami"), {"jenis": "SEKSTORSI"})
    assert "sidik digital" not in visitor.open("/a/5").text


def test_nothing_typed_is_lost_over_faults_and_steps_back(visitor: Browser) -> None:
    page = visitor.begin()
    typed = "Kalimat <b>penting</b> & “aneh”. " * 200
    page = visitor.send(page, {"cerita": typed, "ancaman": "tanpa_batas"})
    assert "Cerita terlalu panjang. Paling banyak 4.000 huruf; sekarang" in page.text
    assert page.values["cerita"] == [typed]
    assert page.values["ancaman"] == ["tanpa_batas"]
    back = visitor.send(page, {"langkah": "kembali"})
    assert back.path == "/a"
    assert visitor.open("/a/2").values["cerita"] == [typed]
    page = visitor.send(visitor.open("/a/2"), {"cerita": "Kalimat pendek."})
    page = visitor.send(page, {"tautan": "@akun", "langkah": "kembali"})
    assert page.values["cerita"] == ["Kalimat pendek."]
    assert visitor.open("/a/3").values["tautan"] == ["@akun"]


def test_faults_are_summed_up_with_links_to_fields_that_are_there(visitor: Browser) -> None:
    page = visitor.send(visitor.begin())
    assert "Ada yang perlu diperbaiki" in page.text
    html = page.response.text
    assert 'href="#f-jenis"' in html
    assert re.search(r'id="?f-jenis\b', html)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="h-jenis e-jenis"' in html


def test_a_notice_about_a_number_interrupts_once(visitor: Browser) -> None:
    story = {"cerita": "Hubungi saya di 0812-3456-7890 ya"}
    page = visitor.send(visitor.begin(), story)
    assert page.path == "/a/2"
    assert page.text.index("Sepertinya ada nomor telepon") < page.text.index("Diancam akan disebar")
    assert visitor.send(page).path == "/a/3"


def test_the_last_page_leads_back_to_what_is_missing(visitor: Browser) -> None:
    visitor.begin()
    page = visitor.open("/a/5")
    assert "Pilih satu kejadian" in page.text
    assert page.action == "/a/2"


def test_sending_without_consent_is_asked_again_and_keeps_nothing(visitor: Browser, database: Database) -> None:
    page = visitor.send(visitor.begin(), {"jenis": "DOXING"})
    page = visitor.send(visitor.send(page))
    page = visitor.send(page, {"jangan_bandingkan": "ya"})
    assert "Centang persetujuan agar konselor bisa membaca laporan" in page.text
    assert page.values["jangan_bandingkan"] == ["ya"]
    assert count(database, Report) == 0


@pytest.mark.parametrize("path", ["/a/2", "/a/3", "/a/4", "/a/5", "/a/6", "/b/tarik"])
def test_nobody_lands_in_the_middle(visitor: Browser, path: str) -> None:
    assert visitor.open(path).path in {"/", "/b"}


def test_the_home_page_remembers_nothing(visitor: Browser, database: Database) -> None:
    response = visitor.open("/").response
    assert "Set-Cookie" not in response.headers
    assert visitor.cookies() == set()
    assert count(database, Draft) == 0


def test_two_visitors_see_nothing_of_each_other(app: Flask) -> None:
    first, second = Browser(app), Browser(app)
    first.send(first.begin(), {"cerita": "Milik orang pertama."})
    second.begin()
    assert second.open("/a/2").values["cerita"] == [""]
