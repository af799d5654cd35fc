"""What axe objects to in light and dark; errors are announced, linked and focused. All screens: test_screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import begin, go_on
from tests.browser.site import Site
from tests.browser.tools import axe_source

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
ON_THE_DESKTOP_TOO = {"home", "form-2-faulty", "form-3", "review", "code", "thread"}
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
ASK = """
async ([type, values]) => {
  window.scrollTo(0, 0);
  const found = await axe.run({ runOnly: { type, values }, resultTypes: ["violations"] });
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target} ${node.failureSummary}`));
}
"""

UNEXPLAINED = """
() => Array.from(document.querySelectorAll("[aria-invalid=true]")).filter((field) => {
  const ids = (field.getAttribute("aria-describedby") || "").split(" ");
  const said = ids.map((id) => document.getElementById(id)).filter((one) => one?.matches(".fault"));
  return !said.some((one) => one.innerText.trim());
}).map((field) => field.outerHTML.slice(0, 120))
"""
"""Fields marked as wrong that no visible sentence explains."""


def find_violations(page: Page, *, colours_alone: bool = False) -> list[str]:
    """What axe objects to on the page as it stands, seen from its top, where nothing that stays in view lies over it.

    Of a page just checked in other colours, what depends on them.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_source())
    found: list[str] = page.evaluate(ASK, ["rule", OF_COLOURS] if colours_alone else ["tag", EVERYTHING])
    return found


def find_unexplained(page: Page) -> list[str]:
    """What a page of errors fails to say to a screen reader."""
    found: list[str] = page.evaluate(UNEXPLAINED)
    return found if page.locator("[aria-invalid=true]").count() else [*found, "no field is marked as wrong"]


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def looks(name: str) -> Iterator[tuple[Literal["light", "dark"], dict[str, int]]]:
    """How each screen is looked at."""
    yield "dark", PHONE
    if name in ON_THE_DESKTOP_TOO:
        yield "light", DESKTOP
    yield "light", PHONE


def find_barriers(page: Page, name: str) -> dict[str, list[str]]:
    """What is wrong with the screen of that name in each of its looks."""
    found: dict[str, list[str]] = {}
    for scheme, size in looks(name):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found[f"{scheme} {size['width']}"] = find_violations(page, colours_alone=scheme == "dark")
    if name.endswith(("-faulty", "-wrong")):
        found["explanations"] = find_unexplained(page)
    return {where: what for where, what in found.items() if what}


@pytest.mark.parametrize(
    "spoil",
    [
        "document.querySelector('main').outerHTML = document.querySelector('main').innerHTML",
        "document.querySelector('main a').style.color = '#888'",
        "document.documentElement.removeAttribute('lang')",
    ],
)
def test_axe_finds_what_is_wrong(phone: Page, site: Site, spoil: str) -> None:
    phone.goto(site.address)
    assert find_violations(phone) == []
    phone.evaluate(spoil)
    assert find_violations(phone) != []


def test_a_fault_without_explanation_is_found(phone: Page, site: Site) -> None:
    begin(phone, site, "18–24")
    go_on(phone)
    assert find_unexplained(phone) == []
    phone.evaluate(
        "document.querySelectorAll('[aria-invalid]').forEach((one) => one.removeAttribute('aria-describedby'))"
    )
    assert find_unexplained(phone) != []
    phone.evaluate("document.querySelectorAll('[aria-invalid]').forEach((one) => one.removeAttribute('aria-invalid'))")
    assert find_unexplained(phone) == ["no field is marked as wrong"]


def test_axe_finds_pale_words_in_the_dark(phone: Page, site: Site) -> None:
    phone.emulate_media(color_scheme="dark")
    phone.goto(site.address)
    assert find_violations(phone, colours_alone=True) == []
    phone.evaluate("document.querySelector('main a').style.color = '#555'")
    assert find_violations(phone, colours_alone=True) != []


def test_colours_follow_the_device(phone: Page, site: Site) -> None:
    phone.goto(site.address)
    papers = []
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        papers.append(phone.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(set(papers)) == 2


def test_the_first_stop_of_the_keyboard_skips_to_the_contents(phone: Page, site: Site) -> None:
    phone.goto(f"{site.address}/a")
    phone.keyboard.press("Tab")
    skip = phone.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    phone.keyboard.press("Enter")
    expect(phone.locator("main")).to_be_focused()


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_fields(phone: Page, site: Site) -> None:
    begin(phone, site, "18–24")
    go_on(phone)
    summary = phone.locator("#salah")
    expect(summary).to_be_focused()
    expect(summary).to_have_attribute("role", "alert")
    links = summary.get_by_role("link")
    assert links.count() > 0
    for link in links.all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        expect(phone.locator(f"[id='{target}']")).to_be_focused()
