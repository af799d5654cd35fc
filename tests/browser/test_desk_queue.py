"""The queue in a browser: two people at one case, the way to a case, single keys, news, weight, and as axe reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from casefile.submission import Answers
from casefile.vocabulary import AgeBand, HarmKind, StaffRole
from tests.browser.desk_site import Office, serve_desk
from tests.browser.test_accessibility import DESKTOP, PHONE, find_violations
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, desk  # noqa: F401 - a fixture
from triage.casework import LEASE

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

ANSWERS = Answers(kinds=frozenset({HarmKind.DOXING}), age=AgeBand.FROM_25)
MOST_KILOBYTES = 60
MOST_REQUESTS = 8


@pytest.fixture
def office(desk: DeskRoom, chromium: Browser) -> Iterator[Office]:  # noqa: F811
    reports = [desk.report(make_submission(answers=ANSWERS), age=timedelta(hours=1, minutes=-n)) for n in range(3)]
    with serve_desk(desk, chromium, reports) as office:
        yield office


def order(office: Office) -> list[str]:
    """The codes of the cases as the queue lists them."""
    return [office.desk.code(report) for report in office.reports]


def test_of_two_people_one_wins_and_the_other_sees_who_and_when_until_the_lease_ends(office: Office) -> None:
    rina, budi, code = office.sit("rina"), office.sit("budi"), order(office)[0]
    for page in (rina, budi):
        page.goto(f"{office.address}/antrean/perlu-dibaca")
    take = f"Ambil kasus {code}"
    rina.get_by_role("button", name=take).click()
    expect(rina.get_by_role("heading", level=1)).to_contain_text(code)
    office.desk.clock.advance(seconds=5)
    budi.get_by_role("button", name=take).click()
    expect(budi.get_by_role("status")).to_contain_text("Rina mengambil kasus ini 5 detik lalu.")
    budi.get_by_role("link", name="Lihat tanpa mengubah").click()
    expect(budi.get_by_text("Sedang dibaca Rina")).to_be_visible()
    office.desk.clock.advance(seconds=LEASE.total_seconds())
    budi.goto(f"{office.address}/antrean/perlu-dibaca")
    budi.get_by_role("button", name=take).click()
    expect(budi.get_by_text("Anda memegang kasus ini.")).to_be_visible()


def test_a_code_leads_to_its_case_and_one_press_claims_the_next(office: Office) -> None:
    rina, (first, _, last) = office.sit("rina"), order(office)
    rina.goto(f"{office.address}/antrean/perlu-dibaca")
    rina.get_by_label("Buka kasus dengan kode").fill(last.removeprefix("K-"))
    rina.keyboard.press("Enter")
    expect(rina.get_by_role("heading", level=1)).to_contain_text(last)
    rina.go_back()
    rina.get_by_role("button", name="Ambil berikutnya").click()
    expect(rina.get_by_role("heading", level=1)).to_contain_text(first)


def test_single_keys_do_nothing_until_switched_on_and_never_while_typing(office: Office) -> None:
    rina, (_, second, _) = office.sit("rina"), order(office)
    rina.goto(f"{office.address}/antrean/perlu-dibaca")
    rina.keyboard.press("j")
    expect(rina.locator(".case:focus-within")).to_have_count(0)
    rina.locator("#tombol summary").click()
    rina.get_by_role("button", name="Nyalakan tombol").click()
    expect(rina.locator("#tombol[data-on]")).to_have_count(1)
    rina.get_by_label("Buka kasus dengan kode").press("j")
    expect(rina.get_by_label("Buka kasus dengan kode")).to_have_value("j")
    rina.locator("h1").click()
    for _ in range(2):
        rina.keyboard.press("j")
    expect(rina.locator(".case:focus-within")).to_contain_text(second)
    rina.keyboard.press("a")
    expect(rina.get_by_role("heading", level=1)).to_contain_text(second)


def test_what_is_new_is_told_without_moving_the_page(office: Office) -> None:
    rina = office.sit("rina")
    rina.clock.install()
    rina.goto(f"{office.address}/antrean/perlu-dibaca")
    rina.locator("h2 a").nth(1).focus()
    office.desk.report(make_submission(answers=ANSWERS), age=timedelta(hours=5))
    rina.clock.fast_forward(31_000)
    expect(rina.locator("#kabar")).to_have_text("1 laporan baru di atas.")
    expect(rina.locator('[data-count="perlu-dibaca"]')).to_have_text("4")
    expect(rina.locator("h2 a").nth(1)).to_be_focused()
    expect(rina.locator(".case")).to_have_count(3)


def test_a_page_that_nobody_looks_at_does_not_keep_the_session(office: Office) -> None:
    rina = office.sit("rina")
    rina.clock.install()
    rina.goto(f"{office.address}/antrean/perlu-dibaca")
    rina.context.clear_cookies()
    rina.clock.fast_forward(31_000)
    expect(rina.locator("#kabar")).to_have_text("Sesi berakhir. Muat halaman untuk masuk lagi.")


def test_the_page_is_light_and_breaks_no_rule_of_its_own(office: Office) -> None:
    rina = office.sit("rina")
    sizes: list[int] = []
    wrong: list[str] = []
    rina.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    rina.on("console", lambda message: wrong.append(message.text))
    rina.goto(f"{office.address}/antrean/perlu-dibaca", wait_until="networkidle")
    assert wrong == []
    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes) <= MOST_KILOBYTES * 1000
    assert rina.locator("img").count() == 0


def test_axe_finds_nothing_and_a_phone_shows_everything(office: Office) -> None:
    sari, rina = office.sit("sari", StaffRole.SUPERVISOR), office.sit("rina")
    first = order(office)[0]
    rina.goto(f"{office.address}/kasus/{first}")
    rina.get_by_text("Serahkan ke rekan").click()
    rina.get_by_label("Kepada").select_option(label="Sari")
    rina.get_by_label("Catatan serah terima").fill("Lanjutkan besok")
    rina.get_by_role("button", name="Serahkan kasus").click()
    paths = ["perlu-dibaca", "kasus-saya", "kelompok", "ditutup", "semua?jenis=DOXING&tingkat=P1", "semua?kode=1"]
    for size in (PHONE, DESKTOP):
        sari.set_viewport_size(size)  # type: ignore[arg-type]
        for path in (*(f"/antrean/{path}" for path in paths), "/serah-terima"):
            sari.goto(office.address + path)
            sari.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            assert find_violations(sari) == [], path
            assert _is_as_wide_as_the_screen(sari), path


def _is_as_wide_as_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
