"""Whatever dies or goes away, every report reaches the queue, and each once (promise 3)."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from rq.serializers import JSONSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.custody import list_entries, verify_chain
from casefile.database import begin_write
from casefile.models import Case, Match, WorkerEnvelope
from casefile.outbox import MAX_ATTEMPTS, lease_jobs, reopen_job
from casefile.queueing import SafeJob
from casefile.reconcile import Counts
from casefile.vocabulary import CustodyAction, MatchClass, OutboxState
from casefile.working import HORSE_KILLED
from tests.factories import draw_screenshot, make_submission, reencode
from tests.faults.conftest import PATIENCE, Plant, horses_of
from tests.waiting import wait_until
from tests.worker.conftest import Workshop, damage_envelope
from worker.runtime import take_turn


@contextmanager
def everybody_waiting(workshop: Workshop) -> Iterator[None]:
    """Hold the workers' turn, so that a job that has begun cannot end."""
    with take_turn(workshop.runtime, datetime.now(UTC)):
        yield


def assert_triaged_once(workshop: Workshop, reports: list[UUID]) -> None:
    with workshop.owner() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == len(reports)
        for report in reports:
            entries = list_entries(session, report)
            assert verify_chain(report, entries) == len(entries)
            assert sum(CustodyAction.MATCHED.value in entry.body for entry in entries) == 1


def begin_without_relay(plant: Plant) -> UUID:
    """A report whose job lies in Redis; no process runs."""
    relay = plant.start_relay()
    report = plant.workshop.report()
    with plant.redis.client() as client:
        wait_until(lambda: client.llen("rq:queue:reports") == 1, PATIENCE)
    relay.terminate()
    assert relay.wait(timeout=PATIENCE) == 0
    return report


def test_reports_reach_the_queue_through_relay_and_worker(plant: Plant) -> None:
    plant.start_relay()
    plant.start_worker()
    reports = [plant.workshop.report() for _ in range(3)]
    plant.wait_until_settled(3)
    assert_triaged_once(plant.workshop, reports)


def test_reports_that_arrive_while_redis_is_away_go_on_when_it_is_back(plant: Plant) -> None:
    relay, _ = plant.start_relay(), plant.start_worker()
    plant.wait_until_ready(2)
    plant.redis.stop()
    reports = [plant.workshop.report() for _ in range(5)]
    wait_until(lambda: "suluh.relay Redis does not answer" in plant.output(), PATIENCE)
    assert plant.counts() == Counts(5, 5, 0, 0, 5)
    plant.redis.start()
    plant.wait_until_settled(5)
    assert_triaged_once(plant.workshop, reports)
    assert plant.output().count("suluh.relay Redis does not answer") == 1
    assert relay.poll() is None


def test_a_worker_killed_in_mid_job_does_it_once(plant: Plant) -> None:
    report = begin_without_relay(plant)
    with everybody_waiting(plant.workshop):
        worker = plant.start_worker()
        wait_until(lambda: horses_of(worker), PATIENCE)
        plant.kill(worker)
    assert plant.counts() == Counts(1, 1, 0, 0, 1)
    plant.let_leases_run_out()
    plant.start_worker()
    plant.start_relay()
    plant.wait_until_settled(1)
    assert_triaged_once(plant.workshop, [report])


def test_a_job_whose_own_process_is_killed_is_noted_and_runs_again(plant: Plant) -> None:
    report = begin_without_relay(plant)
    with everybody_waiting(plant.workshop):
        worker = plant.start_worker()
        horses = wait_until(lambda: horses_of(worker), PATIENCE)
        os.kill(horses[0], signal.SIGKILL)
    wait_until(lambda: plant.row_of(report).fault == HORSE_KILLED, PATIENCE)
    plant.let_leases_run_out()
    plant.start_relay()
    plant.wait_until_settled(1)
    assert worker.poll() is None
    assert_triaged_once(plant.workshop, [report])


def test_a_flushed_redis_loses_nothing(plant: Plant) -> None:
    plant.start_relay()
    reports = [plant.workshop.report() for _ in range(5)]
    with plant.redis.client() as client:
        wait_until(lambda: client.llen("rq:queue:reports") == 5, PATIENCE)
        client.flushall()
    plant.start_worker()
    plant.let_leases_run_out()
    plant.wait_until_settled(5)
    assert_triaged_once(plant.workshop, reports)


def test_what_a_relay_leased_before_it_was_killed_is_handed_out_by_the_next(plant: Plant) -> None:
    reports = [plant.workshop.report() for _ in range(3)]
    with Session(plant.workshop.runtime.engine) as session:
        begin_write(session)
        assert len(lease_jobs(session, datetime.now(UTC))) == 3
        session.commit()
    plant.start_relay()
    plant.start_worker()
    plant.wait_until_ready(2)
    assert plant.counts().triaged == 0
    plant.let_leases_run_out()
    plant.wait_until_settled(3)
    assert_triaged_once(plant.workshop, reports)


def test_jobs_wait_without_end_while_no_worker_runs(plant: Plant) -> None:
    plant.start_relay()
    report = plant.workshop.report()
    for _ in range(2 * MAX_ATTEMPTS):
        wait_until(lambda: plant.row_of(report).leased_until is not None, PATIENCE)
        wait_until(lambda: plant.row_of(report).leased_until > datetime.now(UTC), PATIENCE)
        plant.let_leases_run_out()
    with plant.redis.client() as client:
        assert client.llen("rq:queue:reports") == 1
    plant.start_worker()
    plant.wait_until_settled(1)


def test_a_damaged_envelope_is_set_aside_and_the_others_go_on(plant: Plant) -> None:
    damaged = plant.workshop.report()
    damage_envelope(plant.workshop, damaged)
    plant.start_relay()
    plant.start_worker()
    sound = [plant.workshop.report() for _ in range(2)]
    wait_until(lambda: plant.counts() == Counts(3, 3, 2, 1, 0), PATIENCE)
    assert_triaged_once(plant.workshop, sound)
    row = plant.row_of(damaged)
    assert (row.state, row.fault) == (OutboxState.SET_ASIDE, "UnsealError")
    with plant.redis.client() as client:
        results = SafeJob.fetch(str(row.id), connection=client, serializer=JSONSerializer).results()
    assert [result.exc_string for result in results] == [""]
    assert "Traceback" not in plant.output()


def test_a_job_that_fails_again_and_again_is_set_aside_and_can_be_handed_out_again(plant: Plant) -> None:
    worker = plant.start_worker()
    plant.start_relay()
    plant.wait_until_ready(2)
    keys = plant.workshop.office.folder / "keys" / "office.json"
    kept = keys.read_bytes()
    keys.unlink()
    report = plant.workshop.report()

    def is_set_aside() -> bool:
        row = plant.row_of(report)
        if row.fault and row.state is OutboxState.OPEN and row.leased_until and row.leased_until > datetime.now(UTC):
            plant.let_leases_run_out()
        return row.state is OutboxState.SET_ASIDE

    wait_until(is_set_aside, PATIENCE)
    row = plant.row_of(report)
    assert (row.attempts, row.fault) == (MAX_ATTEMPTS, "KeyFileError")
    assert plant.counts() == Counts(1, 1, 0, 1, 0)
    assert "Traceback" not in plant.output()
    assert worker.poll() is None
    keys.write_bytes(kept)
    with plant.workshop.owner() as session:
        reopen_job(session.merge(row))
        session.commit()
    plant.wait_until_settled(1)


def test_two_workers_and_two_near_reports_find_each_other_once(plant: Plant) -> None:
    plant.start_relay()
    for _ in range(2):
        plant.start_worker()
    plant.wait_until_ready(3)
    picture = draw_screenshot(7)
    pairs = [[plant.workshop.report(make_submission(sent)) for sent in (picture, reencode(picture))] for _ in range(3)]
    reports = [report for pair in pairs for report in pair]
    plant.wait_until_settled(len(reports))
    with plant.workshop.owner() as session:
        found = Counter((match.match_class, match.low_id, match.high_id) for match in session.scalars(select(Match)))
    assert set(found.values()) == {1}
    same = [pair for match_class, *pair in found if match_class is MatchClass.SAME_FILE]
    assert len(same) == 2 * 3
    alike = {side for match_class, *pair in found if match_class is not MatchClass.SAME_FILE for side in pair}
    assert alike == set(reports), (
        "of a group three are laid on a newcomer, so not every pair is there, but every report"
    )
    assert_triaged_once(plant.workshop, reports)


def test_a_withdrawn_report_is_not_found_by_workers_that_knew_it(plant: Plant) -> None:
    plant.start_relay()
    plant.start_worker()
    picture = draw_screenshot(8, 360, 640)
    plant.workshop.withdraw(withdrawn := plant.workshop.report(make_submission(picture)))
    plant.wait_until_settled(1)
    plant.workshop.report(make_submission(picture))
    plant.wait_until_settled(2)
    with plant.workshop.owner() as session:
        assert session.scalars(select(Match)).all() == []
        assert session.scalar(select(WorkerEnvelope.box).where(WorkerEnvelope.report_id == withdrawn)) is None
