"""``suluh up`` with real processes."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest
from redis import Redis

from casefile.errors import SettingsError
from casefile.keyring import RecoverySheet
from operations.embedded_redis import socket_path
from operations.environment import PROCESS_VARIABLES, Office
from operations.errors import StartError
from operations.locking import check_ports
from operations.setup import make_data_dir, migrate_database
from tests.operations.conftest import FirstStart
from tests.operations.processes import ROOT, Running, environment, suluh

ONCE = "This is shown ONCE"


def key_files(folder: Path) -> dict[str, bytes]:
    names = ("keys/office.json", "keys/root.pub", "intake/secrets.json", "worker/secrets.json")
    return {name: (folder / name).read_bytes() for name in names}


def test_the_first_start_shows_credentials_once_and_ctrl_c_leaves_no_process(first_start: FirstStart) -> None:
    running = first_start.running
    assert running.output.count(ONCE) == 1
    assert running.output.count(" password ") == 4
    assert running.portal in running.output
    assert running.process.returncode == 0
    assert first_start.left_behind == []


def test_nothing_that_was_shown_once_is_stored(first_start: FirstStart) -> None:
    shown = first_start.running.output
    secrets = [line.split()[-1] for line in shown.splitlines() if " password " in line]
    sheet = RecoverySheet.from_text(" ".join(re.findall(r"^  ((?:[A-Z2-7]{4} ?){7})$", shown, re.MULTILINE)))
    secrets += [sheet.to_text().split()[0], sheet.secret.hex()]
    stored = [path.read_bytes() for path in first_start.running.data_dir.rglob("*") if path.is_file()]
    assert len(secrets) == 6
    for secret in secrets:
        assert not [content for content in stored if secret.encode() in content]
    assert not [content for content in stored if sheet.secret in content]


def test_a_second_start_keeps_everything_and_shows_no_credentials(
    first_start: FirstStart, start_again: Callable[[], Running]
) -> None:
    second = start_again()
    assert ONCE not in second.output
    assert key_files(second.data_dir) == key_files(first_start.running.data_dir)
    assert second.stop(signal.SIGTERM) == []
    assert second.process.returncode == 0


def test_a_first_start_that_is_cut_short_leaves_no_process_and_can_be_made_again(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    cut_short = Running(env)
    cut_short.wait_for(ONCE)
    assert cut_short.stop() == []
    assert suluh(env, "setup").returncode == 0


def test_both_applications_answer(installation: Running) -> None:
    for url in (installation.portal, installation.desk):
        assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200


def test_a_process_that_ends_takes_the_rest_down_and_is_named(start_again: Callable[[], Running]) -> None:
    running = start_again()
    family = psutil.Process(running.process.pid).children(recursive=True)
    running.children()["relay"].kill()
    running.process.wait(60)
    running.wait_for("The process relay ended by itself")
    assert running.process.returncode == 1
    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_a_killed_supervisor_leaves_no_process_either(start_again: Callable[[], Running]) -> None:
    running = start_again()
    family = psutil.Process(running.process.pid).children(recursive=True)
    running.process.kill()
    assert psutil.wait_procs(family, timeout=30)[1] == []


def test_each_process_is_given_its_own_settings_and_no_others(installation: Running) -> None:
    for name, process in installation.children().items():
        given = {variable for variable in process.environ() if variable.startswith("SULUH_")}
        assert given <= set(PROCESS_VARIABLES[name]), name
    portal = installation.children()["portal"].environ()
    assert not {"SULUH_REDIS_URL", "SULUH_WORKER_SECRETS", "SULUH_DATABASE_URL", "SULUH_DATA_DIR"} & set(portal)


def test_the_embedded_redis_has_no_port_and_writes_no_file(installation: Running) -> None:
    path = socket_path(installation.data_dir)
    with Redis(unix_socket_path=str(path), decode_responses=True) as redis:
        assert redis.config_get("port", "save", "appendonly") == {"port": "0", "save": "", "appendonly": "no"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    listening = psutil.Process(installation.children()["redis"].pid).net_connections(kind="inet")
    assert listening == []


def test_the_portal_can_make_no_temporary_file(installation: Running) -> None:
    line = installation.children()["portal"].cmdline()
    assert "python:operations.portal_gunicorn" in line
    assert "--no-control-socket" in line
    tries = "import operations.portal_gunicorn, tempfile; tempfile.TemporaryFile()"
    refused = subprocess.run([sys.executable, "-c", tries], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "FileNotFoundError" in refused.stderr


def test_everything_below_the_data_folder_is_private(installation: Running) -> None:
    assert stat.S_IMODE(installation.data_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE((installation.data_dir / "worker" / "secrets.json").stat().st_mode) == 0o600


def test_a_second_start_on_the_same_folder_is_refused(installation: Running) -> None:
    other_ports = environment(installation.data_dir)
    refused = suluh(other_ports, "up")
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"Suluh is already running on {installation.data_dir}: stop it first, or set SULUH_DATA_DIR to another folder."
    ]


def test_a_port_in_use_is_one_sentence_that_names_the_setting(installation: Running, tmp_path: Path) -> None:
    taken = installation.env["SULUH_INTAKE_PORT"]
    refused = suluh(environment(tmp_path / "data", SULUH_INTAKE_PORT=taken), "up")
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"Port {taken} is in use: stop the program that uses it, or set SULUH_INTAKE_PORT to another port."
    ]
    assert not (tmp_path / "data" / "keys").exists()


def test_the_other_application_names_its_own_setting(installation: Running, tmp_path: Path) -> None:
    taken = installation.env["SULUH_INTAKE_PORT"]
    with pytest.raises(StartError, match="SULUH_TRIAGE_PORT"):
        check_ports(Office.from_env(environment(tmp_path, SULUH_TRIAGE_PORT=taken)))


def test_a_host_that_is_not_here_names_its_setting(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="SULUH_HOST"):
        check_ports(Office.from_env(environment(tmp_path, SULUH_HOST="192.0.2.1")))


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    wrong = environment(
        tmp_path / "data", SULUH_INTAKE_PORT="http", SULUH_REDIS_URL="http://x", SULUH_DATABASE_URL="mysql://x"
    )
    refused = suluh(wrong, "up")
    assert refused.returncode == 1
    for variable in ("SULUH_INTAKE_PORT", "SULUH_REDIS_URL", "SULUH_INTAKE_DATABASE_URL"):
        assert refused.stderr.count(variable) == 1
    assert not (tmp_path / "data").exists()


def test_one_port_for_both_applications_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="must be two different ports"):
        Office.from_env(environment(tmp_path, SULUH_INTAKE_PORT="8000", SULUH_TRIAGE_PORT="8000"))


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="set SULUH_DATA_DIR"):
        make_data_dir(Office.from_env(environment(tmp_path / "file" / "data")))


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://suluh:rahasia@/suluh?host={tmp_path}"
    with pytest.raises(StartError, match="check SULUH_DATABASE_URL") as caught:
        migrate_database(Office.from_env(environment(tmp_path, SULUH_DATABASE_URL=url)))
    assert "rahasia" not in str(caught.value)


def test_a_long_data_folder_moves_the_socket_to_a_short_one(tmp_path: Path) -> None:
    long = tmp_path / ("panjang" * 20)
    path = socket_path(long)
    assert not path.is_relative_to(long)
    assert len(os.fsencode(path)) <= 100
    assert path == socket_path(long)
    assert path != socket_path(tmp_path / ("pendek" * 20))
