"""A report that was taken back is erased, is never found again, and stays on record as erased."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update

from casefile.contents import MATCH_NOTE, decode_reasons
from casefile.models import (
    Case,
    IndexEntry,
    KeySlot,
    Message,
    OutboxRow,
    Receipt,
    Report,
    ReportPart,
    Withdrawal,
    WorkerEnvelope,
)
from casefile.reconcile import Counts, reconcile
from casefile.submission import Answers
from casefile.unsealing import open_note
from casefile.vocabulary import AgeBand, CaseStatus, JobName, LinkState, Platform, PublicStatus
from tests.factories import NOON, draw_screenshot, make_submission, reencode
from tests.worker.conftest import Workshop
from worker import jobs
from worker.sweep import resend_unmatched

SMALL = (360, 640)
PICTURE = draw_screenshot(1, *SMALL)
ANSWERS = Answers(age=AgeBand.FROM_25, platforms=frozenset({Platform.INSTAGRAM}))


def submit(workshop: Workshop) -> UUID:
    return workshop.report(make_submission(PICTURE, addresses=("@rizky_contoh",), answers=ANSWERS))


def rows_of(workshop: Workshop, report: UUID) -> dict[str, int]:
    tables = (ReportPart, KeySlot, Message)
    with workshop.owner() as session:
        return {
            table.__tablename__: session.scalar(
                select(func.count()).select_from(table).where(table.report_id == report)
            )
            or 0
            for table in tables
        }


def test_all_content_of_a_withdrawn_report_is_erased(workshop: Workshop) -> None:
    report = submit(workshop)
    workshop.write_message(report)
    workshop.run()
    assert set(rows_of(workshop, report).values()) == {1, 3}
    workshop.withdraw(report)
    workshop.run()
    assert set(rows_of(workshop, report).values()) == {0}
    with workshop.owner() as session:
        assert session.scalar(select(WorkerEnvelope.box)) is None
        assert session.scalar(select(Receipt.status)) is PublicStatus.WITHDRAWN
        assert session.scalar(select(func.count()).select_from(Report)) == 1
    summary = workshop.summary(report)
    assert (summary.answers, summary.picture_count, summary.reasons) == (Answers(), 0, ())
    assert workshop.actions(report)[-2:] == ["withdrawn", "purged"]


def test_a_withdrawn_case_is_over_and_keeps_no_time_of_day(workshop: Workshop) -> None:
    report = submit(workshop)
    workshop.run()
    moment = datetime(2026, 11, 23, 9, 41, 7, tzinfo=UTC)
    with workshop.owner() as session:
        session.execute(
            update(Case).values(first_read_at=moment, first_reply_at=moment, claimed_at=moment, claim_expires_at=moment)
        )
        session.commit()
    workshop.withdraw(report)
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert (case.status, case.has_news, case.claimed_by) == (CaseStatus.WITHDRAWN, False, None)
    assert (case.claimed_at, case.claim_expires_at) == (None, None)
    times = (case.received_at, case.due_at, case.first_read_at, case.first_reply_at, case.closed_at)
    assert {(time.hour, time.minute, time.second) for time in times if time} == {(17, 0, 0)}, "midnight in WIB"
    assert case.first_read_at == datetime(2026, 11, 22, 17, tzinfo=UTC)


@pytest.mark.parametrize("order", [[JobName.WITHDRAW_REPORT, JobName.MATCH_REPORT], [JobName.MATCH_REPORT]])
def test_it_is_right_in_any_order(workshop: Workshop, order: list[JobName]) -> None:
    report = submit(workshop)
    workshop.withdraw(report)
    by_job = {row.job: str(row.id) for row in workshop.rows()}
    for job in order:
        getattr(jobs, job.name.lower())(by_job[job])
    workshop.run()
    assert set(rows_of(workshop, report).values()) == {0}
    assert workshop.case(report) is None
    with workshop.owner() as session:
        assert reconcile(session) == Counts(1, 1, 1, 0, 0)


def test_a_withdrawn_report_is_never_found_again_by_old_and_new_workers(workshop: Workshop) -> None:
    knowing = workshop.new_runtime()
    report = submit(workshop)
    workshop.run(runtime=knowing)
    with workshop.runtime_session() as session:
        knowing.index.refresh(session)
    assert report in knowing.index
    workshop.withdraw(report)
    workshop.run()
    workshop.report(make_submission(reencode(PICTURE), addresses=("@rizky_contoh",), answers=ANSWERS))
    workshop.run(runtime=knowing)
    assert report not in knowing.index
    submit(workshop)
    workshop.run(runtime=workshop.new_runtime())
    assert all(report not in {match.low_id, match.high_id} for match in workshop.matches())


def test_matches_stay_with_their_state_and_without_their_reasons(workshop: Workshop) -> None:
    report, other = submit(workshop), submit(workshop)
    workshop.run()
    before = [(match.id, match.state) for match in workshop.matches()]
    assert {state for _, state in before} == {LinkState.LINKED}
    workshop.withdraw(report)
    workshop.run()
    after = workshop.matches()
    assert [(match.id, match.state) for match in after] == before
    for match in after:
        opened = open_note(workshop.office.epoch, match.reasons_box, MATCH_NOTE, match.id.bytes)
        assert decode_reasons(opened) == ()
    assert workshop.actions(other).count("linked_exact") == len(after)


def test_a_withdrawn_report_raises_nobody_who_comes_later(workshop: Workshop) -> None:
    first, second = submit(workshop), submit(workshop)
    workshop.run()
    case = workshop.case(second)
    assert case is not None
    assert case.score == 20
    workshop.withdraw(first)
    workshop.run()
    with workshop.owner() as session:
        session.execute(update(Case).values(score=0))
        session.commit()
    workshop.add_job(JobName.MATCH_REPORT, second)
    workshop.run()
    case = workshop.case(second)
    assert case is not None
    assert case.score == 0


def test_messages_that_arrive_after_a_withdrawal_are_not_noted(workshop: Workshop) -> None:
    report = submit(workshop)
    workshop.run()
    workshop.withdraw(report)
    workshop.run()
    workshop.add_job(JobName.NOTE_MESSAGE, report)
    workshop.run()
    assert "reporter_wrote" not in workshop.actions(report)
    case = workshop.case(report)
    assert case is not None
    assert not case.has_news


def test_of_what_the_worker_kept_a_row_without_a_box_is_left_under_a_new_number(workshop: Workshop) -> None:
    report, other = submit(workshop), submit(workshop)
    workshop.run()
    (kept,) = (entry for entry in entries(workshop) if entry[1] == other)
    workshop.withdraw(report)
    workshop.run()
    assert entries(workshop) == [kept, (3, report, None)]
    workshop.add_job(JobName.MATCH_REPORT, report)
    workshop.run()
    assert len(entries(workshop)) == 2


def test_a_report_that_was_never_compared_leaves_no_row(workshop: Workshop) -> None:
    report = submit(workshop)
    workshop.withdraw(report)
    workshop.run()
    assert entries(workshop) == []


def test_a_report_without_a_code_is_marked_as_erased_and_its_erasing_sent_again_until_then(workshop: Workshop) -> None:
    report = submit(workshop)
    workshop.run()
    with workshop.owner() as session:
        session.execute(delete(Receipt))
        session.add(Withdrawal(report_id=report, requested_on=NOON.date(), through_desk=True))
        session.commit()
    assert [resend_unmatched(workshop.runtime, NOON) for _ in range(2)] == [1, 0]
    workshop.run()
    with workshop.owner() as session:
        session.execute(delete(OutboxRow))
        session.commit()
        assert session.get_one(Withdrawal, report).erased_on is not None
        assert reconcile(session) == Counts(1, 1, 1, 0, 0)
    assert resend_unmatched(workshop.runtime, NOON) == 0
    assert entries(workshop)[0][2] is None
    assert workshop.actions(report)[-2:] == ["job_resent", "purged"]


def entries(workshop: Workshop) -> list[tuple[int, UUID, bytes | None]]:
    """What the worker keeps, by number."""
    with workshop.owner() as session:
        rows = session.execute(
            select(IndexEntry.number, IndexEntry.report_id, IndexEntry.box).order_by(IndexEntry.number)
        )
        return [(row.number, row.report_id, row.box) for row in rows]
