"""One reporter at the portal: opens the home page, fills what is asked, sends, copies the code, leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from operations.demo.pages import Button, Form, Page
from operations.demo.plan import PlannedReport
from operations.errors import PortalError

START = "Mulai lapor"
GO_ON = ("Lanjut", "Kirim laporan")
CHECK_CODE = "Periksa kode"
LEAVE = "/keluar"
CODE_FIELD = "kode"
CODE_PATH = "/a/6"
RECEIPT = re.compile(r"(?:\b[a-z]{4,8}\b[ -]){5}\d{4}\b")
MOST_STEPS = 12
TIMEOUT_SECONDS = 60
SERVER_ERRORS = 500

File = tuple[str, tuple[str, bytes, str]]


@dataclass(frozen=True)
class Sent:
    """What came of one report: its receipt code, and how many pictures went along."""

    receipt: str
    pictures: int


class Visitor:
    """A browser without JavaScript: one jar of cookies, one page at a time."""

    def __init__(self, portal: str) -> None:
        headers = {"Accept-Language": "id", "User-Agent": "Mozilla/5.0"}
        self._client = httpx.Client(
            base_url=portal, headers=headers, timeout=TIMEOUT_SECONDS, follow_redirects=True, trust_env=False
        )
        self.path = "/"

    def close(self) -> None:
        """Forget all cookies."""
        self._client.close()

    def leave(self) -> None:
        """Leave for good, without following the way to the page outside. Raises ``PortalError``."""
        self._client.follow_redirects = False
        self._read("GET", LEAVE)

    def open(self, address: str) -> Page:
        """Follow a link. Raises ``PortalError``."""
        return self._read("GET", address)

    def press(self, form: Form, button: Button | None, values: dict[str, list[str]], files: Sequence[File]) -> Page:
        """Send a form with one of its buttons. Raises ``PortalError``."""
        if button and button.name:
            values = {**values, button.name: [button.value]}
        return self._read(form.method.upper(), form.action or self.path, values, files)

    def _read(
        self, method: str, address: str, values: dict[str, list[str]] | None = None, files: Sequence[File] = ()
    ) -> Page:
        try:
            if method == "GET":
                response = self._client.get(address, params=values)
            else:
                response = self._client.post(address, data=values, files=files or None)
        except httpx.HTTPError as error:
            raise PortalError(f"The portal does not answer ({type(error).__name__}): is `suluh up` running?") from None
        self.path = response.url.path
        if response.status_code >= SERVER_ERRORS:
            raise PortalError(f"The portal failed with {response.status_code} on {self.path}.")
        return Page.parse(response.text)


def send_report(portal: str, planned: PlannedReport) -> Sent:
    """Tell one report, from the home page to its code. Raises ``PortalError``."""
    visitor = Visitor(portal)
    try:
        page, pictures = walk(visitor, planned)
        found = RECEIPT.search(page.text)
        if not found:
            raise PortalError("The portal shows no code after the last step.")
        _leave(visitor, page, found.group())
        return Sent(found.group(), pictures)
    finally:
        visitor.close()


def walk(visitor: Visitor, planned: PlannedReport) -> tuple[Page, int]:
    """Through the form to the page with the code; returns that page and how many pictures went along."""
    page = _begin(visitor)
    pictures = 0
    for _ in range(MOST_STEPS):
        if visitor.path == CODE_PATH:
            return page, pictures
        found = page.form_with_button(*GO_ON)
        if found is None:
            raise PortalError(f"The portal's page {visitor.path} has no way on.")
        form, button = found
        files = _files(form, planned)
        pictures += len(files)
        before = visitor.path
        page = visitor.press(form, button, form.filled(planned.values), files)
        if visitor.path == before:
            raise PortalError(f"The portal did not accept its page {before}.")
    raise PortalError(f"The portal asked for more than {MOST_STEPS} pages.")


def _begin(visitor: Visitor) -> Page:
    home = visitor.open("/")
    if START in home.links:
        return visitor.open(home.links[START])
    found = home.form_with_button(START)
    if found is None:
        raise PortalError("The portal's home page offers no way to begin.")
    return visitor.press(*found, found[0].values, ())


def _files(form: Form, planned: PlannedReport) -> list[File]:
    drawn = [chat.draw() for chat in planned.chats] if form.files else []
    return [
        (name, (f"gambar-{number}.{kind.removeprefix('image/')}", data, kind))
        for name in form.files
        for number, (data, kind) in enumerate(drawn, start=1)
    ]


def _leave(visitor: Visitor, page: Page, receipt: str) -> None:
    """Copy the code as the page asks, then leave. Raises ``PortalError`` when the code is not accepted."""
    check = page.form_with_button(CHECK_CODE)
    if check:
        form, button = check
        page = visitor.press(form, button, form.filled({CODE_FIELD: [receipt]}), ())
        if "Kode cocok" not in page.text:
            raise PortalError("The portal does not recognise the code that it showed.")
    visitor.leave()
