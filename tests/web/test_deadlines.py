"""A body that trickles in does not hold a thread for ever."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from web.deadlines import LONGEST_SECONDS, BodyDeadline, allowance

SHORT = 0.2


@pytest.fixture
def connection() -> Iterator[tuple[socket.socket, socket.socket]]:
    server, phone = socket.socketpair()
    server.settimeout(20)
    with server, phone:
        yield server, phone


def read_all(environ: dict[str, Any], _start_response: object) -> Iterable[bytes]:
    """An application that reads as many bytes as were announced, or until no more can come."""
    wanted, got = int(environ["CONTENT_LENGTH"]), b""
    while len(got) < wanted and (more := environ["gunicorn.socket"].recv(wanted)):
        got += more
    return [got]


def test_a_body_that_never_ends_is_ended(connection: tuple[socket.socket, socket.socket]) -> None:
    server, phone = connection
    phone.sendall(b"a")
    environ = {"gunicorn.socket": server, "CONTENT_LENGTH": "10"}
    assert list(BodyDeadline(read_all, SHORT)(environ, lambda *_: lambda _: None)) == [b"a"]
    server.sendall(b"answer")
    assert phone.recv(10) == b"answer"


def test_a_body_that_comes_in_time_is_whole(connection: tuple[socket.socket, socket.socket]) -> None:
    server, phone = connection
    phone.sendall(b"0123456789")
    environ = {"gunicorn.socket": server, "CONTENT_LENGTH": "10"}
    assert list(BodyDeadline(read_all, 20)(environ, lambda *_: lambda _: None)) == [b"0123456789"]


def test_large_pictures_get_more_time_and_no_body_gets_no_clock() -> None:
    assert allowance({}) is None
    assert allowance({"CONTENT_LENGTH": "0"}) is None
    assert allowance({"CONTENT_LENGTH": "1024"}) == pytest.approx(30.25)
    assert allowance({"CONTENT_LENGTH": str(1024**3)}) == LONGEST_SECONDS
    assert allowance({"HTTP_TRANSFER_ENCODING": "chunked"}) == LONGEST_SECONDS
