"""Leaving in a hurry: works without script, without session and without database."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from intake import state
from intake.portal import Portal, current_portal
from web.logs import report_failure

EXIT_PATH = "/keluar"
CALM = timedelta(minutes=30)
_OPEN_WHILE_CALM = frozenset({"static", "home.healthz", "home.leave", "home.resume"})


def erase_session() -> None:
    """Erase the session's row at once, or leave it to its end: whoever leaves waits for no other writer."""
    try:
        current_portal().sessions.erase_promptly(state.browser_session())
    except SQLAlchemyError as fault:
        report_failure(fault)


def exit_response() -> Response:
    """To the page outside, with the session's cookie gone and the calm cookie set.

    Changing an HttpOnly cookie also keeps Chromium from showing the page again from its back/forward cache.
    """
    portal = current_portal()
    response = redirect(portal.settings.exit_url, 303)
    secure = portal.settings.secure_cookies
    response.delete_cookie(portal.sessions.name, path="/", secure=secure, httponly=True, samesite="Strict")
    response.set_cookie(
        portal.calm_cookie, "1", max_age=CALM, path="/", secure=secure, httponly=True, samesite="Strict"
    )
    return response


def stay_calm() -> Response | str | None:
    """While the calm cookie is there, every page is the neutral one."""
    if not is_calm(current_portal()) or request.endpoint in _OPEN_WHILE_CALM:
        return None
    state.browser_session().abandon()
    if request.path != "/":
        return redirect("/", 303)
    return render_template("intake/calm.html")


def is_calm(portal: Portal) -> bool:
    """Whether this browser left in a hurry a while ago."""
    return portal.calm_cookie in request.cookies
