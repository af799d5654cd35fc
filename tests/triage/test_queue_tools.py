"""What helps in a long queue: filters, steady pages, news, the next case, several at once, saved views."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.models import Case, CaseLabel, CaseReport, SavedView, StaffSession
from casefile.submission import Answers
from casefile.vocabulary import (
    AgeBand,
    CaseStatus,
    CustodyAction,
    District,
    HarmKind,
    Platform,
    StaffRole,
    Urgency,
    WorkLabel,
)
from tests.english import expect_english
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person
from tests.triage.test_collapsing import Flood
from tests.triage.test_queue import codes, link
from triage.casework import Doing
from triage.errors import NothingFreeError
from triage.queue import PAGE_SIZE, Desktop, Excerpt, Filters, QueueView, Shelf, estimates
from triage.queue import facts as facts_module
from triage.reader import Reader
from triage.taking import take_next

DOXED = Answers(
    kinds=frozenset({HarmKind.DOXING}),
    platforms=frozenset({Platform.INSTAGRAM}),
    age=AgeBand.FROM_25,
    district=list(District)[1],
)
FAKED = Answers(
    kinds=frozenset({HarmKind.IMPERSONATION}), platforms=frozenset({Platform.TELEGRAM}), age=AgeBand.FROM_25
)


@pytest.fixture
def flood(desk: DeskRoom) -> Flood:
    return Flood(desk)


def news(person: Person, page: str) -> dict[str, object]:
    """What the page's script would be told."""
    address = re.search(r'data-news="([^"]+)"', page)
    assert address
    answer = person.get(address[1].replace("&amp;", "&"))
    assert answer.status_code == 200
    return answer.json


@pytest.mark.parametrize(
    "asked", ["jenis=DOXING", "tempat=instagram", f"wilayah={DOXED.district.value}", "jenis=DOXING&tempat=instagram"]
)
def test_what_reporters_answered_can_be_asked_for(desk: DeskRoom, asked: str) -> None:
    rina = desk.seat("rina")
    doxed, faked = (desk.report(make_submission(answers=answers)) for answers in (DOXED, FAKED))
    assert codes(rina.get(f"/antrean/semua?{asked}").text) == [desk.code(doxed)]
    assert codes(rina.get("/antrean/semua?jenis=DOXING&tempat=telegram").text) == []
    assert set(codes(rina.get("/antrean/semua").text)) == {desk.code(doxed), desk.code(faked)}


def test_a_summary_that_changed_is_read_anew(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(make_submission(answers=DOXED))
    assert codes(rina.get("/antrean/semua?jenis=DOXING").text) == [desk.code(report)]
    with desk.owner() as session:
        case = session.get_one(Case, desk.case(report).id)
        case.summary_box = b"damaged"
        session.commit()
    assert codes(rina.get("/antrean/semua?jenis=DOXING").text) == []


def test_who_has_no_key_finds_nothing_that_a_colleague_opened(desk: DeskRoom) -> None:
    rina, budi = desk.seat("rina"), desk.seat("budi", with_key=False)
    report = desk.report(make_submission(answers=DOXED))
    assert codes(rina.get("/antrean/semua?jenis=DOXING").text) == [desk.code(report)]
    page = budi.get("/antrean/semua?jenis=DOXING").text
    assert codes(page) == []
    assert "1 kasus tidak bisa disaring: Anda belum punya kuncinya." in page


def test_what_the_process_remembers_is_closed_without_the_offices_key(desk: DeskRoom) -> None:
    report = desk.report(make_submission(answers=DOXED))
    case, shelf = desk.case(report), Shelf()
    reader = Reader(case.id, {1: desk.workshop.office.epoch})
    wanted = [facts_module.Wanted(case.id.bytes, case.version, 1)]
    with desk.owner() as session:
        known, unread = shelf.learn(session, reader, wanted, 10)
        assert shelf.learn(session, Reader(case.id, {}), wanted, 0) == ({}, 0)
        assert shelf.learn(session, reader, wanted, 0) == (known, 0)
    assert unread == 0
    assert facts_module.sieve(Filters(kind=HarmKind.DOXING))(known[case.id.bytes])
    assert case.id.bytes not in b"".join(box.sealed for box in shelf._boxes.values())


def test_a_filter_that_has_not_read_everything_says_so(desk: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.queue.sifting.MOST_OPENED", 2)
    rina = desk.seat("rina")
    for _ in range(3):
        desk.report(make_submission(answers=DOXED))
    page = rina.get("/antrean/semua?jenis=DOXING").text
    assert len(codes(page)) == 2
    assert "1 kasus lagi. Daftar ini belum lengkap." in page
    page = rina.get("/antrean/semua?jenis=DOXING").text
    assert len(codes(page)) == 3
    assert "belum lengkap" not in page


def test_level_days_holder_and_label_narrow_a_list(desk: DeskRoom, flood: Flood) -> None:
    rina, cases = desk.seat("rina"), flood.add(3, None)
    with desk.owner() as session:
        session.execute(update(Case).where(Case.id == cases[0].case_id).values(level=Urgency.P1))
        earlier = desk.clock.now - timedelta(days=9)
        session.execute(update(Case).where(Case.id == cases[1].case_id).values(received_at=earlier))
        session.execute(update(Case).where(Case.id == cases[2].case_id).values(claimed_by=desk.staff_id("rina")))
        session.add(CaseLabel(case_id=cases[2].case_id, label=WorkLabel.FOR_MEETING))
        session.commit()
    day = (desk.clock.now - timedelta(days=5)).date()
    asked = {
        "tingkat=P1": [cases[0].code],
        f"sampai={day}": [cases[1].code],
        f"petugas={desk.staff_id('rina')}": [cases[2].code],
        "label=for_meeting": [cases[2].code],
        f"dari={day}&tingkat=P1": [cases[0].code],
    }
    assert {words: codes(rina.get(f"/antrean/semua?{words}").text) for words in asked} == asked
    assert "Bahas di rapat" in rina.get("/antrean/semua?label=for_meeting").text


@pytest.mark.parametrize("asked", ["tingkat=P9", "jenis=x", "dari=kemarin", "petugas=1", "dari=0001-01-01", "label="])
def test_what_is_no_value_asks_for_nothing(desk: DeskRoom, asked: str) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    assert codes(rina.get(f"/antrean/semua?{asked}").text) == [code]


@pytest.mark.parametrize("typed", ["48213", "048213", "K-048213", "k 048213"])
def test_a_code_opens_its_case(desk: DeskRoom, typed: str) -> None:
    rina, report = desk.seat("rina"), desk.report()
    with desk.owner() as session:
        session.execute(update(Case).where(Case.id == desk.case(report).id).values(code="K-048213"))
        session.commit()
    assert rina.get(f"/antrean/perlu-dibaca?kode={typed}").headers["Location"] == "/kasus/K-048213"
    assert "Tidak ada kasus dengan kode itu." in rina.get("/antrean/perlu-dibaca?kode=K-111111").text


def test_pages_stay_steady_while_reports_arrive(desk: DeskRoom, flood: Flood) -> None:
    rina = desk.seat("rina")
    kept = flood.add(2 * PAGE_SIZE, None)
    first = rina.get("/antrean/semua").text
    second = link(first, "next")
    flood.add(7, None)
    assert codes(rina.get(second).text) == [copy.code for copy in kept[PAGE_SIZE:]]
    assert news(rina, first)["line"] == "7 laporan baru di atas."
    assert news(rina, rina.get(second).text)["line"] == ""


def test_an_address_of_a_page_shows_no_time_and_opens_in_one_session_only(desk: DeskRoom, flood: Flood) -> None:
    rina, budi = desk.seat("rina"), desk.seat("budi")
    kept = flood.add(PAGE_SIZE + 1, None)
    following = link(rina.get("/antrean/semua").text, "next")
    assert codes(rina.get(following).text) == [kept[-1].code]
    assert codes(budi.get(following).text) == [copy.code for copy in kept[:PAGE_SIZE]]


def test_news_tells_numbers_and_no_case(desk: DeskRoom, flood: Flood) -> None:
    rina, shown = desk.seat("rina"), flood.add(2, None)
    page = rina.get("/antrean/semua").text
    with desk.owner() as session:
        gone = update(Case).where(Case.id == shown[0].case_id)
        session.execute(gone.values(status=CaseStatus.CLOSED, closed_at=desk.clock.now))
        session.commit()
    flood.add(1, None)
    told = news(rina, page)
    assert set(told) == {"line", "unread", "counts"}
    assert told["line"] == "1 laporan baru di atas. 1 kasus di halaman ini sudah pindah."
    assert told["counts"]["semua"] == 2


def test_asking_for_news_does_not_keep_a_session_alive(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    page = rina.get("/antrean/semua").text
    with desk.owner() as session:
        session.execute(update(StaffSession).values(expires_at=desk.clock.now + timedelta(minutes=1)))
        session.commit()
    news(rina, page)
    with desk.owner() as session:
        ends = session.scalars(select(StaffSession.expires_at).where(StaffSession.staff_id.is_not(None))).one()
    assert ends <= desk.clock.now + timedelta(minutes=1)


def test_the_next_case_is_the_most_urgent_free_one(desk: DeskRoom, flood: Flood) -> None:
    rina, budi = desk.seat("rina"), desk.seat("budi")
    cases = flood.add(2, None)
    for person, copy in ((rina, cases[0]), (budi, cases[1])):
        answer = person.post("/antrean/perlu-dibaca/berikutnya", "/antrean/perlu-dibaca")
        assert answer.headers["Location"] == f"/kasus/{copy.code}"
    empty = rina.post("/antrean/perlu-dibaca/berikutnya", "/antrean/perlu-dibaca")
    assert "Tidak ada kasus bebas" in rina.get(empty.headers["Location"]).text
    assert rina.post("/antrean/ditutup/berikutnya", "/antrean/ditutup").status_code == 404


def test_the_next_case_keeps_to_a_filter(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    desk.report(make_submission(answers=FAKED), age=timedelta(hours=2))
    doxed = desk.report(make_submission(answers=DOXED))
    answer = rina.post("/antrean/perlu-dibaca/berikutnya?jenis=DOXING", "/antrean/perlu-dibaca")
    assert answer.headers["Location"] == f"/kasus/{desk.code(doxed)}"


def test_people_who_take_the_next_at_one_moment_get_different_cases(desk: DeskRoom, flood: Flood) -> None:
    names = ["rina", "budi", "sari", "tono"]
    for name in names:
        desk.add(name)
    waiting = flood.add(3, None)
    engine, office = desk.workshop.database.engine("triage"), desk.workshop.office.public

    def try_to_take(name: str) -> str | None:
        reader = Reader(desk.staff_id(name), {})
        with Session(engine) as session:
            try:
                desktop = Desktop(reader, Shelf(), desk.clock.now)
                case = take_next(session, Excerpt(QueueView.TO_READ), desktop, Doing(reader, office, desk.clock.now))
                code = case.code
                session.commit()
            except NothingFreeError:
                return None
            return code

    with ThreadPoolExecutor(len(names)) as crowd:
        taken = list(crowd.map(try_to_take, names))
    assert {code for code in taken if code} == {copy.code for copy in waiting}
    assert taken.count(None) == 1


def tick(person: Person, chosen: list[str], view: str = "semua", **form: object) -> str:
    """Act on several cases; the page afterwards."""
    answer = person.post(f"/antrean/{view}/sekaligus", f"/antrean/{view}", kasus=chosen, **form)
    assert answer.status_code == 303
    return person.get(answer.headers["Location"]).text


def test_several_cases_are_labelled_at_once_each_on_record(desk: DeskRoom) -> None:
    rina, reports = desk.seat("rina"), [desk.report() for _ in range(2)]
    chosen = [desk.code(report) for report in reports]
    page = tick(rina, chosen, tindakan="label", label="for_meeting")
    assert "Label dipasang (Bahas di rapat): 2 kasus." in page
    assert page.count('<span class="label">Bahas di rapat</span>') == 2
    assert all(desk.acts(report)[-1] == CustodyAction.LABELLED for report in reports)
    tick(rina, chosen[:1], tindakan="lepas-label", label="for_meeting")
    assert desk.acts(reports[0])[-1] == CustodyAction.UNLABELLED
    with desk.owner() as session:
        assert session.scalars(select(CaseLabel.case_id)).all() == [desk.case(reports[1]).id]


def test_several_cases_are_given_at_once_but_none_that_somebody_holds(desk: DeskRoom) -> None:
    rina, budi, sari = desk.seat("rina"), desk.seat("budi"), desk.seat("sari", StaffRole.SUPERVISOR)
    reports = [desk.report() for _ in range(2)]
    chosen = [desk.code(report) for report in reports]
    budi.post(f"/kasus/{chosen[1]}/ambil", "/antrean/semua")
    page = tick(rina, chosen, tindakan="tugaskan", kepada=str(desk.staff_id("sari")), catatan="Tolong bantu")
    assert "Diserahkan ke Sari: 1 kasus." in page
    assert f"Dilewati: {chosen[1]}." in page
    assert desk.case(reports[0]).claimed_by == desk.staff_id("sari")
    assert desk.case(reports[1]).claimed_by == desk.staff_id("budi")
    tick(sari, chosen[1:], tindakan="tugaskan", kepada=str(desk.staff_id("rina")))
    assert desk.case(reports[1]).claimed_by == desk.staff_id("budi")
    tick(sari, chosen[1:], tindakan="tugaskan", kepada=str(desk.staff_id("rina")), catatan="Budi sakit")
    assert desk.case(reports[1]).claimed_by == desk.staff_id("rina")


@pytest.mark.parametrize("chosen", [[], [f"K-{number:06}" for number in range(101)]])
def test_nothing_or_too_much_at_once_is_refused_in_words(desk: DeskRoom, chosen: list[str]) -> None:
    rina = desk.seat("rina")
    assert "Pilih 1 sampai 100 kasus dulu." in tick(rina, chosen, tindakan="label", label="for_meeting")


def test_a_view_is_kept_for_one_person_and_named_by_its_filters(desk: DeskRoom) -> None:
    rina, budi = desk.seat("rina"), desk.seat("budi")
    path = "/antrean/perlu-dibaca?jenis=DOXING&tingkat=P1"
    for _ in range(2):
        rina.post(path.replace("?", "/simpan?"), path)
    page = rina.get("/antrean/semua").text
    kept = re.search(r'class="saved".*?href="([^"]+)">([^<]+)<', page, re.DOTALL)
    assert kept
    assert "Tinggi" in kept[2]
    assert "jenis=DOXING" in kept[1]
    assert 'class="saved"' not in budi.get("/antrean/semua").text
    with desk.owner() as session:
        saved = session.scalars(select(SavedView)).one()
    budi.post(f"/antrean/semua/simpanan/{saved.id}/hapus", "/antrean/semua")
    assert 'class="saved"' in rina.get("/antrean/semua").text
    rina.post(f"/antrean/semua/simpanan/{saved.id}/hapus", "/antrean/semua")
    assert 'class="saved"' not in rina.get("/antrean/semua").text


def test_single_keys_are_off_until_a_person_wants_them(desk: DeskRoom) -> None:
    rina, budi = desk.seat("rina"), desk.seat("budi")
    assert "data-on" not in rina.get("/antrean/semua").text
    rina.post("/antrean/semua/tombol", "/antrean/semua", nyala="ya")
    assert "data-on" in rina.get("/antrean/semua").text
    assert "data-on" not in budi.get("/antrean/semua").text
    rina.post("/antrean/semua/tombol", "/antrean/semua", nyala="tidak")
    assert "data-on" not in rina.get("/antrean/semua").text


def test_a_group_is_listed_with_its_size_and_a_guess_at_most_of_its_first_cases(
    desk: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    rina = desk.seat("rina")
    reports = [desk.report(make_submission(answers=DOXED)) for _ in range(3)]
    with desk.owner() as session:
        session.execute(update(Case).values(stack=reports[0]))
        session.commit()
    page = rina.get("/antrean/kelompok").text
    assert "3 kasus terbuka" in page
    assert re.search(r"perkiraan pelapor: sekitar [1-3] dari 3", page)
    assert re.search(r"perkiraan pelapor: sekitar [1-3] dari 3<", rina.get("/antrean/semua").text)
    monkeypatch.setattr(estimates, "MOST_ASKED", 2)
    for path in ("/antrean/kelompok", "/antrean/semua"):
        assert re.search(r"perkiraan pelapor: sekitar [12] dari 2 pertama<", rina.get(path).text)
    with desk.owner() as session:
        last = select(CaseReport.case_id).where(CaseReport.report_id == reports[2]).scalar_subquery()
        session.execute(update(Case).where(Case.id == last).values(closed_at=desk.clock.now))
        session.commit()
    assert "2 kasus terbuka</a> · 1 ditutup ·" in rina.get("/antrean/kelompok").text


@pytest.mark.parametrize(
    "path", ["/antrean/semua?jenis=DOXING", "/antrean/kelompok", "/antrean/ditutup", "/serah-terima"]
)
def test_the_tools_speak_english(desk: DeskRoom, path: str) -> None:
    rina = desk.seat("rina")
    desk.report(make_submission(answers=DOXED))
    rina.post("/bahasa", language="en")
    expect_english(rina.get(path).text)
