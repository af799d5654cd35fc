"""Statements run for their rows: how many a conditional change touched, and plain columns read in quantity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Select, Update
from sqlalchemy.orm import Session


def read_columns(
    session: Session, statement: Select[Any], values: Mapping[str, Any] | None = None
) -> CursorResult[Any]:
    """Run ``statement``, which asks for columns alone, in the session's transaction.

    The session itself would look at every row once more, for entities: with many short questions on a page, or one of
    many rows, that takes longer than the answer.
    """
    session.flush()
    return session.connection().execute(statement, values)


def count_changed(session: Session, statement: Update | Delete) -> int:
    """Run ``statement`` in the caller's transaction and count the rows that it changed or removed.

    Of several people who change one thing under a condition, who comes second touches none.
    """
    result = cast("CursorResult[Any]", session.execute(statement))
    return result.rowcount
