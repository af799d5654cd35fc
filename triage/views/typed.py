"""Reading a form's values into values of the vocabulary."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import abort
from flask.globals import request

from triage.clash import Seen

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
    if not version.isdecimal():
        abort(400)
    return int(version)


def seen_case() -> Seen | None:
    """What else the screen showed of the case; None where the form says no more than its version."""
    return Seen.from_text(request.form.get("version", ""))
