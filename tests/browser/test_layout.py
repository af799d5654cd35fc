"""What does not fit a small phone or large letters, and what is too small to be tapped; all screens: test_screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import Site

pytestmark = pytest.mark.browser

PHONE = (360, 640)
SIZES = {
    "at 320 px": (320, 568, ""),
    "with letters twice as large": (360, 640, "200%"),
    "at 1280 px with 400 % zoom": (320, 256, ""),
}
LEAST_TARGET = 24
LEAST_BUTTON = 48
MOST_HEADER_SHARE = 0.5
"""Of the screen's height, where 400 % zoom leaves 256 px of it: more, and nothing could be read below."""

TOO_WIDE = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const isWide = (one) => one.getBoundingClientRect().right > room + 0.5;
  const wide = Array.from(document.body.querySelectorAll("*:not(.unseen, .default, .skip)")).filter(isWide);
  const widths = `${document.documentElement.scrollWidth} > ${room}`;
  return [...wide.slice(-3).map((one) => one.outerHTML.slice(0, 100)), widths];
}
"""
TOO_SMALL = """
([leastTarget, leastButton]) => {
  const aside = ".default, .unseen, .unseen *, .skip, [type=hidden]";
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(aside);
  const isInText = (one) => getComputedStyle(one).display === "inline" && one.matches("a");
  const found = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (!isSeen(one) || isInText(one)) continue;
    const box = (one.closest("label") || one).getBoundingClientRect();
    const isButton = one.matches("main button, main .button, main select, main textarea, main label *, .exit");
    const least = isButton ? leastButton : leastTarget;
    if (box.height < least - 0.01 || box.width < leastTarget) {
      found.push(`${one.outerHTML.slice(0, 100)} is ${box.width} x ${box.height}`);
    }
  }
  return found;
}
"""
"""Links inside a sentence are exempt (WCAG 2.2, 2.5.8); a box to tick is as large as its label."""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def resize(page: Page, width: int, height: int, letters: str = "") -> None:
    """Show the page on a screen of that size, in CSS pixels, with letters of that size."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)


def find_misfits(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page on each kind of screen; leaves it on a phone."""
    found: dict[str, list[str]] = {}
    for said, size in SIZES.items():
        resize(page, *size)
        found[said] = page.evaluate(TOO_WIDE)
    found["header"] = header_too_tall(page)
    resize(page, *PHONE)
    found["targets"] = page.evaluate(TOO_SMALL, [LEAST_TARGET, LEAST_BUTTON])
    return {where: what for where, what in found.items() if what}


def header_too_tall(page: Page) -> list[str]:
    """The header that stays in view, where it takes too much of the screen."""
    share = page.evaluate("(document.querySelector('header')?.getBoundingClientRect().height || 0) / innerHeight")
    return [f"{share:.0%}"] if share > MOST_HEADER_SHARE else []


def test_what_does_not_fit_is_found(phone: Page, site: Site) -> None:
    phone.goto(site.address)
    resize(phone, *PHONE)
    phone.evaluate("document.querySelector('h1').style.minWidth = '400px'")
    phone.evaluate("document.querySelector('main .button').style = 'min-height: 0; height: 40px'")
    assert find_misfits(phone).keys() == {*SIZES, "targets"}
    assert phone.evaluate(TOO_WIDE) != []
    assert len(phone.evaluate(TOO_SMALL, [LEAST_TARGET, LEAST_BUTTON])) == 1
