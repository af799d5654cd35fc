"""``python -m worker``: runs jobs until SIGTERM, through every absence of Redis."""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, datetime

from redis import Redis

from casefile.errors import SuluhError
from casefile.working import set_up_logging, work_until_told
from worker.catching_up import enter_earlier_reports
from worker.process import make_worker
from worker.runtime import install, open_runtime

log = logging.getLogger("suluh.worker")


def main() -> int:
    """Returns the exit code; 1 with one clear sentence when something is not set up."""
    set_up_logging()
    try:
        runtime, settings = open_runtime(os.environ)
        enter_earlier_reports(runtime, datetime.now(UTC))
    except SuluhError as error:
        log.error("%s", error)
        return 1
    install(runtime)
    work_until_told(lambda: make_worker(Redis.from_url(settings.redis_url)), log)
    return 0


if __name__ == "__main__":
    sys.exit(main())
