"""What gunicorn itself would write about a request names nobody."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.workers.base import Worker

from web.logs import SilentLogger

ADDRESS = ("203.0.113.9", 40000)


@pytest.fixture
def logger(caplog: pytest.LogCaptureFixture) -> Iterator[SilentLogger]:
    made = SilentLogger(Config())  # type: ignore[no-untyped-call]
    made.error_log.addHandler(caplog.handler)
    yield made
    made.error_log.removeHandler(caplog.handler)


def refuse(logger: SilentLogger, error: Exception) -> None:
    """Let gunicorn answer a request that went wrong before the application saw it."""
    worker = Worker(0, 0, [], None, 0, Config(), logger)  # type: ignore[no-untyped-call]
    ours, theirs = socket.socketpair()
    with ours, theirs:
        try:
            raise error
        except type(error) as caught:
            worker.handle_error(None, ours, ADDRESS, caught)  # type: ignore[no-untyped-call]
    worker.tmp.close()  # type: ignore[no-untyped-call]


def test_a_request_that_cannot_be_read_leaves_no_address_and_no_word(
    logger: SilentLogger, caplog: pytest.LogCaptureFixture
) -> None:
    refuse(logger, InvalidRequestLine("POST /rahasia"))  # type: ignore[no-untyped-call]
    assert [record.getMessage() for record in caplog.records] == ["an unreadable request was refused"]


def test_an_error_outside_of_the_application_leaves_its_class_alone(
    logger: SilentLogger, caplog: pytest.LogCaptureFixture
) -> None:
    refuse(logger, RuntimeError("cerita rahasia"))
    (record,) = caplog.records
    assert (record.getMessage(), record.exc_info) == ("a request failed: RuntimeError", None)


def test_what_keeps_a_process_from_starting_is_told_in_full(
    logger: SilentLogger, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise RuntimeError("no key file")
    except RuntimeError:
        logger.exception("Exception in worker process")
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
