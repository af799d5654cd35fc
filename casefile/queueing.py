"""RQ, narrowed down: JSON, an allow-list of job names, one opaque id a job, nothing else in Redis or logs.

Two processes take jobs from Redis, each from a queue of its own: the worker, and the builder of evidence bundles. What
both need is here and in ``casefile.working``; the portal, which never talks to Redis, imports neither.

Redis is only a nudge. What is to be done, how often it was begun and what went wrong stands in the outbox; RQ's own
retries are therefore not used, and a job that RQ thinks failed or lost is simply handed out again when its lease is
over. Whoever can write to Redis can delay work, and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from uuid import UUID

from redis import Redis
from rq import Queue
from rq.exceptions import DeserializationError, NoSuchJobError, TimeoutFormatError
from rq.job import Job
from rq.serializers import JSONSerializer

from casefile.errors import QueueError
from casefile.models import OutboxRow
from casefile.outbox import TURNS
from casefile.vocabulary import JobName, QueueName

QUEUES: dict[JobName, QueueName] = {
    JobName.BUILD_BUNDLE: QueueName.BUNDLES,
    JobName.STAMP_BUNDLE: QueueName.BUNDLES,
}
"""The queue of a job; one that is not here is a matter of reports."""
JOB_TIMEOUT = 30
"""Seconds a job may run; shorter than the outbox's lease."""
FAILURE_TTL = 3600
MOST_WAITING = 16
"""Jobs that wait in Redis at a time. The lanes are kept in the outbox: what lies in Redis is done as it came."""

_FIELDS = (
    "data", "origin", "description", "status", "worker_name", "timeout", "result_ttl", "failure_ttl",
    "created_at", "enqueued_at", "started_at", "ended_at", "last_heartbeat",
)  # fmt: skip
"""All that is read of a job in Redis. Callbacks, web addresses, repetition and dependencies are left where they lie."""


class SafeJob(Job):
    """A job that can only be one of ``JobName`` with the id of an outbox row.

    RQ would import and call whatever name lies in Redis, and import callbacks and fetch web addresses named there.
    """

    def restore(self, raw_data: dict[bytes, bytes]) -> None:
        """Read the few fields of a job that this house uses. Unreadable jobs are as good as gone."""
        known = {name.encode() for name in _FIELDS}
        try:
            super().restore({key: value for key, value in raw_data.items() if key in known})
        except (ValueError, TypeError, TimeoutFormatError):
            raise NoSuchJobError("a job in Redis is malformed") from None

    @property
    def func(self) -> Callable[[str], None]:
        """The job's function. Raises ``QueueError`` unless name and argument are on the allow-list."""
        name, _ = read_call(self)
        module, _, function = name.value.rpartition(".")
        handler: Callable[[str], None] = getattr(import_module(module), function)
        return handler


class SafeQueue(Queue):
    """A queue whose jobs are ``SafeJob``."""

    job_class = SafeJob


def read_call(job: Job) -> tuple[JobName, UUID]:
    """Name and outbox id of a job. Raises ``QueueError`` for every other name, argument, number or kind of them."""
    try:
        name, instance, args, kwargs = job.func_name, job.instance, job.args, job.kwargs
        if instance is None and kwargs == {} and isinstance(args, list | tuple) and len(args) == 1:
            row_id = UUID(args[0]) if isinstance(args[0], str) else None
            if row_id is not None and str(row_id) == args[0]:
                return JobName(name or ""), row_id
    except (DeserializationError, ValueError, TypeError):
        pass
    raise QueueError("a job that is not on the allow-list was refused")


def open_queue(redis_url: str, name: QueueName = QueueName.REPORTS) -> SafeQueue:
    """The queue ``name`` at ``redis_url``; asks nothing of Redis yet. A broken connection fails at once."""
    client = Redis.from_url(redis_url, socket_connect_timeout=2, socket_timeout=5, retry=None)
    return SafeQueue(name, connection=client, serializer=JSONSerializer)


def queue_of(job: JobName) -> QueueName:
    """The queue that a job is handed out to."""
    return QUEUES.get(job, QueueName.REPORTS)


def count_places(queue: SafeQueue) -> int:
    """How many jobs may be handed over now, in whole rounds of the lanes' turns. Raises ``redis.RedisError``."""
    free = max(MOST_WAITING - queue.count, 0)
    return free - free % len(TURNS)


def enqueue_row(queue: SafeQueue, row: OutboxRow) -> bool:
    """Hand one outbox row to RQ, into the job's own queue beside ``queue``; False when it waits in Redis already.

    What Redis still holds of an earlier hand-out that no longer waits (failed, or begun by a worker that died: the
    lease is longer than any job runs) is removed first. Raises ``redis.RedisError``.
    """
    own = SafeQueue(queue_of(row.job), connection=queue.connection, serializer=JSONSerializer)
    job_id = str(row.id)
    key = SafeJob.key_for(job_id)
    if own.get_job_position(job_id) is not None and own.connection.exists(key):
        return False
    own.connection.delete(key)
    own.enqueue_call(
        row.job.value,
        args=(job_id,),
        job_id=job_id,
        unique=True,
        description=row.job.name.lower(),
        timeout=JOB_TIMEOUT,
        result_ttl=0,
        failure_ttl=FAILURE_TTL,
    )
    return True
