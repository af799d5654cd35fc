"""Quick exit: works with nothing else working, leaves nothing, and the way back shows nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

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
    "/aman",
    "/apa-yang-terjadi",
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


def test_quick_exit_waits_only_once_for_a_database_that_takes_no_writes(app: Flask, visitor: Browser) -> None:
    visitor.begin()
    tries: list[str] = []

    def refuse(connection: Connection) -> None:
        if connection.get_execution_options().get("suluh_begin"):
            tries.append("write")
            raise OperationalError("BEGIN", None, sqlite3.OperationalError("database is locked"))

    with app.app_context():
        event.listen(db.engine, "begin", refuse)
    assert visitor.end().status_code == 303
    assert (tries, visitor.cookies()) == (["write"], {"t"})


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
        assert 'href="/aman"' in html
