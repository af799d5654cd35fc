"""Behind the code: forgiving of its looks, silent about wrong ones, both ways, erasable, and nobody else's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from casefile.boxes import unpad, unwrap
from casefile.contexts import MESSAGE_ROLE, message_context
from casefile.models import Message, OutboxRow, Receipt, Withdrawal
from casefile.receipts import ReceiptKeys, derive_receipt_keys
from casefile.sealing import seal_message
from casefile.vocabulary import Author, JobName, PublicStatus
from casefile.wib import local_date
from intake.followup import knows_receipt, open_thread, send_message, withdraw
from intake.throttle import guess_limiter
from tests.conftest import Database
from tests.factories import NOON, Office, keep_report
from tests.intake.browser import Browser, Page
from tests.intake.opening import count


@pytest.fixture
def code(database: Database, office: Office) -> str:
    with Session(database.engine("intake")) as session:
        return keep_report(session, office).code


@pytest.fixture
def keys(code: str, office: Office) -> ReceiptKeys:
    return derive_receipt_keys(code, office.intake.instance_salt, office.intake.receipt_pepper)


def enter(visitor: Browser, code: str) -> Page:
    return visitor.send(visitor.open("/b"), {"kode": code})


def reply(database: Database, office: Office, keys: ReceiptKeys, words: str, sent_on: date) -> None:
    """Write as the desk does."""
    with Session(database.engine("triage")) as session:
        report_id = session.get_one(Receipt, keys.tag).report_id
        number = len(session.scalars(select(Message).where(Message.report_id == report_id)).all()) + 1
        boxes = {
            name: seal_message(public, words.encode(), report_id, number, audience)
            for name, audience, public in (
                ("office_box", "office", office.epoch.public),
                ("reporter_box", "reporter", keys.pair.public),
            )
        }
        session.add(
            Message(report_id=report_id, number=number, author=Author.OFFICE, sent_on=sent_on, epoch=1, **boxes)
        )
        session.commit()


@pytest.mark.parametrize(
    "spoil",
    [
        str,
        str.upper,
        str.title,
        lambda code: code.replace(" ", "  "),
        lambda code: code.replace(" ", "-"),
        lambda code: f" {code}\n",
        lambda code: code.replace(" ", ". "),
    ],
)
def test_the_code_opens_the_thread_however_it_is_written(
    visitor: Browser, code: str, spoil: Callable[[str], str]
) -> None:
    page = enter(visitor, spoil(code))
    assert "Balasan untuk Anda" in page.text
    assert "Menunggu dibaca" in page.text


def test_wrong_unknown_and_malformed_codes_get_the_same_page(visitor: Browser, code: str) -> None:
    words = code.split()
    wrong = [" ".join([*words[:5], f"{(int(words[5]) + 1) % 10000:04d}"]), "", "bukan kode", "a" * 5000, "<b> 1"]
    pages = [enter(visitor, typed) for typed in wrong]
    assert "Kode tidak ditemukan. Periksa ejaan. Huruf besar dan spasi tidak berpengaruh." in pages[0].text
    assert len({(page.status, page.path, page.text) for page in pages}) == 1
    assert all(typed not in page.response.text for typed, page in zip(wrong, pages, strict=True) if len(typed) > 5)


def test_the_code_stands_in_no_address_and_no_later_page(visitor: Browser, code: str) -> None:
    page = enter(visitor, code)
    assert (page.path, page.response.request.query_string) == ("/b", b"")
    assert code not in page.response.text
    assert code.rsplit(maxsplit=1)[0] not in page.text


def test_replies_are_read_in_order_and_by_day(
    visitor: Browser, database: Database, office: Office, code: str, keys: ReceiptKeys
) -> None:
    today = local_date(datetime.now(UTC))
    reply(database, office, keys, "Halo, <i>saya</i> konselor.", today - timedelta(days=40))
    reply(database, office, keys, "Apakah Anda aman?", today)
    page = enter(visitor, code)
    html = page.response.text
    assert html.index("Halo, &lt;i&gt;saya&lt;/i&gt; konselor.") < html.index("Apakah Anda aman?")
    long_ago = today - timedelta(days=40)
    assert f"Konselor · {long_ago.day} " in page.text


def test_a_message_reaches_office_and_reporter_and_tells_the_desk(
    visitor: Browser, database: Database, office: Office, code: str, keys: ReceiptKeys
) -> None:
    page = visitor.send(enter(visitor, code), {"pesan": "Saya <b>masih</b> takut & bingung."})
    assert "Pesan terkirim." in page.text
    assert "Saya masih takut & bingung." in page.text
    assert page.values["pesan"] == [""]
    with Session(database.engine()) as session:
        (row,) = session.scalars(select(Message)).all()
        assert (row.author, row.number, row.epoch) == (Author.REPORTER, 1, office.public.epoch)
        context = message_context(row.report_id, row.number, "office")
        assert unpad(unwrap(office.epoch, row.office_box, MESSAGE_ROLE, *context)) == b"Saya masih takut & bingung."
        jobs = [(job.job, job.report_id) for job in session.scalars(select(OutboxRow).order_by(OutboxRow.created_at))]
    assert (JobName.NOTE_MESSAGE, row.report_id) in jobs


def test_the_same_message_pressed_twice_is_there_once(visitor: Browser, database: Database, code: str) -> None:
    page = enter(visitor, code)
    visitor.send(page, {"pesan": "Sekali saja"})
    visitor.send(page, {"pesan": "Sekali saja"})
    assert count(database, Message) == 1
    visitor.send(visitor.open("/b"), {"pesan": "Sekali saja"})
    assert count(database, Message) == 2


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 40, "-1", "satu", "\u00b2"])
def test_a_message_arrives_whatever_number_stands_beside_it(
    visitor: Browser, database: Database, code: str, number: str
) -> None:
    page = visitor.send(enter(visitor, code), {"pesan": "Tetap sampai", "nomor": number})
    assert "Pesan terkirim." in page.text
    assert count(database, Message) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("  ", "Tulis pesan dulu."), ("x" * 4001, "Pesan terlalu panjang. Paling banyak 4.000 huruf.")],
)
def test_a_message_that_cannot_go_stays_for_correction(
    visitor: Browser, database: Database, code: str, typed: str, sentence: str
) -> None:
    page = visitor.send(enter(visitor, code), {"pesan": typed})
    assert sentence in page.text
    assert page.values["pesan"] == [typed]
    assert count(database, Message) == 0


def test_messages_sent_at_the_same_moment_all_arrive(
    database: Database, office: Office, code: str, keys: ReceiptKeys
) -> None:
    start = threading.Barrier(3)
    engine = database.engine("intake")
    numbers: list[int | None] = []

    def write(words: str) -> None:
        with Session(engine) as session:
            start.wait()
            numbers.append(send_message(session, keys, office.public, words, expected=1, now=NOON))

    writers = [threading.Thread(target=write, args=(words,)) for words in ("satu", "dua", "tiga")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(number or 0 for number in numbers) == [1, 2, 3]
    with Session(engine) as session:
        thread = open_thread(session, keys, NOON)
    assert thread is not None
    assert {line.text for line in thread.lines} == {"satu", "dua", "tiga"}


def test_withdrawing_asks_first_and_then_leaves_a_job(visitor: Browser, database: Database, code: str) -> None:
    enter(visitor, code)
    page = visitor.open("/b/tarik")
    assert "Ini tidak bisa dibatalkan." in page.text
    assert count(database, Withdrawal) == 0
    page = visitor.send(page)
    assert "Permintaan Anda kami terima" in page.text
    assert count(database, Withdrawal) == 1
    with Session(database.engine()) as session:
        assert JobName.WITHDRAW_REPORT in session.scalars(select(OutboxRow.job)).all()
    assert "Kode rahasia" in visitor.open("/b").text


def test_a_report_that_was_kept_long_enough_says_so_and_takes_nothing_more(
    visitor: Browser, database: Database, code: str
) -> None:
    page = enter(visitor, code)
    with Session(database.engine("worker")) as session:
        session.execute(update(Receipt).values(status=PublicStatus.ERASED))
        session.commit()
    answer = visitor.send(page, {"pesan": "Masih di sana?"})
    assert "Masa simpannya habis" in answer.text
    assert "Isi laporan sudah dihapus." in answer.text
    assert "sudah ditarik" not in answer.text
    assert "pesan" not in visitor.open("/b").inputs
    assert count(database, Message) == 0


def test_withdrawing_twice_is_withdrawing_once(database: Database, keys: ReceiptKeys) -> None:
    with Session(database.engine("intake")) as session:
        assert withdraw(session, keys, NOON)
        assert withdraw(session, keys, NOON)
    assert count(database, Withdrawal) == 1
    assert count(database, OutboxRow) == 2


def test_a_withdrawn_report_takes_no_message(visitor: Browser, database: Database, code: str) -> None:
    page = enter(visitor, code)
    with Session(database.engine()) as session:
        session.execute(update(Receipt).values(status=PublicStatus.WITHDRAWN))
        session.commit()
    answer = visitor.send(page, {"pesan": "Masih di sana?"})
    assert "Laporan ini sudah ditarik." in answer.text
    assert "pesan" not in visitor.open("/b").inputs
    assert count(database, Message) == 0


def test_an_unknown_receipt_opens_sends_and_withdraws_nothing(database: Database, office: Office, code: str) -> None:
    unknown = derive_receipt_keys("satu dua tiga", office.intake.instance_salt, office.intake.receipt_pepper)
    with Session(database.engine("intake")) as session:
        assert not knows_receipt(session, unknown)
        assert open_thread(session, unknown, NOON) is None
        session.rollback()
        assert send_message(session, unknown, office.public, "x", expected=1, now=NOON) is None
        assert not withdraw(session, unknown, NOON)
    assert count(database, Message) == count(database, Withdrawal) == 0


def test_after_ten_wrong_codes_there_is_a_pause_for_codes_but_not_for_reports(visitor: Browser, code: str) -> None:
    visitor.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    for _ in range(10):
        assert enter(visitor, "salah").status == 200
    page = enter(visitor, code)
    assert page.status == 429
    assert "Terlalu banyak percobaan. Coba lagi dalam 15 menit, atau telepon 129." in page.text
    assert len(visitor.report().split()) == 6


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.0.0.2", "172.18.0.5", "fd00::5", ""])
def test_a_stranger_behind_the_same_proxy_cannot_shut_everybody_out(address: str) -> None:
    limiter = guess_limiter()
    for _ in range(100):
        limiter.count(address, NOON)
    assert limiter.allows(address, NOON)


def test_the_pause_is_for_one_address_for_one_quarter_of_an_hour() -> None:
    limiter = guess_limiter()
    for minute in range(10):
        assert limiter.allows("198.51.100.7", NOON + timedelta(minutes=minute))
        limiter.count("198.51.100.7", NOON + timedelta(minutes=minute))
    assert not limiter.allows("198.51.100.7", NOON + timedelta(minutes=14))
    assert limiter.allows("198.51.100.8", NOON + timedelta(minutes=14))
    assert limiter.allows("198.51.100.7", NOON + timedelta(minutes=15))
    assert "198.51.100.7" not in repr(vars(limiter))


def test_a_household_shares_its_tries() -> None:
    limiter = guess_limiter()
    for last in range(10):
        limiter.count(f"2001:db8:0:7::{last}", NOON)
    assert not limiter.allows("2001:db8:0:7:ffff::1", NOON)
    assert limiter.allows("2001:db8:0:8::1", NOON)


def test_quick_exit_closes_the_thread(visitor: Browser, code: str) -> None:
    enter(visitor, code)
    visitor.end()
    visitor.send(visitor.open("/"))
    assert "Kode rahasia" in visitor.open("/b").text


def test_another_receipts_rows_do_not_exist_for_the_portal(
    database: Database, office: Office, code: str, keys: ReceiptKeys
) -> None:
    """Row-level security; on SQLite, which has none, the queries alone keep receipts apart."""
    with Session(database.engine("intake")) as session:
        other = keep_report(session, office)
        send_message(session, keys, office.public, "milik pertama", expected=1, now=NOON)
        other_keys = derive_receipt_keys(other.code, office.intake.instance_salt, office.intake.receipt_pepper)
        thread = open_thread(session, other_keys, NOON)
        assert thread is not None
        assert thread.lines == ()
        if database.kind == "postgresql":
            assert session.scalars(select(Receipt.tag)).all() == [other_keys.tag]
            assert session.scalars(select(Message)).all() == []
            session.rollback()
            assert session.scalars(select(Receipt.tag)).all() == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_portal_cannot_write_into_another_receipts_thread(
    database: Database, office: Office, code: str, keys: ReceiptKeys
) -> None:
    with Session(database.engine("intake")) as session:
        other = keep_report(session, office)
        session.execute(text("SELECT set_config('suluh.receipt_tag', :tag, true)"), {"tag": keys.tag.hex()})
        session.add(
            Message(
                report_id=other.report_id,
                number=1,
                author=Author.REPORTER,
                sent_on=NOON.date(),
                epoch=1,
                office_box=b"x",
                reporter_box=b"x",
            )
        )
        with pytest.raises(ProgrammingError, match="row-level security"):
            session.flush()
