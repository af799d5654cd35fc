"""Texts of pages: the catalogue is looked up once for a request, not once for each of hundreds of texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from flask import Flask
from flask.globals import g
from flask_babel import get_translations
from markupsafe import Markup

MOST_KEPT = 8192
"""Translated texts that a process keeps: more than two languages have. None of them is about a person."""


def translate_quickly(app: Flask) -> None:
    """Take the place of the extension's own function in templates; the texts are the same."""
    app.jinja_env.globals["_"] = mark_up
    app.context_processor(_bind)


def mark_up(text: str, **values: object) -> Markup:
    """The text for a template, which may hold markup; ``values`` are escaped. ``%`` is always a format, as in Jinja."""
    return _fill(_catalogue(), text, **values)


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, with ``values`` in their places, as the extension's own function gives it."""
    found = _find(_catalogue(), text)
    return found % values if values else found


def _bind() -> dict[str, Callable[..., Markup]]:
    """``_`` with the request's catalogue, for a template itself and what it imports with its context."""
    return {"_": partial(_fill, _catalogue())}


def _fill(catalogue: Any, text: str, /, **values: object) -> Markup:
    found = _mark(catalogue, text)
    return found % values if values or "%" in found else found


@lru_cache(maxsize=MOST_KEPT)
def _mark(catalogue: Any, text: str) -> Markup:
    return Markup(catalogue.ugettext(text))  # noqa: S704 - our own texts


@lru_cache(maxsize=MOST_KEPT)
def _find(catalogue: Any, text: str) -> str:
    found: str = catalogue.ugettext(text)
    return found


def _catalogue() -> Any:
    found = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found
