"""What a person read, a pause without a reason, and everybody's load for a supervisor."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile.custody import OFFICE_CHAIN
from casefile.models import Exposure, StaffMember
from casefile.submission import Answers
from casefile.vocabulary import SafeNow, StaffRole
from tests.english import expect_english
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person, hidden
from tests.triage.test_casework import take
from tests.triage.test_handover import give
from triage.exposure import MANY_HEAVY_TODAY, MANY_IN_WINDOW, MANY_TODAY, Opened
from triage.pausing import pause_end
from worker.sweep import erase_expired


def read(desk: DeskRoom, person: Person, report: UUID) -> None:
    code = desk.code(report)
    assert person.post(f"/kasus/{code}/cerita", f"/kasus/{code}").status_code == 200


def figures(page: str) -> list[int]:
    """The numbers of a table, row by row."""
    return [int(cell) for cell in re.findall(r'<td class="num">(\d+)</td>', page)]


def test_stories_are_counted_for_the_person_and_forgotten_after_a_week(desk: DeskRoom) -> None:
    rina, budi = desk.seat("rina"), desk.seat("budi")
    plain, heavy = desk.report(), desk.report(make_submission(answers=Answers(safe_now=SafeNow.NO)))
    read(desk, rina, plain)
    read(desk, rina, plain)
    read(desk, rina, heavy)
    budi.get(f"/kasus/{desk.code(heavy)}")
    assert figures(rina.get("/jeda").text) == [3, 1, 3, 1]
    assert figures(budi.get("/jeda").text) == [0, 0, 0, 0], "a look at the summary is no reading"
    desk.clock.advance(days=1)
    rina.sign_in()
    read(desk, rina, plain)
    assert figures(rina.get("/jeda").text) == [1, 0, 4, 1]
    desk.clock.advance(days=8)
    erase_expired(desk.workshop.runtime, desk.clock.now)
    with desk.owner() as session:
        assert session.scalars(select(Exposure)).all() == []


def test_who_pauses_gets_no_case_until_the_pause_ends(desk: DeskRoom) -> None:
    rina, budi, sari = desk.seat("rina"), desk.seat("budi"), desk.seat("sari", StaffRole.SUPERVISOR)
    code, other = desk.code(desk.report()), desk.code(desk.report())
    before = desk.acts(OFFICE_CHAIN)
    answer = rina.post("/jeda", f"/kasus/{code}")
    assert (answer.status_code, answer.location) == (303, "/jeda")
    assert desk.acts(OFFICE_CHAIN) == before, "a pause leaves no trace to explain"
    for page in ("/antrean/semua", f"/kasus/{code}", "/direktori"):
        assert "Sedang jeda" in rina.get(page).text
    assert "Ambil berikutnya" not in rina.get("/antrean/perlu-dibaca").text
    queue = "/antrean/perlu-dibaca"
    assert rina.post(f"{queue}/berikutnya", queue).location == queue
    assert "Anda sedang jeda" in rina.get(queue).text
    assert give(desk, budi, code, "rina") == 409
    assert "(sedang jeda)" in budi.get("/serah-terima").text
    form = {"kasus": [code, other], "tindakan": "tugaskan", "kepada": str(desk.staff_id("rina")), "catatan": "x"}
    sari.post("/antrean/semua/sekaligus", "/antrean/semua", **form)
    assert "Rina sedang jeda. Pilih rekan lain." in sari.get("/antrean/semua").text
    assert "Tidak ada kasus di tampilan ini." in rina.get("/antrean/kasus-saya").text
    assert take(rina, code) == 303, "one certain case is the person's own choice"
    rina.post("/jeda/akhiri", "/jeda")
    assert "Ambil berikutnya" in rina.get(queue).text
    assert rina.post(f"{queue}/berikutnya", queue).location == f"/kasus/{other}"


def test_a_hand_over_to_who_pauses_asks_first_and_keeps_what_was_typed(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    take(budi, code)
    rina.post("/jeda", "/jeda")
    page = f"/kasus/{code}"
    form = {"version": hidden(budi.get(page).text, "version"), "kepada": str(desk.staff_id("rina")), "catatan": "Titip"}
    warned = budi.post(f"{page}/serahkan", page, **form)
    assert warned.status_code == 409
    assert "Rina sedang jeda. Belum ada yang diserahkan." in warned.text
    assert 'name="catatan" value="Titip"' in warned.text
    assert desk.case(report).claimed_by == desk.staff_id("budi")
    assert ">Titip</textarea>" in budi.post(f"{page}/serahkan", page, **form, ubah="ya").text
    assert budi.post(f"{page}/serahkan", page, **form, tetap="ya").status_code == 303
    assert desk.case(report).claimed_by == desk.staff_id("rina")
    load = {"dari": str(desk.staff_id("budi")), "kepada": [str(desk.staff_id("rina"))], "catatan": "Cuti"}
    take(budi, desk.code(desk.report()))
    assert budi.post("/serah-terima", "/serah-terima", **load).status_code == 409
    assert budi.post("/serah-terima", "/serah-terima", **load, tetap="ya").status_code == 303


def test_a_pause_ends_by_itself(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/jeda", "/jeda")
    desk.clock.now = pause_end(desk.clock.now) + timedelta(seconds=1)
    rina.sign_in()
    assert "Sedang jeda" not in rina.get("/antrean/semua").text
    with desk.owner() as session:
        assert session.scalars(select(StaffMember.paused_until)).one() < desk.clock.now


def test_a_supervisor_sees_everybodys_load_by_name_and_no_reason(desk: DeskRoom) -> None:
    zara, rina, sari = desk.seat("zara"), desk.seat("rina"), desk.seat("sari", StaffRole.SUPERVISOR)
    heavy = desk.report(make_submission(answers=Answers(safe_now=SafeNow.NO)))
    for report in (heavy, desk.report()):
        take(zara, desk.code(report))
        read(desk, zara, report)
    zara.post("/jeda", "/jeda")
    page = sari.get("/beban").text
    rows = re.findall(r'<th scope="row">(\w+)<br>.*?</tr>', page, re.DOTALL)
    assert rows == ["Rina", "Sari", "Zara"]
    zaras = page[page.index("Zara<br>") :]
    assert figures(zaras) == [2, 1, 2, 2]
    assert "sedang jeda" in zaras
    assert page.count("sedang jeda") == 1
    assert rina.get("/beban").status_code == 403
    assert desk.seat("eko", StaffRole.EVIDENCE_OFFICER).get("/beban").status_code == 403
    assert desk.seat("ada", StaffRole.ADMINISTRATOR).get("/jeda").status_code == 403
    for person, address in ((sari, "/beban"), (zara, "/jeda")):
        person.post("/bahasa", "/jeda", language="en")
        expect_english(person.get(address).text)


@pytest.mark.parametrize(
    ("opened", "speaks"),
    [
        (Opened(MANY_TODAY - 1, MANY_HEAVY_TODAY - 1, MANY_IN_WINDOW - 1), False),
        (Opened(today=MANY_TODAY), True),
        (Opened(heavy_today=MANY_HEAVY_TODAY), True),
        (Opened(in_window=MANY_IN_WINDOW), True),
    ],
)
def test_a_pause_is_suggested_past_a_threshold(opened: Opened, speaks: bool) -> None:
    assert opened.speaks_for_a_pause is speaks


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (datetime(2026, 11, 23, 2, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (datetime(2026, 11, 23, 13, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (datetime(2026, 11, 23, 13, 1, tzinfo=UTC), datetime(2026, 11, 23, 23, tzinfo=UTC)),
        (datetime(2026, 11, 23, 18, tzinfo=UTC), datetime(2026, 11, 24, 17, tzinfo=UTC)),
    ],
)
def test_a_pause_lasts_till_midnight_in_jakarta_or_the_morning(now: datetime, end: datetime) -> None:
    assert pause_end(now) == end
    assert end.astimezone(UTC).date() >= date(2026, 11, 23)
