"""Reading a form's values into values of the vocabulary."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import abort
from flask.globals import request

Member = TypeVar("Member", bound=StrEnum)


def pick(kind: type[Member], given: str | None) -> Member | None:
    """The member with that value, or None."""
    try:
        return kind(given) if given else None
    except ValueError:
        return None


def seen_version() -> int:
    """The version of the case that was on the screen. A form without one is answered with 400."""
    version = request.form.get("version", type=int)
    if version is None:
        abort(400)
    return version
