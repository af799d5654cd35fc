"""The form as data: names and option values are a contract; what is typed is kept; blank is never "no"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from casefile.submission import Submission
from casefile.vocabulary import ContactWay, ReferralTarget, Spread, Threat
from intake.forms import (
    CHECK,
    FIRST,
    HELP,
    KINDS,
    PICTURES,
    Draft,
    Field,
    Page,
    Widget,
    check_page,
    pages_of,
    parse_page,
    review_rows,
    to_submission,
)
from intake.forms.pictures import PictureWays

YEAR = 2026
CONTRACT = {
    "aman_sekarang": "ya tidak tidak_yakin lewati",
    "peran": "mengalami keluarga_teman guru_pendamping melihat lewati",
    "usia": "lt13 13_15 16_17 18_24 25_44 45_59 60_plus lewati",
    "jenis": "NCII_SEBAR ANCAM_SEBAR SEKSTORSI PENGUNTITAN PENIRUAN MANIPULASI PELECEHAN LAINNYA TIDAK_YAKIN"
    " NCII_REKAM DOXING PERETASAN ANCAMAN_FISIK CEMAR GROOMING EKSPLOITASI MATERI_ANAK REKRUT_TPPO",
    "kapan_terjadi": "hari_ini minggu_ini bulan_ini lebih_lama tidak_yakin",
    "ancaman": "tidak sampai_24_jam 1_7_hari tanpa_batas",
    "status_konten": "belum grup_tertutup umum tidak_tahu tidak_ada",
    "teridentifikasi": "ya tidak tidak_tahu",
    "anak_dalam_konten": "ya tidak tidak_tahu",
    "asli_disimpan": "hp_saya hp_orang_lain terhapus tidak_tahu",
    "platform": "whatsapp telegram instagram tiktok x facebook gim_online aplikasi_kencan aplikasi_pinjol lainnya",
    "perasaan": "baik berat sangat_berat akhiri_hidup lewati",
    "kebutuhan": "konseling hapus_konten hukum aman_dari_pelaku lapor_polisi hanya_mencatat",
    "minta_apa": "uang gambar_lagi bertemu tetap_berpacaran lainnya tidak_ada",
    "relasi": "pasangan mantan keluarga teman teman_medsos guru_atasan_aparat tidak_dikenal lewati",
    "akses_pelaku": "serumah tahu_alamat pernah_fisik punya_senjata memegang_hp",
    "tppo": "ajak_bertemu suruh_berangkat tahan_dokumen tagih_utang tidak_bisa_pergi",
    "gender": "perempuan laki_laki lainnya lewati",
    "disabilitas": "ya tidak lewati",
    "wilayah": "tebet setiabudi mampang_prapatan pasar_minggu kebayoran_lama cilandak kebayoran_baru pancoran"
    " jagakarsa pesanggrahan luar_jaksel lewati",
    "kontak": "tidak wa telp surel",
    "setuju_rujuk": "lbh psikolog komdigi lpsk polisi",
}
TEXTS = {
    "cerita": 4000,
    "platform_lain": 200,
    "tautan": 4000,
    "orang_dewasa": 200,
    "kontak_isi": 200,
    "kontak_jam": 200,
    "kontak_sapaan": 200,
}
EVERYTHING_ASKED = Draft({"usia": ["16_17"], "jenis": ["GROOMING"]})
PAGES = (FIRST, KINDS, PICTURES, HELP, CHECK)


def asked_fields() -> Iterator[tuple[Page, Field]]:
    for page in PAGES:
        for field in page.fields_for(EVERYTHING_ASKED):
            yield page, field


def page_of(name: str) -> Page:
    return next(page for page, field in asked_fields() if field.name == name)


def send(page: Page, draft: Draft | None = None, **sent: str | list[str]) -> Draft:
    """The draft after a page was sent without a fault."""
    values = {name: [value] if isinstance(value, str) else value for name, value in sent.items()}
    parsed = parse_page(page, values, draft or Draft(), YEAR)
    assert parsed.faults == {}
    return parsed.draft


def submission(**sent: list[str]) -> Submission:
    return to_submission(Draft(sent), "id-1")


def test_names_and_values_are_those_of_the_public_contract() -> None:
    coded = {field.name: field for _, field in asked_fields() if field.options and field.name != "kapan_tahu_bulan"}
    assert {name: set(values.split()) for name, values in CONTRACT.items()} == {
        name: {value for value, _ in [*field.choices(), *field.choices(folded=True)]} for name, field in coded.items()
    }
    assert {field.name: field.limit for _, field in asked_fields() if field.widget.is_text} == TEXTS
    ticks = {field.name for _, field in asked_fields() if field.widget is Widget.TICK}
    assert ticks == {"kontak_tanpa_pesan", "setuju_proses", "jangan_bandingkan"}


def test_the_first_kinds_are_in_the_order_of_the_page_and_the_rarer_ones_folded() -> None:
    kinds = next(field for field in KINDS.fields if field.name == "jenis")
    assert [value for value, _ in kinds.choices()] == CONTRACT["jenis"].split()[:9]
    assert [value for value, _ in kinds.choices(folded=True)] == CONTRACT["jenis"].split()[9:]


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in CONTRACT.items() for value in values.split()]
)
def test_every_option_is_accepted_and_sealed_as_it_is(name: str, value: str) -> None:
    parsed = parse_page(page_of(name), {name: [value]}, EVERYTHING_ASKED, YEAR)
    assert name not in parsed.faults
    asked = parsed.draft.with_values({**EVERYTHING_ASKED.values, **parsed.draft.values})
    sealed = to_submission(asked, "id-1").to_json()[name]
    assert value == sealed or value in sealed


@pytest.mark.parametrize("name", [*CONTRACT, "kapan_tahu_bulan", "kapan_tahu_tahun", "setuju_proses"])
@pytest.mark.parametrize("unknown", ["<b>", "YA", "1999", "ya ", "\x00"])
def test_an_unknown_value_is_a_plain_fault_and_is_not_kept(name: str, unknown: str) -> None:
    parsed = parse_page(page_of(name), {name: [unknown]}, EVERYTHING_ASKED, YEAR)
    assert [fault.message for fault in parsed.faults[name]] == ["Pilih salah satu jawaban yang ada."]
    assert unknown not in parsed.draft.many(name)


def test_known_answers_beside_an_unknown_one_are_kept() -> None:
    parsed = parse_page(KINDS, {"jenis": ["DOXING", "ENTAH", "CEMAR"]}, Draft(), YEAR)
    assert parsed.draft.many("jenis") == ["DOXING", "CEMAR"]


def test_an_unknown_value_takes_no_earlier_answer_away() -> None:
    told = send(HELP, perasaan="akhiri_hidup")
    parsed = parse_page(HELP, {"perasaan": ["entah"]}, told, YEAR)
    assert parsed.draft.one("perasaan") == "akhiri_hidup"
    assert "perasaan" in parsed.faults


def test_an_unknown_value_carries_no_consent_over() -> None:
    agreed = send(CHECK, setuju_proses="ya", setuju_rujuk="polisi")
    parsed = parse_page(CHECK, {"setuju_proses": ["ya"], "setuju_rujuk": ["entah"]}, agreed, YEAR)
    assert parsed.draft.many("setuju_rujuk") == []


def test_a_blank_form_is_skipped_never_no() -> None:
    blank = to_submission(Draft(), "id-1").to_json()
    assert {blank[name] for name in ("aman_sekarang", "peran", "usia", "perasaan", "relasi", "gender")} == {"lewati"}
    assert blank["disabilitas"] == blank["wilayah"] == "lewati"
    assert {
        blank[name] for name in ("ancaman", "status_konten", "kapan_terjadi", "teridentifikasi", "anak_dalam_konten")
    } == {None}
    assert blank["jangan_bandingkan"] is False


def test_an_answer_taken_back_is_skipped_again() -> None:
    ticked = send(PICTURES, platform=["whatsapp", "x"])
    assert send(PICTURES, ticked).many("platform") == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_at_its_limit_passes_and_one_longer_stays_for_correction(name: str) -> None:
    fits, longer = "a" * TEXTS[name], "b" * (TEXTS[name] + 312)
    page = page_of(name)
    assert name not in parse_page(page, {name: [fits]}, EVERYTHING_ASKED, YEAR).faults
    parsed = parse_page(page, {name: [longer]}, EVERYTHING_ASKED, YEAR)
    assert parsed.draft.one(name) == longer
    (fault,) = parsed.faults[name]
    assert "terlalu panjang" in fault.message
    assert fault.params["length"] == TEXTS[name] + 312


def test_a_text_of_any_length_is_kept_whole() -> None:
    name, endless = "cerita", "<" * 250_000
    parsed = parse_page(KINDS, {name: [endless]}, Draft(), YEAR)
    assert parsed.draft.one(name) == endless
    assert parsed.faults[name][0].params["length"] == 250_000
    assert set(parsed.faults) == {name}


def test_texts_are_cleaned_when_sealed_but_shown_again_as_typed() -> None:
    typed = "Dia bilang <script>x</script> kirim <3 sekarang\r\nya"
    draft = send(KINDS, cerita=typed)
    assert draft.one("cerita") == typed
    assert to_submission(draft, "id-1").story == "Dia bilang x kirim <3 sekarang\nya"


def test_a_kind_or_a_story_is_needed_and_white_space_is_no_story() -> None:
    for sent in ({}, {"cerita": ["  \n "]}, {"cerita": ["<b></b>"]}):
        faults = parse_page(KINDS, sent, Draft(), YEAR).faults
        assert faults["jenis"][0].message == "Pilih satu kejadian, atau ceritakan sedikit apa yang terjadi"
    send(KINDS, cerita="Ada yang mengancam.")
    send(KINDS, jenis="TIDAK_YAKIN")


def test_a_witness_is_asked_little_and_needs_a_kind() -> None:
    witness = send(FIRST, peran="melihat")
    asked = {page.number: [field.name for field in page.fields_for(witness)] for page in pages_of(witness)}
    assert asked == {
        1: ["aman_sekarang", "peran", "usia"],
        2: ["jenis", "status_konten", "teridentifikasi", "anak_dalam_konten"],
        3: ["platform", "platform_lain", "tautan"],
        5: ["setuju_proses", "jangan_bandingkan"],
    }
    faults = parse_page(KINDS, {"cerita": ["Saya melihat sesuatu."]}, witness, YEAR).faults
    assert faults["jenis"][0].message == "Pilih satu kejadian"


def test_what_was_typed_before_becoming_a_witness_is_not_sent() -> None:
    draft = Draft({"jenis": ["DOXING"], "cerita": ["rahasia"], "perasaan": ["berat"], "gender": ["perempuan"]})
    draft = draft.with_values({**draft.values, "setuju_rujuk": ["polisi"], "kontak": ["wa"], "kontak_isi": ["0812"]})
    witness = send(FIRST, draft, peran="melihat")
    sealed = to_submission(witness, "id-1")
    assert (sealed.story, sealed.contact.address, sealed.consents.referrals) == ("", "", frozenset())
    assert sealed.to_json()["gender"] == "lewati"
    assert all("rahasia" not in row.text for row in review_rows(witness))
    assert send(FIRST, witness, peran="mengalami").one("cerita") == "rahasia"


@pytest.mark.parametrize(
    ("values", "name", "is_asked"),
    [
        ({"jenis": ["REKRUT_TPPO"]}, "tppo", True),
        ({"jenis": ["GROOMING"]}, "tppo", True),
        ({"jenis": ["DOXING"]}, "tppo", False),
        ({"usia": ["lt13"]}, "orang_dewasa", True),
        ({"usia": ["18_24"]}, "orang_dewasa", False),
        ({}, "orang_dewasa", False),
    ],
)
def test_branches_ask_only_whom_they_concern(values: dict[str, list[str]], name: str, is_asked: bool) -> None:
    assert (name in [field.name for field in HELP.fields_for(Draft(values))]) is is_asked


@pytest.mark.parametrize(
    "values",
    [{"usia": ["lt13"]}, {"usia": ["16_17"]}, {"jenis": ["MATERI_ANAK"]}, {"anak_dalam_konten": ["ya"]}],
)
def test_of_children_and_child_material_only_readings_of_a_device_may_come(values: dict[str, list[str]]) -> None:
    assert Draft(values).picture_ways is PictureWays.DEVICE


def test_a_witness_sends_no_pictures_at_all() -> None:
    assert Draft({"peran": ["melihat"], "usia": ["16_17"]}).picture_ways is PictureWays.NONE


@pytest.mark.parametrize("values", [{}, {"usia": ["18_24"]}, {"usia": ["lewati"]}, {"anak_dalam_konten": ["tidak"]}])
def test_others_may_send_pictures(values: dict[str, list[str]]) -> None:
    assert Draft(values).picture_ways is PictureWays.ALL


@pytest.mark.parametrize(("month", "year", "known"), [("03", "2026", "2026-03"), ("", "2025", "2025"), ("", "", "")])
def test_a_rough_date_is_a_year_or_a_month_of_it(month: str, year: str, known: str) -> None:
    draft = send(HELP, kapan_tahu_bulan=month, kapan_tahu_tahun=year)
    assert to_submission(draft, "id-1").known_since == known


def test_a_month_without_its_year_is_asked_again() -> None:
    parsed = parse_page(HELP, {"kapan_tahu_bulan": ["03"]}, Draft(), YEAR)
    assert set(parsed.faults) == {"kapan_tahu_tahun"}
    assert parsed.draft.one("kapan_tahu_bulan") == "03"


@pytest.mark.parametrize("way", ["wa", "telp", "surel", ""])
def test_a_safe_contact_goes_along(way: str) -> None:
    sent = {"kontak": way, "kontak_isi": "0812-3456-7890", "kontak_jam": "siang", "kontak_sapaan": "Kurir paket"}
    contact = to_submission(send(HELP, **sent, kontak_tanpa_pesan="ya"), "id-1").contact
    assert (contact.way, contact.address, contact.hours) == (ContactWay(way or "tidak"), "0812-3456-7890", "siang")
    assert (contact.greeting, contact.leave_no_message) == ("Kurir paket", True)


def test_no_contact_wanted_empties_what_was_typed_below_it() -> None:
    assert to_submission(send(HELP, kontak="tidak", kontak_isi="0812-3456-7890"), "id-1").contact.address == ""


def test_addresses_are_lines_each_once() -> None:
    draft = send(PICTURES, tautan="@akun_a\r\n\r\n  @akun_a \nhttps://contoh.id/x ")
    assert to_submission(draft, "id-1").addresses == ("@akun_a", "https://contoh.id/x")


def test_consents_are_what_was_ticked() -> None:
    refused = parse_page(CHECK, {"jangan_bandingkan": ["ya"]}, Draft(), YEAR)
    assert set(refused.faults) == {"setuju_proses"}
    agreed = send(CHECK, setuju_proses="ya", jangan_bandingkan="ya", setuju_rujuk=["lbh", "lpsk"])
    consents = to_submission(agreed, "id-1").consents
    assert (consents.may_compare, consents.text_version) == (False, "id-1")
    assert consents.referrals == {ReferralTarget.LEGAL_AID, ReferralTarget.LPSK}


def test_a_number_in_the_story_is_pointed_out_and_never_stops_anybody() -> None:
    parsed = parse_page(KINDS, {"cerita": ["Hubungi saya di 0812-3456-7890 ya"]}, Draft(), YEAR)
    assert parsed.faults == {}
    assert "nomor telepon" in parsed.notices["cerita"][0].message


def test_a_draft_survives_being_stored() -> None:
    draft = Draft({"jenis": ["DOXING"], "cerita": ["Kisah ‘aneh’ 🙂"]}, was_warned=True)
    assert Draft.from_json(draft.to_json()) == draft


def test_reading_a_page_again_from_its_draft_changes_nothing() -> None:
    draft = send(KINDS, jenis=["DOXING"], cerita="Kisah", ancaman=Threat.NONE, status_konten=Spread.PUBLIC)
    assert check_page(KINDS, draft, YEAR).draft == draft


def test_the_review_shows_answers_with_their_questions() -> None:
    draft = Draft({"usia": ["25_44"], "jenis": ["DOXING"], "cerita": ["Kisah"], "tautan": ["@akun"]})
    rows = {row.title: row for row in review_rows(draft)}
    assert rows["Keadaan Anda"].answers == (("Kelompok usia yang mengalami", ("25–44",)),)
    assert rows["Kejadian"].answers == (("Apa yang terjadi?", ("Data pribadi disebar",)),)
    assert (rows["Cerita"].text, rows["Cerita"].is_folded) == ("Kisah", True)
    assert rows["Akun"].text == "@akun"


def test_names_and_values_of_closed_lists_need_no_quotes_in_a_page() -> None:
    fields = [field for page in PAGES for field in page.fields if field.options]
    values = [value for field in fields for folded in (False, True) for value, _ in field.choices(folded=folded)]
    assert len(values) > 100
    assert [word for word in (*values, *(field.name for field in fields)) if not re.fullmatch(r"\w+", word)] == []
