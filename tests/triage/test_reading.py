"""Opening a story: always on record, never a crash, nobody without a key."""

from __future__ import annotations

import json
import re
from uuid import UUID

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from casefile.custody import list_entries
from casefile.errors import UnsealError
from casefile.models import KeySlot, Receipt, ReportPart, Withdrawal
from casefile.submission import Answers
from casefile.vocabulary import (
    CustodyAction,
    Demand,
    District,
    Gender,
    HarmKind,
    PublicStatus,
    SlotRole,
    StaffRole,
)
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person
from triage.reader import Reader
from triage.reading import read_report

STORY = "Akun itu menelepon tengah malam lalu meminta pulsa."


def open_story(person: Person, code: str) -> str:
    return person.post(f"/kasus/{code}/cerita", f"/kasus/{code}").text


def test_the_story_is_folded_until_asked_for_and_asking_is_on_record(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(make_submission(story=STORY))
    code = desk.code(report)
    assert STORY not in rina.get(f"/kasus/{code}").text
    assert CustodyAction.READ not in desk.acts(report)
    assert STORY in open_story(rina, code)
    assert desk.acts(report)[-1] == CustodyAction.READ
    with desk.owner() as session:
        body = json.loads(list_entries(session, report)[-1].body)
    assert body["actor"] == f"staff:{desk.staff_id('rina')}"
    assert body["detail"] == {"purpose": "story"}


def test_answers_that_point_to_a_person_are_shown_with_the_story_only(desk: DeskRoom) -> None:
    answers = Answers(
        kinds=frozenset({HarmKind.SEXTORTION}),
        demands=frozenset({Demand.MONEY}),
        gender=Gender.MALE,
        district=District.TEBET,
    )
    rina, code = desk.seat("rina"), desk.code(desk.report(make_submission(answers=answers)))
    folded = rina.get(f"/kasus/{code}").text
    assert "<dd>Uang</dd>" in folded
    assert not {"Tebet", "Laki-laki"} & set(re.findall(r"[\w-]+", folded))
    assert {"Tebet", "Laki-laki"} <= set(re.findall(r"[\w-]+", open_story(rina, code)))


def test_every_look_is_an_entry_of_its_own(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    for _ in range(3):
        open_story(rina, desk.code(report))
    assert desk.acts(report).count(CustodyAction.READ) == 3


def test_the_first_look_tells_the_reporter_and_is_timed_once(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    open_story(rina, desk.code(report))
    first = desk.case(report).first_read_at
    assert first == desk.clock.now
    desk.clock.advance(minutes=5)
    open_story(rina, desk.code(report))
    assert desk.case(report).first_read_at == first
    with desk.owner() as session:
        assert session.scalars(select(Receipt.status)).one() is PublicStatus.READ


def test_nothing_is_shown_when_the_look_cannot_be_recorded(desk: DeskRoom) -> None:
    report = desk.report(make_submission(story=STORY))
    rina = desk.seat("rina")
    code = desk.code(report)
    with desk.app.app_context():
        engine = desk.app.extensions["sqlalchemy"].engine

    def refuse(_conn: Connection, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if "custody" in statement and "SELECT custody_entry" not in statement:
            raise OperationalError("disk", None, Exception("full"))

    event.listen(engine, "before_cursor_execute", refuse)
    answer = rina.post(f"/kasus/{code}/cerita", f"/kasus/{code}")
    event.remove(engine, "before_cursor_execute", refuse)
    assert answer.status_code == 503
    assert STORY not in answer.text
    assert CustodyAction.READ not in desk.acts(report)
    assert desk.case(report).first_read_at is None


def damage(session: Session, report: UUID) -> None:
    part = session.scalars(select(ReportPart).where(ReportPart.report_id == report)).one()
    part.box = part.box[:-1] + bytes([part.box[-1] ^ 1])


def drop_slot(session: Session, report: UUID) -> None:
    session.execute(delete(KeySlot).where(KeySlot.report_id == report, KeySlot.role == SlotRole.OFFICE))


@pytest.mark.parametrize("harm", [damage, drop_slot])
def test_a_damaged_report_is_said_to_be_so_and_that_too_is_on_record(desk: DeskRoom, harm: object) -> None:
    rina, report = desk.seat("rina"), desk.report(make_submission(story=STORY))
    with desk.owner() as session:
        harm(session, report)
        session.commit()
    rina.post(f"/kasus/{desk.code(report)}/cerita", f"/kasus/{desk.code(report)}")
    assert "rusak" in rina.get(f"/kasus/{desk.code(report)}").text
    assert desk.acts(report)[-1] == CustodyAction.READ_FAILED


def test_a_part_moved_to_another_report_does_not_open(desk: DeskRoom) -> None:
    rina, one, other = desk.seat("rina"), desk.report(make_submission(story=STORY)), desk.report()
    with desk.owner() as session:
        box = session.scalars(select(ReportPart.box).where(ReportPart.report_id == one)).one()
        session.execute(update(ReportPart).where(ReportPart.report_id == other).values(box=box))
        session.commit()
    assert STORY not in open_story(rina, desk.code(other))
    assert desk.acts(other)[-1] == CustodyAction.READ_FAILED


def test_a_key_slot_moved_to_another_report_does_not_open(desk: DeskRoom) -> None:
    one, other = desk.report(), desk.report()
    reader = Reader(UUID(int=7), {1: desk.workshop.office.epoch})
    is_office = KeySlot.role == SlotRole.OFFICE
    with desk.owner() as session:
        wrapped = session.scalars(select(KeySlot.wrapped).where(KeySlot.report_id == one, is_office)).one()
        session.execute(update(KeySlot).where(KeySlot.report_id == other, is_office).values(wrapped=wrapped))
        session.commit()
    with Session(desk.workshop.database.engine("triage")) as session, pytest.raises(UnsealError):
        read_report(session, other, reader, desk.clock.now)


def test_a_reader_without_a_key_is_told_to_wait_and_shown_nothing(desk: DeskRoom) -> None:
    budi = desk.seat("budi", with_key=False)
    report = desk.report(make_submission(story=STORY))
    code = desk.code(report)
    assert "Menunggu kunci" in budi.get("/antrean/perlu-dibaca").text
    answer = budi.post(f"/kasus/{code}/cerita", f"/kasus/{code}")
    assert answer.status_code == 403
    assert "Menunggu kunci" in answer.text
    assert STORY not in answer.text


def test_a_report_whose_reporter_asked_for_erasure_is_not_opened_any_more(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(make_submission(story=STORY))
    code = desk.code(report)
    with desk.owner() as session:
        session.add(Withdrawal(report_id=report, requested_on=desk.clock.now.date()))
        session.commit()
    answer = rina.post(f"/kasus/{code}/cerita", f"/kasus/{code}")
    assert answer.status_code == 410
    assert STORY not in answer.text


def test_an_administrator_sees_no_case_and_no_story(desk: DeskRoom) -> None:
    tata = desk.seat("tata", StaffRole.ADMINISTRATOR)
    code = desk.code(desk.report(make_submission(story=STORY)))
    for path in ("/antrean/semua", f"/kasus/{code}", f"/kasus/{code}/percakapan", f"/kasus/{code}/keterkaitan"):
        assert tata.get(path).status_code == 403
    assert tata.post(f"/kasus/{code}/cerita", "/petugas").status_code == 403


def test_markup_in_a_story_is_shown_as_text(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(make_submission(story="<b>tebal</b> & <3"))
    page = open_story(rina, desk.code(report))
    assert "&lt;b&gt;tebal&lt;/b&gt; &amp; &lt;3" in page


def test_no_page_of_a_case_holds_a_picture(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    pages = [open_story(rina, code)]
    pages += [rina.get(f"/kasus/{code}{tab}").text for tab in ("", "/percakapan", "/keterkaitan", "/riwayat")]
    assert not any("<img" in page or "background" in page for page in pages)
