"""Adult men and people from elsewhere: taken like everybody, and told where else to turn."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from casefile.models import Report
from casefile.vocabulary import Audience
from intake.forms import Draft, also_elsewhere
from tests.conftest import Database
from tests.english import expect_english
from tests.intake.browser import Browser, Page
from tests.intake.opening import count

BOX = "Tempat lain yang juga membantu"


def fill(visitor: Browser, usia: str, **about: str) -> Page:
    """From the beginning to the page of checking."""
    page = visitor.send(visitor.open("/a"), {"usia": usia})
    page = visitor.send(page, {"jenis": "DOXING"})
    return visitor.send(visitor.send(page), about)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"gender": "laki_laki", "usia": "25_44"}, (Audience.MEN,)),
        ({"gender": "laki_laki", "usia": "60_plus", "wilayah": "luar_jaksel"}, (Audience.MEN, Audience.OUTSIDE)),
        ({"gender": "perempuan", "usia": "25_44", "wilayah": "luar_jaksel"}, (Audience.OUTSIDE,)),
        ({"wilayah": "luar_jaksel"}, (Audience.OUTSIDE,)),
        ({"gender": "laki_laki", "usia": "16_17"}, ()),
        ({"gender": "laki_laki", "usia": "lewati"}, ()),
        ({"gender": "laki_laki"}, ()),
        ({"gender": "perempuan", "usia": "25_44", "wilayah": "tebet"}, ()),
        ({"gender": "lewati", "usia": "25_44", "wilayah": "lewati"}, ()),
        ({"peran": "melihat", "gender": "laki_laki", "usia": "25_44", "wilayah": "luar_jaksel"}, ()),
    ],
)
def test_who_is_told_of_other_places(answers: dict[str, str], expected: tuple[Audience, ...]) -> None:
    assert also_elsewhere(Draft({name: [value] for name, value in answers.items()})) == expected


def test_an_adult_man_is_taken_and_told_where_else_to_turn(visitor: Browser, database: Database) -> None:
    page = fill(visitor, "25_44", gender="laki_laki")
    assert BOX in page.text
    assert "Laporan Anda tetap kami terima dan baca." in page.text
    assert "Untuk laki-laki dewasa" in page.text
    assert "LPSK" in page.text
    assert "UPT PPPA DKI" not in page.text
    code = visitor.finish(page)
    assert BOX in code.text
    assert "LPSK" in code.text
    assert 'href="/p/5/2"' in code.response.text
    assert count(database, Report) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_somebody_from_outside_is_told_of_places_there_in_english_too(visitor: Browser) -> None:
    visitor.send(visitor.open("/"), {"bahasa": "en"})
    page = fill(visitor, "25_44", wilayah="luar_jaksel", gender="laki_laki")
    assert "outside South Jakarta" in page.text
    expect_english(page.response.text)
    code = visitor.finish(page)
    assert "outside South Jakarta" in code.text
    expect_english(code.response.text)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nobody_else_sees_the_box(visitor: Browser) -> None:
    page = fill(visitor, "25_44", gender="perempuan", wilayah="tebet")
    assert BOX not in page.text
    assert BOX not in visitor.finish(page).text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_directory_that_cannot_be_read_costs_nobody_the_code(visitor: Browser, database: Database) -> None:
    page = fill(visitor, "25_44", gender="laki_laki")
    with Session(database.engine()) as session:
        session.execute(text("ALTER TABLE directory_entry RENAME TO gone"))
        session.commit()
    code = visitor.finish(page)
    assert (code.status, code.path) == (200, "/a/6")
    assert 'class="code"' in code.response.text
    assert BOX in code.text
