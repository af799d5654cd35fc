"""Quick exit: works with nothing else working, leaves nothing, and the way back shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import Draft
from intake.extensions import db
from tests.conftest import Database
from tests.intake.browser import Browser
from tests.intake.opening import count

PAGES = (
    "/",
    "/a",
    "/a/2",
    "/a/3",
    "/a/4",
    "/a/5",
    "/a/6",
    "/b",
    "/b/tarik",
    "/p",
    "/p/4",
    "/p/5/2",
    "/tidak-ada",
)


def test_quick_exit_erases_row_and_cookie_and_leads_outside(visitor: Browser, database: Database) -> None:
    visitor.send(visitor.begin(), {"cerita": "Kisah rahasia"})
    assert count(database, Draft) == 1
    response = visitor.end()
    assert (response.status_code, response.headers["Location"]) == (303, "https://www.bmkg.go.id/")
    assert count(database, Draft) == 0
    assert visitor.cookies() == {"t"}
    calm = visitor.client.get_cookie("t")
    assert calm is not None
    assert (calm.http_only, calm.max_age, calm.same_site) == (True, 1800, "Strict")


@pytest.mark.parametrize("path", PAGES)
def test_while_calm_every_page_is_the_neutral_one(visitor: Browser, path: str) -> None:
    visitor.report()
    visitor.end()
    page = visitor.open(path)
    assert page.path == "/"
    assert "Informasi layanan kota." in page.text
    assert "Keluar cepat" not in page.text


def test_posts_while_calm_show_the_neutral_page_too(visitor: Browser) -> None:
    page = visitor.begin()
    visitor.end()
    assert "Informasi layanan kota." in visitor.send(page, {"cerita": "x"}).text


def test_the_neutral_page_leads_back_to_an_empty_portal(visitor: Browser) -> None:
    visitor.send(visitor.begin(), {"cerita": "Kisah rahasia"})
    visitor.end()
    page = visitor.send(visitor.open("/"))
    assert "Anda tidak sendiri" in page.text
    assert visitor.cookies() == set()
    assert visitor.open("/a/2").path == "/"


def test_quick_exit_without_a_session_still_leaves_and_calms(visitor: Browser) -> None:
    assert visitor.end().status_code == 303
    assert visitor.cookies() == {"t"}


def test_quick_exit_works_without_a_database(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app(SULUH_INTAKE_DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/suluh.db")
    visitor = Browser(app)
    visitor.client.set_cookie("s", "A" * 43 + "=")
    assert visitor.end().status_code == 303
    assert visitor.cookies() == {"t"}


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """Another process writes: on SQLite it holds the write lock, on PostgreSQL the rows."""
    with Session(database.engine()) as other:
        begin_write(other)
        other.execute(select(Draft.tag).with_for_update())
        yield
        other.rollback()


def test_quick_exit_does_not_wait_for_another_writer(visitor: Browser, database: Database) -> None:
    visitor.begin()
    with writing(database):
        assert visitor.end().status_code == 303
        assert visitor.cookies() == {"t"}
    with Session(database.engine()) as session:
        assert session.scalars(select(Draft.expires_at)).one() <= datetime.now(UTC) + timedelta(minutes=30)
    assert "Informasi layanan kota." in visitor.open("/").text


def patience(connection: Connection) -> str:
    """How long statements wait for locks: milliseconds; on PostgreSQL with their unit."""
    question = "PRAGMA busy_timeout" if connection.dialect.name == "sqlite" else "SHOW lock_timeout"
    return str(connection.exec_driver_sql(question).scalar_one())


def test_only_the_quick_exit_is_impatient(app: Flask, visitor: Browser) -> None:
    visitor.begin()
    limits: list[str] = []

    def look(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("DELETE FROM draft"):
            limits.append(patience(connection))

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", look)
        visitor.end()
        with db.engine.connect() as connection:
            limits.append(patience(connection))
    assert limits in (["300", "5000"], ["300ms", "0"])


@pytest.mark.parametrize("path", ["/", "/aman", "/p", "/p/5"])
@pytest.mark.parametrize("is_calm", [False, True])
def test_plain_pages_write_nothing(app: Flask, visitor: Browser, path: str, *, is_calm: bool) -> None:
    visitor.begin()
    if is_calm:
        visitor.client.set_cookie("t", "1")
    writers: list[str] = []

    def note(connection: Connection) -> None:
        if connection.get_execution_options().get("suluh_begin"):
            writers.append(path)

    with app.app_context():
        event.listen(db.engine, "begin", note)
    assert visitor.open(path).status == 200
    assert writers == []


def test_cookies_are_tied_to_the_host_behind_https(make_app: Callable[..., Flask]) -> None:
    visitor = Browser(make_app(SULUH_SECURE_COOKIES="yes"))
    response = visitor.client.get("/a", base_url="https://layanan.example")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-s=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "__Host-t=1" in "".join(
        visitor.client.get("/keluar", base_url="https://layanan.example").headers.getlist("Set-Cookie")
    )


def test_forms_are_accepted_over_https_without_a_referrer(make_app: Callable[..., Flask]) -> None:
    client = Browser(make_app(SULUH_SECURE_COOKIES="yes")).client
    page = client.get("/a", base_url="https://layanan.example").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    answer = client.post("/a", base_url="https://layanan.example", data={"csrf_token": token})
    assert answer.headers["Location"] == "/a/2"


def test_every_page_offers_the_exit_and_the_safety_page(visitor: Browser) -> None:
    visitor.begin()
    for path in PAGES:
        html = visitor.open(path).response.text
        assert 'href="/keluar"' in html
        assert 'href="/p/4"' in html
