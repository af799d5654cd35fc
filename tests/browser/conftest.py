"""A running installation and a headless Chromium. A missing browser is an error, never a skip."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site import Site, serve
from tests.factories import make_office
from tests.operations.processes import Running, environment

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")
NEW_PASSWORD = "jendela-pelita-sungai-7"


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A new installation that is up."""
    env = environment(tmp_path_factory.mktemp("browser") / "data")
    env["SULUH_EXIT_URL"] = f"http://127.0.0.1:{env['SULUH_TRIAGE_PORT']}/healthz"
    running = Running(env)
    running.wait_until_ready()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal alone, whose reports the test can open."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(sqlite_template, folder / "suluh.db")
    with serve(folder / "suluh.db", make_office(folder / "office")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=engine_path(), args=list(FLAGS))
        yield browser
        browser.close()


def engine_path() -> str:
    """Chromium without the pages of its own windows, where it is installed: a third less work. CHROMIUM wins."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium-headless-shell") or chromium_path()


def chromium_path() -> str:
    """Where Chromium lies; fails with what to do when there is none."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "Chromium is missing: install it (Debian: apt-get install chromium) or name it in CHROMIUM"
    return path


@dataclass(frozen=True)
class Desk:
    """A signed-in member of staff."""

    page: Page
    address: str

    def open(self, path: str) -> Page:
        """Go to a page of the desk."""
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture(scope="session")
def counsellor(running: Running, chromium: Browser) -> Iterator[Desk]:
    """The first counsellor, after setting up the account with the printed password."""
    printed = re.search(r"name konselor\s+password (\S+)", running.output)
    assert printed
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(running.desk)
    fill_in(page, "Nama pengguna", "konselor")
    fill_in(page, "Kata sandi", printed[1])
    page.get_by_role("button", name="Lanjut").click()
    fill_in(page, "Kata sandi baru", NEW_PASSWORD)
    fill_in(page, "Ulangi kata sandi", NEW_PASSWORD)
    factor = pyotp.TOTP(page.locator(".secret code").inner_text().replace(" ", ""))
    page.get_by_label(re.compile("Kode 6 angka yang tampil")).fill(factor.now())
    page.get_by_role("button", name="Simpan dan masuk").click()
    page.get_by_role("heading", name="Antrean").wait_for()
    yield Desk(page, running.desk)
    context.close()


def fill_in(page: Page, label: str, value: str) -> None:
    """Type into the field with exactly this label."""
    page.get_by_label(label, exact=True).fill(value)
