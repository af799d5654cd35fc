"""One form is one report: whoever sends the last page again, from wherever and whenever, adds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from casefile.models import OutboxRow, Receipt, Report
from casefile.receipts import ReceiptKeys
from intake import submission
from tests.conftest import Database
from tests.intake.browser import Browser, Page, code_of
from tests.intake.opening import count
from tests.intake.test_sending import at_check, change_session

Captured = tuple[str, dict[str, object]]
Later = Callable[[Browser, Database], None]


def capture(visitor: Browser) -> Captured:
    """Fill in the form up to its last page. Returns the cookie and the body of the request that sends it."""
    page = at_check(visitor)
    cookie = visitor.client.get_cookie("s")
    assert cookie is not None
    return cookie.value, {**page.values, "setuju_proses": "ya"}


def replay(captured: Captured, browser: Browser, *, with_cookie: bool = True) -> Page:
    """Send the captured request from another browser."""
    if with_cookie:
        browser.client.set_cookie("s", captured[0])
    return Page(browser.client.post("/a/5", data=captured[1], follow_redirects=True))


def nothing(visitor: Browser, database: Database) -> None:
    """The page with the code is open."""


def type_back(visitor: Browser, database: Database) -> None:
    """The code was copied."""
    page = visitor.open("/a/6")
    assert "Kode cocok" in visitor.send(page, {"kode": code_of(page)}).text


def let_the_code_expire(visitor: Browser, database: Database) -> None:
    """Ten minutes have passed."""

    def age(values: dict[str, Any]) -> None:
        values["kode"]["sampai"] = datetime.now(UTC).isoformat()

    change_session(database, visitor, age)


def finish_and_leave(visitor: Browser, database: Database) -> None:
    """[Selesai dan keluar]."""
    assert visitor.end().status_code == 303


def go_on_with_the_thread(visitor: Browser, database: Database) -> None:
    """The code expired while the thread beside it is open, so that the session and its form token live on."""
    visitor.send(visitor.open("/b"), {"kode": code_of(visitor.open("/a/6"))})
    let_the_code_expire(visitor, database)
    assert visitor.open("/b").status == 200


MOMENTS = [nothing, type_back, let_the_code_expire, finish_and_leave, go_on_with_the_thread]


@pytest.mark.parametrize("later", MOMENTS, ids=lambda moment: moment.__name__)
def test_a_captured_request_adds_no_report(visitor: Browser, database: Database, later: Later) -> None:
    captured = capture(visitor)
    code_of(replay(captured, visitor))
    later(visitor, database)
    replay(captured, Browser(visitor.app))
    replay(captured, Browser(visitor.app), with_cookie=False)
    replay(captured, visitor, with_cookie=False)
    assert [count(database, table) for table in (Report, Receipt, OutboxRow)] == [1, 1, 1]


def test_a_captured_request_adds_nothing_to_another_browsers_form(visitor: Browser, database: Database) -> None:
    captured = capture(visitor)
    other = Browser(visitor.app)
    page = at_check(other)
    assert replay(captured, other, with_cookie=False).status == 400
    assert count(database, Report) == 0
    code_of(other.finish(page))
    assert count(database, Report) == 1


def test_a_cookie_from_before_the_form_was_begun_again_sends_nothing(visitor: Browser, database: Database) -> None:
    captured = capture(visitor)
    visitor.send(visitor.open("/a"))
    assert "Waktu habis" in replay(captured, Browser(visitor.app)).text
    assert count(database, Report) == 0
    code_of(visitor.finish())
    assert count(database, Report) == 1


def test_a_form_that_got_a_new_cookie_while_it_was_sent_is_one_report(
    visitor: Browser, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_check(visitor)
    first = visitor.open("/a")
    derive = submission.derive_receipt_keys

    def derive_slowly(*known: Any) -> ReceiptKeys:
        monkeypatch.setattr(submission, "derive_receipt_keys", derive)
        visitor.send(first)
        return derive(*known)

    monkeypatch.setattr(submission, "derive_receipt_keys", derive_slowly)
    visitor.finish(page)
    assert count(database, Report) == 1
    answer = visitor.finish()
    assert "Laporan Anda sudah kami terima" in answer.text
    assert "Kodenya tidak bisa kami tampilkan lagi" in answer.text
    assert visitor.open("/a/5").path == "/"
    assert count(database, Report) == 1
