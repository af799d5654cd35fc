"""A browser without script: keeps cookies, reads forms out of pages, sends back what stands in them."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

Fields = Mapping[str, str | Iterable[str]]


class _Forms(HTMLParser):
    """Collects the successful controls of every form, and the text of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self.inputs: set[str] = set()
        self.text: list[str] = []
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        name = got.get("name", "")
        if tag == "form":
            self.forms.append((got.get("action", ""), []))
        if tag in {"input", "select", "textarea"} and name:
            self.inputs.add(name)
        if tag == "input" and name and got.get("type") != "file":
            is_box = got.get("type") in {"radio", "checkbox"}
            if not is_box or "checked" in got:
                self.forms[-1][1].append((name, got.get("value", "")))
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and "selected" in got:
            self.forms[-1][1].append((self._select, got.get("value", "")))
        if tag == "textarea":
            self._area = name
            self.forms[-1][1].append((name, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            name, so_far = self.forms[-1][1].pop()
            self.forms[-1][1].append((name, (so_far + data).removeprefix("\n")))
        else:
            self.text.append(data)


class Page:
    """One answer of the portal, as a person sees it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        self._parsed = _Forms()
        if response.mimetype == "text/html":
            self._parsed.feed(response.text)

    @property
    def text(self) -> str:
        """All words outside of text fields, with single spaces."""
        return " ".join(" ".join(self._parsed.text).split())

    @property
    def inputs(self) -> set[str]:
        """Names of the controls on the page."""
        return self._parsed.inputs

    @property
    def values(self) -> dict[str, list[str]]:
        """What stands in the last form."""
        _, pairs = self._parsed.forms[-1]
        filled: dict[str, list[str]] = {}
        for name, value in pairs:
            filled.setdefault(name, []).append(value)
        return filled

    @property
    def action(self) -> str:
        """Where the last form goes."""
        return self._parsed.forms[-1][0]


class Browser:
    """Follows redirects inside the portal."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def open(self, path: str) -> Page:
        """GET a page."""
        return Page(self.client.get(path, follow_redirects=True))

    def cookies(self) -> set[str]:
        """Names of the cookies this browser holds."""
        return {cookie.key for cookie in self.client._cookies.values()}

    def send(
        self, page: Page, fields: Fields | None = None, pictures: Iterable[bytes] = (), *, follow: bool = True
    ) -> Page:
        """Send the page's last form with ``fields`` filled in; an answer given replaces what stood there."""
        data: dict[str, object] = dict(page.values)
        for name, value in (fields or {}).items():
            data[name] = [value] if isinstance(value, str) else list(value)
        files = [
            FileStorage(io.BytesIO(picture), f"{n}.png", content_type="image/png") for n, picture in enumerate(pictures)
        ]
        if not files:
            return Page(self.client.post(page.action, data=data, follow_redirects=True))
        data["bukti"] = files
        boundary, body = encode_multipart(data)
        kind = f"multipart/form-data; boundary={boundary}"
        return Page(self.client.post(page.action, data=body, content_type=kind, follow_redirects=True))

    def begin(self, **safety: str) -> Page:
        """From the home page to the first page of questions."""
        self.open("/")
        return self.send(self.open("/a"), safety)

    def end(self) -> TestResponse:
        """Quick exit; the page outside is not opened."""
        return self.client.get("/keluar")

    @property
    def cookie_key(self) -> bytes:
        """What only this browser knows: the key to its session."""
        cookie = self.client.get_cookie("s")
        assert cookie is not None
        return base64.urlsafe_b64decode(cookie.value)

    def finish(self, page: Page | None = None) -> Page:
        """Agree and send, from the page of checking."""
        return self.send(page or self.open("/a/5"), {"setuju_proses": "ya"})

    def report(self, *, safety: Fields | None = None, events: Fields | None = None) -> str:
        """The shortest way through the form. Returns the code."""
        page = self.send(self.open("/a"), safety or {})
        page = self.send(page, events or {"jenis": "PELECEHAN"})
        page = self.send(page)
        if page.path == "/a/4":
            page = self.send(page)
        return code_of(self.finish(page))


def code_of(page: Page) -> str:
    """The code on the page that shows it."""
    html = page.response.text
    return html.split('class="code"', 1)[1].split(">", 1)[1].split("<", 1)[0].strip()
