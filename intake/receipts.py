"""Whose rows a transaction is about."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def name_receipt(session: Session, tag: bytes) -> None:
    """Name a receipt's tag until the transaction ends: PostgreSQL shows and takes rows of its report alone."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.set_config("suluh.receipt_tag", tag.hex(), True)))
