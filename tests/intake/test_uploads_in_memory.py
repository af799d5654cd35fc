"""A picture never touches a disk: proved on a real gunicorn whose kernel forbids it to write into any file."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

from tests.conftest import Database
from tests.factories import Office
from tests.operations.processes import PATIENCE, free_ports
from tests.waiting import wait_until

MEGABYTE = 1024 * 1024
BOUNDARY = "batas"
SPOOLING_APP = """
from flask import Flask, request
app = Flask(__name__)
@app.get("/healthz")
def healthz():
    return "ok"
@app.post("/")
def take():
    return str(len(request.files["bukti"].read()))
"""

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
"""SQLite writes into a file of its own; with PostgreSQL the portal has no file to write at all."""


def forbid_files() -> None:
    """No byte may be written into a file, also not into one in memory (setrlimit(2), RLIMIT_FSIZE)."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@contextmanager
def serve(app: str, env: dict[str, str], temporary: Path) -> Iterator[httpx.Client]:
    """gunicorn with ``app``, and a client of it. Its heartbeat is a file too, an empty one."""
    (port,) = free_ports(1)
    address = f"127.0.0.1:{port}"
    temporary.mkdir()
    command = [sys.executable, "-m", "gunicorn", app, "-b", address, "--no-control-socket", "--threads", "2"]
    command += ["--worker-tmp-dir", str(temporary)]
    server = subprocess.Popen(
        command,
        env={**os.environ, **env, "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.DEVNULL,
        preexec_fn=forbid_files,  # noqa: PLW1509 - this process has no threads that hold locks here
    )
    try:
        with httpx.Client(base_url=f"http://{address}", trust_env=False, timeout=PATIENCE) as client:
            wait_until(lambda: answers(client, server), PATIENCE)
            yield client
    finally:
        server.terminate()
        server.wait()


def answers(client: httpx.Client, server: subprocess.Popen[bytes]) -> bool:
    """Whether the server is up; fails where it has ended."""
    assert server.poll() is None, "the server did not come up"
    try:
        return client.get("/healthz").status_code == 200
    except httpx.ConnectError:
        return False


@pytest.fixture
def portal(database: Database, office: Office, tmp_path: Path) -> Iterator[httpx.Client]:
    env = {**office.environment, "SULUH_INTAKE_DATABASE_URL": database.urls["intake"]}
    with serve("intake.wsgi:app", env, tmp_path / "temporary") as client:
        yield client
    assert list((tmp_path / "temporary").iterdir()) == []


def token_of(page: httpx.Response) -> str:
    return page.text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


def at_pictures(client: httpx.Client) -> str:
    """Go to the page for pictures; returns its token."""
    token = token_of(client.get("/a"))
    client.post("/a", data={"csrf_token": token})
    client.post("/a/2", data={"csrf_token": token, "jenis": "DOXING"})
    return token_of(client.get("/a/3"))


def noise_picture(megabytes: int) -> bytes:
    """A PNG of about that size, which no compression makes smaller."""
    pixels = np.random.default_rng(megabytes).integers(0, 256, (megabytes * 349, 1000, 3), dtype=np.uint8)
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


def form_of(token: str, *pictures: bytes) -> bytes:
    """A multipart body."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'.encode()]
    for picture in pictures:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="bukti"; filename="a.png"\r\n\r\n'
        parts.append(head.encode() + picture + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def whole(body: bytes) -> bytes:
    return body


def in_chunks(body: bytes) -> Iterator[bytes]:
    """httpx sends an iterator with chunked transfer encoding."""
    for start in range(0, len(body), 64 * 1024):
        yield body[start : start + 64 * 1024]


@pytest.mark.parametrize("way", [whole, in_chunks])
def test_uploads_of_every_size_are_answered_without_writing_a_file(
    portal: httpx.Client, way: Callable[[bytes], bytes | Iterator[bytes]]
) -> None:
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    token = at_pictures(portal)
    for size, sentence in (
        (3, "Gambar 1 – selesai"),
        (13, "Gambar 2 lebih dari 10 MB"),
        (50, "Gambar 2 lebih dari 10 MB"),
    ):
        body = form_of(token, noise_picture(3) if size == 3 else b"\xff\xd8\xff" + bytes(size * MEGABYTE))
        answer = portal.post("/a/3", content=way(body), headers=kind, follow_redirects=True)
        assert answer.status_code == 200
        assert sentence in portal.get("/a/3").text + answer.text
    too_large = form_of(token, *[bytes(11 * MEGABYTE)] * 10)
    answer = portal.post("/a/3", content=way(too_large), headers=kind)
    assert answer.status_code == 413
    assert "masing-masing paling besar 10 MB" in answer.text


def test_the_kernels_ban_would_have_shown_a_spooled_upload(database: Database, tmp_path: Path) -> None:
    """The same server with the framework's own request class fails under the ban: the test above bites."""
    (tmp_path / "spooling.py").write_text(SPOOLING_APP)
    env = {"PYTHONPATH": str(tmp_path)}
    with serve("spooling:app", env, tmp_path / "temporary") as client:
        assert client.post("/", files={"bukti": bytes(1000)}).text == "1000"
        assert client.post("/", files={"bukti": bytes(3 * MEGABYTE)}).status_code == 500
