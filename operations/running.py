"""``suluh up``: from settings to two addresses that answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime

import httpx

from operations.embedded_redis import server_command
from operations.environment import Office
from operations.first_start import Credentials
from operations.locking import check_ports, only_one
from operations.processes import builder_command, desk_command, portal_command, relay_command, worker_command
from operations.setup import make_data_dir, make_private, prepare
from operations.stopping import stop_remembered
from operations.supervisor import ProcessPlan, supervise

PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.1
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask when all addresses are listened on


def plan_processes(office: Office) -> list[ProcessPlan]:
    """Every process of an installation on one machine, with its own environment."""
    intake, triage = office.intake, office.triage
    commands = {
        "portal": portal_command(intake.host, intake.port, intake.web_workers),
        "desk": desk_command(triage.host, triage.port, triage.web_workers),
        "worker": worker_command(),
        "relay": relay_command(),
        "builder": builder_command(),
    }
    if office.embeds_redis:
        commands = {"redis": server_command(office.data_dir), **commands}
    return [ProcessPlan(name, command, office.environment_of(name)) for name, command in commands.items()]


def run(
    office: Office, now: datetime, show: Callable[[Credentials], None], tell_ready: Callable[[Office], None]
) -> str | None:
    """Prepares and runs the installation until it is stopped. ``tell_ready`` is called once both addresses answer.

    Returns None when it was asked to stop, else a sentence about the process that ended. Raises ``StartError``.
    """
    make_private()
    make_data_dir(office)
    with stop_remembered() as is_asked_to_stop, only_one(office.data_dir):
        check_ports(office)
        prepare(office, now, show)
        return supervise(plan_processes(office), lambda: _tell_when_ready(office, tell_ready), is_asked_to_stop)


def addresses(office: Office) -> tuple[str, str]:
    """The URLs of portal and desk."""
    return _url(office.intake.host, office.intake.port), _url(office.triage.host, office.triage.port)


def is_answering(url: str) -> bool:
    """Whether an application says that it is well."""
    try:
        return httpx.get(f"{url}/healthz", timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _tell_when_ready(office: Office, tell_ready: Callable[[Office], None]) -> None:
    if _wait_for(addresses(office)):
        tell_ready(office)


def _wait_for(urls: Iterable[str]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    waiting = list(urls)
    pause = threading.Event()
    while waiting and time.monotonic() < deadline:
        waiting = [url for url in waiting if not is_answering(url)]
        if waiting:
            pause.wait(PAUSE_SECONDS)
    return not waiting


def _url(host: str, port: int) -> str:
    reachable = ANY_ADDRESS.get(host, host)
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
