"""``python -m triage.builder``: makes evidence bundles until SIGTERM, one process a bundle.

It signs in to the database as the desk does and opens no report: what a bundle is made of comes sealed to the key pair
that it makes at its start. When it ends, that key is gone, and a bundle that still waited is pressed again.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping

from redis import Redis
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from casefile.boxes import KeyPair
from casefile.database import open_engine
from casefile.errors import SettingsError, SuluhError
from casefile.keyring import load_root_key
from casefile.migrate import current_revision, newest_revision
from casefile.settings import BuilderSettings
from casefile.timestamping import load_authority
from casefile.vocabulary import QueueName
from casefile.working import QuietWorker, make_worker, set_up_logging, work_until_told
from triage.bundles.builder_key import publish_key
from triage.bundles.workbench import Workbench, install, installed

log = logging.getLogger("suluh.builder")


class Builder(QuietWorker):
    """Takes builds and timestamps from their queue."""

    quiet_log = log

    @property
    def engine(self) -> Engine:
        """The desk's database."""
        return installed().engine


def open_workbench(env: Mapping[str, str]) -> tuple[Workbench, BuilderSettings]:
    """Everything a builder needs, checked, with a new key pair.

    Raises ``SettingsError``, ``KeyFileError`` or ``TimestampError`` with sentences that say what to do.
    """
    settings = BuilderSettings.from_env(env)
    bench = Workbench(
        open_engine(settings.database_url),
        KeyPair.generate(),
        settings.public_keys,
        load_root_key(settings.root_key),
        load_authority(settings.tsa_url, settings.tsa_certificates),
    )
    bench.office()
    _require_newest_schema(bench.engine)
    return bench, settings


def main() -> int:
    """Returns the exit code; 1 with one clear sentence when something is not set up."""
    set_up_logging()
    try:
        bench, settings = open_workbench(os.environ)
        install(bench)
        with publish_key(settings.builder_key, bench.pair):
            work_until_told(lambda: make_worker(Builder, QueueName.BUNDLES, Redis.from_url(settings.redis_url)), log)
    except SuluhError as error:
        log.error("%s", error)
        return 1
    return 0


def _require_newest_schema(engine: Engine) -> None:
    try:
        revision = current_revision(engine)
    except SQLAlchemyError:
        raise SettingsError(
            ["The database cannot be read: does it run, and is SULUH_TRIAGE_DATABASE_URL right?"]
        ) from None
    if revision != newest_revision():
        raise SettingsError(["The database is not migrated to this version. Run: make migrate"])


if __name__ == "__main__":
    sys.exit(main())
