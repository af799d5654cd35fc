"""``make screenshots``: every screen of the portal and the chief ones of the desk, with synthetic reports.

Writes ``docs/screenshots`` anew, and ``docs/screens.md``, which shows them all. ``--docs FOLDER`` writes elsewhere.
"""

from __future__ import annotations

import argparse
import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyotp
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from casefile.migrate import upgrade
from operations.demo.plan import plan_reports
from operations.demo.running import send_all
from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.screens import WALKS
from tests.browser.site import serve
from tests.factories import make_office
from tests.operations.processes import Running, environment

DOCS = Path(__file__).resolve().parent.parent / "docs"
REPORTS = 24
SEED = 7
PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
IN_THE_DARK_TOO = {"home", "form-2", "form-2-faulty", "review", "code", "thread"}
ON_THE_DESKTOP_TOO = {"home", "form-2", "thread", "guide-places"}
COLOURS = 64
MOST_BYTES = 60_000
PASSWORD = "pelita-jendela-kopi-7"  # noqa: S105 - of an installation that lives for a minute
INTRODUCTION = """# Every screen

Taken by `make screenshots` from a running system with synthetic reports: the portal on a phone of 360 x 640, some
screens in the dark and on a desktop too; the desk at 1280 x 800. The tests of accessibility, layout and weight go the
same ways (`tests/browser/screens.py`).
"""


class Album:
    """Keeps pictures small, and in the order in which they were taken."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self.folder = docs / "screenshots"
        self.chapters: dict[str, list[str]] = {}
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("*.png"):
            old.unlink()

    def keep(self, page: Page, chapter: str, name: str) -> None:
        """Write what a person sees of the page, in few colours. Raises ``ValueError`` when it is too large."""
        seen = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        path = self.folder / f"{name}.png"
        seen.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"{path.name} has {path.stat().st_size} bytes")
        self.chapters.setdefault(chapter, []).append(name)

    def write_index(self) -> None:
        """``screens.md``: all pictures under the way on which they were met."""
        lines = [INTRODUCTION]
        for chapter, names in self.chapters.items():
            lines.append(f"\n## {chapter[0].upper()}{chapter[1:]}\n\n")
            lines += [f"![{name}](screenshots/{name}.png)\n" for name in names]
        (self.docs / "screens.md").write_text("".join(lines), encoding="utf-8")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))


def take_portal(chromium: Browser, album: Album) -> None:
    """All ways through a portal of its own."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "suluh.db"
        upgrade(f"sqlite:///{database}")
        with serve(database, make_office(Path(folder) / "office")) as site:
            for chapter, walk in WALKS.items():
                page = chromium.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
                for name in walk(page, site):
                    take_looks(page, album, chapter, name)
                page.context.close()


def take_looks(page: Page, album: Album, chapter: str, name: str) -> None:
    """One screen, in the dark and on a desktop too where that is worth a picture; leaves the page as it was."""
    album.keep(page, chapter, f"portal-{name}")
    if name in IN_THE_DARK_TOO:
        page.emulate_media(color_scheme="dark")
        album.keep(page, chapter, f"portal-{name}-dark")
        page.emulate_media(color_scheme="light")
    if name in ON_THE_DESKTOP_TOO:
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        album.keep(page, chapter, f"portal-{name}-desktop")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]


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


def desk(page: Page, running: Running) -> Iterator[str]:
    """Queue, related reports, case: a walk of the desk, which stops at each screen and yields its name."""
    sign_in(page, running)
    page.goto(f"{running.desk}/")
    yield "queue"
    page.get_by_role("link", name=re.compile("Kemungkinan terkait")).first.click()
    yield "related"
    page.get_by_role("link", name="Ringkasan").click()
    page.get_by_role("button", name="Ambil kasus").click()
    page.get_by_role("button", name="Tampilkan cerita lengkap").click()
    page.evaluate("window.scrollTo(0, 0)")
    yield "case"
    for link, name in (("Percakapan", "conversation"), ("Keterkaitan", "links"), ("Riwayat", "history")):
        page.get_by_role("link", name=link, exact=True).click()
        yield name


def take_desk(chromium: Browser, album: Album) -> None:
    """The desk of an installation with the demonstration's reports."""
    with tempfile.TemporaryDirectory() as folder:
        running = Running(environment(Path(folder) / "data"))
        try:
            running.wait_until_ready()
            send_all(running.portal, plan_reports(REPORTS, SEED), lambda _sent: None)
            page = chromium.new_context(viewport=DESKTOP).new_page()  # type: ignore[arg-type]
            for name in desk(page, running):
                page.wait_for_load_state()
                album.keep(page, "the counsellors' desk", f"desk-{name}")
        finally:
            running.stop()


def main() -> None:
    """Take all pictures, then write the page that shows them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, default=DOCS)
    album = Album(parser.parse_args().docs)
    with browser() as chromium:
        take_portal(chromium, album)
        take_desk(chromium, album)
    album.write_index()


if __name__ == "__main__":
    main()
