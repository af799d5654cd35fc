"""What somebody wrote into a form whose session had ended comes back on a page, and nothing of it is kept here.

A person who writes a safety plan for a quarter of an hour sends it without a session. Such a form is neither carried
out nor thrown away: the answer holds all that was typed. Signed in again, in another tab, the person sends it from
there; and because its form word is an old one, is shown it once more before it counts. No row, no cookie, no address
holds the text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import render_template
from flask.globals import current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from triage.extensions import db

View = TypeVar("View", bound=Callable[..., Any])

CONFLICT = 409
_OWN = frozenset({"csrf"})


def keeps(*names: str) -> Callable[[View], View]:
    """Mark a view whose form holds free text in the fields ``names``: these are shown, the others travel unseen."""

    def mark(view: View) -> View:
        view.texts = names  # type: ignore[attr-defined]
        return view

    return mark


def keeps_text(view: Callable[..., Any]) -> bool:
    """Whether a form with words in it was just sent to ``view``: it must not be lost."""
    return request.method == "POST" and any(request.form.get(name, "").strip() for name in getattr(view, "texts", ()))


def typed_texts() -> list[str]:
    """What was written into the form just sent, for the page that says why it was not saved."""
    names = getattr(current_app.view_functions.get(request.endpoint or ""), "texts", ())
    try:
        return [text for name in names if (text := request.form.get(name, "").strip())]
    except HTTPException:
        return []


def show_unsaved() -> ResponseReturnValue:
    """The page with what was typed. Whoever is signed in can save it from there; others are told how."""
    db.session.rollback()
    texts = frozenset(getattr(current_app.view_functions[request.endpoint or ""], "texts", ()))
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in _OWN]
    page = render_template(
        "triage/unsaved.html",
        path=request.path,
        sent=sent,
        shown=[value for name, value in sent if name in texts and value.strip()],
    )
    return page, CONFLICT
