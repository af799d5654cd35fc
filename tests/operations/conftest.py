"""Installations for the tests: one that was started for the first time, copies of it, and one that runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from operations.environment import Office
from tests.operations.processes import Running, environment


@dataclass(frozen=True)
class FirstStart:
    """A first start that was stopped with Ctrl-C once it was ready."""

    running: Running
    left_behind: list[psutil.Process]


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> FirstStart:
    running = Running(environment(tmp_path_factory.mktemp("first") / "data"))
    running.wait_until_ready()
    return FirstStart(running, running.stop())


@pytest.fixture(scope="session")
def copy_of_first(first_start: FirstStart) -> Callable[[Path], Path]:
    """Makes a data folder as the first start left it."""

    def copy(folder: Path) -> Path:
        return shutil.copytree(first_start.running.data_dir, folder / "data")

    return copy


@pytest.fixture
def start_again(copy_of_first: Callable[[Path], Path], tmp_path: Path) -> Iterator[Callable[[], Running]]:
    """Starts the test's own copy of the installation, and ends what the test leaves running."""
    started: list[Running] = []

    def start() -> Running:
        folder = tmp_path / "data"
        running = Running(environment(folder if folder.exists() else copy_of_first(tmp_path)))
        started.append(running)
        running.wait_until_ready()
        return running

    yield start
    for running in started:
        running.stop()


@pytest.fixture(scope="session")
def installation(copy_of_first: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A running Suluh with nothing in it; tests only look at it, save that of the demo."""
    running = Running(environment(copy_of_first(tmp_path_factory.mktemp("installation"))))
    running.wait_until_ready()
    yield running
    running.stop()


@pytest.fixture
def office(installation: Running) -> Office:
    """The settings of the running installation."""
    return Office.from_env(installation.env)


@pytest.fixture
def copied_office(copy_of_first: Callable[[Path], Path], tmp_path: Path) -> Office:
    """An installation that is not running and may be harmed."""
    return Office.from_env(environment(copy_of_first(tmp_path)))
