"""Indonesian or English. Public."""

from __future__ import annotations

from flask import Blueprint, redirect, session, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue

from triage.browser import LANGUAGES

blueprint = Blueprint("language", __name__)


@blueprint.post("/bahasa")
def choose() -> ResponseReturnValue:
    """Remember the language until sign-out."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    return redirect(url_for("home.show"), code=303)
