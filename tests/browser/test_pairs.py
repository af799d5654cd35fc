"""Related reports in a browser: two people at one pair, by keyboard, on a phone, and as axe reads the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from casefile.submission import Answers
from casefile.vocabulary import AgeBand, HarmKind, LinkState, MatchClass, Platform, StaffRole
from tests.browser.desk_site import Office, serve_desk
from tests.browser.test_accessibility import DESKTOP, PHONE, find_violations
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, desk  # noqa: F401 - a fixture
from tests.triage.pair_world import close, join
from tests.triage.test_second_looks import drawn_id

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

ONE = Answers(kinds=frozenset({HarmKind.SEXTORTION}), age=AgeBand.FROM_16, platforms=frozenset({Platform.INSTAGRAM}))
OTHER = Answers(kinds=frozenset({HarmKind.STALKING}), age=AgeBand.FROM_25, platforms=frozenset({Platform.TELEGRAM}))


LOOKS = """
all => all.map((one) => { const look = getComputedStyle(one); return look.color + look.backgroundColor + look.font; })
"""


@pytest.fixture
def office(desk: DeskRoom, chromium: Browser) -> Iterator[Office]:  # noqa: F811
    reports = [desk.report(make_submission(answers=answers)) for answers in (ONE, OTHER, OTHER, ONE)]
    join(desk, reports[0], reports[1], match_id=drawn_id(desk))
    join(desk, reports[0], reports[2], MatchClass.SAME_PICTURE)
    join(desk, reports[0], reports[3], MatchClass.SAME_ACCOUNT)
    join(desk, reports[1], reports[2], MatchClass.DUPLICATE)
    with serve_desk(desk, chromium, reports) as office:
        yield office


def states(office: Office) -> set[LinkState]:
    """Of the first pair."""
    pair = {office.reports[0], office.reports[1]}
    return {match.state for match in office.desk.workshop.matches() if {match.low_id, match.high_id} == pair}


def test_of_two_people_the_second_learns_who_was_first_and_loses_nothing(office: Office) -> None:
    rina, budi = office.sit("rina"), office.sit("budi")
    for page in (rina, budi):
        page.goto(office.path())
        expect(page.locator("input:checked")).to_have_count(0)
    rina.get_by_label("Kejadiannya sama").check()
    rina.get_by_role("button", name="Terkait", exact=True).click()
    expect(rina.get_by_role("status")).to_contain_text("Kasus dihubungkan.")
    budi.get_by_label("Orangnya berbeda").check()
    budi.get_by_label("Dengan kata Anda sendiri").fill("Nomornya lain")
    budi.get_by_role("button", name="Tidak terkait").click()
    expect(budi.get_by_role("alert")).to_contain_text("Rina sudah memutuskan “Terkait”")
    expect(budi.get_by_text("Yang tadi Anda tulis:")).to_contain_text("Orangnya berbeda. Nomornya lain")
    assert states(office) == {LinkState.LINKED}
    budi.get_by_role("button", name="Batalkan", exact=True).first.click()
    expect(budi.get_by_role("button", name="Belum yakin")).to_be_visible()
    assert states(office) == {LinkState.SUGGESTED}


def test_a_pair_is_read_and_decided_by_keyboard_alone(office: Office) -> None:
    page = office.sit("rina")
    page.goto(office.path())
    page.locator("#reason").focus()
    page.keyboard.type("Sama sampai jamnya")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Terkait", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kasus dihubungkan.")
    page.get_by_role("link", name=re.compile("^Berikutnya: K-")).press("Enter")
    expect(page).to_have_url(office.path(2))


def test_the_three_answers_weigh_the_same_to_the_eye(office: Office) -> None:
    page = office.sit("rina")
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(office.path())
        boxes = [button.bounding_box() for button in page.locator(".choices button").all()]
        assert len({(box["width"], box["height"]) for box in boxes if box}) == 1
        looks = page.locator(".choices button").evaluate_all(LOOKS)
        assert len(looks) == 3
        assert len(set(looks)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_runs_off_a_phone(office: Office, scheme: str) -> None:
    nova = office.sit("nova", StaffRole.SUPERVISOR)
    rina = office.sit("rina")
    close(office.desk, office.reports[2])
    for path in (office.path(), office.path(2)):
        rina.goto(path)
        rina.get_by_label("Dengan kata Anda sendiri").fill("Sama sampai jamnya")
        rina.get_by_role("button", name="Terkait", exact=True).click()
        expect(rina.get_by_role("status")).to_be_visible()
    case = office.path().rsplit("/", 1)[0]
    nova.goto(office.address + "/tinjauan")
    look = nova.get_by_role("link", name="Nilai pasangan berikutnya").get_attribute("href")
    pages = (
        case,
        office.path(),
        office.path(3),
        case.replace("keterkaitan", "kelompok"),
        f"{office.address}/muncul-lagi",
    )
    found: dict[str, list[str]] = {}
    nova.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    faults: list[str] = []
    nova.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    for path in (*pages, f"{office.address}/tinjauan", f"{office.address}{look}"):
        nova.set_viewport_size(PHONE)  # type: ignore[arg-type]
        nova.goto(path)
        assert nova.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        if violations := find_violations(nova):
            found[path] = violations
    nova.goto(f"{office.address}/muncul-lagi")
    expect(nova.get_by_role("button", name=re.compile("^Biarkan tertutup"))).to_be_visible()
    assert found == {}
    assert faults == []
