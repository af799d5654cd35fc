"""Flask's ``session``, kept on the server in a row that only the browser's cookie opens."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from casefile.database import begin_write
from casefile.sealed_sessions import SessionStore

KEY_BYTES = 32
RENEW_AFTER = timedelta(seconds=30)
"""How old a stored row that slides may be before a request that changes nothing writes it anew."""


class SealedSession(dict[str, Any], SessionMixin):
    """The values of one browser's session. ``cookie_key`` is the only key to the stored row.

    ``is_fresh`` says that the row was written so lately that its end need not be put off.
    """

    def __init__(self, cookie_key: bytes, values: Mapping[str, Any], *, is_stored: bool) -> None:
        super().__init__(values)
        self.cookie_key = cookie_key
        self.is_stored = is_stored
        self.is_fresh = False
        self.replaced_key: bytes | None = None
        self._before: dict[str, Any] | None = deepcopy(dict(values))

    @property
    def loaded(self) -> dict[str, Any] | None:
        """The values as they were loaded or last stored; None where the session counts as changed anyhow."""
        return self._before

    @property
    def modified(self) -> bool:
        """Whether the values differ from those loaded or last stored."""
        return dict(self) != self._before

    @modified.setter
    def modified(self, value: bool) -> None:
        self._before = None if value else deepcopy(dict(self))

    def take_new_key(self) -> None:
        """Store this request's values under a new cookie and erase the old row: a cookie noted before opens nothing."""
        if self.replaced_key is None and self.is_stored:
            self.replaced_key = self.cookie_key
        self.cookie_key = secrets.token_bytes(KEY_BYTES)
        self.is_fresh = False

    def abandon(self) -> None:
        """Store nothing of this request; the browser keeps its cookie and the row stays as it was."""
        self.modified = False
        self.is_stored = False


@dataclass(frozen=True)
class SealedSessions(SessionInterface):
    """Loads before and stores after each request, but never for a static file.

    ``lifetime`` counts from the last change, or where ``slides`` is set from the last request, give or take
    ``RENEW_AFTER``. ``columns`` gives further columns for the row from the session's values. Where two requests change
    one session at a time, the first one holds: a slow page cannot bring back what another one has ended or sent.
    Where ``ends_reading`` is unset, the transaction that read a session stays open for the application to end.
    """

    store: SessionStore
    database: scoped_session[Any]
    cookie_name: str
    lifetime: timedelta
    secure: bool
    slides: bool = False
    columns: Callable[[Mapping[str, Any]], dict[str, Any]] = lambda _values: {}
    ends_reading: bool = True

    def open_session(self, app: Flask, request: Request) -> SealedSession:
        """The stored session, or a new and empty one."""
        key = _decode(request.cookies.get(self.name, ""))
        if key is not None and not _is_static(app, request):
            now = datetime.now(UTC)
            kept = self.store.open_row(self.database(), key, now)
            if self.ends_reading:
                self.database.rollback()
            if kept is not None:
                session = SealedSession(key, kept.values, is_stored=True)
                session.is_fresh = kept.expires_at - now > self.lifetime_of(kept.values) - RENEW_AFTER
                return session
        return SealedSession(secrets.token_bytes(KEY_BYTES), {}, is_stored=False)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed; an emptied session is erased with its cookie.

        Whatever a failed view left uncommitted is dropped first.
        """
        if not isinstance(session, SealedSession):
            return
        if not session:
            self._end(session, response)
        elif session.modified or (self.slides and session.is_stored and not session.is_fresh):
            self._store(session, response)
        elif session.is_stored:
            self._set_cookie(session, response)

    def reload(self, session: SealedSession) -> None:
        """Put the stored values in the place of the session's; leaves it empty when nothing is stored.

        Rolls back what the request did so far.
        """
        self.database.rollback()
        values = self.store.load(self.database(), session.cookie_key, datetime.now(UTC))
        self.database.rollback()
        session.clear()
        session.update(values or {})
        session.modified = False

    def lifetime_of(self, values: Mapping[str, Any]) -> timedelta:
        """How long these values are kept from now on."""
        return self.lifetime

    def _store(self, session: SealedSession, response: Response) -> None:
        database = self.database()
        database.rollback()
        begin_write(database)
        if session.is_stored and self._was_changed(session, database):
            database.rollback()
            return
        if session.replaced_key is not None:
            self.store.drop(database, session.replaced_key)
            session.is_stored = False
        self.write(session, database)
        database.commit()
        self._set_cookie(session, response)

    def _was_changed(self, session: SealedSession, database: Session) -> bool:
        """Whether another request stored other values meanwhile. Locks the row until the transaction ends."""
        if session.loaded is None:
            return False
        key = session.replaced_key or session.cookie_key
        table, tag = self.store.table, self.store.tag(key)
        database.execute(select(table.tag).where(table.tag == tag).with_for_update())
        return self.store.load(database, key, datetime.now(UTC)) != session.loaded

    def write(self, session: SealedSession, database: Session) -> None:
        """Write the row in the caller's transaction, together with what else it changes."""
        expires_at = datetime.now(UTC) + self.lifetime_of(session)
        session.is_stored = self.store.save(
            database,
            session.cookie_key,
            session,
            expires_at,
            is_new=not session.is_stored,
            **self.columns(session),
        )
        session.modified = False

    @property
    def name(self) -> str:
        """The cookie's name; ``__Host-`` ties it to this host over HTTPS."""
        return f"__Host-{self.cookie_name}" if self.secure else self.cookie_name

    def _end(self, session: SealedSession, response: Response) -> None:
        if session.is_stored:
            self.database.rollback()
            begin_write(self.database())
            self.store.drop(self.database(), session.cookie_key)
            self.database().commit()
            response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="Strict")

    def erase_promptly(self, session: SealedSession) -> None:
        """Erase the row for somebody who cannot wait; of the session nothing is stored after this request.

        Raises ``SQLAlchemyError`` when the row cannot be erased at once; then it stays until it is over.
        """
        key, is_stored = session.cookie_key, session.is_stored
        session.clear()
        session.abandon()
        if is_stored:
            self.database.rollback()
            self.store.drop_promptly(self.database(), key)
            self.database.commit()

    def renew(self, session: SealedSession, database: Session) -> None:
        """Give the browser a new cookie in the caller's transaction: one known before a sign-in opens nothing after."""
        begin_write(database)
        self.store.drop(database, session.cookie_key)
        session.cookie_key = secrets.token_bytes(KEY_BYTES)
        session.is_stored = False
        session.modified = True

    def _set_cookie(self, session: SealedSession, response: Response) -> None:
        value = base64.urlsafe_b64encode(session.cookie_key).decode()
        response.set_cookie(self.name, value, path="/", secure=self.secure, httponly=True, samesite="Strict")


def _is_static(app: Flask, request: Request) -> bool:
    """Sessions are opened before Flask knows the endpoint."""
    return request.path.startswith(f"{app.static_url_path}/")


def _decode(cookie: str) -> bytes | None:
    try:
        key = base64.urlsafe_b64decode(cookie)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None
