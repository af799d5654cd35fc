"""Pages for what goes wrong, and headers on everything."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from casefile.models import Draft
from tests.conftest import Database
from tests.intake.browser import Browser, Page
from tests.intake.opening import count
from web.headers import SECURITY_HEADERS


def assert_neutral(page: Page) -> None:
    assert "<title>Layanan Warga</title>" in page.response.text
    assert {"112", "110", "129"} <= set(page.text.replace(".", " ").replace(",", " ").split())


def test_a_request_without_token_is_over_and_changes_nothing(visitor: Browser, database: Database) -> None:
    visitor.begin()
    page = Page(visitor.client.post("/a/2", data={"cerita": "dari luar"}))
    assert page.status == 400
    assert "Waktu habis. Isian sudah dihapus demi keamanan." in page.text
    assert_neutral(page)
    assert visitor.open("/a/2").values["cerita"] == [""]


def test_a_form_whose_session_is_gone_says_so_without_a_new_session(visitor: Browser, database: Database) -> None:
    page = visitor.begin()
    visitor.client.delete_cookie("s")
    answer = visitor.send(page, {"cerita": "x"})
    assert (answer.status, answer.path) == (400, "/a/2")
    assert "Mulai lagi" in answer.text
    assert visitor.cookies() == set()
    assert count(database, Draft) == 1


@pytest.mark.parametrize("path", ["/a", "/a/2", "/a/3", "/a/4", "/a/5", "/a/6", "/b", "/b/pesan", "/b/tarik"])
def test_every_form_needs_a_token(visitor: Browser, path: str) -> None:
    assert visitor.client.post(path).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/tidak-ada", 404),
        ("GET", "/a/9", 404),
        ("POST", "/", 405),
        ("GET", "/b/pesan", 405),
        ("PUT", "/a", 405),
    ],
)
def test_refusals_have_a_page(visitor: Browser, method: str, path: str, status: int) -> None:
    visitor.begin()
    page = Page(visitor.client.open(path, method=method))
    assert page.status == status
    assert_neutral(page)


def test_a_request_of_more_than_ten_pictures_in_size_is_413(visitor: Browser) -> None:
    visitor.begin()
    length = {"CONTENT_LENGTH": str(102 * 1024 * 1024)}
    kind = "multipart/form-data; boundary=x"
    page = Page(visitor.client.post("/a/3", environ_overrides=length, content_type=kind, data=b"--x--"))
    assert page.status == 413
    assert "masing-masing paling besar 10 MB" in page.text
    assert_neutral(page)


def test_a_text_past_all_measure_is_413(visitor: Browser) -> None:
    page = visitor.begin()
    page = visitor.send(page, {"cerita": "a" * 300_000})
    assert page.status == 413
    assert_neutral(page)


@pytest.fixture
def broken(make_app: Callable[..., Flask]) -> Browser:
    app = make_app()

    def fail() -> str:
        raise ValueError("kata rahasia pelapor")

    app.add_url_rule("/rusak", view_func=fail)
    return Browser(app)


def test_an_unforeseen_error_shows_a_number_and_logs_no_word(
    broken: Browser, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = broken.open("/rusak")
    assert page.status == 500
    assert_neutral(page)
    number = page.text.split("Nomor gangguan: ", 1)[1].split()[0]
    assert number in caplog.text
    assert "rahasia" not in caplog.text
    assert "rahasia" not in "".join(capfd.readouterr())


@pytest.fixture
def orphaned(make_app: Callable[..., Flask], tmp_path: Path) -> Browser:
    """A portal whose database is out of reach."""
    return Browser(make_app(SULUH_INTAKE_DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/suluh.db"))


def test_home_and_safety_open_without_a_database(orphaned: Browser) -> None:
    for is_known in (False, True):
        if is_known:
            orphaned.client.set_cookie("s", "A" * 43 + "=")
        for path in ("/", "/p", "/p/4", "/p/5", "/p/5/2"):
            assert orphaned.open(path).status == 200


def test_a_form_without_a_database_is_a_calm_page(orphaned: Browser) -> None:
    page = orphaned.open("/a")
    assert page.status == 503
    assert "Layanan sedang terganggu" in page.text
    assert_neutral(page)


def test_a_known_visitor_without_a_database_gets_the_calm_page_too(orphaned: Browser) -> None:
    orphaned.client.set_cookie("s", "A" * 43 + "=")
    looked, sent = orphaned.client.get("/a/2"), orphaned.client.post("/a/5", data={"setuju_proses": "ya"})
    for answer in (looked, sent):
        assert answer.status_code == 503
        assert_neutral(Page(answer))
    assert "Laporan belum terkirim" in sent.text


def test_health_tells_whether_the_database_answers(visitor: Browser, orphaned: Browser) -> None:
    healthy = visitor.client.get("/healthz")
    assert (healthy.status_code, healthy.json) == (200, {"status": "ok"})
    assert orphaned.client.get("/healthz").status_code == 503


def all_answers(visitor: Browser, broken: Browser, orphaned: Browser) -> Iterator[Page]:
    yield visitor.open("/")
    page = visitor.begin()
    yield visitor.send(page)
    page = visitor.send(page, {"jenis": "DOXING"})
    yield page
    page = visitor.send(visitor.send(page))
    yield visitor.finish(page)
    for path in ("/b", "/p", "/p/5", "/healthz", "/tidak-ada"):
        yield visitor.open(path)
    yield Page(visitor.client.post("/a/2"))
    yield Page(visitor.client.put("/a/2"))
    yield Page(visitor.client.get("/b/tarik"))
    yield Page(visitor.end())
    yield visitor.open("/")
    yield broken.open("/rusak")
    yield orphaned.open("/a")


def test_every_answer_carries_the_headers_and_the_neutral_title(
    visitor: Browser, broken: Browser, orphaned: Browser
) -> None:
    statuses = set()
    for page in all_answers(visitor, broken, orphaned):
        statuses.add(page.status)
        for name, value in SECURITY_HEADERS.items():
            assert page.response.headers[name] == value
        if page.response.mimetype == "text/html" and page.status not in {302, 303}:
            assert "<title>Layanan Warga</title>" in page.response.text
            assert "<style" not in page.response.text
            assert "<script>" not in page.response.text
            assert " style=" not in page.response.text
            assert " onclick=" not in page.response.text
    assert statuses == {200, 303, 400, 404, 405, 500, 503}


def test_switching_the_language_needs_no_form_before_but_no_other_site_may_do_it(visitor: Browser) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for data, headers in (({"bahasa": "id"}, foreign), ({"bahasa": "xx"}, {}), ({}, {})):
        assert visitor.client.post("/bahasa", data=data, headers=headers).headers["Location"] == "/"
        assert visitor.cookies() == set()
    answer = visitor.client.post("/bahasa", data={"bahasa": "id", "kembali": "/p/4"})
    assert answer.headers["Location"] == "/p/4"
    assert visitor.cookies() == {"s"}
    leaving = visitor.client.post("/bahasa", data={"bahasa": "id", "kembali": "//jahat.example"})
    assert leaving.headers["Location"] == "/"


def test_static_files_are_public_and_carry_no_cookie(visitor: Browser, database: Database) -> None:
    visitor.begin()
    for name in ("p.css", "keluar.js"):
        with visitor.client.get(visitor.app.jinja_env.globals["asset"](name)) as response:
            assert response.status_code == 200
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert "Set-Cookie" not in response.headers
    assert visitor.client.get("/s/none.css").headers["Cache-Control"] == "no-store"
