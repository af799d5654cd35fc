"""A reply that can still be taken back does not exist for the reporter; of coming back only the day is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.models import Message, Receipt
from casefile.receipts import ReceiptKeys, derive_receipt_keys
from casefile.wib import local_date
from intake.followup import erase_line, note_opening, send_message, withdraw
from tests.conftest import Database
from tests.factories import NOON, Office, keep_report
from tests.intake.browser import Browser
from tests.intake.test_replies import enter, reply


@pytest.fixture
def code(database: Database, office: Office) -> str:
    with Session(database.engine("intake")) as session:
        return keep_report(session, office).code


@pytest.fixture
def keys(code: str, office: Office) -> ReceiptKeys:
    return derive_receipt_keys(code, office.intake.instance_salt, office.intake.receipt_pepper)


def hold(database: Database, number: int, span: timedelta) -> None:
    with Session(database.engine()) as session:
        one = update(Message).where(Message.number == number)
        session.execute(one.values(shown_from=datetime.now(UTC) + span))
        session.commit()


def test_a_held_reply_is_not_shown_not_erasable_and_takes_no_message_away(
    visitor: Browser, database: Database, office: Office, code: str, keys: ReceiptKeys
) -> None:
    today = local_date(datetime.now(UTC))
    reply(database, office, keys, "Balasan pertama.", today)
    reply(database, office, keys, "Masih bisa dibatalkan.", today)
    hold(database, 2, timedelta(seconds=50))
    page = enter(visitor, code)
    assert "Balasan pertama." in page.text
    assert "Masih bisa dibatalkan." not in page.text
    assert page.values["nomor"] == ["2"]
    assert visitor.open("/b/hapus/2").path == "/b"
    for _ in range(2):
        sent = visitor.send(page, {"pesan": "Pesan saya"})
    assert sent.text.count("Pesan saya") == 1
    if database.kind == "postgresql":
        with Session(database.engine("intake")) as session:
            erase_line(session, keys, 2)
    hold(database, 2, timedelta(seconds=-1))
    text = visitor.open("/b").text
    assert text.index("Masih bisa dibatalkan.") < text.index("Pesan saya")
    with Session(database.engine()) as session:
        rows = session.execute(select(Message.number, Message.reporter_box).order_by(Message.number)).all()
    assert [row.number for row in rows] == [1, 2, 3]
    assert all(row.reporter_box for row in rows)


def test_a_message_passes_more_held_replies_than_anybody_sends(
    database: Database, office: Office, keys: ReceiptKeys
) -> None:
    for number in range(1, 6):
        reply(database, office, keys, f"Balasan {number}", NOON.date())
        hold(database, number, timedelta(seconds=50))
    with Session(database.engine("intake")) as session:
        assert send_message(session, keys, office.public, "Satu", expected=1, now=NOON) == 6
        assert send_message(session, keys, office.public, "Satu", expected=1, now=NOON) == 6


def test_of_entering_the_code_only_the_last_day_is_kept(
    visitor: Browser, database: Database, office: Office, code: str, keys: ReceiptKeys
) -> None:
    def opened_on() -> object:
        with Session(database.engine()) as session:
            return session.get_one(Receipt, keys.tag).opened_on

    assert opened_on() is None
    enter(visitor, "kode yang salah sama sekali 1234")
    assert opened_on() is None
    enter(visitor, code)
    today = local_date(datetime.now(UTC))
    assert opened_on() == today
    with Session(database.engine("intake")) as session:
        note_opening(session, keys, NOON)
        assert opened_on() == local_date(NOON)
        assert withdraw(session, keys, NOON)
        note_opening(session, keys, NOON + timedelta(days=3))
    assert opened_on() == local_date(NOON), "nothing more is noted once erasure was asked for"
