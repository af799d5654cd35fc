"""Texts of pages: the catalogue is looked up once for a request, not once for each of hundreds of texts."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.globals import g
from flask_babel import get_translations
from markupsafe import Markup


def translate_quickly(app: Flask) -> None:
    """Take the place of the extension's own function in templates; the texts are the same."""
    app.jinja_env.globals["_"] = mark_up


def mark_up(text: str, **values: object) -> Markup:
    """The text for a template, which may hold markup; ``values`` are escaped. ``%`` is always a format, as in Jinja."""
    found: str = _catalogue().ugettext(text)
    return Markup(found) % values if values or "%" in found else Markup(found)  # noqa: S704 - our own texts


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, with ``values`` in their places, as the extension's own function gives it."""
    found: str = _catalogue().ugettext(text)
    return found % values if values else found


def _catalogue() -> Any:
    found = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found
