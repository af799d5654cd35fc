"""A reply can be taken back for a minute: until then the reporter does not see it, and the case stands as before."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from casefile.models import Case, HeldReply, Message
from casefile.vocabulary import Author, CaseStatus, CustodyAction
from tests.conftest import Database
from tests.triage.conftest import DeskRoom, Person
from tests.triage.test_conversation import ANSWER, Reporter, pass_minute, write
from triage.conversation.thread import HOLD
from worker.sweep import let_go

UNDO = "Batalkan kirim"


def undo(person: Person, code: str, number: int = 1) -> str:
    path = f"/kasus/{code}/percakapan"
    person.post(f"{path}/{number}/batal", path)
    return person.get(path).text


def test_a_reply_taken_back_was_never_there_and_its_text_is_in_the_box(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    rina.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    before = desk.case(reporter.report_id)
    assert write(rina, code, ANSWER).status_code == 303
    page = rina.get(f"/kasus/{code}/percakapan").text
    assert "Masih bisa dibatalkan 60 detik lagi." in page
    assert "belum terlihat pelapor" in page
    assert reporter.thread_now() == []
    assert desk.case(reporter.report_id).first_reply_at is not None
    page = undo(rina, code)
    assert "Pelapor tidak melihatnya. Teksnya ada lagi di kotak." in page
    assert f">\n{ANSWER}</textarea>" in page
    assert UNDO not in page
    after = desk.case(reporter.report_id)
    assert (after.status, after.first_reply_at) == (before.status, None) == (CaseStatus.OPEN, None)
    acts = [act for act in desk.acts(reporter.report_id) if act.startswith("repl")]
    assert acts == [CustodyAction.REPLIED, CustodyAction.REPLY_TAKEN_BACK]
    assert reporter.thread() == []
    assert "Terlambat" not in undo(rina, code), "pressed twice it is taken back once"


def test_after_a_minute_it_is_too_late_and_nobody_else_can(desk: DeskRoom) -> None:
    rina, budi, reporter = desk.seat("rina"), desk.seat("budi"), Reporter(desk)
    code = desk.code(reporter.report_id)
    write(rina, code, ANSWER)
    page = budi.get(f"/kasus/{code}/percakapan").text
    assert "belum terlihat pelapor" in page
    assert UNDO not in page
    undo(budi, code)
    desk.clock.now += HOLD
    assert "Terlambat: pelapor sudah bisa melihat balasan itu." in undo(rina, code), "the margin is nobody's"
    assert reporter.thread_now() == []
    assert reporter.thread() == [(Author.OFFICE, ANSWER)]
    page = rina.get(f"/kasus/{code}/percakapan").text
    assert UNDO not in page
    assert "belum terlihat pelapor" not in page
    assert let_go(desk.workshop.runtime, desk.clock.now) == 1
    with desk.owner() as session:
        assert session.scalars(select(Message.shown_from)).all() == [None]
        assert session.scalar(select(func.count()).select_from(HeldReply)) == 0
    assert let_go(desk.workshop.runtime, desk.clock.now) == 0
    assert "Terlambat" in undo(rina, code)
    assert reporter.thread() == [(Author.OFFICE, ANSWER)]


def test_who_writes_meanwhile_stays_and_keeps_the_case_open(desk: DeskRoom) -> None:
    """The reporter cannot see the number that a held reply has: their message gets the next one, once."""
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    write(rina, code, ANSWER)
    reporter.write("Saya menulis duluan", expected=1)
    reporter.write("Saya menulis duluan", expected=1)
    assert reporter.thread_now() == [(Author.REPORTER, "Saya menulis duluan")]
    undo(rina, code)
    case = desk.case(reporter.report_id)
    assert case.status is CaseStatus.OPEN
    assert case.first_reply_at is None
    write(rina, code, "Baik, saya tunggu.")
    assert reporter.thread() == [(Author.REPORTER, "Saya menulis duluan"), (Author.OFFICE, "Baik, saya tunggu.")]
    write(rina, code, "Sampai di sini dulu.")
    with desk.owner() as session:
        session.execute(update(Case).values(status=CaseStatus.CLOSED, closed_at=desk.clock.now))
        session.commit()
    assert "Sampai di sini dulu." in undo(rina, code, 4)
    assert desk.case(reporter.report_id).status is CaseStatus.CLOSED


def test_of_two_replies_in_a_minute_the_first_can_go(desk: DeskRoom) -> None:
    """The second one then is the first reply; what the first changed comes back when both are gone."""
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    write(rina, code, ANSWER)
    desk.clock.advance(seconds=10)
    write(rina, code, "Satu hal lagi.")
    second = desk.clock.now
    undo(rina, code, 1)
    case = desk.case(reporter.report_id)
    assert (case.status, case.first_reply_at) == (CaseStatus.WAITING_FOR_REPORTER, second)
    rina.post(f"/kasus/{code}/lepas", f"/kasus/{code}")
    page = undo(rina, code, 2)
    case = desk.case(reporter.report_id)
    assert (case.status, case.first_reply_at) == (CaseStatus.WAITING, None)
    assert f">\nSatu hal lagi.\n\n{ANSWER}</textarea>" in page
    assert reporter.thread() == []


def test_what_is_withdrawn_meanwhile_is_gone_with_its_hold(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    code = desk.code(reporter.report_id)
    write(rina, code, ANSWER)
    path = f"/kasus/{code}/percakapan"
    rina.post(f"{path}/draf", path, text="Masih saya tulis")
    desk.workshop.withdraw(reporter.report_id)
    desk.workshop.run()
    assert "Batalkan kirim" not in rina.get(path).text
    rina.post(f"{path}/1/batal", path)
    rina.post(f"{path}/draf", path, text="Masih saya tulis")
    with desk.owner() as session:
        for table in ("held_reply", "message", "reply_draft"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_database_itself_lets_the_desk_remove_unseen_replies_alone(desk: DeskRoom, database: Database) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    write(rina, desk.code(reporter.report_id), ANSWER)
    reporter.write("pesan pelapor", expected=2)
    with Session(database.engine("triage")) as session:
        session.execute(delete(HeldReply))
        assert session.execute(delete(Message)).rowcount == 1
        assert session.scalars(select(Message.author)).all() == [Author.REPORTER]
        session.rollback()
    pass_minute(desk)
    with Session(database.engine("triage")) as session:
        session.execute(delete(HeldReply))
        assert session.execute(delete(Message)).rowcount == 0
    for process, statement in (
        ("triage", "UPDATE message SET shown_from = NULL"),
        ("worker", "UPDATE message SET office_box = ''"),
        ("worker", "SELECT staff_id FROM held_reply"),
        ("worker", "SELECT box FROM reply_draft"),
        ("intake", "SELECT number FROM held_reply"),
        ("intake", "UPDATE receipt SET status = 'read'"),
    ):
        with database.engine(process).connect() as connection, pytest.raises(ProgrammingError, match="denied"):
            connection.execute(text(statement))
