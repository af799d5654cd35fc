"""A request body that trickles in holds a thread for as long as its sender likes; here it ends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

GRACE_SECONDS = 30.0
"""For any body: enough for a form over a failing connection."""
SLOWEST_BYTES_PER_SECOND = 4096
"""What a phone on GPRS manages."""
LONGEST_SECONDS = 600.0


def allowance(environ: WSGIEnvironment, grace: float = GRACE_SECONDS) -> float | None:
    """Seconds that the body of this request may take; None when it has none."""
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return LONGEST_SECONDS
    declared = environ.get("CONTENT_LENGTH") or "0"
    length = int(declared) if declared.isdigit() else 0
    return min(LONGEST_SECONDS, grace + length / SLOWEST_BYTES_PER_SECOND) if length else None


class BodyDeadline:
    """WSGI middleware for gunicorn: stops reading from the connection when the allowance is over.

    The application then sees the body end early, which Werkzeug answers with 400. Writing is not touched. Servers
    that do not hand over their socket (the test client) are left alone.
    """

    def __init__(self, application: WSGIApplication, grace: float = GRACE_SECONDS) -> None:
        self._application = application
        self._grace = grace

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Run the application with a clock beside it."""
        connection = environ.get("gunicorn.socket")
        seconds = allowance(environ, self._grace)
        if connection is None or seconds is None:
            return self._application(environ, start_response)
        clock = threading.Timer(seconds, _stop_reading, [connection])
        clock.daemon = True
        clock.start()
        try:
            return self._application(environ, start_response)
        finally:
            clock.cancel()


def _stop_reading(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
