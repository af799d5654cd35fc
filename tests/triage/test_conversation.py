"""Talking with the reporter: sealed to both, on record, and looked at twice when it may give away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from casefile.models import Case, Message, Receipt
from casefile.receipts import derive_receipt_keys
from casefile.vocabulary import Author, CaseStatus, CustodyAction, StaffRole
from casefile.wib import local_date
from intake.followup import open_thread, send_message
from tests.factories import keep_report
from tests.triage.conftest import DeskRoom, Person, hidden

ANSWER = "Halo, terima kasih sudah bercerita. Apakah Anda aman malam ini?"


def write(person: Person, code: str, text: str, **form: object) -> TestResponse:
    path = f"/kasus/{code}/percakapan"
    version = hidden(person.get(path).text, "version")
    return person.post(path, path, **{"version": version, "text": text, **form})


def pass_minute(desk: DeskRoom) -> None:
    """A minute and more goes by: for the desk's clock, and for the clock of the database, which nobody can move."""
    desk.clock.advance(seconds=70)
    with desk.owner() as session:
        held = update(Message).where(Message.shown_from.is_not(None))
        session.execute(held.values(shown_from=datetime.now(UTC) - timedelta(seconds=1)))
        session.commit()


class Reporter:
    """The person at the other end, who holds the receipt code."""

    def __init__(self, desk: DeskRoom) -> None:
        self.desk, office = desk, desk.workshop.office
        with Session(desk.workshop.database.engine("intake")) as session:
            kept = keep_report(session, office, now=desk.clock.now)
        desk.workshop.run()
        self.report_id: UUID = kept.report_id
        self.keys = derive_receipt_keys(kept.code, office.intake.instance_salt, office.intake.receipt_pepper)

    def thread(self) -> list[tuple[Author, str]]:
        """What the follow-up page shows once no reply can be taken back any more."""
        pass_minute(self.desk)
        return self.thread_now()

    def thread_now(self) -> list[tuple[Author, str]]:
        """What it shows at this moment."""
        with Session(self.desk.workshop.database.engine("intake")) as session:
            lines = open_thread(session, self.keys, datetime.now(UTC)).lines
            return [(line.author, line.text) for line in lines]

    def write(self, text: str, expected: int = 1) -> None:
        """Send a message; the worker tells the desk."""
        office = self.desk.workshop.office.public
        with Session(self.desk.workshop.database.engine("intake")) as session:
            send_message(session, self.keys, office, text, expected=expected, now=self.desk.clock.now)
        self.desk.workshop.run()


def test_a_reply_reaches_the_reporter_and_no_one_else(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    assert write(rina, code, ANSWER).status_code == 303
    assert reporter.thread() == [(Author.OFFICE, ANSWER)]
    assert ANSWER in rina.get(f"/kasus/{code}/percakapan").text
    with desk.owner() as session:
        row = session.scalars(select(Message)).one()
    assert ANSWER.encode() not in row.office_box + row.reporter_box


def test_replying_takes_the_case_times_the_reply_and_is_on_record(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    write(rina, desk.code(reporter.report_id), ANSWER)
    case = desk.case(reporter.report_id)
    assert case.status is CaseStatus.WAITING_FOR_REPORTER
    assert case.first_reply_at == desk.clock.now
    assert case.claimed_by == desk.staff_id("rina")
    acts = desk.acts(reporter.report_id)
    assert [act for act in acts if act in {"read", "replied"}] == [CustodyAction.READ, CustodyAction.REPLIED]
    assert case.code in rina.get("/antrean/menunggu-pelapor").text
    with desk.owner() as session:
        session.execute(update(Receipt).values(opened_on=local_date(desk.clock.now) - timedelta(days=3)))
        session.commit()
    said = "Pelapor belum membuka kode sejak 3 hari."
    assert said in rina.get("/antrean/menunggu-pelapor").text
    assert said in rina.get(f"/kasus/{case.code}/percakapan").text
    assert said not in rina.get("/antrean/kasus-saya").text


def test_the_answer_of_a_reporter_is_shown_and_looking_at_it_is_on_record(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    write(rina, code, ANSWER)
    reporter.write("Sekarang aman, <terima> kasih.", expected=2)
    assert "pesan baru dari pelapor" in rina.get("/antrean/kasus-saya").text
    page = rina.get(f"/kasus/{code}/percakapan").text
    assert "Sekarang aman, &lt;terima&gt; kasih." in page
    assert desk.acts(reporter.report_id)[-1] == CustodyAction.MESSAGES_READ
    assert "pesan baru dari pelapor" not in rina.get("/antrean/kasus-saya").text


def test_news_stays_news_when_somebody_else_looks(desk: DeskRoom) -> None:
    rina, budi, reporter = desk.seat("rina"), desk.seat("budi"), Reporter(desk)
    code = desk.code(reporter.report_id)
    write(rina, code, ANSWER)
    reporter.write("Ada kabar", expected=2)
    budi.get(f"/kasus/{code}/percakapan")
    assert desk.case(reporter.report_id).has_news


def test_what_may_give_away_is_marked_and_asked_about_once(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    text = "Buka situs-kami.id ya, <b>atau</b> 0812-3456-7890."
    kept = "Buka situs-kami.id ya, atau 0812-3456-7890."
    answer = write(rina, code, text)
    assert answer.status_code == 422
    assert "Pesan ini memuat: tautan, nomor telepon. Aman bagi pelapor dengan ponsel bersama?" in answer.text
    assert "<mark>situs-kami.id</mark> ya, atau <mark>0812-3456-7890</mark>." in answer.text
    assert f">\n{kept}</textarea>" in answer.text
    assert reporter.thread() == []
    looked_at = hidden(answer.text, "looked_at")
    assert write(rina, code, text + " Segera, 0812-3456-7891.", looked_at=looked_at).status_code == 422
    assert write(rina, code, text, looked_at=looked_at).status_code == 303
    assert reporter.thread() == [(Author.OFFICE, kept)]


def test_a_reply_that_is_empty_or_too_long_is_not_sent_and_stays_whole(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    assert write(rina, code, "  \n ").status_code == 422
    answer = write(rina, code, "panjang " * 501)
    assert answer.status_code == 422
    assert "Balasan terlalu panjang: 4.007 huruf. Paling banyak 4.000." in answer.text
    assert ("panjang " * 501).strip() in answer.text
    assert reporter.thread() == []


def test_a_reply_to_a_case_of_another_is_not_sent(desk: DeskRoom) -> None:
    rina, budi, reporter = desk.seat("rina"), desk.seat("budi"), Reporter(desk)
    code = desk.code(reporter.report_id)
    rina.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    answer = write(budi, code, ANSWER)
    assert answer.status_code == 409
    assert "Rina mengambil kasus ini" in answer.text
    assert reporter.thread() == []


def test_a_reply_on_an_outdated_page_is_kept_and_not_sent(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    path = f"/kasus/{code}/percakapan"
    version = hidden(rina.get(path).text, "version")
    reporter.write("Saya tambah satu hal")
    answer = rina.post(path, path, version=version, text=ANSWER)
    assert answer.status_code == 409
    assert ANSWER in answer.text
    assert "Saya tambah satu hal" in answer.text
    assert reporter.thread() == [(Author.REPORTER, "Saya tambah satu hal")]


def test_messages_are_numbered_without_gaps_whoever_writes(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    reporter.write("satu")
    write(rina, code, "dua dua dua")
    reporter.write("tiga", expected=3)
    write(rina, code, "empat empat")
    assert [text for _, text in reporter.thread()] == ["satu", "dua dua dua", "tiga", "empat empat"]


def test_a_damaged_message_is_named_and_the_others_are_shown(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    reporter.write("pesan pertama")
    reporter.write("pesan kedua", expected=2)
    with desk.owner() as session:
        session.execute(update(Message).where(Message.number == 1).values(office_box=b"rusak"))
        session.commit()
    page = rina.get(f"/kasus/{code}/percakapan").text
    assert "Pesan rusak" in page
    assert "pesan kedua" in page


def test_a_closed_or_withdrawn_case_takes_no_reply(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    path = f"/kasus/{code}/percakapan"
    version = hidden(rina.get(path).text, "version")
    with desk.owner() as session:
        session.execute(update(Case).values(status=CaseStatus.CLOSED, closed_at=desk.clock.now))
        session.commit()
    assert rina.post(path, path, version=version, text=ANSWER).status_code == 409
    assert reporter.thread() == []
    assert "Kirim ke pelapor" not in rina.get(path).text


def test_an_evidence_officer_reads_but_does_not_write(desk: DeskRoom) -> None:
    nova, reporter = desk.seat("nova", StaffRole.EVIDENCE_OFFICER), Reporter(desk)
    path = f"/kasus/{desk.code(reporter.report_id)}/percakapan"
    page = nova.get(path)
    assert page.status_code == 200
    assert "Kirim ke pelapor" not in page.text
    assert nova.post(path, path, version=1, text=ANSWER).status_code == 403


def test_a_button_pressed_twice_sends_one_reply(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    path = f"/kasus/{desk.code(reporter.report_id)}/percakapan"
    version = hidden(rina.get(path).text, "version")
    answers = [rina.post(path, path, version=version, text=ANSWER).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert reporter.thread() == [(Author.OFFICE, ANSWER)]
