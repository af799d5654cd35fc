"""Settings come from a mapping; one error names every fault; each process gets its own and no more."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from casefile.errors import SettingsError
from casefile.settings import IntakeSettings, TriageSettings, WorkerSettings

PROCESSES = (IntakeSettings, TriageSettings, WorkerSettings)


@pytest.mark.parametrize("process", PROCESSES)
def test_nothing_need_be_set(process: type[IntakeSettings]) -> None:
    assert process.from_env({}).database_url.startswith("sqlite:///")


def test_paths_lie_in_the_data_folder_unless_named(tmp_path: Path) -> None:
    settings = IntakeSettings.from_env({"SULUH_DATA_DIR": str(tmp_path), "SULUH_ROOT_KEY": "/etc/suluh/root.pub"})
    assert settings.public_keys == tmp_path / "keys" / "office.json"
    assert settings.root_key == Path("/etc/suluh/root.pub")


def test_a_processs_own_database_url_comes_first() -> None:
    shared, own = "postgresql+psycopg:///shared", "postgresql+psycopg:///own"
    env = {"SULUH_DATABASE_URL": shared, "SULUH_INTAKE_DATABASE_URL": own}
    assert IntakeSettings.from_env(env).database_url == own
    assert WorkerSettings.from_env(env).database_url == shared


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SULUH_INTAKE_PORT", "0"),
        ("SULUH_INTAKE_PORT", "65536"),
        ("SULUH_INTAKE_PORT", "delapan"),
        ("SULUH_SECURE_COOKIES", "mungkin"),
        ("SULUH_CONFINEMENT", "never"),
        ("SULUH_OCR", "perhaps"),
        ("SULUH_WEB_WORKERS", "0"),
        ("SULUH_DATABASE_URL", "mysql://localhost/suluh"),
        ("SULUH_EXIT_URL", "javascript:alert(1)"),
        ("SULUH_EXIT_URL", "www.bmkg.go.id"),
        ("SULUH_EXIT_URL", "https://"),
    ],
)
def test_a_wrong_value_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        IntakeSettings.from_env({name: value})
    assert len(caught.value.faults) == 1


def test_one_error_names_every_fault() -> None:
    env = {"SULUH_TRIAGE_PORT": "x", "SULUH_SECURE_COOKIES": "x", "SULUH_REDIS_URL": "http://localhost"}
    with pytest.raises(SettingsError) as caught:
        TriageSettings.from_env(env)
    assert [fault.split()[0] for fault in caught.value.faults] == [
        "SULUH_TRIAGE_PORT",
        "SULUH_REDIS_URL",
        "SULUH_SECURE_COOKIES",
    ]


def test_the_portal_is_told_of_no_redis_and_the_desk_of_no_secret_of_another_process() -> None:
    assert "redis_url" not in {field.name for field in fields(IntakeSettings)}
    assert "secrets" not in {field.name for field in fields(TriageSettings)}


def test_a_desk_may_take_no_reports(tmp_path: Path) -> None:
    folder = {"SULUH_DATA_DIR": str(tmp_path)}
    assert TriageSettings.from_env(folder).entry_keys == tmp_path / "desk" / "entry.json"
    assert TriageSettings.from_env({**folder, "SULUH_ENTRY_KEYS": "none"}).entry_keys is None
