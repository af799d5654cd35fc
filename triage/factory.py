"""The desk as a Flask application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask

from casefile.database import page_engine_options
from casefile.keyring import STAFF_COST, EntryKeys, KdfCost, load_public_keys, load_root_key
from casefile.sealed_sessions import STAFF_SESSIONS
from casefile.settings import TriageSettings
from triage import assets, browser, conversation_in_words, phrases, reasons_in_words
from triage.extensions import Desk, babel, db, furnish, utc_now
from triage.extensions import desk as current_desk
from triage.failures import register_failures
from triage.gate import guard, signed_in_person
from triage.passwords import decoy_record
from triage.permissions import Permission
from triage.same_reporter import suspect_same_reporter
from triage.translating import translate_quickly
from triage.views import BLUEPRINTS
from triage.views.articles import list_fitting
from web.deadlines import BodyDeadline
from web.headers import add_security_headers
from web.logs import silence
from web.requests import MemoryRequest
from web.sessions import SealedSessions

ROOT = Path(__file__).resolve().parent.parent
STATIC_PREFIX = "/static"
BODY_LIMIT = 128 * 1024
"""Bytes of one form; the desk receives no files."""


class DeskRequest(MemoryRequest):
    """A request to the desk: small forms."""

    max_content_length = BODY_LIMIT


def create_app(
    settings: TriageSettings, *, staff_cost: KdfCost = STAFF_COST, clock: Callable[[], datetime] = utc_now
) -> Flask:
    """Build the desk. Raises ``KeyFileError`` when the office's public keys are not signed by the pinned root."""
    app = Flask("triage", template_folder=str(ROOT / "templates"), static_folder=None, static_url_path=STATIC_PREFIX)
    app.request_class = DeskRequest
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=page_engine_options(settings.database_url),
        BABEL_DEFAULT_LOCALE="id",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
    )
    open_desk(app, settings, staff_cost=staff_cost, clock=clock)
    db.init_app(app)
    babel.init_app(app, locale_selector=browser.language)  # type: ignore[no-untyped-call]
    translate_quickly(app)
    app.session_interface = SealedSessions(
        store=STAFF_SESSIONS,
        database=db.session,
        cookie_name="meja",
        lifetime=browser.IDLE_LIFETIME,
        secure=settings.secure_cookies,
        slides=True,
        columns=browser.columns,
        ends_reading=False,
    )
    assets.load().set_up(app, STATIC_PREFIX)
    silence(app)
    app.wsgi_app = BodyDeadline(app.wsgi_app)  # type: ignore[method-assign]
    app.before_request(guard)
    app.after_request(add_security_headers)
    register_failures(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _furnish_templates(app)
    return app


def open_desk(
    app: Flask, settings: TriageSettings, *, staff_cost: KdfCost = STAFF_COST, clock: Callable[[], datetime] = utc_now
) -> None:
    """Give the application the keys of an office, the price of a password and a clock, instead of those it had.

    Raises ``KeyFileError`` as ``create_app``.
    """
    office = load_public_keys(settings.public_keys, load_root_key(settings.root_key))
    furnish(app, Desk(office, staff_cost, clock, settings.builder_key, _load_entry_keys(settings)))
    decoy_record(staff_cost)


def _load_entry_keys(settings: TriageSettings) -> EntryKeys | None:
    """None where none are named, or not made yet: the desk then takes no reports and says so."""
    path = settings.entry_keys
    return EntryKeys.load(path) if path is not None and path.exists() else None


def _furnish_templates(app: Flask) -> None:
    app.jinja_env.globals.update(
        csrf_token=browser.csrf_token,
        language=browser.language,
        person=signed_in_person,
        Permission=Permission,
        now=lambda: current_desk().clock(),
        ago=phrases.ago,
        clock=phrases.clock,
        level_word=phrases.level_word,
        closing_word=phrases.closing_word,
        due=phrases.due,
        moment=phrases.moment,
        past=phrases.past,
        headline=phrases.headline,
        reason_word=phrases.reason_word,
        span=phrases.span,
        explain=reasons_in_words.explain,
        act_word=phrases.act_word,
        act_time=phrases.act_time,
        act_detail=phrases.act_detail,
        code_opened=conversation_in_words.code_opened,
        same_reporter=suspect_same_reporter,
        list_fitting=list_fitting,
        blueprints=app.blueprints,
    )
    app.jinja_env.filters.update(word=phrases.word, words=phrases.words, day=phrases.day)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
