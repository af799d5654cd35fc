"""Reading a form's values into values of the vocabulary."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import abort
from flask.globals import request

from casefile.wib import WIB
from triage.clash import Seen

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
"""Days that a form may name, the second one excluded."""
LONGEST_VERSION = 9
"""Digits of a version."""

Member = TypeVar("Member", bound=StrEnum)


def pick(kind: type[Member], given: str | None) -> Member | None:
    """The member with that value, or None."""
    try:
        return kind(given) if given else None
    except ValueError:
        return None


def seen_version() -> int:
    """The version of the case that was on the screen. A form without one is answered with 400."""
    version, _, _ = request.form.get("version", "").partition(".")
    return _version(version)


def seen_case() -> Seen | None:
    """What else the screen showed of the case; None where the form says no more than its version."""
    return Seen.from_text(request.form.get("version", ""))


def new_id(name: str = "baru") -> UUID:
    """The id that the page made for what its form adds. A form without one is answered with 400."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        abort(400)


def row_version() -> int:
    """The version of the row on the screen that the form changes. A form without one is answered with 400."""
    return _version(request.form.get("versi", ""))


def typed_day(name: str) -> date | None:
    """A day as a browser sends it, or None for all that is none."""
    try:
        found = date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        return None
    return found if FIRST_DAY <= found < LAST_DAY else None


def typed_moment(name: str) -> datetime | None:
    """A local time in Jakarta as a browser sends it, aware; None for all that is none."""
    try:
        found = datetime.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        return None
    is_plain = found.tzinfo is None and FIRST_DAY <= found.date() < LAST_DAY
    return found.replace(tzinfo=WIB) if is_plain else None


def _version(text: str) -> int:
    if not text.isdecimal() or len(text) > LONGEST_VERSION:
        abort(400)
    return int(text)
