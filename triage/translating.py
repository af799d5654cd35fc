"""Texts of pages: the catalogue is looked up once for a request, not once for each of hundreds of texts."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.globals import g
from flask_babel import get_translations


def translate_quickly(app: Flask) -> None:
    """Take the place of the extension's own functions in templates; the texts are the same."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext,
        lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, with ``values`` in their places, as the extension's own function gives it."""
    found: str = _catalogue().ugettext(text)
    return found % values if values else found


def _catalogue() -> Any:
    found = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found
