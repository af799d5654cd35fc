"""Sending is once, the code is shown for a while, and a failure is never a receipt."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, Response, session
from sqlalchemy import Engine, PoolProxiedConnection, make_url, text
from sqlalchemy.event import listen
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from casefile.models import CustodyEntry, OutboxRow, Receipt, Report
from casefile.models import Draft as DraftRow
from casefile.sealed_sessions import DRAFTS
from intake.extensions import db
from tests.conftest import Database
from tests.factories import Office, keep_report
from tests.intake.browser import Browser, Page, code_of
from tests.intake.opening import count


def at_check(visitor: Browser) -> Page:
    page = visitor.send(visitor.begin(), {"jenis": "DOXING", "cerita": "Alamat saya disebar."})
    return visitor.send(visitor.send(page))


@contextmanager
def refusing_writes(database: Database) -> Iterator[None]:
    """On SQLite another process holds the write lock, on PostgreSQL one holds the tables."""
    if database.kind == "sqlite":
        other = sqlite3.connect(make_url(database.owner_url).database or "", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
    else:
        with database.engine().begin() as owner:
            owner.execute(text("REVOKE INSERT ON report, draft FROM suluh_intake"))
            owner.execute(text("REVOKE UPDATE ON draft FROM suluh_intake"))
        yield
        with database.engine().begin() as owner:
            owner.execute(text("GRANT INSERT ON report, draft TO suluh_intake"))
            owner.execute(text("GRANT UPDATE ON draft TO suluh_intake"))


@pytest.fixture
def hurried(make_app: Callable[..., Flask], database: Database) -> Browser:
    """A visitor of a portal that waits a moment only for the lock."""
    app = make_app()
    if database.kind == "sqlite":
        app.before_request(lambda: _wait_less(app))
    return Browser(app)


def _wait_less(app: Flask) -> None:
    db.session.execute(text("PRAGMA busy_timeout = 50"))
    db.session.rollback()


def change_session(database: Database, visitor: Browser, change: Callable[[dict[str, object]], None]) -> None:
    """Edit what lies in the visitor's sealed session, with the key from the visitor's cookie."""
    now = datetime.now(UTC)
    with Session(database.engine()) as stored:
        values = DRAFTS.load(stored, visitor.cookie_key, now)
        assert values is not None
        change(values)
        stored.rollback()
        DRAFTS.save(stored, visitor.cookie_key, values, now + timedelta(minutes=5))
        stored.commit()


def test_the_code_page_survives_reloads_and_the_draft_is_gone(visitor: Browser, database: Database) -> None:
    code = code_of(visitor.finish(at_check(visitor)))
    assert code_of(visitor.open("/a/6")) == code
    with Session(database.engine()) as stored:
        values = DRAFTS.load(stored, visitor.cookie_key, datetime.now(UTC))
    assert values is not None
    assert "isian" not in values
    assert code_of(visitor.open("/a/2")) == code


def test_the_code_is_no_longer_shown_after_ten_minutes(visitor: Browser, database: Database) -> None:
    visitor.finish(at_check(visitor))

    def age(values: dict[str, object]) -> None:
        part = values["kode"]
        assert isinstance(part, dict)
        shown_until = datetime.fromisoformat(part["sampai"])
        assert timedelta(minutes=9) < shown_until - datetime.now(UTC) <= timedelta(minutes=10)
        part["sampai"] = datetime.now(UTC).isoformat()

    change_session(database, visitor, age)
    assert visitor.open("/a/6").path == "/"
    assert count(database, DraftRow) == 0
    assert visitor.cookies() == set()


def test_a_thread_that_ends_leaves_a_form_beside_it_alone(visitor: Browser, database: Database, office: Office) -> None:
    with Session(database.engine("intake")) as stored:
        code = keep_report(stored, office).code
    page = visitor.begin()
    visitor.send(visitor.open("/b"), {"kode": code})

    def age(values: dict[str, object]) -> None:
        part = values["balasan"]
        assert isinstance(part, dict)
        part["sampai"] = datetime.now(UTC).isoformat()

    change_session(database, visitor, age)
    assert visitor.send(page, {"cerita": "Ditulis pelan-pelan."}).path == "/a/3"
    assert "Kode rahasia" in visitor.open("/b").text


def test_another_report_from_the_same_browser_is_another_report(visitor: Browser, database: Database) -> None:
    code = code_of(visitor.finish(at_check(visitor)))
    visitor.send(visitor.open("/b"), {"kode": code})

    def age(values: dict[str, object]) -> None:
        del values["kode"]

    change_session(database, visitor, age)
    assert code_of(visitor.finish(at_check(visitor))) != code
    assert count(database, Report) == 2


def test_the_row_of_the_code_lives_no_longer_than_the_code(visitor: Browser, database: Database) -> None:
    visitor.finish(at_check(visitor))
    visitor.open("/a/6")
    with Session(database.engine()) as stored:
        (row,) = stored.query(DraftRow).all()
        assert row.expires_at <= datetime.now(UTC) + timedelta(minutes=10)


@pytest.mark.parametrize("spoil", [str.upper, lambda code: code.replace(" ", "-"), lambda code: f"  {code}  "])
def test_the_code_typed_back_is_forgiven_its_looks(visitor: Browser, spoil: Callable[[str], str]) -> None:
    page = visitor.finish(at_check(visitor))
    page = visitor.send(page, {"kode": spoil(code_of(page))})
    assert "Kode cocok. Halaman ini boleh ditutup." in page.text


def test_a_wrong_word_is_pointed_out_by_its_place(visitor: Browser) -> None:
    page = visitor.finish(at_check(visitor))
    words = code_of(page).split()
    words[2] = "keliru"
    page = visitor.send(page, {"kode": " ".join(words)})
    assert "Kode belum sama. Periksa kata ke-3." in page.text
    assert page.values["kode"] == [" ".join(words)]
    page = visitor.send(page, {"kode": " ".join(code_of(page).split()[:5])})
    assert "Periksa angkanya" in page.text


def test_two_presses_at_once_give_one_report_and_one_code(visitor: Browser, database: Database) -> None:
    page = at_check(visitor)
    form = {**page.values, "setuju_proses": "ya"}
    cookie = visitor.client.get_cookie("s")
    assert cookie is not None
    start = threading.Barrier(2)
    codes: list[str] = []

    def press() -> None:
        client = visitor.app.test_client()
        client.set_cookie("s", cookie.value)
        start.wait()
        codes.append(code_of(Page(client.post("/a/5", data=form, follow_redirects=True))))

    presses = [threading.Thread(target=press) for _ in range(2)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert len(codes) == 2
    assert len(set(codes)) == 1
    assert [count(database, table) for table in (Report, Receipt, OutboxRow, CustodyEntry)] == [1, 1, 1, 1]


def test_sending_again_later_leads_to_the_same_code(visitor: Browser, database: Database) -> None:
    page = at_check(visitor)
    first = code_of(visitor.finish(page))
    assert code_of(visitor.finish(page)) == first
    assert count(database, Report) == 1


def test_a_crash_between_keeping_and_answering_does_not_lose_the_code(
    make_app: Callable[..., Flask], database: Database
) -> None:
    app = make_app()
    crashes = [True]

    @app.after_request
    def crash(response: Response) -> Response:
        if response.location == "/a/6" and crashes:
            crashes.clear()
            raise SystemExit
        return response

    visitor = Browser(app)
    page = at_check(visitor)
    with pytest.raises(SystemExit):
        visitor.finish(page)
    assert count(database, Report) == 1
    assert len(code_of(visitor.finish(page)).split()) == 6
    assert count(database, Report) == 1


def test_a_slow_page_cannot_bring_back_the_draft_of_a_sent_report(visitor: Browser, database: Database) -> None:
    page = at_check(visitor)
    app = visitor.app
    cookie = visitor.client.get_cookie("s")
    assert cookie is not None
    with app.test_request_context("/a/2", headers={"Cookie": f"s={cookie.value}"}):
        session["isian"] = {**session["isian"], "diingatkan": True}
        code = code_of(visitor.finish(page))
        app.process_response(app.response_class())
    assert code_of(visitor.open("/a/6")) == code


def test_a_database_that_refuses_gives_an_honest_page_and_keeps_the_draft(hurried: Browser, database: Database) -> None:
    page = at_check(hurried)
    with refusing_writes(database):
        answer = hurried.finish(page)
        assert answer.status == 503
        assert "Laporan belum terkirim" in answer.text
        assert "112" in answer.text
        assert "129" in answer.text
        assert 'class="code"' not in answer.response.text
    assert count(database, Report) == 0
    assert count(database, Receipt) == 0
    assert "Alamat saya disebar." in hurried.open("/a/5").text
    code_of(hurried.finish())
    assert count(database, Report) == 1


def fail_once(engine: Engine, moment: str) -> None:
    """Let the database fail at the next statement that begins so, or at the next commit."""
    fault = engine.dialect.loaded_dbapi.OperationalError
    moments, commit = [moment], engine.dialect.do_commit

    def fail_at(statement: str) -> None:
        if moments and statement.startswith(moment):
            moments.clear()
            raise OperationalError(moment, None, fault("disk full"))

    def do_commit(connection: PoolProxiedConnection) -> None:
        if "COMMIT" in moments:
            moments.clear()
            raise fault("disk full")
        commit(connection)

    listen(engine, "before_cursor_execute", lambda _connection, _cursor, statement, *_: fail_at(statement))
    engine.dialect.do_commit = do_commit  # type: ignore[method-assign]


@pytest.mark.parametrize("moment", ["UPDATE draft", "INSERT INTO report_part", "INSERT INTO outbox", "COMMIT"])
def test_a_database_that_fails_for_a_moment_leaves_no_receipt(
    visitor: Browser, database: Database, moment: str
) -> None:
    page = at_check(visitor)
    with visitor.app.app_context():
        fail_once(db.engine, moment)
    answer = visitor.finish(page)
    assert answer.status == 503
    assert "Laporan belum terkirim" in answer.text
    assert visitor.open("/a/6").path == "/"
    assert count(database, Report) == 0
    assert len(code_of(visitor.finish()).split()) == 6
    assert count(database, Report) == 1


def test_a_page_that_cannot_be_kept_is_shown_again_with_what_was_typed(hurried: Browser, database: Database) -> None:
    page = hurried.begin()
    with refusing_writes(database):
        answer = hurried.send(page, {"cerita": "Jangan sampai hilang."})
    assert answer.status == 503
    assert answer.path == "/a/2"
    assert answer.values["cerita"] == ["Jangan sampai hilang."]
    assert "belum tersimpan" in answer.text
    page = hurried.send(answer)
    assert page.path == "/a/3"
    assert hurried.open("/a/2").values["cerita"] == ["Jangan sampai hilang."]


def test_a_page_that_said_it_kept_nothing_kept_nothing(visitor: Browser) -> None:
    page = visitor.begin()
    with visitor.app.app_context():
        fail_once(db.engine, "UPDATE draft")
    answer = visitor.send(page, {"cerita": "Masih di halaman ini."})
    assert (answer.status, answer.values["cerita"]) == (503, ["Masih di halaman ini."])
    assert visitor.open("/a/2").values["cerita"] == [""]
    assert visitor.send(answer).path == "/a/3"
