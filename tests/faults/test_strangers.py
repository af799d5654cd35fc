"""Whoever can write to Redis can delay work, and nothing more; whoever reads it learns nothing."""

from __future__ import annotations

import json
import pickle
import uuid
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Callback, Queue
from rq.serializers import JSONSerializer

from casefile.reconcile import Counts
from tests.contracts.test_stolen_copy import dump_redis, secrets_of, submissions
from tests.factories import keep_report
from tests.faults.conftest import PATIENCE, Plant
from tests.waiting import wait_until
from tests.worker.conftest import damage_envelope

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""What lies in Redis does not depend on the database."""

REFUSED = "not on the allow-list"
SOME_TIME = b"2026-11-23T05:00:00Z"
ID = "0b8f3d5e-7a51-4a52-9c43-4b5a6f1c2d3e"

CALLS: dict[str, tuple[Any, ...]] = {
    "a command": ("os.system", None, ["touch {mark}"], {}),
    "a path": ("pathlib.Path.touch", None, ["{mark}"], {}),
    "a method of a value": ("format", "{0}", [ID], {}),
    "a named argument": ("worker.jobs.match_report", None, [], {"outbox_id": ID}),
    "no argument": ("worker.jobs.match_report", None, [], {}),
    "two arguments": ("worker.jobs.match_report", None, [ID, ID], {}),
    "no id": ("worker.jobs.match_report", None, ["1; drop table report"], {}),
    "another function of ours": ("worker.runtime.install", None, [ID], {}),
    "no list at all": ("os.system", 1),
}


def write_job(client: Redis, data: bytes, **fields: bytes) -> None:
    """A job as a stranger writes it, without RQ's help."""
    job_id = str(uuid.uuid4())
    basic = {
        "data": data,
        "origin": "reports",
        "status": "queued",
        "timeout": "60",
        "created_at": "2026-11-23T05:00:00Z",
    }
    client.hset(f"rq:job:{job_id}", mapping={**basic, **fields})
    client.rpush("rq:queue:reports", job_id)


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """A file that only a stranger's code would make."""
    return tmp_path / "mark"


def assert_works_on(plant: Plant, worker: Any, mark: Path) -> None:
    """The worker still does honest work, and the stranger's code never ran."""
    plant.start_relay()
    plant.workshop.report()
    plant.wait_until_settled(1)
    assert worker.poll() is None
    assert not mark.exists()


def test_a_job_of_another_name_or_form_is_refused(plant: Plant, mark: Path) -> None:
    with plant.redis.client() as client:
        for call in CALLS.values():
            write_job(client, json.dumps(call).replace("{mark}", str(mark)).encode())
        Queue("reports", connection=client, serializer=JSONSerializer).enqueue("os.system", f"touch {mark}")
    worker = plant.start_worker()
    wait_until(lambda: plant.output().count(REFUSED) == len(CALLS) + 1, PATIENCE)
    assert_works_on(plant, worker, mark)


def test_a_pickled_job_is_refused(plant: Plant, mark: Path) -> None:
    with plant.redis.client() as client:
        Queue("reports", connection=client).enqueue("os.system", f"touch {mark}")
        write_job(client, pickle.dumps(("os.system", None, (f"touch {mark}",), {})))
    worker = plant.start_worker()
    wait_until(lambda: plant.output().count(REFUSED) == 2, PATIENCE)
    assert_works_on(plant, worker, mark)


def test_callbacks_named_in_redis_are_never_called(plant: Plant, mark: Path) -> None:
    callback = Callback("tests.faults.stranger.leave_mark")
    with plant.redis.client() as client:
        queue = Queue("reports", connection=client, serializer=JSONSerializer)
        queue.enqueue("worker.jobs.match_report", ID, on_success=callback, on_failure=callback, on_stopped=callback)
        queue.enqueue("os.system", "true", on_success=callback, on_failure=callback, on_stopped=callback)
    worker = plant.start_worker(SULUH_TEST_MARK=str(mark))
    wait_until(lambda: REFUSED in plant.output(), PATIENCE)
    assert_works_on(plant, worker, mark)


@pytest.mark.parametrize("field", ["status", "timeout", "created_at", "origin", "description"])
def test_rubbish_in_a_job_does_not_stop_the_worker(plant: Plant, mark: Path, field: str) -> None:
    with plant.redis.client() as client:
        write_job(client, b"\xff rubbish", **{field: b"\xff rubbish"})
        client.rpush("rq:queue:reports", "../../etc/passwd", "")
    assert_works_on(plant, plant.start_worker(), mark)


def test_redis_and_logs_hold_no_secret_of_twenty_reports(plant: Plant) -> None:
    plant.start_relay()
    plant.start_worker()
    with plant.workshop.intake() as session:
        kept = [keep_report(session, plant.workshop.office, submission) for submission in submissions()]
    damaged = plant.workshop.report()
    damage_envelope(plant.workshop, damaged)
    wait_until(lambda: plant.counts().triaged >= len(kept) and plant.counts().open == 0, PATIENCE)
    seen = dump_redis(plant.redis.url) + plant.output().lower().encode()
    assert b"rq:worker" in seen, "the dump must hold what is there to be found"
    assert [secret for n, one in enumerate(kept) for secret in secrets_of(n, one.code) if secret in seen] == []
    assert plant.counts() in {Counts(21, 21, 20, 1, 0), Counts(21, 21, 21, 0, 0)}
