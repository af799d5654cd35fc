"""The measure of plain language bites, counts as it says, and every page of the portal keeps to it."""

from __future__ import annotations

import pytest

from lint import plain_language
from lint.plain_language import PageTexts, count_syllables, extract_texts, find_breaches, group_by_page, report

SHORT = "Kami baca dulu."
ENOUGH = 20


def breaches(*texts: str) -> list[str]:
    return list(find_breaches(PageTexts("templates/intake/x.html", texts)))


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("kode", 2),
        ("pantai", 2),
        ("laut", 2),
        ("baik", 2),
        ("saudara", 3),
        ("bermain", 3),
        ("keluarga", 4),
        ("mengetahuinya", 6),
        ("pengaduan", 4),
        ("kata-kata", 2),
        ("UPTPPPA", 1),
        ("dr", 0),
    ],
)
def test_syllables_are_counted_as_indonesian_speaks(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_a_text_ends_a_sentence_and_so_do_a_stop_and_a_question() -> None:
    page = PageTexts("x", ("Apa yang terjadi? Ceritakan bila mau.", "Lanjut", "Paling banyak 4.000 huruf."))
    assert [len(words) for words in page.sentences] == [3, 3, 1, 3]


def test_places_and_names_of_laws_count_for_nothing() -> None:
    page = PageTexts("x", ("%(count)s gambar, {limit} huruf", "UU Tindak Pidana Kekerasan Seksual melindungi Anda."))
    assert page.words == ("gambar", "huruf", "UU", "melindungi", "Anda")


def test_long_sentences_are_found_with_the_worst() -> None:
    long = "kami baca lalu kami kirim ke dia dan kita lihat nanti"
    (breach,) = breaches(long)
    assert breach.startswith("11.0 words a sentence")
    assert long in breach
    assert breaches(long, SHORT) == []


def test_many_long_words_are_found_where_there_are_enough_words() -> None:
    heavy = "Pelindungan kami baca."
    assert breaches(heavy) == []
    (breach,) = breaches(*[heavy] * ENOUGH)
    assert breach.startswith("33% words of 4 syllables")
    assert breaches(heavy, *[SHORT] * ENOUGH) == []


@pytest.mark.parametrize("text", ["Laporan disampaikan oleh petugas.", "Cerita dibaca oleh konselor."])
def test_the_passive_that_hides_who_acts_is_found(text: str) -> None:
    (breach,) = breaches(text)
    assert text in breach


@pytest.mark.parametrize("word", plain_language.BANNED)
def test_words_of_the_office_and_words_that_blame_are_found(word: str) -> None:
    assert any(breach.startswith(f"“{word.capitalize()}") for breach in breaches(f"{word.capitalize()} itu."))


def test_a_word_inside_another_and_the_name_of_a_law_are_not() -> None:
    assert breaches("Kibulan ribu.", "Lembaga Perlindungan Saksi dan Korban membantu.") == []


def test_only_texts_of_the_portal_are_measured() -> None:
    found = group_by_page([("triage/queue.py", "Korban"), ("casefile/text.py", "Korban"), ("intake/x.py", "Halo")])
    assert [page.name for page in found] == ["intake/x.py"]


def test_every_page_of_the_portal_is_plain() -> None:
    pages = group_by_page(extract_texts())
    assert {"templates/intake/home.html", "casefile/questions/asked.py"} <= {page.name for page in pages}
    assert report(pages) == {}
