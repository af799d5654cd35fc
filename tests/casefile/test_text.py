"""Free text survives with its meaning, loses its markup, and personal numbers in it are noticed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from casefile.text import PersonalNumber, clean_text, looks_like_phone_or_nik

LIMIT = 4000
MARKUP = st.lists(
    st.sampled_from(
        ["<", ">", "<b>", "</b>", "<!--", "-->", "&", "&lt;", "&amp;", '"', "'", "/", "!", "?", "script", "<p ", "=",
         "a", "3", " ", "\n", "\r", "\t", "\x00", "\u0338", "\u202e", "é", "e\u0301", "]]>", "<![CDATA[", "\ud800"]
    ),
    max_size=40,
).map("".join)  # fmt: skip
ANY_TEXT = st.one_of(MARKUP, st.text(st.characters(exclude_categories=()), max_size=200))


@pytest.mark.parametrize(
    "story",
    [
        "aku sayang kamu <3",
        "a < b & c",
        "5 > 3 & 2 < 4",
        "umur<18 dan takut",
        "dia tulis &lt;b&gt; begitu",
        "dia <!? marah besar, lalu pergi",
        "baris satu\nbaris dua\n\n\tmenjorok",
        "“Kutip” – dan ‘tanda’… 😀 👩‍👧",
        "Rp 50.000 & \"kata\" 'dia'",
        "harga <Rp5000",
        "",
    ],
)
def test_what_is_no_markup_stays_as_typed(story: str) -> None:
    assert clean_text(story, LIMIT) == story


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<b>tebal</b> sekali", "tebal sekali"),
        ('<a href="https://contoh.id" title="a>b">tautan</a>', "tautan"),
        ("<script>alert(1)</script>halo", "alert(1)halo"),
        ("<svg/onload=alert(1)>halo", "halo"),
        ("halo<!-- rahasia -->dunia", "halodunia"),
        ("<<b>script>alert(1)<</b>/script>", "< script>alert(1)< /script>"),
        ("satu\r\ndua\rtiga\u2028empat", "satu\ndua\ntiga\nempat"),
        ("nol\x00satu\x07dua\x1b[0m", "nolsatudua[0m"),
        ("dibalik \u202etxet", "dibalik txet"),
        ("cafe\u0301", "café"),
        ("cafe<b></b>\u0301", "café"),
        ("  \n tepi \t\n", "tepi"),
        ("rusak \ud800 sekali", "rusak  sekali"),
    ],
)
def test_markup_and_unseen_characters_are_taken_out(typed: str, kept: str) -> None:
    assert clean_text(typed, LIMIT) == kept


def test_text_is_cut_at_the_limit_without_a_space_left_at_the_end() -> None:
    assert clean_text("satu dua tiga", 9) == "satu dua"
    assert clean_text("satu", 0) == ""
    assert clean_text("satu", -3) == ""


@given(ANY_TEXT, st.integers(0, 60))
def test_cleaning_twice_is_cleaning_once(raw: str, limit: int) -> None:
    once = clean_text(raw, limit)
    assert clean_text(once, limit) == once


@given(ANY_TEXT)
def test_nothing_that_is_left_is_a_tag_or_a_control(raw: str) -> None:
    text = clean_text(raw, LIMIT)
    assert not re.search(r"</?[A-Za-z][^<>]*>", text)
    assert not [char for char in text if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t"]
    assert unicodedata.is_normalized("NFC", text)


@given(ANY_TEXT)
def test_a_template_that_escapes_shows_it_without_any_markup(raw: str) -> None:
    shown = Environment(autoescape=True).from_string("{{ text }}").render(text=clean_text(raw, LIMIT))
    assert not set("<>\"'") & set(shown)


@given(st.text(st.characters(exclude_characters="<>&", categories=("L", "N", "P", "S", "Zs")), max_size=100))
def test_words_without_brackets_are_only_normalised(raw: str) -> None:
    assert clean_text(raw, LIMIT) == unicodedata.normalize("NFC", raw).strip()


@pytest.mark.parametrize(
    "story",
    [
        "WA dia 0812-3456-7890 ya",
        "nomornya +62 812 3456 7890.",
        "hubungi 6281234567890",
        "telepon (021) 5551234",
        "dari 0857 1234 5678, lalu diblokir",
        "pakai nomor Malaysia +60 12-345 6789",
    ],
)
def test_phone_numbers_are_noticed(story: str) -> None:
    assert looks_like_phone_or_nik(story) == {PersonalNumber.PHONE}


@pytest.mark.parametrize("story", ["NIK saya 3273014507900001", "3273 0145 0790 0001", "no ktp:3273.0105.0790.0001;"])
def test_a_nik_is_noticed(story: str) -> None:
    assert looks_like_phone_or_nik(story) == {PersonalNumber.NIK}


def test_both_are_noticed_in_one_story() -> None:
    assert looks_like_phone_or_nik("NIK 3273014507900001, HP 081234567890") == set(PersonalNumber)


@pytest.mark.parametrize(
    "story",
    [
        "kejadian tahun 2019-2020 dan 2023",
        "tanggal 01-02-2024 jam 15:30",
        "17/08/2024 pukul 08.15",
        "dia minta Rp 1.500.000",
        "transfer Rp0812.345.678",
        "IDR 250.000.000 sampai 2.500.000.000",
        "nomor resi 081234567890",
        "No. pesanan: 0812345678901",
        "INV/081234567890",
        "#081234567890",
        "umur 17, kelas 11, kamar 129",
        "nomor urut 8123456789",
        "hubungi SAPA 129 atau 110",
        "kode OTP 482193",
        "1234567890123456",
        "3273019907900001",
        "3273014507900000",
        "kartu 4111 1111 1111 1111",
        "id pos 17895695668004550",
        "",
    ],
)
def test_other_numbers_are_left_alone(story: str) -> None:
    assert looks_like_phone_or_nik(story) == set()


@given(ANY_TEXT)
def test_looking_for_numbers_never_fails(raw: str) -> None:
    assert looks_like_phone_or_nik(raw) <= set(PersonalNumber)
