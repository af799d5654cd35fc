"""Logs that identify nobody: no address, path, query, header or user agent, and no message of an exception."""

from __future__ import annotations

import logging
import secrets
import sys

from flask import Flask
from flask.ctx import has_request_context
from flask.globals import request
from gunicorn.glogging import Logger

log = logging.getLogger("suluh")

_REFUSED = "Invalid request"
_AT_START = "Exception in worker process"


class SilentLogger(Logger):
    """gunicorn's logger without the atoms that name a person or a page."""

    def atoms(self, resp: object, req: object, environ: dict[str, object], request_time: object) -> dict[str, object]:
        """Method, status, size and time; everything else becomes a dash."""
        known = super().atoms(resp, req, environ, request_time)  # type: ignore[no-untyped-call]
        kept = {"m", "s", "B", "b", "D", "M", "L", "T", "p", "t"}
        return {name: value if name in kept else "-" for name, value in known.items()}

    def warning(self, msg: object, *args: object, **kwargs: object) -> None:
        """gunicorn would write the address and the first line of a request that it cannot read."""
        is_about_request = str(msg).startswith(_REFUSED)
        said, values = ("an unreadable request was refused", ()) if is_about_request else (msg, args)
        super().warning(said, *values, **kwargs)  # type: ignore[no-untyped-call]

    def exception(self, msg: object, *args: object, **kwargs: object) -> None:
        """The class of the error alone, without path and traceback, unless the process could not even start."""
        if str(msg).startswith(_AT_START):
            super().exception(msg, *args, **kwargs)  # type: ignore[no-untyped-call]
            return
        kind = sys.exc_info()[0]
        super().error("a request failed: %s", kind.__name__ if kind else "-")  # type: ignore[no-untyped-call]


def report_failure(error: BaseException) -> str:
    """Log the kind and place of an error under a random number, which the page shows. Returns the number."""
    number = secrets.token_hex(4)
    endpoint = request.endpoint if has_request_context() else None
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "-"
    log.error("failure %s: %s at %s in %s", number, type(error).__name__, place, endpoint or "-")
    return number


def silence(app: Flask) -> None:
    """Keep Flask from logging tracebacks, which hold what people typed."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.logger.disabled = True
