"""Starting and stopping: one clear sentence when something is missing, a quiet end on SIGTERM."""

from __future__ import annotations

import signal

import pytest

from casefile.migrate import downgrade, newest_revision
from tests.faults.conftest import PATIENCE, Plant

PROCESSES = ["worker", "worker.relay"]
on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def last_words(plant: Plant, process: str, **extra: str) -> str:
    """What a process says that cannot start; it must end by itself with code 1 and without a traceback."""
    started = plant.start("-m", process, **extra)
    assert started.wait(timeout=PATIENCE) == 1
    assert "Traceback" not in plant.output()
    return plant.output()


@on_one_database
@pytest.mark.parametrize("process", PROCESSES)
def test_a_signal_ends_it_quietly(plant: Plant, process: str) -> None:
    started = plant.start("-m", process)
    plant.wait_until_ready(1)
    started.send_signal(signal.SIGTERM)
    assert started.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in plant.output()


@on_one_database
def test_a_worker_ends_on_a_signal_while_redis_is_away(plant: Plant) -> None:
    plant.redis.stop()
    started = plant.start_worker()
    plant.wait_for_output("Redis does not answer")
    started.send_signal(signal.SIGTERM)
    assert started.wait(timeout=PATIENCE) == 0


@on_one_database
@pytest.mark.parametrize("process", PROCESSES)
def test_wrong_settings_are_named_all_at_once(plant: Plant, process: str) -> None:
    said = last_words(plant, process, SULUH_DATABASE_URL="mysql://db/suluh", SULUH_REDIS_URL="http://redis")
    assert "SULUH_WORKER_DATABASE_URL must start with" in said
    assert "SULUH_REDIS_URL must start with" in said


@on_one_database
@pytest.mark.parametrize("process", PROCESSES)
def test_a_missing_key_file_is_named(plant: Plant, process: str) -> None:
    (plant.workshop.office.folder / "worker" / "secrets.json").unlink()
    assert "secrets.json cannot be read" in last_words(plant, process)


@on_one_database
def test_another_workers_key_is_noticed_before_any_report(plant: Plant) -> None:
    secrets = plant.workshop.office.folder / "worker" / "secrets.json"
    secrets.unlink()
    type(plant.workshop.office.worker).create(secrets)
    assert "is not the key that SULUH_PUBLIC_KEYS names" in last_words(plant, "worker")


@pytest.mark.parametrize("process", PROCESSES)
def test_a_database_that_is_not_migrated_is_named(plant: Plant, process: str) -> None:
    downgrade(plant.workshop.database.owner_url, f"{int(newest_revision() or 0) - 1:04}")
    assert "make migrate" in last_words(plant, process)
