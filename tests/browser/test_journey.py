"""A report from the home page to the code, with and without script: the same report, few taps, a forgiving code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from casefile.submission import Submission
from casefile.vocabulary import FingerprintSource
from tests.browser.screens import (
    choose_pictures,
    enter_code,
    follow,
    go_on,
    minimal_report,
    press,
    screenshot,
    send_pictures,
)
from tests.browser.site import Site

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 640}
MOST_TAPS = 10
STORY = "Akun itu mengirim pesan setiap malam."


@pytest.fixture
def open_phone(chromium: Browser) -> Iterator[Callable[[bool], Page]]:
    """Opens an empty page of a phone, with or without script."""
    contexts = []

    def open_page(has_script: bool) -> Page:
        contexts.append(chromium.new_context(viewport=PHONE, java_script_enabled=has_script))  # type: ignore[arg-type]
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def send_whole_report(page: Page, site: Site, *, has_script: bool) -> str:
    """Answer something on every page. Returns the code."""
    page.goto(site.address)
    follow(page, "Mulai lapor")
    page.get_by_label("Saya yang mengalami").check()
    page.get_by_label("18–24").check()
    go_on(page)
    page.get_by_label("Dimintai uang atau hal lain (pemerasan)").check()
    page.get_by_label(re.compile("Ceritakan")).fill(STORY)
    page.get_by_label("Ada, kurang dari 24 jam lagi").check()
    go_on(page)
    choose = choose_pictures if has_script else send_pictures
    choose(page, screenshot(1), screenshot(2))
    page.get_by_label("Instagram").check()
    page.get_by_label(re.compile("Akun atau tautan")).fill("@akun_contoh_77")
    go_on(page)
    page.get_by_label("Konseling").check()
    page.get_by_label("Mantan").check()
    page.get_by_label("Tahu alamat").check()
    page.get_by_label("Kecamatan tempat tinggal").select_option("tebet")
    go_on(page)
    page.get_by_label(re.compile("Saya mengerti konselor")).check()
    page.get_by_label(re.compile("Jangan bandingkan")).check()
    page.get_by_label("LBH", exact=True).check()
    press(page, "Kirim laporan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda sudah kami terima")
    return page.locator(".code").inner_text()


def test_script_changes_nothing_of_what_is_kept(open_phone: Callable[[bool], Page], site: Site) -> None:
    with_script, without = (
        site.submission(send_whole_report(open_phone(has_script), site, has_script=has_script))
        for has_script in (True, False)
    )
    assert (with_script.story, with_script.addresses) == (STORY, ("@akun_contoh_77",))
    assert not with_script.consents.may_compare
    assert replace(with_script, pictures=()) == replace(without, pictures=())
    assert digests(with_script) == digests(without)
    assert len(digests(with_script)) == 2
    assert {picture.source for picture in with_script.pictures} == {FingerprintSource.DEVICE}
    assert {picture.source for picture in without.pictures} == {FingerprintSource.SERVER}


def digests(submission: Submission) -> list[tuple[object, object]]:
    """What identifies each picture: the same file, and the same bits of PDQ."""
    return [(picture.fingerprints.sha256, picture.fingerprints.pdq) for picture in submission.pictures]


class Finger:
    """Taps, and counts them."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, what: Locator) -> None:
        """One tap."""
        self.taps += 1
        what.click()

    def press(self, page: Page, button: str) -> None:
        """One tap on a button that leads to another page; the first, where it stands twice."""
        with page.expect_navigation():
            self.tap(page.get_by_role("button", name=button, exact=True).first)


@pytest.mark.parametrize("has_script", [True, False])
def test_ten_taps_and_one_text_are_a_report(
    open_phone: Callable[[bool], Page], site: Site, *, has_script: bool
) -> None:
    page, finger = open_phone(has_script), Finger()
    page.goto(site.address)
    finger.tap(page.get_by_role("link", name="Mulai lapor"))
    finger.tap(page.get_by_label("Saya yang mengalami"))
    finger.tap(page.get_by_label("25–44"))
    finger.press(page, "Lanjut")
    finger.tap(page.get_by_label("Pelecehan lewat pesan"))
    page.get_by_label(re.compile("Ceritakan")).fill(STORY)
    for button in ("Lanjut", "Lewati langkah ini", "Lewati langkah ini"):
        finger.press(page, button)
    finger.tap(page.get_by_label(re.compile("Saya mengerti konselor")))
    finger.press(page, "Kirim laporan")
    stored = site.submission(page.locator(".code").inner_text())
    assert finger.taps <= MOST_TAPS
    assert stored.story == STORY
    assert (stored.answers.role.value, stored.answers.age.value) == ("mengalami", "25_44")


def test_the_code_is_recognised_however_it_is_typed(open_phone: Callable[[bool], Page], site: Site) -> None:
    page = open_phone(True)
    code = minimal_report(page, site)
    for spoilt in (code.upper(), code.replace(" ", "  "), code.replace(" ", "-"), f"  {code.title()} "):
        page.get_by_label("Tulis ulang kode untuk memastikan").fill(spoilt)
        press(page, "Periksa kode")
        expect(page.locator(".good")).to_have_text("Kode cocok. Halaman ini boleh ditutup.")
    page.goto(f"{site.address}/b")
    enter_code(page, code.upper().replace(" ", " - "))
    expect(page.get_by_role("heading", level=1)).to_have_text("Balasan untuk Anda")
