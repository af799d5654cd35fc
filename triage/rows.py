"""One statement, one answer: how many rows a conditional change touched. Who comes second touches none."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.orm import Session


def count_changed(session: Session, statement: Update | Delete) -> int:
    """Run ``statement`` in the caller's transaction and count the rows that it changed or removed."""
    result = cast("CursorResult[Any]", session.execute(statement))
    return result.rowcount
