"""A desk that a browser can open: real HTTP and a real database in this process, and a browser for each person."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from casefile.vocabulary import StaffRole
from tests.triage.conftest import DeskRoom, Person
from tests.triage.pair_world import pair_path

DESKTOP = {"width": 1280, "height": 800}


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name of the overridden one
        """Nothing."""


@dataclass
class Office:
    """A desk over HTTP with some reports, and a browser for each person."""

    desk: DeskRoom
    address: str
    chromium: Browser
    reports: list[UUID]

    def sit(self, name: str, role: StaffRole = StaffRole.COUNSELLOR) -> Page:
        """A page of a context of its own, signed in."""
        person: Person = self.desk.seat(name, role)
        cookie = person.client.get_cookie("meja")
        assert cookie
        context = self.chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
        context.add_cookies([{"name": "meja", "value": cookie.value, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    def path(self, other: int = 1) -> str:
        """The address of the first report's pair with another."""
        return self.address + pair_path(self.desk, self.reports[0], self.reports[other])

    def code(self, place: int = 0) -> str:
        """The code of the case of a report."""
        return self.desk.code(self.reports[place])


@contextmanager
def serve_desk(desk: DeskRoom, chromium: Browser, reports: list[UUID]) -> Iterator[Office]:
    """The desk over HTTP until the end of the block; all browsers of the test are closed then."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Office(desk, f"http://127.0.0.1:{server.server_port}", chromium, reports)
    for context in chromium.contexts:
        context.close()
    server.shutdown()
    thread.join()
    server.server_close()
