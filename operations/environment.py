"""Which process sees which setting: each gets what it needs and nothing that belongs to another."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from casefile.errors import SettingsError
from casefile.settings import VARIABLES, IntakeSettings, TriageSettings, WorkerSettings
from operations.embedded_redis import embedded_url

ROOT = Path(__file__).resolve().parent.parent
"""The source tree; processes run in it."""

SYSTEM_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")
"""What every process may inherit besides its own settings."""

KEY_VARIABLES = ("SULUH_PUBLIC_KEYS", "SULUH_ROOT_KEY")
TSA_VARIABLES = ("SULUH_TSA_URL", "SULUH_TSA_CERTIFICATES")
WEB_VARIABLES = ("SULUH_HOST", "SULUH_SECURE_COOKIES", "SULUH_WEB_WORKERS")

PROCESS_VARIABLES: dict[str, tuple[str, ...]] = {
    "portal": (
        *KEY_VARIABLES,
        *WEB_VARIABLES,
        "SULUH_INTAKE_PORT",
        "SULUH_INTAKE_DATABASE_URL",
        "SULUH_INTAKE_SECRETS",
        "SULUH_CONFINEMENT",
        "SULUH_OCR",
        "SULUH_EXIT_URL",
        "SULUH_LOAD_LIMIT",
    ),
    "desk": (
        *KEY_VARIABLES,
        *WEB_VARIABLES,
        "SULUH_TRIAGE_PORT",
        "SULUH_TRIAGE_DATABASE_URL",
        "SULUH_REDIS_URL",
        "SULUH_ENTRY_KEYS",
        "SULUH_BUILDER_KEY",
    ),
    "builder": (*KEY_VARIABLES, *TSA_VARIABLES, "SULUH_TRIAGE_DATABASE_URL", "SULUH_REDIS_URL", "SULUH_BUILDER_KEY"),
    "worker": (*KEY_VARIABLES, "SULUH_WORKER_DATABASE_URL", "SULUH_REDIS_URL", "SULUH_WORKER_SECRETS"),
    "relay": (*KEY_VARIABLES, *TSA_VARIABLES, "SULUH_WORKER_DATABASE_URL", "SULUH_REDIS_URL", "SULUH_WORKER_SECRETS"),
    "redis": (),
}
"""The settings each process is started with. The portal knows no Redis and no worker's key."""

OWNER_VARIABLES = ("SULUH_DATA_DIR", "SULUH_DATABASE_URL")
"""Settings of the operator alone: no process is told the folder of all keys or the owner's database role."""


@dataclass(frozen=True)
class Office:
    """The settings of the whole installation, as its operator sees them.

    ``environment`` holds every setting of every process, resolved; ``owner_url`` is the database's owner.
    """

    data_dir: Path
    owner_url: str
    intake: IntakeSettings
    triage: TriageSettings
    worker: WorkerSettings
    embeds_redis: bool
    environment: Mapping[str, str]

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Reads the settings of all processes. Raises ``SettingsError`` with every fault of any of them."""
        data_dir = Path(env.get("SULUH_DATA_DIR", "").strip() or "data").absolute()
        embeds_redis = not env.get("SULUH_REDIS_URL", "").strip()
        given = dict(env)
        if embeds_redis:
            given["SULUH_REDIS_URL"] = embedded_url(data_dir)
        shared = {name: value for name, value in given.items() if name != "SULUH_INTAKE_DATABASE_URL"}
        faults: list[str] = []
        intake = _read(IntakeSettings.from_env, given, faults)
        triage = _read(TriageSettings.from_env, given, faults)
        worker = _read(WorkerSettings.from_env, given, faults)
        owner = _read(IntakeSettings.from_env, shared, faults)
        if intake and triage and intake.port == triage.port:
            faults.append("SULUH_INTAKE_PORT and SULUH_TRIAGE_PORT must be two different ports.")
        if faults or not (intake and triage and worker and owner):
            raise SettingsError(list(dict.fromkeys(faults)))
        resolved = {**given, **_resolved(intake, triage, worker)}
        return cls(data_dir, owner.database_url, intake, triage, worker, embeds_redis, resolved)

    def environment_of(self, process: str) -> dict[str, str]:
        """The environment that ``process`` is started with."""
        names = SYSTEM_VARIABLES + PROCESS_VARIABLES[process]
        return {name: self.environment[name] for name in names if name in self.environment}


def current_office() -> Office:
    """The installation named by this process's environment. Raises ``SettingsError``."""
    return Office.from_env(current_environment())


def current_environment() -> dict[str, str]:
    """This process's environment, with secrets read from their files. Raises ``SettingsError``."""
    return with_files(os.environ)


def with_files(env: Mapping[str, str]) -> dict[str, str]:
    """Reads ``SULUH_X`` from the file that ``SULUH_X_FILE`` names, for containers that hand out secrets as files.

    Raises ``SettingsError`` for every file that cannot be read; it holds no content of one.
    """
    read, faults = dict(env), []
    for variable in VARIABLES:
        file = read.pop(f"{variable}_FILE", "")
        try:
            if file:
                read[variable] = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            faults.append(f"{variable}_FILE must name a text file that can be read, not {file!r}.")
    if faults:
        raise SettingsError(faults)
    return read


def _read(reader: Callable[[Mapping[str, str]], Any], env: Mapping[str, str], faults: list[str]) -> Any:
    try:
        return reader(env)
    except SettingsError as error:
        faults.extend(error.faults)
        return None


def _resolved(intake: IntakeSettings, triage: TriageSettings, worker: WorkerSettings) -> dict[str, str]:
    return {
        "SULUH_PUBLIC_KEYS": str(intake.public_keys),
        "SULUH_ROOT_KEY": str(intake.root_key),
        "SULUH_INTAKE_DATABASE_URL": intake.database_url,
        "SULUH_TRIAGE_DATABASE_URL": triage.database_url,
        "SULUH_WORKER_DATABASE_URL": worker.database_url,
        "SULUH_INTAKE_SECRETS": str(intake.secrets),
        "SULUH_WORKER_SECRETS": str(worker.secrets),
        "SULUH_ENTRY_KEYS": str(triage.entry_keys or "none"),
        "SULUH_BUILDER_KEY": str(triage.builder_key),
        "SULUH_REDIS_URL": triage.redis_url,
        "SULUH_TSA_URL": worker.tsa_url or "none",
        "SULUH_TSA_CERTIFICATES": str(worker.tsa_certificates),
    }
