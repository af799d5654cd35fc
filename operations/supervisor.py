"""Runs all processes under one roof: they start together and stop together, and their output is one stream.

A process that ends by itself takes the rest down, with one sentence: a portal without a worker would take reports that
nobody sees in time, and a silent restart would hide why. Where each process has a supervisor of its own (a container,
systemd), that one restarts it.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer
from honcho.process import Process

from operations.environment import ROOT

WATCH_SECONDS = 1.0
ASKED_TO_STOP = frozenset({128 + signal.SIGINT, 128 + signal.SIGTERM})


@dataclass(frozen=True)
class ProcessPlan:
    """One process: its name in the output, its command line, its whole environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


class QuietPrinter(Printer):
    """Shows what the processes say, and nothing of the supervisor's own bookkeeping."""

    def write(self, message: Message) -> None:
        """Prints one line of a process."""
        if message.name != SYSTEM_PRINTER_NAME:
            super().write(message)


class LeashedProcess(Process):
    """A process that is told to stop when its supervisor is gone, even one that was killed without a word."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Start it and pass on its output; runs in a process of its own."""
        threading.Thread(target=self._watch, args=(os.getppid(),), daemon=True).start()
        super().run(events, ignore_signals)

    def _watch(self, supervisor: int) -> None:
        pause = threading.Event()
        while os.getppid() == supervisor:
            pause.wait(WATCH_SECONDS)
        if self._child is not None:
            self._events.cancel_join_thread()
            os.killpg(self._child.pid, signal.SIGTERM)


class Supervisor(Manager):
    """honcho's manager, which also knows who fell first and can be stopped while it still starts.

    ``on_start`` runs in a thread of its own as soon as all processes were started. ``is_asked_to_stop`` tells of a
    signal that came before this class listened to signals.
    """

    def __init__(self, on_start: Callable[[], None], is_asked_to_stop: Callable[[], bool]) -> None:
        super().__init__(QuietPrinter(sys.stdout))
        self._process_ctor = LeashedProcess
        self.fallen: dict[str, int] = {}
        self._on_start = on_start
        self._is_asked_to_stop = is_asked_to_stop
        self._owes_a_stop = False

    def terminate(self) -> None:
        """Stop everything; before all have started, as soon as they have."""
        if not super()._all_started():
            self._owes_a_stop = True
            return
        if not self._terminating:
            self.fallen = self._ended()
        super().terminate()

    def _ended(self) -> dict[str, int]:
        return {name: known["returncode"] for name, known in self._processes.items() if "returncode" in known}

    def _start(self) -> None:
        self._owes_a_stop = self._owes_a_stop or self._is_asked_to_stop()
        super()._start()
        threading.Thread(target=self._on_start, daemon=True).start()

    def _all_started(self) -> bool:
        started: bool = super()._all_started()
        if started and self._owes_a_stop:
            self._owes_a_stop = False
            self.terminate()
        return started


def supervise(
    plans: Sequence[ProcessPlan], on_start: Callable[[], None], is_asked_to_stop: Callable[[], bool] = lambda: False
) -> str | None:
    """Runs the processes until a signal or the end of one of them; leaves none behind.

    ``is_asked_to_stop`` tells of a signal that came before: then they are stopped as soon as they have started.
    Returns None after SIGINT or SIGTERM, else a sentence that names the process that ended by itself.
    """
    supervisor = Supervisor(on_start, is_asked_to_stop)
    for plan in plans:
        command = f"exec {shlex.join(plan.command)}"
        supervisor.add_process(plan.name, command, env=dict(plan.environment), cwd=str(ROOT))
    supervisor.loop()
    if supervisor.returncode in ASKED_TO_STOP or not supervisor.fallen:
        return None
    name, code = next(iter(supervisor.fallen.items()))
    return f"The process {name} ended by itself (exit code {code}), so all was stopped; its last lines are above."
