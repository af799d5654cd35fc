"""Two workers at the same moment: who comes later sees what came earlier."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from sqlalchemy import select, text

from casefile.models import IndexEntry, OutboxRow
from casefile.vocabulary import JobName
from tests.factories import draw_screenshot, make_submission, reencode
from tests.waiting import wait_until
from tests.worker.conftest import Workshop
from worker.jobs import match_report
from worker.runtime import take_turn
from worker.triaging import triage_report
from worker.withdrawing import erase_report

PICTURE = draw_screenshot(1, 360, 640)


def is_waiting(workshop: Workshop) -> bool:
    """Whether a session waits for another; SQLite cannot say, there the write lock is enough."""
    if workshop.database.kind == "sqlite":
        return True
    with workshop.owner() as session:
        return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def test_a_report_that_is_being_withdrawn_is_not_found_by_another_worker(workshop: Workshop) -> None:
    older = workshop.report(make_submission(PICTURE))
    workshop.run()
    workshop.withdraw(older)
    newer = workshop.report(make_submission(PICTURE))
    with workshop.owner() as session:
        own = select(OutboxRow.id).where(OutboxRow.report_id == newer, OutboxRow.job == JobName.MATCH_REPORT)
        job = str(session.scalars(own).one())
    other_worker = threading.Thread(target=match_report, args=(job,))
    with take_turn(workshop.new_runtime(), datetime.now(UTC)) as turn:
        erase_report(turn, older)
        other_worker.start()
        wait_until(lambda: is_waiting(workshop) or not other_worker.is_alive(), 20)
        turn.session.commit()
    other_worker.join(timeout=20)
    assert workshop.case(newer) is not None
    assert workshop.matches() == []


def test_of_two_reports_a_moment_apart_two_workers_find_each_other_exactly_once(workshop: Workshop) -> None:
    first, second = workshop.report(make_submission(PICTURE)), workshop.report(make_submission(reencode(PICTURE)))
    with workshop.owner() as session:
        job = str(session.scalars(select(OutboxRow.id).where(OutboxRow.report_id == second)).one())
    other_worker = threading.Thread(target=match_report, args=(job,))
    with take_turn(workshop.new_runtime(), datetime.now(UTC)) as turn:
        triage_report(turn, first)
        other_worker.start()
        wait_until(lambda: is_waiting(workshop) or not other_worker.is_alive(), 20)
        assert workshop.case(second) is None, "the other one waits for its turn"
        turn.session.commit()
    other_worker.join(timeout=20)
    workshop.run(runtime=workshop.new_runtime())
    (match,) = workshop.matches()
    assert {match.low_id, match.high_id} == {first, second}
    with workshop.owner() as session:
        kept = session.scalars(select(IndexEntry.report_id).order_by(IndexEntry.number)).all()
    assert kept == [first, second]
