"""Draws pages with one headless Chromium: one page per phone, HTML in, PNG and what was visible out."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from benchmarks.matching.interfaces.base import Phone
from benchmarks.matching.pictures import PhotoPool

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb"),
)
SCROLL = """back => {
  const flow = document.querySelector('.flow');
  if (!flow) return 0;
  const room = flow.scrollHeight - flow.clientHeight;
  const want = back * flow.clientHeight;
  flow.scrollTop = flow.dataset.anchor === 'start' ? want : room - want;
  return Math.min(want, room) / flow.clientHeight;
}"""
MARKS = """() => {
  const flow = document.querySelector('.flow');
  const frame = flow ? flow.getBoundingClientRect() : null;
  const seen = [];
  for (const element of document.querySelectorAll('[data-mark]')) {
    const box = element.getBoundingClientRect();
    const clip = frame && flow.contains(element) ? frame : {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
    const width = Math.min(box.right, clip.right) - Math.max(box.left, clip.left);
    const height = Math.min(box.bottom, clip.bottom) - Math.max(box.top, clip.top);
    if (width > 0 && height > 0)
      seen.push([element.dataset.mark, width * height / (box.width * box.height), width * height]);
  }
  return seen;
}"""


@dataclass(frozen=True)
class Drawn:
    """A screenshot, the marks that were mostly visible in it, and how far it was scrolled in heights of its flow."""

    png: bytes
    marks: tuple[str, ...]
    back: float


def chromium_path() -> str:
    """Where Chromium lies."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        raise SystemExit("Chromium is missing: install it (Debian: apt-get install chromium) or name it in CHROMIUM.")
    return path


class Renderer:
    """Keeps a page per phone open."""

    def __init__(self, browser: Browser, photos: PhotoPool) -> None:
        self._browser = browser
        self._photos = photos
        self._pages: dict[str, Page] = {}

    def draw(self, html: str, phone: Phone, back: float = 0.0) -> Drawn:
        """The page as this phone shows it, scrolled away from its anchor by ``back`` heights of its flow."""
        page = self._page(phone)
        page.set_content(re.sub(r"pic://([\w#.-]+)", lambda found: self._photos.resolve(found[1]), html))
        scrolled = page.evaluate(SCROLL, back)
        marks = tuple(sorted({mark for mark, share, _area in page.evaluate(MARKS) if share >= 0.5}))
        return Drawn(self._shot(page, phone), marks, scrolled)

    @staticmethod
    def _shot(page: Page, phone: Phone) -> bytes:
        """The screen in exactly the phone's pixels; asks Chromium itself, whose fast PNG saves half the time."""
        width, height = phone.pixels
        area = {
            "x": 0,
            "y": 0,
            "width": width / phone.density,
            "height": height / phone.density,
            "scale": phone.density,
        }
        session = page.context.new_cdp_session(page)
        answer = session.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True, "clip": area})
        session.detach()
        return base64.b64decode(answer["data"])

    def _page(self, phone: Phone) -> Page:
        if phone.name not in self._pages:
            size: ViewportSize = {"width": phone.width, "height": phone.height}
            context = self._browser.new_context(viewport=size, device_scale_factor=phone.density)
            self._pages[phone.name] = context.new_page()
        return self._pages[phone.name]


def missing_fonts(wanted: Iterable[str]) -> list[str]:
    """Fonts that are not installed, so that Chromium draws in others; all of them where fontconfig is missing."""
    lister = shutil.which("fc-list")
    if lister is None:
        return sorted(set(wanted))
    listed = subprocess.run([lister, ":", "family"], check=True, capture_output=True, text=True).stdout
    installed = {name.strip() for line in listed.splitlines() for name in line.split(",")}
    return sorted(set(wanted) - installed)


@contextmanager
def renderer(photos: PhotoPool) -> Iterator[Renderer]:
    """A renderer with its browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield Renderer(browser, photos)
        browser.close()
