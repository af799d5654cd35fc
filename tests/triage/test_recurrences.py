"""A closed case whose picture or account returns: its last counsellor is told, and only a person reopens it."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy import func, select

from casefile.models import Recurrence
from casefile.vocabulary import CaseStatus, CustodyAction, JobName, MatchClass, StaffRole
from tests.english import expect_english
from tests.factories import draw_screenshot, make_submission
from tests.triage.conftest import DeskRoom, Person
from tests.triage.pair_world import WORDS_ONLY, close, join, pair_path, say

SAME = make_submission(draw_screenshot(3, 360, 640))
ACCOUNT = make_submission(addresses=("instagram.com/akun_contoh_9",))


@pytest.fixture
def rina(desk: DeskRoom) -> Person:
    return desk.seat("rina")


def take_and_close(desk: DeskRoom, person: Person, report: UUID) -> str:
    """The way a counsellor closes a case. Returns its code."""
    code = desk.code(report)
    path = f"/kasus/{code}"
    assert person.post(f"{path}/ambil", path).status_code == 303
    version = desk.case(report).version
    assert person.post(f"{path}/tutup", path, closing_reason="helped", version=version).status_code == 303
    return code


def rows(desk: DeskRoom) -> int:
    with desk.owner() as session:
        return session.scalar(select(func.count()).select_from(Recurrence)) or 0


@pytest.mark.parametrize(("told", "what"), [(SAME, "Gambar"), (ACCOUNT, "Akun")], ids=["picture", "account"])
def test_its_last_counsellor_is_told_and_nothing_is_reopened(
    desk: DeskRoom, rina: Person, told: object, what: str
) -> None:
    budi = desk.seat("budi")
    old = desk.report(told)
    code = take_and_close(desk, rina, old)
    desk.clock.advance(days=3)
    rina.sign_in()
    budi.sign_in()
    newer = [desk.report(told), desk.report(told)]
    assert desk.case(old).status is CaseStatus.CLOSED
    assert desk.acts(old)[-1] == CustodyAction.RECURRED
    assert CustodyAction.RECURRED not in desk.acts(newer[0])
    assert "Kasus Anda yang ditutup, isinya muncul lagi: 1" in rina.get("/antrean/semua").text
    assert "isinya muncul lagi" not in budi.get("/antrean/semua").text
    page = rina.get("/muncul-lagi").text
    assert f"{what} dari kasus ditutup {code} muncul lagi." in page
    assert "Kasus Anda" in page
    assert all(pair_path(desk, old, report) in page for report in newer)
    assert "Terakhir ditangani Rina" in budi.get("/muncul-lagi").text
    assert "Kasus ini ditutup, tetapi isinya muncul lagi." in budi.get(f"/kasus/{code}/keterkaitan").text


def test_a_person_reopens_it_and_the_news_is_gone(desk: DeskRoom, rina: Person) -> None:
    old = desk.report(SAME)
    code = take_and_close(desk, rina, old)
    desk.report(SAME)
    page = rina.get("/muncul-lagi").text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert rina.post(f"/muncul-lagi/{code}/buka", "/muncul-lagi", version=int(version) - 1).status_code == 303
    assert desk.case(old).status is CaseStatus.CLOSED
    assert rina.post(f"/muncul-lagi/{code}/buka", "/muncul-lagi", version=version).status_code == 303
    assert desk.case(old).status is CaseStatus.OPEN
    assert code not in rina.get("/muncul-lagi").text


def test_it_may_stay_closed_until_it_returns_again(desk: DeskRoom, rina: Person) -> None:
    old = desk.report(SAME)
    code = take_and_close(desk, rina, old)
    desk.report(SAME)
    assert rina.post(f"/muncul-lagi/{code}/biarkan", "/muncul-lagi").status_code == 303
    assert f"Kasus {code} tetap ditutup." in rina.get("/muncul-lagi").text
    assert code not in rina.get("/muncul-lagi").text
    assert desk.acts(old)[-1] == CustodyAction.RECURRENCE_SEEN
    assert rina.post(f"/muncul-lagi/{code}/biarkan", "/muncul-lagi").status_code == 303
    assert desk.acts(old).count(CustodyAction.RECURRENCE_SEEN) == 1
    desk.report(SAME)
    assert code in rina.get("/muncul-lagi").text


def test_a_suggestion_counts_from_when_a_person_confirms_it(desk: DeskRoom, rina: Person) -> None:
    old = desk.report()
    code = take_and_close(desk, rina, old)
    desk.clock.advance(minutes=1)
    new = desk.report()
    join(desk, old, new, MatchClass.SAME_PICTURE)
    assert code not in rina.get("/muncul-lagi").text
    path = pair_path(desk, new, old)
    say(rina, path, "terkait", reason="Fotonya sama")
    assert f"Foto dari kasus ditutup {code} muncul lagi." in rina.get("/muncul-lagi").text
    say(rina, path, "batal")
    assert code not in rina.get("/muncul-lagi").text
    say(rina, path, "terkait", reason="Ternyata sama")
    assert code in rina.get("/muncul-lagi").text
    assert rows(desk) == 1


def test_what_was_known_before_the_case_closed_is_no_news(desk: DeskRoom, rina: Person) -> None:
    old, other = desk.report(), desk.report()
    join(desk, old, other, MatchClass.SAME_PICTURE)
    desk.clock.advance(days=2)
    close(desk, old)
    rina.sign_in()
    say(rina, pair_path(desk, other, old), "terkait", reason="Fotonya sama")
    assert rows(desk) == 0


def test_delivering_a_job_twice_notes_it_once(desk: DeskRoom, rina: Person) -> None:
    old = desk.report(SAME)
    take_and_close(desk, rina, old)
    new = desk.report(SAME)
    before = rows(desk)
    desk.workshop.add_job(JobName.MATCH_REPORT, new)
    desk.workshop.run()
    assert rows(desk) == before
    assert desk.acts(old).count(CustodyAction.RECURRED) == before


def test_a_withdrawn_case_does_not_return(desk: DeskRoom, rina: Person) -> None:
    old = desk.report(SAME)
    code = take_and_close(desk, rina, old)
    desk.report(SAME)
    desk.workshop.withdraw(old)
    desk.workshop.run()
    assert code not in rina.get("/muncul-lagi").text


@WORDS_ONLY
def test_who_does_not_counsel_may_look_and_not_act(desk: DeskRoom, rina: Person) -> None:
    old = desk.report(SAME)
    code = take_and_close(desk, rina, old)
    desk.report(SAME)
    nova = desk.seat("nova", StaffRole.EVIDENCE_OFFICER)
    page = nova.get("/muncul-lagi").text
    assert code in page
    assert "Biarkan tertutup" not in page
    assert nova.post(f"/muncul-lagi/{code}/biarkan", "/muncul-lagi").status_code == 403
    assert nova.post(f"/muncul-lagi/{code}/buka", "/muncul-lagi", version=1).status_code == 403
    assert desk.seat("adi", StaffRole.ADMINISTRATOR).get("/muncul-lagi").status_code == 403


@WORDS_ONLY
def test_the_page_is_there_in_english(desk: DeskRoom, rina: Person) -> None:
    rina.post("/bahasa", language="en")
    expect_english(rina.get("/muncul-lagi").text)
    take_and_close(desk, rina, desk.report(SAME))
    desk.report(SAME)
    expect_english(rina.get("/muncul-lagi").text)
