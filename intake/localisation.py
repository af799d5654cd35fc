"""Language and form of address: Indonesian first, "kamu" on the path of a child, days instead of times."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask, g, has_request_context
from flask_babel import format_date, format_decimal, get_locale, gettext, ngettext

from casefile.form_of_address import speak_to_child
from casefile.wib import local_date
from casefile.wording import N_, label
from intake import state
from intake.extensions import babel

DEFAULT_LANGUAGE = "id"
LANGUAGES = ("id", "en")

_TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
CHILD_READS = "child_reads"
"""Set on ``flask.g`` by whoever learns in the course of a request that the person harmed is under 18."""


def set_up(app: Flask) -> None:
    """Bind Babel to the application, with a ``gettext`` that addresses whoever reads."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(_TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    babel.init_app(app, locale_selector=_select_language)  # type: ignore[no-untyped-call]
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: _address(gettext(message)),
        lambda one, many, count: _address(ngettext(one, many, count)),
        newstyle=True,
    )
    app.jinja_env.filters["say"] = say
    app.jinja_env.filters["day"] = name_day
    app.jinja_env.filters["words"] = label
    app.jinja_env.globals.update(languages=available_languages, get_locale=get_locale)


def say(message: str, **params: int) -> str:
    """A message id in the reader's language; numbers fill its ``{places}``, written as that language does."""
    said = _address(gettext(message))
    return said.format(**{name: format_decimal(value) for name, value in params.items()}) if params else said


def name_day(day: date, now: datetime) -> str:
    """A day by name where it is near, never a time: who looks over a shoulder learns less."""
    today = local_date(now)
    if day == today:
        return say(N_("Hari ini"))
    if day == today - timedelta(days=1):
        return say(N_("Kemarin"))
    return str(format_date(day, "d MMMM yyyy", rebase=False))  # type: ignore[no-untyped-call]


def available_languages() -> list[str]:
    """The languages that there is a catalogue for, the default first."""
    found = {locale.language for locale in babel.list_translations()}  # type: ignore[no-untyped-call]
    return [code for code in LANGUAGES if code == DEFAULT_LANGUAGE or code in found]


def _select_language() -> str:
    return (state.language() if has_request_context() else None) or DEFAULT_LANGUAGE


def _address(text: str) -> str:
    if not _speaks_to_child() or str(get_locale()) != DEFAULT_LANGUAGE:
        return text
    return speak_to_child(text)


def _speaks_to_child() -> bool:
    if not has_request_context() or state.is_empty():
        return False
    if g.get(CHILD_READS, False):
        return True
    filled, sent = state.draft(), state.sent_report()
    return (filled is not None and filled.is_child) or (sent is not None and sent.is_child)
