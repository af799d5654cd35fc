"""What the browser's sealed session holds: how far the sign-in came, and the person's opened key.

The values lie in a row that opens only with the cookie (``casefile.sealed_sessions``); nothing of them is elsewhere.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from flask import session as flask_session
from flask.globals import current_app

from casefile.boxes import box, derive, unbox
from casefile.errors import UnsealError
from triage.extensions import db, desk
from web.sessions import SealedSession, SealedSessions

IDLE_LIFETIME = timedelta(minutes=10)
ABSOLUTE_LIFETIME = timedelta(hours=8)
LANGUAGES = ("id", "en")


class Stage(StrEnum):
    """How far the sign-in has come. Only ``IN`` is signed in."""

    SECOND_FACTOR = "second_factor"
    FIRST_TIME = "first_time"
    IN = "in"


@dataclass(frozen=True)
class Visitor:
    """The person behind the session, at some stage of the sign-in."""

    stage: Stage
    staff_id: UUID
    username: str
    started_at: datetime
    seed: bytes = field(repr=False)


def sealed_session() -> SealedSession:
    """The request's session, as the kind it is."""
    return cast("SealedSession", flask_session)


def visitor(now: datetime) -> Visitor | None:
    """Who is behind the session, if a password was given not longer than ``ABSOLUTE_LIFETIME`` ago."""
    values = sealed_session()
    if "staff_id" not in values:
        return None
    started_at = datetime.fromisoformat(values["started_at"])
    if now - started_at >= ABSOLUTE_LIFETIME:
        return None
    return Visitor(
        stage=Stage(values["stage"]),
        staff_id=UUID(values["staff_id"]),
        username=values["username"],
        started_at=started_at,
        seed=base64.b64decode(values["seed"]),
    )


def begin(who: Visitor, language: str | None) -> None:
    """Start a session under a new cookie; what the old cookie opened is erased. The caller commits."""
    session = sealed_session()
    interface = cast("SealedSessions", current_app.session_interface)
    session.clear()
    interface.renew(session, db.session())
    session.update(
        stage=who.stage.value,
        staff_id=str(who.staff_id),
        username=who.username,
        started_at=who.started_at.isoformat(),
        seed=base64.b64encode(who.seed).decode(),
    )
    if language:
        session["language"] = language


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the session's row shows in clear: whose it is, and since when, so that it can be ended from elsewhere."""
    staff_id = values.get("staff_id") if values.get("stage") == Stage.IN else None
    started = values.get("started_at")
    return {
        "staff_id": UUID(staff_id) if staff_id else None,
        "started_at": datetime.fromisoformat(started) if started else datetime.now(UTC),
    }


def csrf_token() -> str:
    """The word that every form repeats, derived from the cookie's key: no other site can know it.

    Asking for it keeps the session, so that the browser has the cookie when it sends the form.
    """
    session = sealed_session()
    session.setdefault("opened_at", desk().clock().isoformat())
    return _token(session)


def carries_token(given: str) -> bool:
    """Whether a form came from a page of this very session."""
    return hmac.compare_digest(given.encode(), _token(sealed_session()).encode())


def seal_for_address(values: bytes) -> str:
    """For an address that only this very session can read: a place in a list holds times of a case."""
    sealed = box(_address_key(), values)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def open_from_address(text: str | None) -> bytes | None:
    """The inverse of ``seal_for_address``; None for what another session sealed, or nobody."""
    try:
        sealed = base64.urlsafe_b64decode((text or "") + "=" * (-len(text or "") % 4))
        return unbox(_address_key(), sealed) if sealed else None
    except (ValueError, UnsealError):
        return None


def language() -> str:
    """Indonesian, unless the person chose English."""
    chosen = sealed_session().get("language")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def _address_key() -> bytes:
    return derive(sealed_session().cookie_key, "desk-address")


def _token(session: SealedSession) -> str:
    return base64.urlsafe_b64encode(derive(session.cookie_key, "desk-form")).decode()
