"""The command line of each process, the same under ``suluh up`` and in a container."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

MEMORY_DIR = Path("/dev/shm")  # noqa: S108 - a file system, not a file
"""A file system in memory, where Linux has one; gunicorn's empty heartbeat files go there."""

THREADS = 32
"""Requests at a time in one web process: a slow phone holds one thread for as long as it sends (``web.deadlines``)."""

GRACE_SECONDS = 4
"""How long a web process may finish what it has begun when it is told to stop."""

PORTAL_REQUESTS = 2000
"""After so many requests a web process of the portal is replaced, and its memory with it."""


def web_command(application: str, host: str, port: int, workers: int) -> list[str]:
    """gunicorn for one application. Its logs name no person, page or address."""
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": str(workers),
        "worker-class": "gthread",
        "threads": str(THREADS),
        "keep-alive": "5",
        "graceful-timeout": str(GRACE_SECONDS),
        "worker-tmp-dir": str(MEMORY_DIR) if MEMORY_DIR.is_dir() else tempfile.gettempdir(),
        "logger-class": "web.logs.SilentLogger",
        "log-level": "warning",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [sys.executable, "-m", "gunicorn", "--no-control-socket", *words, application]


def portal_command(host: str, port: int, workers: int) -> list[str]:
    """The public portal."""
    *gunicorn, application = web_command("intake.wsgi:app", host, port, workers)
    recycling = ["--max-requests", str(PORTAL_REQUESTS), "--max-requests-jitter", str(PORTAL_REQUESTS // 10)]
    return [*gunicorn, "--config", "python:operations.portal_gunicorn", *recycling, application]


def desk_command(host: str, port: int, workers: int) -> list[str]:
    """The staff's desk."""
    return web_command("triage.wsgi:app", host, port, workers)


def worker_command() -> list[str]:
    """The worker, which runs jobs."""
    return [sys.executable, "-m", "worker"]


def builder_command() -> list[str]:
    """The builder, which makes evidence bundles."""
    return [sys.executable, "-m", "triage.builder"]


def relay_command() -> list[str]:
    """The relay, which hands out jobs."""
    return [sys.executable, "-m", "worker.relay"]
