"""The screens of a takedown letter, which no link leads to before one is made; and no hole above the story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.desk_site import Office, serve_desk
from tests.browser.screens import press
from tests.browser.test_accessibility import PHONE, find_violations
from tests.triage.conftest import DeskRoom, desk  # noqa: F401 - a fixture
from tests.triage.test_takedown_letters import POST, told

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
OPEN_ACTS = OPEN_ALL.replace("details", ".acts details", 1)
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
HOLE = """() => document.querySelector('.words').getBoundingClientRect().top
  - document.querySelector('.now > :last-child').getBoundingClientRect().bottom"""
DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture
def office(desk: DeskRoom, chromium: Browser) -> Iterator[Office]:  # noqa: F811
    with serve_desk(desk, chromium, [desk.report(told())]) as office:
        yield office


def test_a_letter_is_made_and_sent_on_a_phone_and_the_case_page_has_no_hole(office: Office) -> None:
    page, found = office.sit("rina"), {}
    case = f"{office.address}/kasus/{office.code()}"
    page.goto(case)
    press(page, "Ambil kasus")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    page.evaluate(OPEN_ACTS)
    assert page.evaluate(HOLE) <= 1, "whatever is unfolded on the right"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{case}/hapus-konten/surat")
    press(page, "Pilih alamat")
    page.evaluate(OPEN_ALL)
    for name in ("choose", "letter", "sent"):
        found[name] = [find_violations(page), page.evaluate(TOO_WIDE)]
        if name == "choose":
            page.locator(f"input[name=ke-instagram][value='{POST}']").check()
            page.get_by_label("Izin pelapor yang tercatat").check()
            press(page, "Buat surat")
        elif name == "letter":
            press(page, "Catat: sudah dikirim")
    assert "tinggal 24 jam" in page.locator("main").inner_text()
    assert found == {name: [[], False] for name in ("choose", "letter", "sent")}
