"""``python -m worker``: runs jobs until SIGTERM, through every absence of Redis."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from datetime import UTC, datetime
from types import FrameType
from typing import NoReturn

from redis import Redis, RedisError

from casefile.errors import SuluhError
from worker.catching_up import enter_earlier_reports
from worker.process import ReportWorker, WithoutTraceback, make_worker
from worker.runtime import install, open_runtime, set_up_logging

log = logging.getLogger("suluh.worker")

PAUSE_SECONDS = 1.0


def main() -> int:
    """Returns the exit code; 1 with one clear sentence when something is not set up."""
    set_up_logging()
    for name in ("rq.worker", "rq.job"):
        logging.getLogger(name).addFilter(WithoutTraceback())
    try:
        runtime, settings = open_runtime(os.environ)
        enter_earlier_reports(runtime, datetime.now(UTC))
    except SuluhError as error:
        log.error("%s", error)
        return 1
    install(runtime)
    is_absent = False
    while True:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _end)
        try:
            worker = make_worker(Redis.from_url(settings.redis_url))
            is_absent = False
            if _work(worker):
                return 0
        except RedisError:
            if not is_absent:
                log.warning("Redis does not answer. Jobs go on when it is back.")
            is_absent = True
        time.sleep(PAUSE_SECONDS)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    """No job runs: end at once. While jobs run, RQ's own handlers let them finish first."""
    raise SystemExit(0)


def _work(worker: ReportWorker) -> bool:
    """Whether the worker ended because a signal asked for it."""
    log.info("worker ready")
    try:
        worker.work(logging_level="WARNING")
    except RedisError:
        if not worker.was_told_to_stop:
            raise
    return worker.was_told_to_stop


if __name__ == "__main__":
    sys.exit(main())
