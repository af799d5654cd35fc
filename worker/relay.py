"""The relay: hands outbox rows to Redis, sweeps once a minute, anchors once a day. ``python -m worker.relay`` runs it.

It may be killed at any point and run twice: a row is leased before it is handed out, and handed out again when its
lease is over without an effect. While Redis or the database is away it says so once and keeps trying.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

from redis import RedisError
from rq.exceptions import DuplicateJobError
from sqlalchemy import Engine, exists, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.errors import KeyFileError, SuluhError
from casefile.outbox import find_open_job, is_due, lease_jobs, release_lease
from casefile.queueing import SafeQueue, count_places, enqueue_row, open_queue
from casefile.timestamping import load_authority
from casefile.working import set_up_logging
from worker.anchoring import Anchoring
from worker.runtime import Runtime, open_runtime
from worker.sweep import sweep

log = logging.getLogger("suluh.relay")

POLL_SECONDS = 0.25
SWEEP_SECONDS = 60.0
LONGEST_PAUSE = 2.0


def hand_out(engine: Engine, queue: SafeQueue, now: datetime) -> int:
    """Lease what is due and put it into Redis, as far as there are places; returns how many jobs.

    Raises ``redis.RedisError`` when Redis does not answer; what could not be handed over is due again at once.
    """
    if not _is_anything_due(engine, now):
        return 0
    places = count_places(queue)
    if not places:
        return 0
    with Session(engine, expire_on_commit=False) as session:
        begin_write(session)
        rows = lease_jobs(session, now, places)
        session.commit()
    for position, row in enumerate(rows):
        try:
            enqueue_row(queue, row)
        except DuplicateJobError:
            continue
        except RedisError:
            _give_back(engine, [left.id for left in rows[position:]])
            raise
    return len(rows)


class Relay:
    """The loop, until ``stop`` is set."""

    def __init__(self, runtime: Runtime, queue: SafeQueue, stop: threading.Event) -> None:
        self._runtime = runtime
        self._queue = queue
        self._stop = stop
        self._absent: str | None = None
        self._pause = POLL_SECONDS
        self._next_sweep = 0.0

    def run(self) -> None:
        """Poll, hand out, sweep."""
        while not self._stop.is_set():
            try:
                self._sweep_if_due()
                hand_out(self._runtime.engine, self._queue, datetime.now(UTC))
            except RedisError:
                self._wait_for("Redis does not answer")
            except SQLAlchemyError:
                self._wait_for("The database does not answer")
            except KeyFileError:
                self._wait_for("The public keys cannot be read")
            else:
                self._all_is_well()
            self._stop.wait(self._pause)

    def _sweep_if_due(self) -> None:
        if time.monotonic() >= self._next_sweep:
            self._next_sweep = time.monotonic() + SWEEP_SECONDS
            done = sweep(self._runtime, datetime.now(UTC))
            if done.resent:
                log.warning("%s jobs were missing and are sent again", done.resent)

    def _wait_for(self, absent: str) -> None:
        if self._absent != absent:
            log.warning("%s. Reports are kept and go on when that is over.", absent)
            self._absent = absent
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _all_is_well(self) -> None:
        if self._absent is not None:
            log.warning("It is over: %s.", self._absent)
        self._absent, self._pause = None, POLL_SECONDS


def main() -> int:
    """Run until SIGTERM or SIGINT. Returns the exit code; 1 with one clear sentence when something is not set up."""
    set_up_logging()
    try:
        runtime, settings = open_runtime(os.environ)
        authority = load_authority(settings.tsa_url, settings.tsa_certificates)
    except SuluhError as error:
        log.error("%s", error)
        return 1
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Anchoring(runtime.engine, authority, stop).start()
    log.info("relay ready")
    Relay(runtime, open_queue(settings.redis_url), stop).run()
    return 0


def _is_anything_due(engine: Engine, now: datetime) -> bool:
    with Session(engine) as session:
        return bool(session.scalar(select(exists().where(is_due(now)))))


def _give_back(engine: Engine, row_ids: list[UUID]) -> None:
    with Session(engine) as session:
        begin_write(session)
        for row_id in row_ids:
            row = find_open_job(session, row_id)
            if row is not None:
                release_lease(row)
        session.commit()


if __name__ == "__main__":
    sys.exit(main())
