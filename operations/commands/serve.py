"""``suluh serve``."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import click

from casefile.settings import IntakeSettings, TriageSettings
from operations.environment import current_environment
from operations.processes import builder_command, desk_command, portal_command, relay_command, worker_command
from operations.setup import make_private


def _portal(env: Mapping[str, str]) -> list[str]:
    settings = IntakeSettings.from_env(env)
    return portal_command(settings.host, settings.port, settings.web_workers)


def _desk(env: Mapping[str, str]) -> list[str]:
    settings = TriageSettings.from_env(env)
    return desk_command(settings.host, settings.port, settings.web_workers)


COMMANDS: dict[str, Callable[[Mapping[str, str]], list[str]]] = {
    "portal": _portal,
    "desk": _desk,
    "worker": lambda _: worker_command(),
    "relay": lambda _: relay_command(),
    "builder": lambda _: builder_command(),
}


@click.command()
@click.argument("process", type=click.Choice(list(COMMANDS)))
def serve(process: str) -> None:
    """Become one process, with the settings that are there; for containers and service managers."""
    env = current_environment()
    make_private()
    command = COMMANDS[process](env)
    os.execve(command[0], command, env)  # noqa: S606 - our own command line
