"""Indonesian or English. Public."""

from __future__ import annotations

from flask import Blueprint, redirect, session, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue

from triage.browser import LANGUAGES, Stage, visitor
from triage.extensions import desk

blueprint = Blueprint("language", __name__)

_NEXT = {
    Stage.SECOND_FACTOR: "signing_in.second_factor",
    Stage.FIRST_TIME: "signing_in.first_time",
    Stage.IN: "home.show",
}


@blueprint.post("/bahasa")
def choose() -> ResponseReturnValue:
    """Remember the language until sign-out; who is signing in stays where they are."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    who = visitor(desk().clock())
    return redirect(url_for(_NEXT[who.stage] if who else "signing_in.password"), code=303)
