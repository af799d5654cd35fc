"""Each house rule catches what it is for, and the project keeps them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lint import house_rules
from lint.house_rules import SourceFile

ROOT = Path(__file__).resolve().parents[2]


def breaches(rule: str, text: str, name: str = "casefile/example.py") -> list[int]:
    return [line for line, _ in getattr(house_rules, rule)(SourceFile(name, text))]


def function_of(lines: int) -> str:
    return "def read():\n" + "    pass\n" * (lines - 1)


def test_a_file_may_have_300_lines() -> None:
    assert breaches("check_file_length", "x = 1\n" * 300) == []
    assert breaches("check_file_length", "x = 1\n" * 301) == [301]


def test_a_function_may_have_40_lines() -> None:
    assert breaches("check_function_length", function_of(40)) == []
    assert breaches("check_function_length", "\n" + function_of(41)) == [2]


def test_tests_and_migrations_may_be_long() -> None:
    for name in ("tests/test_x.py", "migrations/versions/0001.py"):
        assert breaches("check_file_length", "x = 1\n" * 301, name) == []
        assert breaches("check_function_length", function_of(41), name) == []


@pytest.mark.parametrize(
    "text",
    [
        "def file_hash(): ...",
        "def f(hash): ...",
        "hash_value = 1",
        "class HashIndex: ...",
        "x.hash = 1",
        "def fileHash(): ...",
        "for hash in []: ...",
    ],
)
def test_the_bare_word_is_caught_in_a_name(text: str) -> None:
    assert breaches("check_banned_word", text) == [1]


@pytest.mark.parametrize("text", ["phash = 1", "def __hash__(self): ...", "x = hasher.hash(y)", "import imagehash"])
def test_other_words_and_other_peoples_names_are_not(text: str) -> None:
    assert breaches("check_banned_word", text) == []


@pytest.mark.parametrize("caught", ["", " Exception", " BaseException", " (ValueError, Exception)"])
def test_catching_everything_is_caught_outside_the_worker(caught: str) -> None:
    text = f"try:\n    x()\nexcept{caught}:\n    pass\n"
    assert breaches("check_catch_all", text) == [3]
    assert breaches("check_catch_all", text, "worker/__main__.py") == []


def test_catching_one_error_is_fine() -> None:
    assert breaches("check_catch_all", "try:\n    x()\nexcept (OSError, ValueError):\n    pass\n") == []


@pytest.mark.parametrize("folder", ["work", "root", "Users", "home/somebody"])
def test_paths_of_a_machine_are_caught(folder: str) -> None:
    assert breaches("check_machine_paths", f"text\nsee /{folder}/x", "docs/a.md") == [2]


@pytest.mark.parametrize("text", ["https://example.org/work/x", "docs/work/x", "/var/lib/suluh"])
def test_other_paths_are_not(text: str) -> None:
    assert breaches("check_machine_paths", text, "docs/a.md") == []


def test_hosts_of_registries_are_caught() -> None:
    host = ".".join(("pypi", "org"))
    assert breaches("check_registry_hosts", f"see https://{host}/project/x", "docs/a.md") == [1]


def test_a_console_script_that_leads_nowhere_is_caught() -> None:
    text = '[project]\nscripts = {{suluh = "operations.cli:{}"}}\n'
    assert breaches("check_console_scripts", text.format("main"), "pyproject.toml") == []
    assert breaches("check_console_scripts", text.format("start"), "pyproject.toml") == [1]


def test_the_command_says_how_many_breaches_there_are() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "lint.house_rules"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.stdout.splitlines()[-1].startswith("House rules: ")
    assert run.returncode == (not run.stdout.endswith("all kept.\n"))
