"""What a page costs on mobile data: bytes as they travel, headers with them, and requests. All: test_screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.screens import minimal_report
from tests.browser.site import Site

pytestmark = pytest.mark.browser

PAGE_LIMIT = 15_000
PICTURE_PAGE_LIMIT = 20_000
JOURNEY_LIMIT = 60_000
REQUEST_LIMIT = 4
PICTURE_PAGE = "/a/3"
READER = "/s/sidik."


@dataclass
class Visit:
    """One page: the document and all that it asked for. ``before``: bytes of the answer to a form that led to it."""

    path: str
    requests: list[str] = field(default_factory=list)
    received: int = 0
    before: int = 0

    def __str__(self) -> str:
        return f"{self.path}: {self.received} bytes in {len(self.requests)} requests"


class Meter:
    """Counts what arrives, page by page, as the browser's own network log says it."""

    def __init__(self, context: BrowserContext, *, is_cold: bool) -> None:
        self.page = context.new_page()
        self.visits: list[Visit] = []
        self._of: dict[str, Visit] = {}
        self._log = context.new_cdp_session(self.page)
        self._log.on("Network.requestWillBeSent", self._asked)
        self._log.on("Network.loadingFinished", self._arrived)
        self._log.send("Network.enable")
        self._log.send("Network.setCacheDisabled", {"cacheDisabled": is_cold})

    @property
    def received(self) -> int:
        """Bytes of all pages."""
        return sum(visit.received + visit.before for visit in self.visits)

    def _asked(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if url.startswith(("data:", "blob:")):
            return
        led = event.get("redirectResponse")
        if event["type"] == "Document" and not led:
            self.visits.append(Visit(urlsplit(url).path))
        visit = self._of.setdefault(event["requestId"], self.visits[-1])
        if led:
            visit.path, visit.before, visit.requests = urlsplit(url).path, led["encodedDataLength"], []
        visit.requests.append(url)

    def _arrived(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._of:
            self._of[event["requestId"]].received += event["encodedDataLength"]


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    yield context
    context.close()


def is_heavy(visit: Visit) -> bool:
    """Past the limits of portal-and-desk.md, section 10.

    The page with the pictures brings more script, and one more with the first picture that is chosen: bytes of this
    page, but no request of its opening.
    """
    limit = PICTURE_PAGE_LIMIT if visit.path == PICTURE_PAGE else PAGE_LIMIT
    opening = [url for url in visit.requests if not urlsplit(url).path.startswith(READER)]
    return visit.received > limit or len(opening) > REQUEST_LIMIT


def test_a_whole_report_costs_less_than_one_picture(context: BrowserContext, site: Site) -> None:
    meter = Meter(context, is_cold=False)
    minimal_report(meter.page, site)
    assert len(meter.visits) >= 7
    assert meter.received <= JOURNEY_LIMIT, [str(visit) for visit in meter.visits]


def test_what_is_heavy_is_found(context: BrowserContext, site: Site) -> None:
    meter = Meter(context, is_cold=True)
    meter.page.goto(site.address)
    (light,) = meter.visits
    assert len(light.requests) == 3
    assert light.received > meter.page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
    assert not is_heavy(light)
    assert is_heavy(Visit("/", light.requests, PAGE_LIMIT + 1))
    assert is_heavy(Visit("/", ["/"] * (REQUEST_LIMIT + 1), 1))
