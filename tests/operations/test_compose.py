"""The promises of docker-compose.yml and Dockerfile, read from the files: there is no container engine in the tests."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from casefile.settings import VARIABLES
from operations.commands.serve import COMMANDS
from operations.environment import PROCESS_VARIABLES

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SERVED = {name: service for name, service in SERVICES.items() if service.get("command", [""])[0] == "serve"}


def mounted(service: dict[str, Any]) -> dict[str, str]:
    return {volume.split(":")[0]: volume for volume in service.get("volumes", [])}


def test_every_process_is_served() -> None:
    assert {service["command"][1] for service in SERVED.values()} == set(COMMANDS)


def test_the_portal_cannot_reach_redis_or_the_desk() -> None:
    portal, valkey, desk = (set(SERVICES[name]["networks"]) for name in ("portal", "valkey", "desk"))
    assert not portal & valkey
    assert not portal & desk


def test_only_the_database_is_reached_by_the_portal() -> None:
    portal = set(SERVICES["portal"]["networks"])
    assert [name for name, other in SERVICES.items() if portal & set(other["networks"])] == ["postgres", "portal"]


def test_valkey_and_the_database_are_on_internal_networks_only() -> None:
    for name in ("valkey", "postgres"):
        assert all(COMPOSE["networks"][network].get("internal") for network in SERVICES[name]["networks"])
        assert "ports" not in SERVICES[name]


def test_each_process_has_its_own_database_secret_and_no_other() -> None:
    for name in ("portal", "desk", "worker"):
        assert SERVICES[name]["secrets"] == [f"{name}_database_url"]
    assert SERVICES["relay"]["secrets"] == ["worker_database_url"]
    assert SERVICES["builder"]["secrets"] == ["desk_database_url"]


def test_secret_keys_are_mounted_where_they_belong_alone_and_read_only() -> None:
    assert "worker_secrets" not in {**mounted(SERVICES["portal"]), **mounted(SERVICES["desk"])}
    assert "intake_secrets" not in {**mounted(SERVICES["worker"]), **mounted(SERVICES["desk"])}
    for name in ("portal", "worker"):
        assert "desk_secrets" not in mounted(SERVICES[name])
    for name, service in SERVED.items():
        writable = [volume for volume in mounted(service).values() if not volume.endswith(":ro")]
        assert writable == (["builder_key:/var/lib/suluh/builder"] if name == "builder" else [])
    assert not {"intake_secrets", "worker_secrets", "desk_secrets"} & set(mounted(SERVICES["builder"]))


@pytest.mark.parametrize("name", list(SERVED))
def test_a_process_can_write_nothing_and_gain_nothing(name: str) -> None:
    service = SERVED[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].split(":")[0] != "0"
    assert "tmpfs" not in service


@pytest.mark.parametrize("name", list(SERVED))
def test_settings_exist_and_belong_to_the_process(name: str) -> None:
    given = {variable.removesuffix("_FILE") for variable in SERVED[name]["environment"]}
    assert given <= set(VARIABLES)
    assert given <= set(PROCESS_VARIABLES[SERVED[name]["command"][1]])


def test_no_secret_is_written_into_the_file() -> None:
    for service in SERVICES.values():
        for variable, value in service.get("environment", {}).items():
            assert "PASSWORD" not in variable or value.startswith("/run/secrets/")
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


def test_networks_volumes_and_secrets_that_are_used_are_declared_and_the_reverse() -> None:
    for kind in ("networks", "secrets"):
        used = set(itertools.chain.from_iterable(service.get(kind, []) for service in SERVICES.values()))
        assert used == set(COMPOSE[kind])
    named = {volume for service in SERVICES.values() for volume in mounted(service) if not volume.startswith(".")}
    assert named == set(COMPOSE["volumes"])


def test_valkey_keeps_nothing_on_disk() -> None:
    command = SERVICES["valkey"]["command"]
    assert command[command.index("--save") + 1] == ""
    assert command[command.index("--appendonly") + 1] == "no"
    assert SERVICES["valkey"]["read_only"] is True


def test_what_is_printed_once_is_not_logged() -> None:
    assert SERVICES["setup"]["logging"] == {"driver": "none"}
    assert SERVICES["setup"]["profiles"] == ["by-hand"]


def test_the_image_installs_with_digests_runs_unprivileged_and_copies_folders_that_exist() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert any("--require-hashes --only-binary :all:" in line for line in lines)
    assert "USER suluh" in lines
    copied = [line.split()[1] for line in lines if line.startswith("COPY")]
    assert not [name for name in copied if not (ROOT / name).exists()]
    kept = (ROOT / ".dockerignore").read_text().splitlines()
    assert {f"!{name}" for name in copied} <= set(kept)
