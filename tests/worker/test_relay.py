"""The relay hands out what is due, gives back what it could not hand out, and ends when it is told."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis import RedisError
from sqlalchemy import update

from casefile.models import Case, OutboxRow
from casefile.outbox import LEASE, add_job
from casefile.queueing import MOST_WAITING, SafeQueue, open_queue
from casefile.reconcile import Counts, reconcile
from casefile.vocabulary import JobName, Lane, OutboxState, Urgency
from tests.waiting import wait_until
from tests.worker.conftest import Workshop
from worker.relay import Relay, hand_out


@pytest.fixture
def queue(redis_url: str) -> Iterator[SafeQueue]:
    queue = open_queue(redis_url)
    yield queue
    queue.connection.close()


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[SafeQueue]:
    queue = open_queue(f"unix://{tmp_path / 'no.sock'}")
    yield queue
    queue.connection.close()


def test_what_is_due_is_handed_out_once_until_its_lease_is_over(workshop: Workshop, queue: SafeQueue) -> None:
    reports = [workshop.report() for _ in range(3)]
    engine, now = workshop.runtime.engine, datetime.now(UTC)
    assert [hand_out(engine, queue, now) for _ in range(2)] == [3, 0]
    assert queue.count == len(reports)
    queue.empty()
    assert hand_out(engine, queue, now + LEASE) == 0
    assert hand_out(engine, queue, now + LEASE + timedelta(seconds=1)) == 3
    assert {row.attempts for row in workshop.rows()} == {0}, "a hand-out is not an attempt"


def test_no_more_lie_in_redis_than_there_are_places_so_that_lanes_keep_their_order(
    workshop: Workshop, queue: SafeQueue
) -> None:
    engine, now = workshop.runtime.engine, datetime.now(UTC)
    with workshop.intake() as session:
        for _ in range(2 * MOST_WAITING):
            add_job(session, JobName.MATCH_REPORT, uuid.uuid4(), now, Lane.SLOW)
        late = add_job(session, JobName.MATCH_REPORT, uuid.uuid4(), now, Lane.USUAL)
        session.commit()
    assert [hand_out(engine, queue, now) for _ in range(2)] == [MOST_WAITING, 0]
    assert queue.job_ids[0] == str(late)
    for taken in queue.job_ids[:3]:
        queue.remove(taken)
    assert hand_out(engine, queue, now) == 0, "lanes take turns in whole rounds"
    queue.remove(queue.job_ids[0])
    assert hand_out(engine, queue, now) == 4


def test_rows_are_free_again_when_redis_does_not_answer(workshop: Workshop, nowhere: SafeQueue) -> None:
    workshop.report()
    with pytest.raises(RedisError):
        hand_out(workshop.runtime.engine, nowhere, datetime.now(UTC))
    (row,) = workshop.rows()
    assert (row.state, row.leased_until) == (OutboxState.OPEN, None)


def test_rows_are_free_again_when_redis_refuses_in_the_middle(workshop: Workshop, queue: SafeQueue) -> None:
    workshop.report()
    queue.connection.config_set("maxmemory", "1")
    try:
        with pytest.raises(RedisError):
            hand_out(workshop.runtime.engine, queue, datetime.now(UTC))
    finally:
        queue.connection.config_set("maxmemory", "0")
    (row,) = workshop.rows()
    assert (row.state, row.leased_until) == (OutboxState.OPEN, None)
    assert hand_out(workshop.runtime.engine, queue, datetime.now(UTC)) == 1


def test_settled_and_set_aside_rows_are_not_handed_out(workshop: Workshop, queue: SafeQueue) -> None:
    for state in (OutboxState.DONE, OutboxState.SET_ASIDE):
        workshop.report()
        with workshop.owner() as session:
            session.execute(update(OutboxRow).values(state=state))
            session.commit()
    assert hand_out(workshop.runtime.engine, queue, datetime.now(UTC)) == 0


def test_a_job_that_was_begun_too_often_is_set_aside_and_counted(workshop: Workshop, queue: SafeQueue) -> None:
    workshop.report()
    with workshop.owner() as session:
        session.execute(update(OutboxRow).values(attempts=5))
        session.commit()
    assert hand_out(workshop.runtime.engine, queue, datetime.now(UTC)) == 0
    with workshop.owner() as session:
        assert reconcile(session) == Counts(received=1, queued=1, triaged=0, set_aside=1, open=0)


def test_the_loop_hands_out_until_it_is_stopped(workshop: Workshop, queue: SafeQueue) -> None:
    stop = threading.Event()
    loop = threading.Thread(target=Relay(workshop.runtime, queue, stop).run)
    loop.start()
    try:
        workshop.report()
        wait_until(lambda: queue.count == 1, 20)
    finally:
        stop.set()
        loop.join(timeout=20)
    assert not loop.is_alive()


def test_the_loop_says_once_that_redis_is_away(
    workshop: Workshop, nowhere: SafeQueue, caplog: pytest.LogCaptureFixture
) -> None:
    workshop.report()
    stop = _StopAfter(rounds=4)
    Relay(workshop.runtime, nowhere, stop).run()
    assert caplog.text.count("Redis does not answer") == 1
    assert max(stop.waited) <= 2
    assert stop.waited == sorted(stop.waited)


def test_the_loop_goes_on_while_the_public_keys_are_away(
    workshop: Workshop, queue: SafeQueue, caplog: pytest.LogCaptureFixture
) -> None:
    workshop.report(now=datetime.now(UTC) - timedelta(days=3))
    workshop.run()
    with workshop.owner() as session:
        session.execute(update(Case).values(level=Urgency.P3))
        session.commit()
    (workshop.office.folder / "keys" / "office.json").unlink()
    stop = _StopAfter(rounds=3)
    Relay(workshop.runtime, queue, stop).run()
    assert caplog.text.count("The public keys cannot be read. Reports are kept") == 1


class _StopAfter(threading.Event):
    """Waits for nothing, and is set after some rounds."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds = rounds
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0)
        if len(self.waited) >= self.rounds:
            self.set()
        return self.is_set()
