"""One statement, one answer: how many rows a conditional UPDATE changed. Who comes second changes none."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Update
from sqlalchemy.orm import Session


def count_changed(session: Session, statement: Update) -> int:
    """Run ``statement`` in the caller's transaction and count the rows that it changed."""
    result = cast("CursorResult[Any]", session.execute(statement))
    return result.rowcount
