"""Every screen of the desk that a role can reach by links, and every form sent empty: axe, width, weight, policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from werkzeug.routing import MapAdapter

from casefile.submission import Answers
from casefile.vocabulary import AgeBand, HarmKind, MatchClass, Platform, StaffRole
from tests.browser.desk_site import Office, serve_desk
from tests.browser.screens import press
from tests.browser.test_accessibility import PHONE, find_violations
from tests.factories import draw_screenshot, make_submission
from tests.triage.conftest import DeskRoom, desk  # noqa: F401 - a fixture
from tests.triage.pair_world import join

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

ONE = Answers(kinds=frozenset({HarmKind.SEXTORTION}), age=AgeBand.FROM_16, platforms=frozenset({Platform.INSTAGRAM}))
MOST_BYTES = 60_000
MOST_REQUESTS = 8
LEAST_SCREENS = 40
NO_SCREEN = re.compile(r"#|\.\w+$")
"""A place on a page, or a file to keep."""
REFUSED = "Failed to load resource: the server responded with a status of 4"
LINKS = "all => all.map((one) => one.href)"
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
FORMS = """
() => Array.from(document.querySelectorAll("main form[method=post]"))
  .map((form, place) => [place, form])
  .filter(([, form]) => form.querySelector("textarea, input[type=text], input:not([type]), input[type=date]"))
  .map(([place, form]) => [place, new URL(form.action).pathname])
"""
SEND_EMPTY = """
(place) => {
  const form = document.querySelectorAll("main form[method=post]")[place];
  form.noValidate = true;
  form.querySelectorAll("textarea, input[type=text], input:not([type]), input[type=date]")
    .forEach((one) => { one.value = ""; });
  (form.querySelector("button:not([formaction])") || form.querySelector("button")).click();
}
"""


@dataclass
class Inspection:
    """Goes through a person's screens, looks at those that are new or differ in their forms, and keeps what is wrong.

    ``known`` names what was looked at already, also for others.
    """

    page: Page
    address: str
    rules: MapAdapter
    known: set[str]
    seen: set[str] = field(default_factory=set)
    found: dict[str, object] = field(default_factory=dict)
    forms: list[tuple[str, int, str]] = field(default_factory=list)
    _sent: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.page.on("requestfinished", lambda request: self._sent.append(request))  # noqa: PLW0108 - it marks what it is given
        self.page.on("console", self._hear)

    def walk(self) -> None:
        """Follow every link of the desk, each kind of page once."""
        waiting = [f"{self.address}/"]
        while waiting:
            url = waiting.pop()
            if (shape := self._shape(url)) in self.seen:
                continue
            self.seen.add(shape)
            self._sent.clear()
            self.page.goto(url)
            forms = self.page.evaluate(FORMS)
            self.forms += [(url, place, path) for place, path in forms]
            if self._is_new(f"{shape} with {len(forms)} forms"):
                self._weigh()
                self.look()
            links = self.page.locator("main a[href], nav a[href], header a[href]").evaluate_all(LINKS)
            waiting += [link for link in links if link.startswith(self.address) and not NO_SCREEN.search(link)]

    def send_empty_forms(self) -> None:
        """Every kind of form with nothing in it: the page that says so holds the same promises."""
        for url, place, path in self.forms:
            if not path.startswith(("/keluar", "/masuk")) and self._is_new(f"{self._shape(path, 'POST')} sent empty"):
                self.page.goto(url)
                self.page.evaluate(OPEN_ALL)
                with self.page.expect_navigation():
                    self.page.evaluate(SEND_EMPTY, place)
                self.look(f" after {path} was sent empty")

    def look(self, when: str = "") -> None:
        """What axe says on a phone in both schemes, whether all fits, and that no picture is there."""
        where = urlsplit(self.page.url).path + when
        self.page.evaluate(OPEN_ALL)
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self._note(f"{where}, {scheme}", find_violations(self.page, colours_alone=scheme == "dark"))
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self._note(where, "is wider than a phone")
        if self.page.locator("img, video, canvas, audio").count():
            self._note(where, "shows a picture")

    def _shape(self, url: str, method: str = "GET") -> str:
        """The rule that answers an address: one for all cases, all people, all pages of a list."""
        rule, _ = self.rules.match(urlsplit(url).path, method, return_rule=True)
        return rule.rule

    def _is_new(self, what: str) -> bool:
        is_new = what not in self.known
        self.known.add(what)
        return is_new

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSED):
            self._note("console", message.text)

    def _weigh(self) -> None:
        size = sum(request.sizes()["responseBodySize"] for request in self._sent)
        if size > MOST_BYTES or len(self._sent) > MOST_REQUESTS:
            self._note(urlsplit(self.page.url).path, f"{size} bytes in {len(self._sent)} requests")

    def _note(self, where: str, what: object) -> None:
        if what:
            self.found[f"{where} {len(self.found)}"] = what


@pytest.fixture
def office(desk: DeskRoom, chromium: Browser) -> Iterator[Office]:  # noqa: F811
    alike = draw_screenshot(3)
    reports = [desk.report(make_submission(alike, answers=ONE)) for _ in range(2)]
    reports += [desk.report(make_submission(answers=ONE, addresses=("https://instagram.com/akun_contoh",)))]
    join(desk, reports[0], reports[2], MatchClass.SAME_PICTURE)
    with serve_desk(desk, chromium, reports) as office:
        yield office


def test_every_screen_keeps_what_was_promised(office: Office) -> None:
    known: set[str] = set()
    found: dict[str, object] = {}
    for role in StaffRole:
        page = office.sit(role.value, role)
        if role is StaffRole.COUNSELLOR:
            page.goto(f"{office.address}/kasus/{office.code()}")
            press(page, "Ambil kasus")
        inspection = Inspection(page, office.address, office.desk.app.url_map.bind(""), known)
        inspection.walk()
        inspection.send_empty_forms()
        found |= {f"{role.value} at {where}": what for where, what in inspection.found.items()}
    assert found == {}
    assert len(known) >= LEAST_SCREENS, sorted(known)
