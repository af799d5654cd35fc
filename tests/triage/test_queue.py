"""The queue: order, views, what a row says and what it never says."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from casefile.models import Case
from casefile.submission import Answers
from casefile.vocabulary import AgeBand, Feeling, HarmKind, SafeNow, Spread, Urgency, YesNoUnknown
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person
from triage.extensions import db
from triage.queue import PAGE_SIZE

CALM = Answers(kinds=frozenset({HarmKind.IMPERSONATION}), age=AgeBand.FROM_25)
SUICIDAL = Answers(kinds=frozenset({HarmKind.HARASSMENT}), age=AgeBand.FROM_25, feeling=Feeling.SUICIDAL)
PUBLIC = Answers(
    kinds=frozenset({HarmKind.NCII_SPREAD}),
    age=AgeBand.FROM_25,
    spread=Spread.PUBLIC,
    identified=YesNoUnknown.YES,
)


MOST_QUESTIONS = 14
"""Statements of one page, with the BEGINs of SQLite, however many rows it has."""


def codes(page: str) -> list[str]:
    """The case codes of a list, from top to bottom."""
    return re.findall(r'class="code">(K-\d+)<', page)


def count_questions(person: Person, path: str) -> tuple[str, int]:
    """A page, and how many statements the desk ran for it."""
    with person.client.application.app_context():
        engine = db.engine
    asked: list[object] = []

    def note(*told: object) -> None:
        asked.append(told[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        return person.get(path).text, len(asked)
    finally:
        event.remove(engine, "before_cursor_execute", note)


def link(page: str, relation: str) -> str:
    """The address of the next or the previous page."""
    found = re.search(rf'href="([^"]+)" rel="{relation}"', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_the_most_urgent_stands_first_then_the_earlier_due(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    calm = desk.report(make_submission(answers=CALM), age=timedelta(hours=3))
    later = desk.report(make_submission(answers=PUBLIC), age=timedelta(minutes=2))
    earlier = desk.report(make_submission(answers=PUBLIC), age=timedelta(minutes=20))
    suicidal = desk.report(make_submission(answers=SUICIDAL), age=timedelta(minutes=1))
    order = [desk.code(report) for report in (suicidal, earlier, later, calm)]
    assert codes(rina.get("/antrean/perlu-dibaca").text) == order


def test_the_order_is_that_of_the_stored_columns(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    reports = [desk.report(make_submission(answers=CALM)) for _ in range(4)]
    noon = desk.clock.now
    rows = [(Urgency.P2, 5, 9), (Urgency.P1, 9, 9), (Urgency.P2, 5, 1), (Urgency.P2, 1, 9)]
    with desk.owner() as session:
        for report, (level, due, received) in zip(reports, rows, strict=True):
            session.execute(
                update(Case)
                .where(Case.id == desk.case(report).id)
                .values(
                    level=level, due_at=noon + timedelta(hours=due), received_at=noon - timedelta(hours=10 - received)
                )
            )
        session.commit()
    order = [desk.code(reports[index]) for index in (1, 3, 2, 0)]
    assert codes(rina.get("/antrean/semua").text) == order


def test_a_row_gives_level_reasons_and_due_time_in_words(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    desk.report(make_submission(answers=SUICIDAL), age=timedelta(minutes=12))
    page = rina.get("/antrean/perlu-dibaca").text
    assert "Darurat" in page
    assert "ada pikiran mengakhiri hidup" in page
    assert "Pelecehan lewat pesan" in page
    assert "masuk 12 menit lalu" in page
    due = desk.clock.now + timedelta(hours=7, minutes=3)
    assert f"{due:%H.%M}" in page
    assert "Mengapa urutan ini?" in page


def test_a_late_case_says_by_how_much(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    desk.report(make_submission(answers=SUICIDAL), age=timedelta(minutes=35))
    assert "terlambat 20 menit" in rina.get("/antrean/perlu-dibaca").text


def test_a_row_holds_no_word_address_or_name_of_the_reporter(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    desk.report(make_submission(story="Kata rahasia sekali", addresses=("instagram.com/akun_contoh_9",)))
    page = rina.get("/antrean/semua").text
    assert "rahasia" not in page
    assert "akun_contoh_9" not in page


def test_a_damaged_summary_is_named_and_breaks_nothing(desk: DeskRoom) -> None:
    rina, report, other = desk.seat("rina"), desk.report(), desk.report()
    with desk.owner() as session:
        session.execute(update(Case).where(Case.id == desk.case(report).id).values(summary_box=b"bukan apa-apa"))
        session.commit()
    page = rina.get("/antrean/semua").text
    assert "Ringkasan rusak" in page
    assert desk.code(other) in page
    assert rina.get(f"/kasus/{desk.code(report)}").status_code == 200


def test_views_have_addresses_and_counts(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    for _ in range(2):
        desk.report()
    page = rina.get("/antrean/kasus-saya").text
    assert 'data-count="perlu-dibaca">2<' in page
    assert 'data-count="kasus-saya">0<' in page
    assert 'data-count="semua">2<' in page
    assert rina.get("/antrean/bukan-tampilan").status_code == 404


def test_what_is_due_after_midnight_is_not_due_today(desk: DeskRoom) -> None:
    rina, soon, late = desk.seat("rina"), desk.report(), desk.report()
    with desk.owner() as session:
        moved = update(Case).where(Case.id == desk.case(late).id)
        session.execute(moved.values(due_at=desk.clock.now + timedelta(hours=25)))
        moved = update(Case).where(Case.id == desk.case(soon).id)
        session.execute(moved.values(due_at=desk.clock.now - timedelta(minutes=1)))
        session.commit()
    assert codes(rina.get("/antrean/jatuh-tempo-hari-ini").text) == [desk.code(soon)]


@pytest.mark.parametrize("place", ["", "abc", "!!!", "A" * 88, "%00"])
def test_a_place_that_nobody_sealed_is_the_first_page(desk: DeskRoom, place: str) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    assert codes(rina.get(f"/antrean/semua?setelah={place}").text) == [code]


def test_long_lists_have_pages_that_together_hold_every_case_once(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    with desk.owner() as session:
        model = session.get_one(Case, desk.case(report).id)
        columns = {column.key: getattr(model, column.key) for column in Case.__table__.columns}
        for number in range(PAGE_SIZE + 3):
            session.add(Case(**{**columns, "id": type(model.id)(int=number + 1), "code": f"K-9{number:05}"}))
        session.commit()
    first = rina.get("/antrean/semua").text
    second = rina.get(link(first, "next")).text
    both = codes(first) + codes(second)
    assert len(codes(first)) == PAGE_SIZE
    assert len(set(both)) == len(both) == PAGE_SIZE + 4
    again, asked = count_questions(rina, link(second, "prev"))
    assert codes(again) == codes(first)
    assert asked <= MOST_QUESTIONS


def test_an_empty_queue_says_thank_you(desk: DeskRoom) -> None:
    assert "Tidak ada laporan yang menunggu. Terima kasih." in desk.seat("rina").get("/antrean/perlu-dibaca").text


def test_news_from_a_reporter_brings_a_case_back(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    with desk.owner() as session:
        answered = update(Case).where(Case.id == desk.case(report).id)
        session.execute(answered.values(first_reply_at=desk.clock.now, has_news=False))
        session.commit()
    assert codes(rina.get("/antrean/perlu-dibaca").text) == []
    with desk.owner() as session:
        session.execute(update(Case).values(has_news=True))
        session.commit()
    page = rina.get("/antrean/perlu-dibaca").text
    assert codes(page) == [desk.code(report)]
    assert "pesan baru dari pelapor" in page


def test_the_desk_speaks_english_when_asked(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    rina.post("/bahasa", language="en")
    assert '<html lang="en">' in rina.get("/antrean/semua").text
    rina.post("/bahasa", language="xx")
    assert '<html lang="en">' in rina.get("/antrean/semua").text


def test_an_unsafe_answer_is_not_lost_on_the_case_page(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    report = desk.report(make_submission(answers=Answers(safe_now=SafeNow.NO)))
    page = rina.get(f"/kasus/{desk.code(report)}").text
    assert "sedang terancam" in page


@pytest.mark.parametrize(
    ("kinds", "has_clock"),
    [
        ({HarmKind.IMPERSONATION}, False),
        ({HarmKind.IMPERSONATION, HarmKind.THREAT_TO_SPREAD}, True),
        ({HarmKind.UNSURE}, True),
        (set(), True),
    ],
)
def test_the_clock_of_the_duty_to_report_runs_where_the_law_may_apply(
    desk: DeskRoom, kinds: set[HarmKind], has_clock: bool
) -> None:
    rina = desk.seat("rina")
    report = desk.report(make_submission(answers=Answers(kinds=frozenset(kinds))))
    page = rina.get(f"/kasus/{desk.code(report)}").text
    assert ("di luar UU TPKS" not in page) is has_clock
