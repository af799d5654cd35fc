"""A process that takes jobs from a queue: RQ's worker with errors that name nothing but their class."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType
from typing import Any, NoReturn
from uuid import UUID

from redis import Redis, RedisError
from rq import Queue, Worker
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.errors import QueueError, UnsealError
from casefile.outbox import fail_job, find_open_job
from casefile.queueing import SafeJob, SafeQueue, read_call
from casefile.vocabulary import QueueName

MAINTENANCE_SECONDS = 60
PAUSE_SECONDS = 1.0
HORSE_KILLED = "WorkHorseKilled"
"""The fault that is noted when a job took its process down."""


class QuietWorker(Worker):
    """Forks one process a job. Its kind names the database that jobs use and the log that it writes to."""

    queue_class = SafeQueue
    job_class = SafeJob
    max_connection_wait_time = 2.0
    was_told_to_stop = False
    quiet_log = logging.getLogger("suluh")

    @property
    def engine(self) -> Engine:
        """The database of this process."""
        raise NotImplementedError

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """A signal asked for the end: what runs is finished first."""
        self.was_told_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """In the child: the parent's database connections are the parent's."""
        self.engine.dispose(close=False)
        super().main_work_horse(job, queue)

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """Note the error's class in the outbox; its message and traceback, which may hold anything, go nowhere."""
        kind = exc_info[0]
        if issubclass(kind, QueueError):
            self.quiet_log.error("ALARM: a job that is not on the allow-list lay in Redis and was refused")
            return
        self.note_fault(job, kind.__name__, is_final=issubclass(kind, UnsealError))

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
        self.note_fault(job, HORSE_KILLED)

    def note_fault(self, job: Job, fault: str, *, is_final: bool = False) -> None:
        """Write what went wrong to the job's outbox row, so that it rests, runs again, or is set aside."""
        try:
            name, row_id = read_call(job)
            self.quiet_log.warning("%s failed: %s", name.name.lower(), fault)
            self._fail(row_id, fault, is_final=is_final)
        except QueueError:
            self.quiet_log.error("a job that is not on the allow-list ended its process")
        except SQLAlchemyError as error:
            kind = type(error).__name__
            self.quiet_log.warning("a failed job could not be noted and is handed out again later: %s", kind)

    def _fail(self, row_id: UUID, fault: str, *, is_final: bool) -> None:
        with Session(self.engine) as session:
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


def set_up_logging() -> None:
    """To stderr: our own words, of other libraries warnings only, and never a traceback."""
    logging.basicConfig(format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("suluh").setLevel(logging.INFO)
    for name in ("rq.worker", "rq.job"):
        logging.getLogger(name).addFilter(WithoutTraceback())


def make_worker(kind: type[QuietWorker], queue: QueueName, connection: Redis) -> QuietWorker:
    """A worker of one queue. Raises ``redis.RedisError`` when Redis does not answer."""
    return kind(
        [queue.value],
        connection=connection,
        serializer=JSONSerializer,
        maintenance_interval=MAINTENANCE_SECONDS,
        log_job_description=False,
    )


def work_until_told(make: Callable[[], QuietWorker], log: logging.Logger) -> None:
    """Run jobs until SIGTERM or SIGINT, through every absence of Redis."""
    is_absent = False
    while True:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _end)
        try:
            worker = make()
            is_absent = False
            if _work(worker, log):
                return
        except RedisError:
            if not is_absent:
                log.warning("Redis does not answer. Jobs go on when it is back.")
            is_absent = True
        time.sleep(PAUSE_SECONDS)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    """No job runs: end at once. While jobs run, RQ's own handlers let them finish first."""
    raise SystemExit(0)


def _work(worker: QuietWorker, log: logging.Logger) -> bool:
    """Whether the worker ended because a signal asked for it."""
    log.info("%s ready", log.name.rpartition(".")[2])
    try:
        worker.work(logging_level="WARNING")
    except RedisError:
        if not worker.was_told_to_stop:
            raise
    return worker.was_told_to_stop
