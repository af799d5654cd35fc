"""What staff type is kept while they type: replies and reports on paper; a reply is taken back within its minute."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.desk_site import Office, serve_desk
from tests.browser.screens import press
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, desk  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

PAUSE = 3_000
SAVED = re.compile("tersimpan pukul")


@pytest.fixture
def office(desk: DeskRoom, chromium: Browser) -> Iterator[Office]:  # noqa: F811
    with serve_desk(desk, chromium, [desk.report(make_submission())]) as office:
        yield office


@pytest.fixture
def rina(office: Office) -> Page:
    """A counsellor whose page has a clock that is moved by hand."""
    page = office.sit("rina")
    page.clock.install()
    return page


def conversation(office: Office) -> str:
    return f"{office.address}/kasus/{office.code()}/percakapan"


def test_a_reply_that_is_being_written_outlives_its_page(office: Office, rina: Page) -> None:
    box = rina.get_by_label("Pesan yang dibaca pelapor")
    rina.goto(conversation(office))
    box.fill("Halo, terima kasih sudah bercerita.")
    rina.clock.fast_forward(PAUSE)
    expect(rina.locator("#draf")).to_have_text(SAVED)
    rina.reload()
    expect(box).to_have_value("Halo, terima kasih sudah bercerita.")
    rina.context.clear_cookies()
    box.fill("Halo, saya masih di sini.")
    rina.clock.fast_forward(PAUSE)
    expect(rina.get_by_role("alert")).to_contain_text("Draf belum tersimpan")
    expect(box).to_have_value("Halo, saya masih di sini.")


def test_a_save_under_way_does_not_bring_back_what_was_sent(office: Office, rina: Page) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    rina.goto(conversation(office))
    rina.route("**/percakapan/draf", hold)
    box = rina.get_by_label("Pesan yang dibaca pelapor")
    box.fill("Saya di sini.")
    with rina.expect_request("**/percakapan/draf"):
        rina.clock.fast_forward(PAUSE)
    rina.get_by_role("button", name="Kirim ke pelapor").click(no_wait_after=True)
    expect(rina.locator(".held")).to_have_count(0)
    waiting[0].continue_()
    expect(rina.locator(".held")).to_contain_text("Saya di sini.")
    expect(box).to_have_value("")


def test_a_reply_is_taken_back_while_the_page_counts_down(office: Office, rina: Page) -> None:
    rina.goto(conversation(office))
    box = rina.get_by_label("Pesan yang dibaca pelapor")
    box.fill("Kirim saja fotonya.")
    rina.keyboard.press("Control+Enter")
    expect(rina.locator(".held")).to_have_count(0)
    press(rina, "Kirim ke pelapor")
    rina.clock.fast_forward(10_000)
    expect(rina.locator(".held")).to_contain_text(re.compile(r"Masih bisa dibatalkan [45]\d detik lagi"))
    press(rina, "Batalkan kirim")
    expect(box).to_have_value("Kirim saja fotonya.")
    press(rina, "Kirim ke pelapor")
    rina.clock.fast_forward(70_000)
    expect(rina.get_by_role("button", name="Batalkan kirim")).to_be_hidden()


def test_a_report_that_is_being_written_down_outlives_its_page(office: Office, rina: Page) -> None:
    rina.goto(f"{office.address}/laporan/baru")
    story = rina.locator("[name=cerita]")
    story.fill("Datang sendiri, bercerita tentang akun palsu.")
    rina.clock.fast_forward(PAUSE)
    expect(rina.locator("#draf")).to_have_text(SAVED)
    rina.goto(f"{office.address}/laporan/baru")
    expect(story).to_have_value("Datang sendiri, bercerita tentang akun palsu.")
