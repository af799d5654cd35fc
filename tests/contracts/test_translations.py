"""The English catalogue says all that pages and code say, nothing else, and in the words of docs/vocabulary.md."""

from __future__ import annotations

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.contracts.catalogues import (
    ENGLISH,
    ROOT,
    extract_texts,
    indonesian_phrases,
    keys_of,
    places_in,
    read_english,
)
from tests.english import Words

TEMPLATES = sorted(path for app in ("intake", "triage") for path in (ROOT / "templates" / app).rglob("*.html"))
NAMES = {"SAPA", "WA", "Suluh", "English"}
SILENT = re.compile(r' aria-(?:describedby|invalid)="[^"]*"')
"""Attributes that a macro adds to the tag around it."""

ENDINGS = (".", "?", ":", "…")
PAIRS = [(message.id, message.string) for message in read_english() if message.id]


def test_every_text_of_pages_and_code_is_in_the_english_catalogue() -> None:
    assert keys_of(extract_texts()) - keys_of(read_english()) == set(), "run: make translations"


def test_texts_are_found_wherever_they_stand() -> None:
    closed_list, portal_page, desk_page, desk_view = "Darurat", "Keluar cepat", "Antrean", "Pilih alasan penutupan."
    assert {(None, text) for text in (closed_list, portal_page, desk_page, desk_view)} <= keys_of(extract_texts())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_word_of_a_template_is_marked_for_translation(template: Path) -> None:
    raw = "".join(
        text for _, kind, text in Environment(autoescape=True).lex(template.read_text("utf-8")) if kind == "data"
    )
    said = " ".join(Words(f'<html lang="">{SILENT.sub("", raw)}').said)
    assert set(re.findall(r"[^\W\d_]+", said)) <= NAMES


def test_the_english_catalogue_holds_no_text_that_nothing_shows() -> None:
    assert keys_of(read_english()) - keys_of(extract_texts()) == set(), "run: make translations"
    assert list(read_english().obsolete) == []


def test_every_text_has_english_words_of_its_own() -> None:
    assert [message.id for message in read_english() if message.id and not message.string] == []


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in read_english() if message.fuzzy] == []


def test_both_languages_have_the_same_places_ends_and_edges() -> None:
    assert [text for text, english in PAIRS if places_in(english) != places_in(text)] == []
    assert [english for _, english in PAIRS if english != english.strip()] == []
    ends = [(text, english, end) for text, english in PAIRS for end in ENDINGS]
    assert [english for text, english, end in ends if english.endswith(end) is not text.endswith(end)] == []


@pytest.mark.parametrize(
    "word",
    ["victims?", "suspects?", "abusers?", "perpetrators?", "revenge porn", "hash", "he", "she", "his", "her"],
)
def test_no_english_text_uses_a_word_that_blames_or_labels_a_person(word: str) -> None:
    spoken = [re.sub("alleged perpetrator", "", english, flags=re.IGNORECASE) for _, english in PAIRS]
    assert [text for text in spoken if re.search(rf"\b{word}\b", text, re.IGNORECASE)] == []


def test_a_law_keeps_its_number() -> None:
    laws = [(re.findall(r"\d+/\d{4}", text), english) for text, english in PAIRS if "UU " in text]
    assert laws
    assert [english for numbers, english in laws if not all(f"Law {number}" in english for number in numbers)] == []


def test_the_title_of_the_portal_is_the_same_in_both_languages() -> None:
    assert dict(PAIRS)["Layanan Warga"] == "Layanan Warga"


def test_nearly_every_text_can_be_told_from_english() -> None:
    assert len(indonesian_phrases()) > 0.9 * len(PAIRS)


def test_what_the_processes_load_was_compiled_from_this_catalogue() -> None:
    compiled = ENGLISH.with_suffix(".mo")
    assert compiled.exists(), "run: make test"
    with compiled.open("rb") as file:
        loaded = GNUTranslations(file)
    assert [text for text, english in PAIRS if loaded.gettext(text) != english] == [], "run: make test"
