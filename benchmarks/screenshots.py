"""``make screenshots``: the pictures of the documentation, taken from a running installation with synthetic reports."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, Page, sync_playwright

from operations.demo.plan import plan_reports
from operations.demo.running import send_all
from tests.browser.conftest import FLAGS, chromium_path
from tests.operations.processes import Running, environment

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
REPORTS = 24
SEED = 7
PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
PASSWORD = "pelita-jendela-kopi-7"  # noqa: S105 - of an installation that lives for a minute


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))


def keep(page: Page, name: str, *, whole: bool = False) -> None:
    """Write one picture."""
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


def portal(page: Page, address: str) -> None:
    """From the home page to the code."""
    page.goto(address)
    keep(page, "portal-home")
    page.get_by_role("link", name="Mulai lapor").click()
    keep(page, "portal-before")
    go_on(page)
    page.get_by_label("Diancam akan disebar").check()
    keep(page, "portal-kinds")
    go_on(page)
    keep(page, "portal-pictures")
    go_on(page)
    go_on(page)
    page.get_by_label(re.compile("Saya mengerti konselor")).check()
    keep(page, "portal-review")
    page.get_by_role("button", name="Kirim laporan").click()
    keep(page, "portal-code")


def go_on(page: Page) -> None:
    """To the next page of the form."""
    page.get_by_role("button", name="Lanjut", exact=True).click()


def sign_in(page: Page, running: Running) -> None:
    """Set up the printed counsellor's account."""
    printed = re.search(r"name konselor\s+password (\S+)", running.output)
    page.goto(running.desk)
    page.get_by_label("Nama pengguna").fill("konselor")
    page.get_by_label("Kata sandi").fill(printed[1] if printed else "")
    page.get_by_role("button", name="Lanjut").click()
    page.locator("#password").fill(PASSWORD)
    page.locator("#password_again").fill(PASSWORD)
    page.locator("#code").fill(pyotp.TOTP(page.locator(".secret code").inner_text().replace(" ", "")).now())
    page.get_by_role("button", name="Simpan dan masuk").click()
    page.get_by_role("heading", name="Antrean").wait_for()


def desk(page: Page, running: Running) -> None:
    """Queue, case, related reports."""
    sign_in(page, running)
    page.goto(f"{running.desk}/")
    keep(page, "desk-queue")
    related = page.get_by_role("link", name=re.compile("Kemungkinan terkait"))
    related.first.click()
    keep(page, "desk-related")
    page.get_by_role("link", name="Ringkasan").click()
    page.get_by_role("button", name="Ambil kasus").click()
    page.get_by_role("button", name="Tampilkan cerita lengkap").click()
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "desk-case")


def main() -> None:
    """Start an installation, send the demo's reports, take the pictures, stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        running = Running(environment(Path(folder) / "data"))
        try:
            running.wait_until_ready()
            send_all(running.portal, plan_reports(REPORTS, SEED), lambda _sent: None)
            with browser() as chromium:
                portal(chromium.new_context(viewport=PHONE).new_page(), running.portal)
                desk(chromium.new_context(viewport=DESKTOP).new_page(), running)
        finally:
            running.stop()


if __name__ == "__main__":
    main()
