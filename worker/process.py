"""The worker process: it keeps an index in memory, from which each job's own process starts."""

from __future__ import annotations

import logging

from redis import Redis
from rq import Queue
from rq.job import Job
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.vocabulary import QueueName
from casefile.working import QuietWorker
from casefile.working import make_worker as make_quiet_worker
from worker.runtime import installed

log = logging.getLogger("suluh.worker")


class ReportWorker(QuietWorker):
    """The parent keeps the index; each child inherits it and reads only what is newer."""

    quiet_log = log

    @property
    def engine(self) -> Engine:
        """The worker's database."""
        return installed().engine

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Bring the index up to date, then fork."""
        runtime = installed()
        try:
            with Session(runtime.engine) as session:
                runtime.index.refresh(session)
        except SQLAlchemyError as error:
            log.warning("the index was not refreshed: %s", type(error).__name__)
        super().execute_job(job, queue)


def make_worker(connection: Redis) -> QuietWorker:
    """A worker of the reports' queue. Raises ``redis.RedisError`` when Redis does not answer."""
    return make_quiet_worker(ReportWorker, QueueName.REPORTS, connection)
