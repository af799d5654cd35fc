"""The worker process: RQ's worker with an index in memory, and with errors that name nothing but their class."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from types import FrameType
from typing import Any
from uuid import UUID

from redis import Redis
from rq import Queue, Worker
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.errors import QueueError, UnsealError
from casefile.outbox import fail_job, find_open_job
from worker.queueing import WATCHED_QUEUES, ReportQueue, SafeJob, read_call
from worker.runtime import Runtime, installed

log = logging.getLogger("suluh.worker")

MAINTENANCE_SECONDS = 60
HORSE_KILLED = "WorkHorseKilled"
"""The fault that is noted when a job took its process down."""


class ReportWorker(Worker):
    """Forks one process a job. The parent keeps the index; each child inherits it and reads only what is newer."""

    queue_class = ReportQueue
    job_class = SafeJob
    max_connection_wait_time = 2.0
    was_told_to_stop = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """A signal asked for the end: what runs is finished first."""
        self.was_told_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Bring the index up to date, then fork."""
        runtime = installed()
        try:
            with Session(runtime.engine) as session:
                runtime.index.refresh(session)
        except SQLAlchemyError as error:
            log.warning("the index was not refreshed: %s", type(error).__name__)
        super().execute_job(job, queue)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """In the child: the parent's database connections are the parent's."""
        installed().engine.dispose(close=False)
        super().main_work_horse(job, queue)

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """Note the error's class in the outbox; its message and traceback, which may hold anything, go nowhere."""
        kind = exc_info[0]
        if issubclass(kind, QueueError):
            log.error("ALARM: a job that is not on the allow-list lay in Redis and was refused")
            return
        note_fault(installed(), job, kind.__name__, is_final=issubclass(kind, UnsealError))

    def handle_job_failure(
        self,
        job: Job,
        queue: Queue,
        started_job_registry: Any = None,
        exc_string: str = "",
        execution: Execution | None = None,
    ) -> None:
        """As RQ does, without the traceback that it would keep in Redis."""
        super().handle_job_failure(job, queue, started_job_registry, "", execution)

    def handle_work_horse_killed(self, job: Job, retpid: int, ret_val: int, rusage: object) -> None:
        """In the parent: the child is gone and could note nothing itself."""
        note_fault(installed(), job, HORSE_KILLED)


def make_worker(connection: Redis) -> ReportWorker:
    """A worker of every queue. Raises ``redis.RedisError`` when Redis does not answer."""
    return ReportWorker(
        [queue.value for queue in WATCHED_QUEUES],
        connection=connection,
        serializer=JSONSerializer,
        maintenance_interval=MAINTENANCE_SECONDS,
        log_job_description=False,
    )


def note_fault(runtime: Runtime, job: Job, fault: str, *, is_final: bool = False) -> None:
    """Write what went wrong to the job's outbox row, so that it rests, runs again, or is set aside."""
    try:
        name, row_id = read_call(job)
        log.warning("%s failed: %s", name.name.lower(), fault)
        _fail(runtime, row_id, fault, is_final=is_final)
    except QueueError:
        log.error("a job that is not on the allow-list ended its process")
    except SQLAlchemyError as error:
        log.warning("a failed job could not be noted and is handed out again later: %s", type(error).__name__)


def _fail(runtime: Runtime, row_id: UUID, fault: str, *, is_final: bool) -> None:
    with Session(runtime.engine) as session:
        begin_write(session)
        row = find_open_job(session, row_id)
        if row is not None:
            fail_job(row, fault, datetime.now(UTC), is_final=is_final)
        session.commit()


class WithoutTraceback(logging.Filter):
    """RQ logs some errors with their traceback; only the class name passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through."""
        if record.exc_info:
            kind = record.exc_info[0]
            record.msg, record.args = "%s: %s", (record.getMessage(), kind.__name__ if kind else "-")
            record.exc_info = record.exc_text = None
        return True
