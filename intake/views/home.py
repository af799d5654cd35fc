"""Pages that anybody may open: home, language, quick exit, health."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from intake import state
from intake.extensions import db
from intake.guidance import is_guide_path
from intake.leaving import erase_session, exit_response
from intake.localisation import available_languages
from intake.portal import current_portal

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """The first page; remembers nothing, not even that it was opened, and so waits for no writer."""
    state.browser_session().abandon()
    return render_template("intake/home.html")


@blueprint.get("/keluar")
def leave() -> Response:
    """Quick exit: the session's row and cookie go, the page outside comes."""
    erase_session()
    return exit_response()


@blueprint.post("/buka")
def resume() -> Response:
    """Come back from the neutral page. There is no session here, so nothing that a token could protect."""
    portal = current_portal()
    response = redirect("/", 303)
    response.delete_cookie(
        portal.calm_cookie, path="/", secure=portal.settings.secure_cookies, httponly=True, samesite="Strict"
    )
    return response


@blueprint.post("/bahasa")
def switch_language() -> Response:
    """Choose a language. Without a token, so that the home page needs no session; other sites may not call it."""
    chosen = request.form.get("bahasa", "")
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if is_ours and chosen in available_languages():
        state.choose_language(chosen)
    back = request.form.get("kembali", "/")
    return redirect(back if is_guide_path(back) else "/", 303)


@blueprint.get("/healthz")
def healthz() -> tuple[Response, int]:
    """Whether the database answers."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="database unreachable"), 503
    return jsonify(status="ok"), 200
