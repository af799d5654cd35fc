"""Processes that start and stop together."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.operations.processes import ROOT

SCRIPT = """
import json, os, signal, sys
from operations.stopping import stop_remembered
from operations.supervisor import ProcessPlan, supervise
plans = [ProcessPlan(name, command, environment) for name, command, environment in json.loads(sys.argv[1])]
asked, earlier = int(sys.argv[2]), int(sys.argv[3])

class Swallows:
    def __del__(self):
        os.kill(os.getpid(), earlier)

with stop_remembered() as is_asked_to_stop:
    if earlier:
        Swallows()
    sentence = supervise(plans, lambda: os.kill(os.getpid(), asked) if asked else None, is_asked_to_stop)
print(f"sentence: {sentence}")
"""
SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]


def supervised(plans: list[tuple[str, list[str], dict[str, str]]], asked: int = 0, earlier: int = 0) -> list[str]:
    """The lines of a supervisor that is asked to stop, by a signal, as soon as it has started its processes.

    ``earlier`` is a signal that comes while nothing runs yet, where an exception would be swallowed.
    """
    words = [sys.executable, "-c", SCRIPT, json.dumps(plans), str(asked), str(earlier)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert ended.stderr == ""
    return ended.stdout.splitlines()


@pytest.mark.parametrize("asked", [2, 15])
def test_a_signal_before_all_have_started_still_stops_all(asked: int, tmp_path: Path) -> None:
    mark = str(tmp_path)
    lines = supervised([(name, [*SLEEPS, mark], {}) for name in ("satu", "dua", "tiga")], asked)
    assert lines == ["sentence: None"]
    assert not [process for process in psutil.process_iter(["cmdline"]) if mark in (process.info["cmdline"] or [])]


@pytest.mark.parametrize("earlier", [2, 15])
def test_a_signal_while_all_is_still_prepared_stops_all_too(earlier: int, tmp_path: Path) -> None:
    lines = supervised([(name, [*SLEEPS, str(tmp_path)], {}) for name in ("satu", "dua")], earlier=earlier)
    assert lines == ["sentence: None"]
    mark = str(tmp_path)
    assert not [process for process in psutil.process_iter(["cmdline"]) if mark in (process.info["cmdline"] or [])]


def test_the_first_to_end_is_named_with_its_code_and_its_last_line() -> None:
    falls = [sys.executable, "-c", "print('tidak bisa'); raise SystemExit(3)"]
    *lines, sentence = supervised([("tahan", SLEEPS, {}), ("jatuh", falls, {})])
    assert sentence.startswith("sentence: The process jatuh ended by itself (exit code 3)")
    assert [line.split("| ")[1] for line in lines] == ["tidak bisa"]


def test_a_process_that_ends_well_is_a_fall_too() -> None:
    *_, sentence = supervised([("tahan", SLEEPS, {}), ("selesai", [sys.executable, "-c", ""], {})])
    assert "selesai ended by itself (exit code 0)" in sentence


def test_a_process_sees_its_own_environment_alone() -> None:
    tells = [sys.executable, "-c", "import os; print(sorted(name for name in os.environ if name.startswith('SULUH')))"]
    lines = supervised([("lihat", tells, {"SULUH_X": "ada; $HOME"})])
    assert lines[0].endswith("| ['SULUH_X']")
