"""What goes into Redis, and what comes out of it as a job."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis
from rq import Queue
from rq.job import JobStatus
from rq.serializers import JSONSerializer

from casefile.errors import QueueError
from casefile.models import OutboxRow
from casefile.outbox import LEASE
from casefile.queueing import JOB_TIMEOUT, SafeJob, SafeQueue, enqueue_row, open_queue, queue_of, read_call
from casefile.vocabulary import JobName, OutboxState
from tests.factories import NOON

ID = "0b8f3d5e-7a51-4a52-9c43-4b5a6f1c2d3e"


@pytest.fixture
def queue(redis_url: str) -> Iterator[SafeQueue]:
    queue = open_queue(redis_url)
    yield queue
    queue.connection.close()


def row(job: JobName = JobName.MATCH_REPORT) -> OutboxRow:
    return OutboxRow(
        id=uuid.uuid4(), job=job, report_id=uuid.uuid4(), state=OutboxState.OPEN, created_at=NOON, attempts=0
    )


@pytest.mark.parametrize("name", JobName)
def test_every_job_goes_through_redis_and_comes_out_as_its_function(queue: SafeQueue, name: JobName) -> None:
    sent = row(name)
    assert enqueue_row(queue, sent)
    (job,) = SafeQueue(queue_of(name), connection=queue.connection, serializer=JSONSerializer).get_jobs()
    assert isinstance(job, SafeJob)
    assert read_call(job) == (name, sent.id)
    assert f"{job.func.__module__}.{job.func.__qualname__}" == name
    assert (job.description, job.timeout, job.result_ttl) == (name.name.lower(), JOB_TIMEOUT, 0)


def test_a_job_is_over_before_its_lease() -> None:
    assert LEASE.total_seconds() > JOB_TIMEOUT


def test_redis_learns_the_job_and_its_id_and_not_the_report(queue: SafeQueue) -> None:
    sent = row()
    enqueue_row(queue, sent)
    stored = queue.connection.hgetall(f"rq:job:{sent.id}")
    job = SafeJob.fetch(str(sent.id), connection=queue.connection, serializer=JSONSerializer)
    assert job.args == [str(sent.id)]
    assert str(sent.report_id).encode() not in b" ".join(stored.values()) + job.data


def test_a_row_that_waits_already_is_not_added_again(queue: SafeQueue) -> None:
    sent = row()
    assert [enqueue_row(queue, sent) for _ in range(3)] == [True, False, False]
    assert queue.count == 1


@pytest.mark.parametrize("status", [JobStatus.FAILED, JobStatus.STARTED, JobStatus.STOPPED, JobStatus.QUEUED])
def test_what_is_left_of_an_earlier_delivery_does_not_stand_in_the_way(queue: SafeQueue, status: JobStatus) -> None:
    sent = row()
    enqueue_row(queue, sent)
    queue.connection.lpop(queue.key)
    queue.connection.hset(f"rq:job:{sent.id}", "status", status.value)
    assert enqueue_row(queue, sent)
    assert queue.count == 1
    assert queue.get_jobs()[0].get_status() is JobStatus.QUEUED


def test_a_name_in_the_list_without_its_job_does_not_stand_in_the_way(queue: SafeQueue) -> None:
    sent = row()
    enqueue_row(queue, sent)
    queue.connection.delete(f"rq:job:{sent.id}")
    assert enqueue_row(queue, sent)


@pytest.mark.parametrize(
    ("name", "args", "kwargs"),
    [
        ("os.system", [ID], {}),
        ("worker.jobs._run", [ID], {}),
        ("worker.jobs.match_report", [], {}),
        ("worker.jobs.match_report", [ID, ID], {}),
        ("worker.jobs.match_report", [ID], {"more": 1}),
        ("worker.jobs.match_report", [ID.upper()], {}),
        ("worker.jobs.match_report", ["not an id"], {}),
        ("worker.jobs.match_report", [7], {}),
        ("worker.jobs.match_report", [[ID]], {}),
        ("worker.jobs.match_report", [None], {}),
    ],
)
def test_other_names_and_arguments_are_refused(
    redis_url: str, queue: SafeQueue, name: str, args: list[Any], kwargs: dict[str, Any]
) -> None:
    with Redis.from_url(redis_url) as stranger:
        Queue("reports", connection=stranger, serializer=JSONSerializer).enqueue_call(name, args, kwargs)
    (job,) = queue.get_jobs()
    with pytest.raises(QueueError) as caught:
        _ = job.func
    assert ID not in str(caught.value)


def test_callbacks_repetition_and_addresses_in_redis_are_not_even_read(queue: SafeQueue) -> None:
    sent = row()
    enqueue_row(queue, sent)
    strange = {
        "success_callback_name": "os.system",
        "failure_callback_name": "os.system",
        "stopped_callback_name": "os.system",
        "webhooks": '[{"url": "http://127.0.0.1/"}]',
        "repeats_left": "9",
        "retries_left": "9",
        "rate_limit_key": "key",
        "rate_limit_concurrency": "1",
        "group_id": "group",
        "dependency_ids": "[]",
    }
    queue.connection.hset(f"rq:job:{sent.id}", mapping=strange)
    (job,) = queue.get_jobs()
    assert (job.success_callback, job.failure_callback, job.stopped_callback) == (None, None, None)
    assert (job.webhooks, job.repeats_left, job.retries_left, job.has_rate_limit, job.group_id) == (
        [],
        None,
        None,
        False,
        None,
    )
