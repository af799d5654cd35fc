"""Floods in the queue: one row with a count, nothing lost, and what always stands by itself."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from casefile.case_codes import NUMBERS, case_code
from casefile.models import Case, CaseReport, Match, Report
from casefile.stacking import settle_stacks
from casefile.submission import Answers
from casefile.vocabulary import AgeBand, CaseStatus, Channel, HarmKind, LinkState, MatchClass, Urgency
from tests.english import expect_english
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person
from tests.triage.test_links import judge, pair_path
from tests.triage.test_queue import codes
from triage.queue import PAGE_SIZE, QueueView

CALM = Answers(kinds=frozenset({HarmKind.IMPERSONATION}), age=AgeBand.FROM_25)
CONTENT, OTHER_CONTENT = UUID(int=77), UUID(int=78)
OPEN_VIEWS = ("perlu-dibaca", "jatuh-tempo-hari-ini", "semua")
UNDER = re.compile(r'href="([^"]+)">\+ (\d+) laporan lain dengan isi yang sama<')


@dataclass(frozen=True)
class Copy:
    """A case and its report, copied from one that came in by the real way."""

    case_id: UUID
    report_id: UUID
    code: str


class Flood:
    """Makes cases by the dozen: all alike, one minute older each, so that the last made stands first."""

    def __init__(self, desk: DeskRoom) -> None:
        self.desk = desk
        self.made = 0
        first = desk.report(make_submission(answers=CALM))
        with desk.owner() as session:
            case = session.get_one(Case, desk.case(first).id)
            self.columns = {column.key: getattr(case, column.key) for column in Case.__table__.columns}
            self.number = int(case.code.removeprefix("K-"))
            session.execute(update(Case).values(status=CaseStatus.CLOSED, closed_at=desk.clock.now))
            session.commit()

    def add(self, count: int, content: UUID | None = CONTENT, **columns: object) -> list[Copy]:
        """Cases in one content group, in the order in which the queue shows them."""
        due = self.desk.clock.now
        copies, cases = [], []
        for _ in range(count):
            self.made += 1
            copy = Copy(UUID(int=self.made), uuid.uuid4(), case_code((self.number + self.made) % NUMBERS))
            times = {"received_at": due - timedelta(minutes=self.made), "due_at": due - timedelta(minutes=self.made)}
            cases.append({**self.columns, **times, "id": copy.case_id, "code": copy.code, "stack": content, **columns})
            copies.append(copy)
        with self.desk.owner() as session:
            self._insert(session, copies, cases, content)
            session.commit()
        return copies[::-1]

    def add_report(self, case: Copy, content: UUID) -> None:
        """A second report in a case."""
        with self.desk.owner() as session:
            self._insert(session, [Copy(case.case_id, uuid.uuid4(), "")], [], content)
            session.commit()

    def _insert(self, session: Session, copies: list[Copy], cases: list[dict[str, object]], content: object) -> None:
        day = self.desk.clock.now.date()
        reports = [{"id": one.report_id, "received_on": day, "form_tag": one.report_id.bytes} for one in copies]
        session.execute(insert(Report).values(channel=Channel.WEB), reports)
        if cases:
            session.execute(insert(Case), cases)
        held = [{"report_id": one.report_id, "case_id": one.case_id, "content_group": content} for one in copies]
        session.execute(insert(CaseReport), held)
        if not cases:
            settle_stacks(session, [one.report_id for one in copies])


@pytest.fixture
def flood(desk: DeskRoom) -> Flood:
    return Flood(desk)


def change(desk: DeskRoom, case: Copy, **columns: object) -> None:
    """Set columns of a case."""
    with desk.owner() as session:
        session.execute(update(Case).where(Case.id == case.case_id).values(**columns))
        session.commit()


def rows_under(person: Person, view: str = "semua") -> list[tuple[str, int]]:
    """Of every row that others stand under: where its link leads, and how many they are."""
    return [
        (path.replace("&amp;", "&"), int(count)) for path, count in UNDER.findall(person.get(f"/antrean/{view}").text)
    ]


def all_pages(person: Person, path: str) -> list[str]:
    """The codes of every page of a list, from the first to the last."""
    found = []
    while True:
        page = person.get(path).text
        found += codes(page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        if following is None:
            return found
        path = following[1].replace("&amp;", "&")


@pytest.mark.parametrize("view", OPEN_VIEWS)
def test_a_flood_is_one_row_in_the_place_of_its_most_urgent_case(desk: DeskRoom, flood: Flood, view: str) -> None:
    rina, alone = desk.seat("rina"), flood.add(1, None)
    group, before = flood.add(13), flood.add(1, None)
    page = rina.get(f"/antrean/{view}").text
    assert codes(page) == [before[0].code, group[0].code, alone[0].code]
    assert rows_under(rina, view) == [(f"/antrean/{view}?kelompok={group[0].code}", 12)]
    assert "12 kasus terlipat di bawah kasus lain dengan isi yang sama." in page
    assert str(CONTENT) not in page
    assert CONTENT.hex not in page


def test_the_counts_of_the_views_count_every_case(desk: DeskRoom, flood: Flood) -> None:
    rina = desk.seat("rina")
    flood.add(13)
    page = rina.get("/antrean/semua").text
    assert 'data-count="perlu-dibaca">13<' in page
    assert 'data-count="semua">13<' in page


def test_the_link_lists_the_whole_group_and_leads_back(desk: DeskRoom, flood: Flood) -> None:
    rina, group = desk.seat("rina"), flood.add(5)
    flood.add(4, OTHER_CONTENT)
    (path, _), *_others = [row for row in rows_under(rina) if group[0].code in row[0]]
    page = rina.get(path).text
    assert codes(page) == [copy.code for copy in group]
    assert "<h1>Isi yang sama</h1>" in page
    assert f"Kasus di sini berisi sama seperti {group[0].code}." in page
    assert '<a href="/antrean/semua">Kembali ke antrean</a>' in page
    assert "terlipat" not in page
    assert not UNDER.search(page)


def test_rows_and_groups_together_hold_every_case_once_on_pages(desk: DeskRoom, flood: Flood) -> None:
    rina, large, small = desk.seat("rina"), flood.add(2 * PAGE_SIZE + 3), flood.add(4, OTHER_CONTENT)
    alone = flood.add(PAGE_SIZE, None)
    rows = all_pages(rina, "/antrean/semua")
    assert rows == [copy.code for copy in (*alone, small[0], large[0])]
    second = re.search(r'href="/antrean/([^"]+)" rel="next"', rina.get("/antrean/semua").text)
    assert second
    fewer, more = sorted(rows_under(rina, second[1]), key=lambda row: row[1])
    assert (fewer[1], more[1]) == (3, 2 * PAGE_SIZE + 2)
    assert "kelompok=" in rina.get(more[0]).text.split('class="pages"')[1]
    listed = [*all_pages(rina, fewer[0]), *all_pages(rina, more[0]), *rows[: len(alone)]]
    assert sorted(listed) == sorted(copy.code for copy in (*large, *small, *alone))


def test_two_of_a_kind_stand_side_by_side(desk: DeskRoom, flood: Flood) -> None:
    rina, pair = desk.seat("rina"), flood.add(2)
    page = rina.get("/antrean/semua").text
    assert codes(page) == [copy.code for copy in pair]
    assert "terlipat" not in page


def test_cases_without_a_group_never_share_a_row(desk: DeskRoom, flood: Flood) -> None:
    rina, many = desk.seat("rina"), flood.add(9, None)
    assert codes(rina.get("/antrean/semua").text) == [copy.code for copy in many]


def test_an_emergency_never_hides(desk: DeskRoom, flood: Flood) -> None:
    rina, group = desk.seat("rina"), flood.add(6)
    for copy in (group[4], group[5]):
        change(desk, copy, level=Urgency.P0)
    assert codes(rina.get("/antrean/semua").text) == [copy.code for copy in (group[4], group[5], group[0])]
    assert rows_under(rina) == [(f"/antrean/semua?kelompok={group[0].code}", 3)]


def test_who_wrote_again_is_not_hidden(desk: DeskRoom, flood: Flood) -> None:
    rina, group = desk.seat("rina"), flood.add(5)
    change(desk, group[3], has_news=True)
    page = rina.get("/antrean/semua").text
    assert codes(page) == [group[0].code, group[3].code]
    assert "pesan baru dari pelapor" in page


def test_the_group_is_counted_within_the_view(desk: DeskRoom, flood: Flood) -> None:
    rina, group = desk.seat("rina"), flood.add(6)
    for copy in group[:3]:
        change(desk, copy, status=CaseStatus.WAITING_FOR_REPORTER, first_reply_at=desk.clock.now)
    assert rows_under(rina, "menunggu-pelapor") == [(f"/antrean/menunggu-pelapor?kelompok={group[0].code}", 2)]
    assert rows_under(rina, "perlu-dibaca") == [(f"/antrean/perlu-dibaca?kelompok={group[3].code}", 2)]
    assert rows_under(rina, "semua") == [(f"/antrean/semua?kelompok={group[0].code}", 5)]


def test_what_somebody_holds_or_has_closed_is_listed_one_by_one(desk: DeskRoom, flood: Flood) -> None:
    rina, mine = desk.seat("rina"), flood.add(4)
    for copy in mine:
        assert rina.post(f"/kasus/{copy.code}/ambil", "/antrean/semua").status_code == 303
    assert codes(rina.get("/antrean/kasus-saya").text) == [copy.code for copy in mine]
    closed = flood.add(4, OTHER_CONTENT, status=CaseStatus.CLOSED, closed_at=desk.clock.now)
    assert {copy.code for copy in closed} < set(codes(rina.get("/antrean/ditutup").text))
    assert "terlipat" not in rina.get("/antrean/ditutup").text
    for view in ("kasus-saya", "ditutup"):
        assert rina.get(f"/antrean/{view}?kelompok={mine[0].code}").status_code == 404


def test_taking_the_head_brings_the_next_one_up(desk: DeskRoom, flood: Flood) -> None:
    rina, group = desk.seat("rina"), flood.add(4)
    rina.post(f"/kasus/{group[0].code}/ambil", "/antrean/perlu-dibaca")
    assert rows_under(rina, "perlu-dibaca") == [(f"/antrean/perlu-dibaca?kelompok={group[1].code}", 2)]
    kept = rina.get(f"/antrean/perlu-dibaca?kelompok={group[0].code}").text
    assert codes(kept) == [copy.code for copy in group[1:]]


def test_an_emptied_group_says_so_and_an_unknown_code_is_not_found(desk: DeskRoom, flood: Flood) -> None:
    rina, group = desk.seat("rina"), flood.add(3)
    for copy in group:
        change(desk, copy, status=CaseStatus.CLOSED, closed_at=desk.clock.now)
    page = rina.get(f"/antrean/semua?kelompok={group[0].code}").text
    assert "Tidak ada lagi kasus dengan isi ini di tampilan ini." in page
    assert "Kembali ke antrean" in page
    assert rina.get(f"/antrean/semua?kelompok={flood.add(1, None)[0].code}").status_code == 200
    assert rina.get("/antrean/semua?kelompok=K-tidakada").status_code == 404


def test_a_case_of_two_reports_stands_once_with_its_smallest_content(desk: DeskRoom, flood: Flood) -> None:
    rina, large, small = desk.seat("rina"), flood.add(3, OTHER_CONTENT), flood.add(3)
    flood.add_report(large[1], CONTENT)
    flood.add_report(small[1], CONTENT)
    page = rina.get("/antrean/semua").text
    assert codes(page) == [small[0].code, large[0].code, large[2].code]
    assert rows_under(rina) == [(f"/antrean/semua?kelompok={small[0].code}", 3)]
    assert 'data-count="semua">6<' in page


def suggest(desk: DeskRoom, one: Copy, other: Copy) -> None:
    """A suggestion between the reports of two cases."""
    low, high = sorted((one.report_id, other.report_id), key=lambda side: side.bytes)
    columns = {"state": LinkState.SUGGESTED, "suggested_at": desk.clock.now, "reasons_box": b"", "epoch": 1}
    with desk.owner() as session:
        match = Match(id=uuid.uuid4(), low_id=low, high_id=high, match_class=MatchClass.DUPLICATE, **columns)
        session.add(match)
        session.commit()


def test_a_rejected_pair_leaves_the_group_until_that_is_undone(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    reports = [desk.report(make_submission(answers=CALM), age=timedelta(minutes=60 - number)) for number in range(5)]
    with desk.owner() as session:
        session.execute(update(CaseReport).values(content_group=CONTENT))
        settle_stacks(session, reports)
        session.commit()
    order = [desk.code(report) for report in reports]
    two = [Copy(desk.case(report).id, report, desk.code(report)) for report in (reports[1], reports[3])]
    suggest(desk, *two)
    assert rows_under(rina) == [(f"/antrean/semua?kelompok={order[0]}", 4)]
    path = pair_path(desk, two[0].report_id, two[1].report_id)
    assert judge(rina, path, "tidak").status_code == 303
    assert codes(rina.get("/antrean/semua").text) == [order[0], order[1], order[3]]
    assert rows_under(rina) == [(f"/antrean/semua?kelompok={order[0]}", 2)]
    assert codes(rina.get(f"/antrean/semua?kelompok={order[0]}").text) == [order[0], order[2], order[4]]
    judge(rina, path, "batal")
    assert rows_under(rina) == [(f"/antrean/semua?kelompok={order[0]}", 4)]


def test_a_rejected_pair_of_another_content_changes_nothing(desk: DeskRoom, flood: Flood) -> None:
    rina, group = desk.seat("rina"), flood.add(4)
    stranger = flood.add(1, OTHER_CONTENT)[0]
    suggest(desk, group[1], stranger)
    with desk.owner() as session:
        session.execute(update(Match).values(state=LinkState.REJECTED))
        settle_stacks(session, [group[1].report_id, stranger.report_id])
        session.commit()
    assert [count for _, count in rows_under(rina)] == [3]


def test_ten_thousand_witnesses_are_one_row(desk: DeskRoom, flood: Flood) -> None:
    rina = desk.seat("rina")
    group = flood.add(10_000)
    page = rina.get("/antrean/perlu-dibaca").text
    assert codes(page) == [group[0].code]
    assert "9999 laporan lain" in page
    assert 'data-count="perlu-dibaca">10000<' in page
    whole = f"/antrean/perlu-dibaca?kelompok={group[0].code}"
    assert codes(rina.get(whole).text) == [copy.code for copy in group[:PAGE_SIZE]]


def test_the_flood_is_told_in_english_too(desk: DeskRoom, flood: Flood) -> None:
    rina, group = desk.seat("rina"), flood.add(PAGE_SIZE + 3)
    rina.post("/bahasa", language="en")
    for path in ("/antrean/semua", f"/antrean/semua?kelompok={group[0].code}", "/antrean/kasus-saya"):
        expect_english(rina.get(path).text)
    assert f"+ {PAGE_SIZE + 2} other reports with the same content" in rina.get("/antrean/semua").text


def test_every_view_says_whether_it_collapses() -> None:
    assert {view for view in QueueView if not view.collapses} == {QueueView.MINE, QueueView.CLOSED}
