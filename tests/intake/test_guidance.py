"""The pages to read: both languages, small, plain, neutral, and there when the database is not."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from casefile.directory import list_shown
from casefile.vocabulary import Audience, HarmKind
from casefile.wording import label
from intake.guidance import FILTERS, INDEX_PATH, KIND_GUIDE, PAGES, PLACES, filter_path, is_guide_path
from tests.conftest import Database
from tests.english import expect_english, indonesian_in
from tests.intake.browser import Browser

PATHS = [INDEX_PATH, *(page.path for page in PAGES), *(filter_path(one) for one in FILTERS)]
ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
BUDGET = 15_000
STATIC = Path(__file__).parents[2] / "static" / "intake"


@pytest.fixture
def reader(visitor: Browser) -> Browser:
    """Somebody who chose English."""
    visitor.send(visitor.open("/"), {"bahasa": "en"})
    return visitor


@ONE_DATABASE
def test_each_page_is_there_neutral_and_small(visitor: Browser) -> None:
    rest = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in ("p.css", "keluar.js"))
    for path in PATHS:
        page = visitor.open(path)
        assert (page.status, page.path) == (200, path)
        assert "<title>Layanan Warga</title>" in page.response.text
        assert len(page.response.data) < BUDGET
        assert len(gzip.compress(page.response.data)) + rest <= BUDGET, path
        assert re.search(r'(?:href|src|action)="(?!/|#|tel:|data:)', page.response.text) is None
    assert visitor.cookies() == set()


@ONE_DATABASE
def test_each_page_is_all_indonesian_or_all_english(visitor: Browser) -> None:
    assert len(indonesian_in(visitor.open(INDEX_PATH).response.text)) > len(PAGES)
    visitor.send(visitor.open("/"), {"bahasa": "en"})
    for path in (INDEX_PATH, *(page.path for page in PAGES), filter_path(Audience.MEN)):
        expect_english(visitor.open(path).response.text)


@ONE_DATABASE
def test_the_language_is_switched_on_the_page_itself(visitor: Browser) -> None:
    for path in (INDEX_PATH, "/p/3", "/p/5/2"):
        assert visitor.send(visitor.open(path), {"bahasa": "en"}).path == path
        assert visitor.send(visitor.open(path), {"bahasa": "id"}).path == path
    assert not any(is_guide_path(path) for path in ("/p/99", "/p/5/99", "//p/1", "/a", "/p/1?x"))


@ONE_DATABASE
@pytest.mark.parametrize(("old", "new"), [("/aman", "/p/4"), ("/apa-yang-terjadi", "/p/7")])
def test_earlier_addresses_lead_on(visitor: Browser, old: str, new: str) -> None:
    assert visitor.open(old).path == new


@ONE_DATABASE
@pytest.mark.parametrize("path", ["/p/0", "/p/10", "/p/5/0", "/p/5/10"])
def test_there_are_no_other_pages(visitor: Browser, path: str) -> None:
    assert visitor.open(path).status == 404


@ONE_DATABASE
def test_every_kind_is_told_in_the_words_of_the_form(visitor: Browser) -> None:
    assert set(KIND_GUIDE) == set(HarmKind)
    text = visitor.open("/p/1").text
    assert [kind for kind in HarmKind if label(kind) not in text] == []


@ONE_DATABASE
def test_home_code_and_refusals_lead_to_the_guides_and_reading_keeps_the_form(visitor: Browser) -> None:
    assert 'href="/p"' in visitor.open("/").response.text
    assert 'href="/p"' in visitor.open("/tidak-ada").response.text
    visitor.send(visitor.begin(), {"cerita": "Tetap di sini"})
    visitor.open("/p/3")
    assert visitor.open("/a/2").values["cerita"] == ["Tetap di sini"]
    visitor.report()
    code = visitor.open("/a/6").response.text
    assert 'href="/p"' in code
    assert 'href="/p/6"' in code


@ONE_DATABASE
def test_a_child_is_spoken_to_as_a_child(visitor: Browser) -> None:
    visitor.begin(usia="13_15")
    text = visitor.open("/p/3").text
    assert "Pesan kamu bisa dipakai melawan kamu." in text
    assert "Anda" not in text


def test_the_list_of_places_says_what_was_checked_and_hides_what_was_retired(
    visitor: Browser, database: Database
) -> None:
    today = date.today()  # noqa: DTZ011 - a day more or less does not matter here
    with Session(database.engine()) as session:
        first, second, third, fourth = list_shown(session)[:4]
        first.verified_on, second.verified_on = today - timedelta(days=40), today - timedelta(days=400)
        third.is_retired, fourth.phone = True, "1500-771\n021-555"
        names = [row.name for row in (first, second, third)]
        session.commit()
    page = visitor.open(PLACES.path)
    told = {
        name: part.split("</article>")[0]
        for part in page.response.text.split("<article")[1:]
        for name in names
        if name in part
    }
    assert "diperiksa:" in told[names[0]]
    assert "mungkin sudah berubah" not in told[names[0]]
    assert "mungkin sudah berubah" in told[names[1]]
    assert names[2] not in told
    assert 'href="tel:1500771"' in page.response.text
    assert 'href="tel:021555"' in page.response.text
    assert page.text.count("· belum diperiksa") + page.text.count(" belum diperiksa") > 5


def test_the_list_is_narrowed_by_plain_links(visitor: Browser) -> None:
    men = visitor.open(filter_path(Audience.MEN))
    assert "LPSK" in men.text
    assert "UPT PPPA DKI Jakarta" not in men.text
    assert f'href="{filter_path(Audience.MEN)}" aria-current="page"' in men.response.text


@ONE_DATABASE
def test_a_text_without_english_stays_marked_as_indonesian(reader: Browser, database: Database) -> None:
    with Session(database.engine()) as session:
        row = list_shown(session)[0]
        row.about, row.about_en = "Kata yang hanya ada dalam bahasa Indonesia", ""
        session.commit()
    page = reader.open(PLACES.path)
    assert '<span lang="id">Kata yang hanya ada' in page.response.text
    expect_english(page.response.text)


def test_without_a_database_the_hotlines_stand_and_the_page_says_so(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    orphaned = Browser(make_app(SULUH_INTAKE_DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/suluh.db"))
    page = orphaned.open("/p/5/1")
    assert page.status == 200
    assert "Daftar sedang tidak bisa dibuka." in page.text
    for number in ("tel:112", "tel:110", "tel:129", "tel:119"):
        assert f'href="{number}"' in page.response.text
