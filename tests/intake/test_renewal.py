"""A cookie that somebody noted beforehand opens neither a form nor a thread, and nothing stays open for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.models import Draft, Report
from casefile.sealed_sessions import DRAFTS
from tests.conftest import Database
from tests.factories import Office, keep_report
from tests.intake.browser import Browser, Page, code_of
from tests.intake.opening import count

Values = dict[str, dict[str, str]]


@pytest.fixture
def code(database: Database, office: Office) -> str:
    with Session(database.engine("intake")) as session:
        return keep_report(session, office).code


def note_cookie(visitor: Browser) -> str:
    cookie = visitor.client.get_cookie("s")
    assert cookie is not None
    return cookie.value


def with_cookie(visitor: Browser, cookie: str) -> Browser:
    """Another browser that holds a cookie of this one."""
    other = Browser(visitor.app)
    other.client.set_cookie("s", cookie)
    return other


def change_session(database: Database, visitor: Browser, change: Callable[[Values], None]) -> None:
    now = datetime.now(UTC)
    with Session(database.engine()) as stored:
        values = DRAFTS.load(stored, visitor.cookie_key, now)
        assert values is not None
        change(values)
        stored.rollback()
        DRAFTS.save(stored, visitor.cookie_key, values, now + timedelta(minutes=5))
        stored.commit()


def expiry(database: Database) -> datetime:
    with Session(database.engine()) as stored:
        return stored.scalars(select(Draft.expires_at)).one()


def test_a_cookie_noted_before_the_code_opens_no_thread(visitor: Browser, database: Database, code: str) -> None:
    page = visitor.open("/b")
    noted = note_cookie(visitor)
    assert "Balasan untuk Anda" in visitor.send(page, {"kode": code}).text
    assert count(database, Draft) == 1
    assert "Balasan untuk Anda" not in with_cookie(visitor, noted).open("/b").text
    assert "Balasan untuk Anda" in visitor.open("/b").text


def test_a_cookie_noted_before_the_form_opens_no_answers(visitor: Browser, database: Database) -> None:
    page = visitor.open("/a")
    noted = note_cookie(visitor)
    page = visitor.send(visitor.send(page), {"cerita": "Kisah rahasia"})
    assert visitor.open("/a/2").values["cerita"] == ["Kisah rahasia"]
    assert with_cookie(visitor, noted).open("/a/2").path == "/"
    assert count(database, Draft) == 1


def test_a_form_that_somebody_else_began_goes_on_under_a_new_cookie(visitor: Browser) -> None:
    visitor.begin()
    noted = note_cookie(visitor)
    visitor.send(visitor.begin(), {"cerita": "Kisah rahasia"})
    assert with_cookie(visitor, noted).open("/a/2").path == "/"
    assert visitor.open("/a/2").values["cerita"] == ["Kisah rahasia"]


@pytest.mark.parametrize(("path", "shown"), [("/a", "usia"), ("/b", "pesan")])
def test_a_second_press_with_the_old_cookie_lands_on_the_page_itself(
    visitor: Browser, code: str, path: str, shown: str
) -> None:
    page = visitor.open(path)
    noted, form = note_cookie(visitor), {**page.values, "kode": code, "usia": "18_24"}
    visitor.send(page, {"kode": code, "usia": "18_24"})
    second = with_cookie(visitor, noted).client.post(path, data=form)
    assert (second.status_code, second.headers["Location"]) == (303, path)
    assert "Set-Cookie" not in second.headers
    assert shown in visitor.open(path).inputs


@pytest.mark.parametrize("path", ["/a/2", "/a/5", "/b/pesan", "/b/tarik"])
def test_other_forms_with_an_old_cookie_are_over(visitor: Browser, path: str) -> None:
    page = visitor.open("/a")
    noted = note_cookie(visitor)
    visitor.send(page)
    assert with_cookie(visitor, noted).client.post(path, data=page.values).status_code == 400


@pytest.mark.parametrize("path", ["/a", "/b"])
def test_a_form_with_a_good_cookie_and_no_token_is_refused(visitor: Browser, path: str) -> None:
    visitor.open(path)
    assert visitor.client.post(path).status_code == 400


@pytest.mark.parametrize("path", ["/a", "/b"])
def test_two_presses_at_once_leave_one_session(visitor: Browser, database: Database, code: str, path: str) -> None:
    page = visitor.open(path)
    noted, form = note_cookie(visitor), {**page.values, "kode": code}
    start = threading.Barrier(2)
    answers: list[int] = []

    def press() -> None:
        other = with_cookie(visitor, noted)
        start.wait()
        answers.append(other.client.post(path, data=form).status_code)

    presses = [threading.Thread(target=press) for _ in range(2)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert (answers, count(database, Draft)) == ([303, 303], 1)


def test_the_first_page_sent_again_before_the_last_gives_one_report(visitor: Browser, database: Database) -> None:
    page = visitor.send(visitor.begin(), {"jenis": "DOXING"})
    checked = visitor.send(visitor.send(page))
    visitor.send(visitor.open("/a"))
    first = code_of(visitor.finish(checked))
    assert code_of(visitor.finish(checked)) == first
    assert count(database, Report) == 1


def test_a_form_ends_two_hours_after_it_was_begun(visitor: Browser, database: Database) -> None:
    page = visitor.begin()

    def age(values: Values) -> None:
        left = datetime.fromisoformat(values["isian"]["sampai"]) - datetime.now(UTC)
        assert timedelta(minutes=119) < left <= timedelta(hours=2)
        values["isian"]["sampai"] = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()

    change_session(database, visitor, age)
    visitor.send(page, {"cerita": "Kisah rahasia"})
    visitor.begin()
    assert expiry(database) <= datetime.now(UTC) + timedelta(minutes=1)

    def end(values: Values) -> None:
        values["isian"]["sampai"] = datetime.now(UTC).isoformat()

    change_session(database, visitor, end)
    assert visitor.open("/a/2").path == "/"
    assert count(database, Draft) == 0


def test_an_unused_form_ends_after_thirty_minutes(visitor: Browser, database: Database) -> None:
    visitor.begin()
    assert timedelta(minutes=29) < expiry(database) - datetime.now(UTC) <= timedelta(minutes=30)


def test_a_thread_ends_two_hours_after_its_code_and_begins_anew_with_it(
    visitor: Browser, database: Database, code: str
) -> None:
    page: Page = visitor.send(visitor.open("/b"), {"kode": code})

    def age(values: Values) -> None:
        values["balasan"]["mulai"] = (datetime.now(UTC) - timedelta(minutes=119)).isoformat()

    change_session(database, visitor, age)
    visitor.send(page, {"pesan": "Masih di sini"})
    assert expiry(database) <= datetime.now(UTC) + timedelta(minutes=1)
    token = visitor.open("/b").values["csrf_token"]
    visitor.client.post("/b", data={"csrf_token": token, "kode": code})
    assert expiry(database) > datetime.now(UTC) + timedelta(minutes=9)
