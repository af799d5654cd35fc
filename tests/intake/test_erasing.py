"""A reporter erases a message from the page behind the code: their copy goes, the office keeps its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from casefile.boxes import unpad, unwrap
from casefile.contexts import MESSAGE_ROLE, message_context
from casefile.models import Message
from casefile.receipts import ReceiptKeys, derive_receipt_keys
from casefile.wib import local_date
from intake.followup import erase_line
from tests.conftest import Database
from tests.factories import Office, keep_report
from tests.intake.browser import Browser
from tests.intake.test_replies import enter, reply

WORDS = "Kami sudah bicara dengan sekolah."


@pytest.fixture
def code(database: Database, office: Office) -> str:
    with Session(database.engine("intake")) as session:
        return keep_report(session, office).code


@pytest.fixture
def keys(code: str, database: Database, office: Office) -> ReceiptKeys:
    keys = derive_receipt_keys(code, office.intake.instance_salt, office.intake.receipt_pepper)
    today = local_date(datetime.now(UTC))
    reply(database, office, keys, WORDS, today)
    reply(database, office, keys, "Balasan kedua.", today)
    return keys


def rows(database: Database) -> list[Message]:
    with Session(database.engine()) as session:
        return list(session.scalars(select(Message).order_by(Message.number)))


def test_an_erased_reply_is_gone_for_the_reporter_and_kept_by_the_office(
    visitor: Browser, database: Database, office: Office, code: str, keys: ReceiptKeys
) -> None:
    enter(visitor, code)
    asked = visitor.open("/b/hapus/1")
    assert "Konselor tetap menyimpan salinannya." in asked.text
    assert [len(row.reporter_box) > 0 for row in rows(database)] == [True, True]
    page = visitor.send(asked)
    assert WORDS not in page.text
    assert "Pesan ini sudah terhapus dari halaman ini." in page.text
    assert "Balasan kedua." in page.text
    first, _ = rows(database)
    assert first.reporter_box == b""
    context = message_context(first.report_id, 1, "office")
    assert unpad(unwrap(office.epoch, first.office_box, MESSAGE_ROLE, *context)) == WORDS.encode()


def test_after_an_erasure_messages_go_on_in_order(
    visitor: Browser, database: Database, code: str, keys: ReceiptKeys
) -> None:
    enter(visitor, code)
    visitor.send(visitor.open("/b/hapus/2"))
    page = visitor.send(visitor.open("/b"), {"pesan": "Terima kasih."})
    assert "Terima kasih." in page.text
    assert [row.number for row in rows(database)] == [1, 2, 3]


@pytest.mark.parametrize("number", [0, 3, 999999])
def test_what_is_not_there_is_not_asked_about(visitor: Browser, code: str, keys: ReceiptKeys, number: int) -> None:
    enter(visitor, code)
    assert visitor.open(f"/b/hapus/{number}").response.request.path == "/b"


def test_without_the_code_nothing_is_erased(visitor: Browser, database: Database, keys: ReceiptKeys) -> None:
    visitor.open("/b/hapus/1")
    assert [len(row.reporter_box) > 0 for row in rows(database)] == [True, True]


def test_another_code_erases_nothing_here(database: Database, office: Office, keys: ReceiptKeys) -> None:
    with Session(database.engine("intake")) as session:
        other = keep_report(session, office).code
        stranger = derive_receipt_keys(other, office.intake.instance_salt, office.intake.receipt_pepper)
        erase_line(session, stranger, 1)
    assert [len(row.reporter_box) > 0 for row in rows(database)] == [True, True]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_portal_may_empty_a_copy_of_its_receipt_and_write_nothing_else_into_it(
    database: Database, keys: ReceiptKeys
) -> None:
    with database.engine("intake").begin() as connection:
        assert connection.execute(text("UPDATE message SET reporter_box = ''")).rowcount == 0
    with database.engine("intake").connect() as connection:
        for change in ("reporter_box = 'x'", "office_box = ''", "number = 9"):
            connection.execute(text("SELECT set_config('suluh.receipt_tag', :tag, true)"), {"tag": keys.tag.hex()})
            with pytest.raises(ProgrammingError):
                connection.execute(text(f"UPDATE message SET {change}"))
            connection.rollback()
