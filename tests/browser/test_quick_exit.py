"""Leaving in a hurry, in a real browser that keeps pages for Back as people's browsers do."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from intake.proofs import ProofKeys, read_proof
from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.screens import OPEN_PAGES, agree_and_send, begin, enter_code, follow, go_on, minimal_report
from tests.browser.site import Site, serve
from tests.factories import make_office
from web.headers import CSP

pytestmark = pytest.mark.browser

STORY = "Kisah yang tidak boleh terlihat lagi."
CALM, OUTSIDE = "Layanan Warga", "Cuaca hari ini"
BACKS = 5
PATIENCE = 15_000
EITHER_WAY = pytest.mark.parametrize("phone", [True, False], ids=["JavaScript", "no JavaScript"], indirect=True)


class _Weather(BaseHTTPRequestHandler):
    """The page outside, on a host of its own. Notes who is said to have led there."""

    referrers: list[str | None] = []  # noqa: RUF012 - one for all requests of the server

    def do_GET(self) -> None:
        """Always the same page."""
        self.referrers.append(self.headers["Referer"])
        body = f"<!doctype html><title>Cuaca</title><link rel=icon href=data:,><h1>{OUTSIDE}</h1>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def weather() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Weather)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def portal(weather: str, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal that is always under load, so that every script of it runs."""
    folder = tmp_path_factory.mktemp("exit")
    shutil.copy(sqlite_template, folder / "suluh.db")
    office = make_office(folder / "office")
    with serve(folder / "suluh.db", office, SULUH_EXIT_URL=weather, SULUH_LOAD_LIMIT="0") as site:
        yield site


@pytest.fixture(scope="module")
def keeping(chromium: Browser) -> Iterator[Browser]:
    """A Chromium with its back/forward cache, which automation otherwise switches off."""
    browser = chromium.browser_type.launch(
        executable_path=chromium_path(), args=list(FLAGS), ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


@pytest.fixture
def phone(request: pytest.FixtureRequest, keeping: Browser) -> Iterator[Page]:
    script = getattr(request, "param", True)
    context = keeping.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=script)
    yield context.new_page()
    context.close()


def type_story(page: Page, portal: Site) -> None:
    """On the second page, with a story typed and not sent."""
    begin(page, portal, "25–44")
    page.get_by_label(re.compile("Ceritakan")).fill(STORY)


def leave(page: Page, portal: Site) -> None:
    """By the button, to the page outside."""
    page.get_by_role("link", name="Keluar cepat").click()
    page.wait_for_url(portal.outside)


def seen(page: Page) -> str:
    """All words of the page, and what stands in its fields."""
    fields = page.locator("textarea, input").all()
    return " ".join([page.locator("html").inner_text(), *(field.input_value() for field in fields)])


def go_back(page: Page) -> Iterator[str]:
    """Press Back again and again; gives what is seen each time."""
    for _ in range(BACKS):
        before = page.url
        page.go_back(wait_until="commit")
        if page.url in {before, "about:blank"} and not page.locator("h1").count():
            return
        page.wait_for_load_state()
        expect(page.locator("h1")).to_have_text(re.compile(f"{CALM}|{OUTSIDE}"))
        yield seen(page)


def cookies(page: Page) -> set[str]:
    return {cookie.get("name", "") for cookie in page.context.cookies()}


@pytest.mark.parametrize("phone", [False], ids=["no JavaScript"], indirect=True)
def test_without_the_exit_back_brings_the_typed_story_back(phone: Page, portal: Site) -> None:
    """The control: shows that the tests below would see a page that the browser kept."""
    type_story(phone, portal)
    phone.goto(portal.outside)
    phone.go_back(wait_until="commit")
    expect(phone.get_by_label(re.compile("Ceritakan"))).to_have_value(STORY)


def test_with_javascript_a_kept_page_is_fetched_anew(phone: Page, portal: Site) -> None:
    type_story(phone, portal)
    kept: list[str] = []
    phone.on("console", lambda said: kept.append(said.text))
    phone.evaluate("addEventListener('pageshow', (event) => console.log(event.persisted))")
    phone.goto(portal.outside)
    phone.go_back(wait_until="commit")
    expect(phone.get_by_label(re.compile("Ceritakan"))).to_have_value("")
    expect(phone.locator("html")).to_be_visible()
    assert kept == ["true"], "the page did not come from the cache"


@EITHER_WAY
def test_after_the_exit_back_never_shows_what_was_typed(phone: Page, portal: Site) -> None:
    type_story(phone, portal)
    leave(phone, portal)
    assert cookies(phone) == {"t"}
    views = list(go_back(phone))
    assert len(views) > 1
    assert not any(STORY in view for view in views)
    assert _Weather.referrers[-1] is None


@EITHER_WAY
def test_finishing_is_an_exit_too(phone: Page, portal: Site) -> None:
    code = minimal_report(phone, portal)
    phone.get_by_role("link", name="Selesai dan keluar").click()
    phone.wait_for_url(portal.outside)
    assert cookies(phone) == {"t"}
    views = list(go_back(phone))
    assert len(views) > 1
    assert not any(code in view for view in views)


def test_a_thread_is_not_shown_again_after_the_exit(phone: Page, portal: Site) -> None:
    code = minimal_report(phone, portal)
    phone.context.clear_cookies()
    phone.goto(f"{portal.address}/b")
    enter_code(phone, code)
    phone.get_by_label(re.compile("Tulis pesan")).fill(STORY)
    leave(phone, portal)
    views = list(go_back(phone))
    assert not any(STORY in view or code in view for view in views)


def test_three_presses_of_shift_leave(phone: Page, portal: Site) -> None:
    type_story(phone, portal)
    for _ in range(3):
        phone.keyboard.press("Shift")
    phone.wait_for_url(portal.outside)
    assert cookies(phone) == {"t"}


def test_shift_for_capitals_does_not_leave(phone: Page, portal: Site) -> None:
    begin(phone, portal, "25–44")
    field = phone.get_by_label(re.compile("Ceritakan"))
    field.focus()
    for letter in "TOLONG":
        phone.keyboard.press(f"Shift+{letter}")
    for _ in range(2):
        phone.keyboard.press("Shift")
    expect(field).to_have_value("TOLONG")
    expect(phone.locator("html")).to_be_visible()


HIDDEN_AFTER_A_FRAME = """(selector) => new Promise((tell) => {
  document.querySelector(selector).click();
  requestAnimationFrame(() => tell(getComputedStyle(document.documentElement).display === "none"));
})"""


@pytest.mark.parametrize("lost", [["**/keluar"], ["**/keluar", "**/*.css"]], ids=["server", "server and style"])
def test_a_server_that_hangs_delays_neither_hiding_nor_leaving(phone: Page, portal: Site, lost: list[str]) -> None:
    for address in lost:
        phone.route(address, lambda route: route.abort() if route.request.url.endswith("css") else None)
    type_story(phone, portal)
    begun = time.monotonic()
    assert phone.evaluate(HIDDEN_AFTER_A_FRAME, "#keluar")
    phone.wait_for_url(portal.outside, timeout=PATIENCE)
    assert 1.4 < time.monotonic() - begun < 4


def test_the_end_of_the_code_page_is_hidden_as_fast(phone: Page, portal: Site) -> None:
    phone.route("**/keluar", lambda _: None)
    minimal_report(phone, portal)
    assert phone.evaluate(HIDDEN_AFTER_A_FRAME, "main a[href='/keluar']")
    phone.wait_for_url(portal.outside, timeout=PATIENCE)


TRACES = """async () => ({
  local: localStorage.length, session: sessionStorage.length, cookie: document.cookie,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  manifests: document.querySelectorAll("link[rel=manifest]").length,
  images: document.querySelectorAll("img, picture, video, audio, svg, iframe, object").length,
  fonts: document.fonts.size,
})"""
NONE = dict.fromkeys(("local", "session", "databases", "caches", "workers", "manifests", "images", "fonts"), 0)
VIOLATIONS = "addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective))"


class Watch:
    """Everything that a browser asks for and complains of."""

    def __init__(self, context: BrowserContext) -> None:
        self.asked: set[tuple[str, str]] = set()
        self.complaints: list[str] = []
        context.add_init_script(VIOLATIONS)
        context.on("request", lambda asked: self.asked.add((asked.url, asked.resource_type)))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", lambda said: self.complaints.append(said.text))


def whole_journey(page: Page, portal: Site) -> Iterator[str]:
    """From the home page through the form to the conversation and out."""
    type_story(page, portal)
    yield page.url
    page.get_by_label("Pelecehan lewat pesan").check()
    for _ in range(3):
        go_on(page)
        yield page.url
    wait_for_proof(page)
    agree_and_send(page)
    yield page.url
    code = page.locator(".code").inner_text()
    page.context.clear_cookies()
    page.goto(f"{portal.address}/b")
    enter_code(page, code)
    yield page.url
    leave(page, portal)
    page.goto(portal.address)
    yield page.url


def test_a_whole_journey_leaves_no_trace_and_calls_nobody_else(phone: Page, portal: Site) -> None:
    watch = Watch(phone.context)
    for url in whole_journey(phone, portal):
        assert phone.evaluate(TRACES) == {**NONE, "cookie": ""}, url
        assert phone.title() == CALM
        assert not re.search("lapor|kekerasan|kbgo|korban", url)
    assert not watch.complaints
    strangers = {url for url, _ in watch.asked if not url.startswith((portal.address, portal.outside, "data:"))}
    assert not strangers
    assert {kind for _, kind in watch.asked} <= {"document", "stylesheet", "script", "fetch"}


def wait_for_proof(page: Page) -> None:
    """On the last page of the form: until the phone has found the answer."""
    expect(page.locator("#hitung")).to_have_value(re.compile("."), timeout=PATIENCE)


def test_what_the_phone_finds_in_the_background_is_a_proof(phone: Page, portal: Site) -> None:
    begin(phone, portal, "25–44")
    phone.get_by_label("Pelecehan lewat pesan").check()
    for _ in range(3):
        go_on(phone)
    wait_for_proof(phone)
    keys = ProofKeys.of(portal.office.intake.form_key)
    assert read_proof(phone.locator("#hitung").input_value(), keys)


def test_no_address_is_without_the_neutral_title_and_the_exact_headers(portal: Site) -> None:
    statuses = set()
    for path in [*OPEN_PAGES.values(), *(f"/rusak/{status}" for status in (400, 405, 413, 429, 500, 503))]:
        answer = httpx.get(portal.address + path, trust_env=False)
        statuses.add(answer.status_code)
        assert f"<title>{CALM}</title>" in answer.text, path
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Content-Security-Policy"] == CSP
        assert "unsafe" not in CSP
    assert statuses == {200, 400, 404, 405, 413, 429, 500, 503}


TABBED = "document.activeElement && document.activeElement.getAttribute('href')"
IN_VIEW = """() => {
  scrollTo(0, document.documentElement.scrollHeight);
  const box = document.getElementById("keluar").getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.top >= 0 && box.bottom <= innerHeight && middle.id === "keluar";
}"""


def form_pages(page: Page, portal: Site) -> Iterator[str]:
    """Every page of the form, the code, the field for a code and the thread."""
    page.goto(f"{portal.address}/a")
    yield page.url
    begin(page, portal, "25–44")
    yield page.url
    page.get_by_label("Pelecehan lewat pesan").check()
    for _ in range(3):
        go_on(page)
        yield page.url
    agree_and_send(page)
    yield page.url
    code = page.locator(".code").inner_text()
    page.goto(f"{portal.address}/b")
    yield page.url
    enter_code(page, code)
    yield page.url
    follow(page, "Minta laporan dihapus")
    yield page.url


def open_pages(page: Page, portal: Site) -> Iterator[str]:
    """What anybody may open, and what went wrong."""
    for path in [*OPEN_PAGES.values(), "/rusak/413", "/rusak/429", "/rusak/500"]:
        page.goto(portal.address + path)
        yield page.url


@pytest.mark.parametrize("walk", [form_pages, open_pages], ids=lambda walk: walk.__name__)
def test_the_exit_is_near_by_keyboard_and_in_view_on_every_page(
    phone: Page, portal: Site, walk: Callable[[Page, Site], Iterator[str]]
) -> None:
    for url in walk(phone, portal):
        reached = []
        for _ in range(3):
            phone.keyboard.press("Tab")
            reached.append(phone.evaluate(TABBED))
        assert "/keluar" in reached, (url, reached)
        assert phone.evaluate(IN_VIEW), url
