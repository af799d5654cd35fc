"""The portal's application."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, request

from casefile.database import page_engine_options
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.wordgroups import WordKey
from casefile.sealed_sessions import DRAFTS
from casefile.settings import IntakeSettings
from intake import assets, failures, localisation, state
from intake.extensions import csrf, db
from intake.leaving import stay_calm
from intake.load import Load, Meters
from intake.portal import Portal, attach, load_keys, make_reader
from intake.proofs import ProofKeys
from intake.views import additions, form, guidance, home, replies, sending
from intake.wordreader import SHARED_BOARD, WordReader
from web.deadlines import BodyDeadline
from web.headers import add_security_headers
from web.logs import silence
from web.requests import MemoryRequest

_ROOT = Path(__file__).resolve().parents[1]
STATIC_PREFIX = "/s"


def create_app(settings: IntakeSettings, meters: Meters | None = None) -> Flask:
    """A WSGI application for ``settings``. Raises ``KeyFileError`` when the office's keys cannot be read.

    ``meters`` are those that several processes share; without, the application counts for itself.
    """
    app = Flask(
        __name__,
        static_folder=None,
        static_url_path=STATIC_PREFIX,
        template_folder=str(_ROOT / "templates"),
    )
    app.request_class = MemoryRequest
    keys = load_keys(settings)
    app.config.update(
        SECRET_KEY=keys.secrets.form_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=page_engine_options(settings.database_url),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    db.init_app(app)
    sessions = state.DraftSessions(
        DRAFTS, db.session, state.COOKIE_NAME, state.DRAFT_LIFETIME, settings.secure_cookies, slides=True
    )
    app.session_interface = sessions
    words = WordReader(WordKey(keys.secrets.sketch_key), SHARED_BOARD)
    portal = Portal(
        settings,
        keys,
        sessions,
        make_reader(settings, words),
        words,
        SketchKey(keys.secrets.sketch_key),
        Load(settings.load_limit, meters or Meters()),
        ProofKeys.of(keys.secrets.form_key),
    )
    attach(app, portal)
    assets.load().set_up(app, STATIC_PREFIX)
    _register(app)
    return app


def _register(app: Flask) -> None:
    silence(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True  # pages travel uncompressed
    app.wsgi_app = BodyDeadline(app.wsgi_app)  # type: ignore[method-assign]
    localisation.set_up(app)
    failures.set_up(app)
    app.before_request(stay_calm)
    app.before_request(_prepare_session)
    csrf.init_app(app)  # type: ignore[no-untyped-call]
    for view_without_session in (home.resume, home.switch_language):
        csrf.exempt(view_without_session)  # type: ignore[no-untyped-call]
    app.after_request(add_security_headers)
    for view in (home, guidance, form, sending, replies, additions):
        app.register_blueprint(view.blueprint)


def _prepare_session() -> None:
    if request.blueprint not in {home.blueprint.name, guidance.blueprint.name}:
        state.require()
    state.expire(datetime.now(UTC))
