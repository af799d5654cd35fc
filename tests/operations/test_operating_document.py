"""docs/operating.md says what the code does; its backup and its restore drill are carried out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from casefile.settings import VARIABLES
from operations.cli import COMMANDS
from operations.cli import suluh as group
from operations.environment import OWNER_VARIABLES, PROCESS_VARIABLES, Office
from operations.health import examine
from tests.operations.conftest import FirstStart
from tests.operations.processes import ROOT, environment
from tests.operations.test_doctor import NOW

TEXT = (ROOT / "docs" / "operating.md").read_text()
ROW = re.compile(r"^\| `(SULUH_\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_table_of_settings_is_that_of_the_code() -> None:
    assert {name: (default, meaning) for name, default, meaning in ROW.findall(TEXT)} == VARIABLES


def test_every_setting_belongs_to_a_process_or_to_the_operator() -> None:
    given = {name for names in PROCESS_VARIABLES.values() for name in names}
    assert given | set(OWNER_VARIABLES) == set(VARIABLES)
    assert not given & set(OWNER_VARIABLES)


def test_every_command_is_in_the_document_and_the_reverse() -> None:
    named = set(re.findall(r"^\| `suluh ([\w-]+)", TEXT, re.MULTILINE))
    assert named == set(COMMANDS)
    assert CliRunner().invoke(group, ["--help"]).exit_code == 0


def run_block(words: str, folder: Path) -> None:
    [block] = [block for block in BLOCK.findall(TEXT) if words in block]
    block = block.replace(".venv/bin/python", sys.executable).replace(
        ".venv/bin/suluh", f"{sys.executable} -m operations"
    )
    env = {**environment(folder / "data"), "PYTHONPATH": str(ROOT)}
    subprocess.run(["sh", "-eu", "-c", block], cwd=folder, env=env, check=True, capture_output=True)


def test_backup_and_restore_drill_give_an_office_in_order(first_start: FirstStart, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(first_start.running.data_dir)
    run_block("VACUUM INTO", tmp_path)
    run_block("mkdir restored", tmp_path)
    restored = Office.from_env(environment(tmp_path / "restored"))
    wrong = {verdict.name: verdict.sentence for verdict in examine(restored, NOW) if not verdict.is_ok}
    assert set(wrong) == {"redis"}
