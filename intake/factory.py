"""The portal's application."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, request

from casefile.database import engine_options
from casefile.fingerprints.keying import SketchKey
from casefile.sealed_sessions import DRAFTS
from casefile.settings import IntakeSettings
from intake import failures, localisation, state
from intake.extensions import csrf, db
from intake.leaving import stay_calm
from intake.portal import Portal, attach, load_keys, make_reader
from intake.views import form, home, replies, sending
from web.deadlines import BodyDeadline
from web.headers import security_headers
from web.logs import silence
from web.requests import MemoryRequest

_ROOT = Path(__file__).resolve().parents[1]


def create_app(settings: IntakeSettings) -> Flask:
    """A WSGI application for ``settings``. Raises ``KeyFileError`` when the office's keys cannot be read."""
    app = Flask(
        __name__,
        static_folder=_ROOT / "static" / "intake",
        static_url_path="/s",
        template_folder=str(_ROOT / "templates"),
    )
    app.request_class = MemoryRequest
    keys = load_keys(settings)
    app.config.update(
        SECRET_KEY=keys.secrets.form_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    db.init_app(app)
    sessions = state.DraftSessions(
        DRAFTS, db.session, state.COOKIE_NAME, state.DRAFT_LIFETIME, settings.secure_cookies, slides=True
    )
    app.session_interface = sessions
    attach(app, Portal(settings, keys, sessions, make_reader(settings), SketchKey(keys.secrets.sketch_key)))
    _register(app)
    return app


def _register(app: Flask) -> None:
    silence(app)
    app.wsgi_app = BodyDeadline(app.wsgi_app)  # type: ignore[method-assign]
    localisation.set_up(app)
    failures.set_up(app)
    app.before_request(stay_calm)
    app.before_request(_prepare_session)
    csrf.init_app(app)  # type: ignore[no-untyped-call]
    for view_without_session in (home.resume, home.switch_language):
        csrf.exempt(view_without_session)  # type: ignore[no-untyped-call]
    app.after_request(_set_headers)
    for view in (home, form, sending, replies):
        app.register_blueprint(view.blueprint)


def _prepare_session() -> None:
    if request.blueprint != home.blueprint.name:
        state.require()
    state.expire(datetime.now(UTC))


def _set_headers(response: Response) -> Response:
    is_static = request.endpoint == "static" and response.status_code < 400  # noqa: PLR2004 - where refusals begin
    response.headers.update(security_headers(is_static))
    return response
