"""Starting and stopping the real thing: ``suluh up`` in its own process group, on free ports, with its own folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
SULUH = (sys.executable, "-m", "operations")


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """An environment without settings of the one who runs the tests; words in pictures are read where a test asks."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SULUH_")}
    portal, desk = free_ports(2)
    return {
        **kept,
        "SULUH_DATA_DIR": str(data_dir),
        "SULUH_INTAKE_PORT": str(portal),
        "SULUH_TRIAGE_PORT": str(desk),
        "SULUH_WEB_WORKERS": "1",
        "SULUH_OCR": "off",
        **settings,
    }


def suluh(env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*SULUH, *words], cwd=ROOT, env=dict(env), capture_output=True, text=True, timeout=PATIENCE, check=False
    )


class Running:
    """``suluh up``, from its first line to its last."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = dict(env)
        self.portal = f"http://127.0.0.1:{env['SULUH_INTAKE_PORT']}"
        self.desk = f"http://127.0.0.1:{env['SULUH_TRIAGE_PORT']}"
        self.data_dir = Path(env["SULUH_DATA_DIR"])
        self.output = ""
        self._lines = threading.Condition()
        self.process = subprocess.Popen(
            [*SULUH, "up"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_until_ready(self) -> None:
        """Returns when the addresses were printed."""
        self.wait_for("Stop it with Ctrl-C.")

    def wait_for(self, words: str) -> None:
        """Returns when ``words`` were printed; fails when the process ends before."""
        with self._lines:
            seen = self._lines.wait_for(lambda: words in self.output or not self._reader.is_alive(), PATIENCE)
        assert seen, self.output
        assert words in self.output, self.output

    def children(self) -> dict[str, psutil.Process]:
        """The running processes by what they are."""
        found = {}
        for process in psutil.Process(self.process.pid).children(recursive=True):
            line = " ".join(process.cmdline())
            for name, mark in MARKS.items():
                if f"{mark} " in f"{line} ":
                    found.setdefault(name, process)
        return found

    def stop(self, number: signal.Signals = signal.SIGINT) -> list[psutil.Process]:
        """Signal the whole group, as a terminal does, and wait for the end. Returns the processes that remained."""
        family = psutil.Process(self.process.pid).children(recursive=True) if self.process.poll() is None else []
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.process.stdout.close()  # type: ignore[union-attr]
        alive = [process for process in family if _runs(process)]
        for process in alive:
            process.kill()
        return alive

    def _read(self) -> None:
        for line in self.process.stdout or ():
            with self._lines:
                self.output += line
                self._lines.notify_all()
        with self._lines:
            self._lines.notify_all()


def _runs(process: psutil.Process) -> bool:
    """Whether it still does anything; one that has ended and only waits to be counted by its parent does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


MARKS = {
    "portal": "intake.wsgi:app",
    "desk": "triage.wsgi:app",
    "worker": "-m worker",
    "relay": "-m worker.relay",
    "builder": "-m triage.builder",
    "redis": "valkey-server",
}
