"""Statistics for supervisors: right numbers on both databases, hidden where few, drawn from what is shown."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.models import Case, CaseReport, LinkDecision, Match, Receipt, Referral, Report
from casefile.submission import Answers
from casefile.vocabulary import (
    CaseStatus,
    Channel,
    CustodyAction,
    HarmKind,
    LinkState,
    MatchClass,
    Platform,
    ReferralState,
    StaffRole,
    Urgency,
)
from casefile.wib import local_date, start_of_day
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person
from triage.statistics import Sheet, heat, write_csv
from triage.statistics.drawing import Row, Words, draw_bars, draw_columns, draw_heat, draw_times
from triage.statistics.suppression import COVERED, SMALL, Cell

AUGUST = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
"""A Wednesday, 10.00 WIB."""
QUARTER = "/statistik?tahun=2026&bagian=t3"


def fill(desk: DeskRoom, level: Urgency, days: Iterable[date], **values: object) -> list[uuid.UUID]:
    """Reports in the queue, one for each day given, with what a case keeps and no contents; the ids of the reports."""
    ids = []
    with desk.owner() as session:
        for day in days:
            report_id, case_id = uuid.uuid4(), uuid.uuid4()
            at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
            session.add(Report(id=report_id, received_on=day, channel=Channel.WEB, form_tag=report_id.bytes))
            kept = {"status": CaseStatus.OPEN, "received_at": at, "due_at": at, "has_news": False, **values}
            sealed = {"summary_box": b"", "summary_epoch": 1, "score": 0, "code": case_id.hex}
            session.add(Case(id=case_id, level=level, **kept, **sealed))
            session.flush()
            session.add(CaseReport(report_id=report_id, case_id=case_id))
            ids.append(report_id)
        session.commit()
    return ids


def sit(desk: DeskRoom, now: datetime = AUGUST + timedelta(days=20)) -> Person:
    """A supervisor at that time."""
    desk.clock.now = now
    return desk.seat("sari", StaffRole.SUPERVISOR)


def section(page: str, name: str) -> str:
    """The part of the page about one table."""
    return re.search(rf'<section class="figure" aria-labelledby="{name}">.*?</section>', page, re.DOTALL)[0]


def table_rows(part: str) -> dict[str, list[str]]:
    """The rows of a part's table by their label."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', part, re.DOTALL)
    return {
        label: [cell.replace("&lt;", "<") for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells)]
        for label, cells in rows
    }


def test_statistics_are_for_supervisors_alone(desk: DeskRoom) -> None:
    sari = sit(desk)
    page = sari.get("/statistik").text
    assert page.count("Data terlalu sedikit untuk ditampilkan") == 7
    assert "<svg" not in page
    assert 'href="/statistik"' in sari.get("/hitungan").text
    for role in set(StaffRole) - {StaffRole.SUPERVISOR}:
        other = desk.seat(role.value.replace("_", ""), role)
        assert other.get("/statistik").status_code == 403
        assert other.post("/statistik/unduh", "/hitungan", tabel="laporan", untuk="kantor").status_code == 403
        assert "/statistik" not in other.get("/hitungan").text
    assert desk.app.test_client().get("/statistik").status_code == 303
    for wrong in ("tahun=1999", "tahun=x", "bagian=t9", "tahun=2027"):
        assert sari.get(f"/statistik?{wrong}").status_code == 404


def test_reports_are_counted_by_week_and_level_and_few_are_hidden(desk: DeskRoom) -> None:
    week, next_week = [date(2026, 8, 10)] * 7, [date(2026, 8, 17)] * 6
    fill(desk, Urgency.P1, [*week, *next_week])
    fill(desk, Urgency.P2, [*week[:2], *next_week])
    fill(desk, Urgency.P3, [date(2026, 9, 30)] * 8)
    sari = sit(desk, AUGUST + timedelta(days=60))
    part = section(sari.get(QUARTER).text, "laporan")
    rows = table_rows(part)
    assert rows["3–9 Agt" if "3–9 Agt" in rows else "3–9 Agu"] == ["0"] * 5
    second = next(cells for label, cells in rows.items() if label.startswith("10–16"))
    assert second[2] == "<5"
    assert "disamarkan" in [*second, *next(cells for label, cells in rows.items() if label.startswith("17–23"))]
    assert rows["jumlah"] == ["0", "13", "8", "8", "29"]
    assert re.search(r'<svg[^>]*role="img"[^>]*aria-labelledby="laporan-judul laporan-isi"', part)
    assert '<title id="laporan-judul">Laporan masuk</title>' in part
    page = sari.get("/statistik?tahun=2026&bagian=8").text
    assert "style=" not in page
    assert "<img" not in page
    month = table_rows(section(page, "laporan"))
    assert month["jumlah"][1] == "13"
    assert [cells for label, cells in month.items() if label.startswith("10–16")] == [second]


def test_first_replies_know_minutes_while_open_and_days_afterwards(desk: DeskRoom) -> None:
    at = AUGUST.replace(hour=16, minute=50)
    for minutes in (10, 20, 30, 40, 50, 60, 70, 80, 90, 100):
        fill(desk, Urgency.P1, [at.date()], received_at=at, first_reply_at=at + timedelta(minutes=minutes))
    cut = start_of_day(at)
    closed = {"received_at": cut, "first_reply_at": cut + timedelta(days=2), "closed_at": cut + timedelta(days=3)}
    fill(desk, Urgency.P2, [at.date()] * 5, status=CaseStatus.CLOSED, **closed)
    fill(desk, Urgency.P3, [at.date()] * 4, received_at=at, first_reply_at=at + timedelta(hours=1))
    part = section(sit(desk).get(QUARTER).text, "balasan")
    rows = table_rows(part)
    assert rows["Tinggi"] == ["60 menit", "50 menit", "90 menit", "1 hari", "1 hari"]
    assert rows["Sedang"] == ["6 jam", "<5 kasus", "<10 kasus", "2 hari", "<10 kasus"]
    assert set(rows["Biasa"][1:]) == {"<5 kasus", "<10 kasus"}
    ages = table_rows(section(sit_again(desk).get(QUARTER).text, "umur"))
    assert ages["15–30 hari"] == ["14"]
    assert ages["jumlah"] == ["14"]


def sit_again(desk: DeskRoom) -> Person:
    """Another supervisor."""
    return desk.seat("wulan", StaffRole.SUPERVISOR)


def test_kinds_and_platforms_come_from_summaries_that_the_reader_can_open(
    desk: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heat, "MOST_OPENED", 6)
    often = Answers(kinds=frozenset({HarmKind.SEXTORTION}), platforms=frozenset({Platform.TELEGRAM}))
    rare = Answers(kinds=frozenset({HarmKind.DOXING}), platforms=frozenset({Platform.X}))
    for answers in (*[often] * 7, rare):
        desk.report(make_submission(answers=answers))
    sari = desk.seat("sari", StaffRole.SUPERVISOR)
    blind = desk.seat("wulan", StaffRole.SUPERVISOR, with_key=False)
    first = section(sari.get("/statistik").text, "jenis")
    assert "Baru 6 dari 8 ringkasan" in first
    assert "<svg" not in first
    part = section(sari.get("/statistik").text, "jenis")
    assert list(table_rows(part).values()) == [["7"]]
    assert "Telegram" in part
    assert "Doxing" not in part
    part = section(blind.get("/statistik").text, "jenis")
    assert "8 ringkasan tidak terbuka" in part
    assert "<table" not in part


def suggest(session: Session, reports: list[uuid.UUID], by: uuid.UUID) -> None:
    """Nine suggestions on one day, all confirmed by a person, six of them undone."""
    for place in range(9):
        low, high = sorted(reports[place : place + 2], key=lambda each: each.bytes)
        match = Match(id=uuid.uuid4(), low_id=low, high_id=high, match_class=MatchClass.SAME_PICTURE)
        match.state, match.suggested_at, match.reasons_box, match.epoch = LinkState.SUGGESTED, AUGUST, b"", 1
        session.add(match)
        session.flush()
        decided = {"staff_id": by, "decided_at": AUGUST, "epoch": None, "reason_box": None}
        made = LinkDecision(id=uuid.uuid4(), match_id=match.id, state=LinkState.LINKED, **decided)
        session.add(made)
        if place < 6:
            undone = {"state": LinkState.SUGGESTED, "undoes": made.id, **decided}
            session.add(LinkDecision(id=uuid.uuid4(), match_id=match.id, **undone))


def refer(desk: DeskRoom, day: date) -> None:
    """Six referrals that ended after nought to five days, seven without an answer, five that were never sent."""
    with desk.owner() as session:
        cases = session.scalars(select(Case.id)).all()
        for place, state in enumerate([ReferralState.DONE] * 6 + [ReferralState.SENT] * 7 + [ReferralState.DRAFT] * 5):
            days = {"made_on": day, "sent_on": None if state is ReferralState.DRAFT else day}
            answered_on = day + timedelta(days=place) if state is ReferralState.DONE else None
            held = {"case_id": cases[place], "state": state, "choices_number": 0, "version": 1, **days}
            session.add(Referral(id=uuid.uuid4(), answered_on=answered_on, ended_on=answered_on, **held))
        session.commit()


def test_steps_of_reporters_and_acts_on_suggestions(desk: DeskRoom) -> None:
    sari = sit(desk)
    day, by = date(2026, 8, 12), desk.staff_id("sari")
    reports = fill(desk, Urgency.P2, [day] * 20)
    with desk.owner() as session:
        for place, report_id in enumerate(reports[:18]):
            opened_on = day if place < 13 else None
            said = {"status": "received", "status_on": day, "opened_on": opened_on}
            session.add(Receipt(tag=report_id.bytes, report_id=report_id, **said))
        suggest(session, reports, by)
        session.commit()
    for report_id in reports[:6]:
        desk.workshop.write_message(report_id)
    refer(desk, day)
    page = sari.get(QUARTER).text
    referred = section(page, "rujukan")
    assert list(table_rows(referred).values()) == [["7"], ["0"], ["0"], ["6"], ["0"], ["13"]]
    assert "Separuh jawaban datang dalam: 2 hari. 9 dari 10 datang dalam: &lt;10 kasus." in referred
    assert table_rows(section(page, "kembali")) == {
        "terkirim": ["20"],
        "kembali dengan kode": ["13"],
        "menulis pesan lagi": ["6"],
    }
    assert table_rows(section(page, "saran"))["jumlah"] == ["9", "9", "0", "6"]
    with desk.owner() as session:
        session.execute(update(Receipt).where(Receipt.report_id == reports[0]).values(status="withdrawn"))
        session.execute(update(Receipt).where(Receipt.report_id == reports[12]).values(status="erased"))
        session.commit()
    steps = table_rows(section(sari.get(QUARTER).text, "kembali"))
    assert steps == {"terkirim": ["20"], "kembali dengan kode": ["11"], "menulis pesan lagi": ["5"]}


def test_a_table_leaves_as_a_file_on_record_and_the_public_one_hides_more(desk: DeskRoom) -> None:
    fill(desk, Urgency.P1, [date(2026, 8, 12)] * 12)
    fill(desk, Urgency.P2, [date(2026, 8, 12)] * 11)
    fill(desk, Urgency.P3, [date(2026, 8, 12)] * 9)
    sari = sit(desk)
    chosen = {"tahun": "2026", "bagian": "t3", "tabel": "laporan"}
    answer = sari.post("/statistik/unduh", "/statistik", **chosen, untuk="kantor")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert lines[-1] == ["jumlah", "0", "12", "11", "9", "32"]
    assert not [field for line in lines for field in line if field.startswith(("=", "+", "-", "@"))]
    assert desk.acts()[-1] == CustodyAction.STATISTICS_EXPORTED
    assert sari.post("/statistik/unduh", "/statistik", **chosen, untuk="terbit").status_code == 404
    desk.clock.now = AUGUST + timedelta(days=60)
    sari.sign_in()
    for wrong in ({"bagian": "8"}, {"bagian": "tahun"}, {"tabel": "saran"}, {"tabel": "x"}, {"untuk": "x"}):
        form = {**chosen, "untuk": "terbit", **wrong}
        assert sari.post("/statistik/unduh", "/statistik", **form).status_code == 404
    before = len(desk.acts())
    answer = sari.post("/statistik/unduh", "/statistik", **chosen, untuk="terbit")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert lines[-1] == ["jumlah", "0", "12", "disamarkan", "<10", "32"]
    assert len(desk.acts()) == before + 1


def test_a_file_opens_no_formula() -> None:
    """Whatever words a translation brings."""
    written = write_csv(Sheet(["=1+1"], ["@a", "b"], [["-1", "<5"]]))
    assert written.decode("utf-8-sig") == '"\'=1+1"\r\n"\'@a","b"\r\n"\'-1","<5"\r\n'


HIDDEN = Row("b", (SMALL, COVERED), Cell(9))


def test_drawings_hold_the_numbers_that_are_shown_and_no_other() -> None:
    """Hidden numbers are dashed outlines; every shown number of a heat table and of bars stands in the drawing."""
    words = Words("k", "Judul <b>", "Isi")
    grid = draw_heat(words, ["A", "B"], [Row("1", (Cell(7), SMALL)), Row("2", (COVERED, Cell(12)))])
    assert re.findall(r">(\d+)</text>", grid) == ["1", "7", "2", "12"]
    assert grid.count('class="covered"') == 2
    bars = draw_bars(words, "<5", [Row("satu", (Cell(8),)), Row("dua", (SMALL,))])
    assert re.findall(r">(\d+)</text>", bars) == ["8"]
    columns = draw_columns(words, ["x", "y"], [Row("a", (Cell(6), Cell(5)), Cell(11)), HIDDEN])
    assert columns.count('class="covered"') == 1
    beside = draw_columns(words, ["x", "y"], [Row("a", (Cell(6), SMALL))])
    assert beside.count('class="covered"') == 1
    times = draw_times(words, "target", [("satu", 0.5, 2.0), ("dua", None, None)])
    for drawing in (grid, bars, columns, beside, times):
        assert 'role="img"' in drawing
        assert "Judul &lt;b&gt;</title>" in drawing
        assert "style" not in drawing


def test_days_are_those_of_jakarta(desk: DeskRoom) -> None:
    """A reply after midnight in Jakarta is one of the next day, whatever the day in UTC."""
    late = datetime(2026, 8, 12, 16, 59, tzinfo=UTC)
    values = {"received_at": late, "first_reply_at": late + timedelta(minutes=2)}
    fill(desk, Urgency.P1, [local_date(late)] * 5, **values)
    with desk.owner() as session:
        assert session.scalars(select(Report.received_on)).first() == date(2026, 8, 12)
    rows = table_rows(section(sit(desk).get(QUARTER).text, "balasan"))
    assert rows["Tinggi"] == ["60 menit", "2 menit", "<10 kasus", "1 hari", "<10 kasus"]
