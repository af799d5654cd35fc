"""Server-side sessions whose only key is a cookie: the row alone opens nothing, the cookie alone holds nothing.

``tag`` finds the row and ``key`` opens its box; both are derived from the 32 random bytes in the cookie.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, bindparam, delete, select, text
from sqlalchemy.orm import Session

from casefile.boxes import box, derive, pad, unbox, unpad
from casefile.database import begin_write
from casefile.errors import UnsealError
from casefile.models import BundleDraft, Draft, StaffSession

PROMPT_MILLISECONDS = 300
"""How long erasing waits for other writers where somebody wants to be gone."""


class Kept(NamedTuple):
    """An opened row."""

    values: dict[str, Any]
    expires_at: datetime


@dataclass(frozen=True)
class SessionStore:
    """Where sessions of one purpose lie; ``purpose`` keeps drafts and staff sessions apart."""

    table: type[Draft | StaffSession | BundleDraft]
    purpose: str

    def tag(self, cookie_key: bytes) -> bytes:
        """The 32-byte primary key of the row that belongs to a cookie."""
        return derive(cookie_key, f"session/{self.purpose}/tag")

    def load(self, session: Session, cookie_key: bytes, now: datetime) -> dict[str, Any] | None:
        """The values, or None when there is no such row, it is over, or it does not open."""
        kept = self.open_row(session, cookie_key, now)
        return kept and kept.values

    def open_row(self, session: Session, cookie_key: bytes, now: datetime) -> Kept | None:
        """The values and until when they are kept; None as ``load``."""
        tag = self.tag(cookie_key)
        row = session.connection().execute(_finding(self.table), {"tag": tag}).first()
        if row is None or row.expires_at <= now:
            return None
        try:
            opened = unpad(unbox(self._key(cookie_key), row.box, self.purpose.encode(), tag))
        except UnsealError:
            return None
        return Kept(json.loads(opened), row.expires_at)

    def save(
        self,
        session: Session,
        cookie_key: bytes,
        values: Mapping[str, Any],
        expires_at: datetime,
        *,
        is_new: bool = True,
        **columns: Any,
    ) -> bool:
        """Write the row in the caller's transaction; ``columns`` are further columns of the table.

        With ``is_new`` false an erased row is not written again, so that a request under way cannot bring back a
        session that was ended meanwhile. Says whether there is a row now.
        """
        tag = self.tag(cookie_key)
        plain = json.dumps(dict(values), ensure_ascii=False).encode()
        sealed = box(self._key(cookie_key), pad(plain), self.purpose.encode(), tag)
        row = cast("Draft | StaffSession | BundleDraft | None", session.get(self.table, tag))
        if row is None:
            if not is_new:
                return False
            row = self.table(tag=tag)
        row.box, row.expires_at = sealed, expires_at
        for name, value in columns.items():
            setattr(row, name, value)
        session.add(row)
        return True

    def drop(self, session: Session, cookie_key: bytes) -> None:
        """Erase the row in the caller's transaction."""
        session.execute(delete(self.table).where(self.table.tag == self.tag(cookie_key)))

    def drop_promptly(self, session: Session, cookie_key: bytes) -> None:
        """As ``drop``, in a transaction that has not begun, but hardly waits for other writers.

        Raises ``OperationalError`` when they hold the row, or SQLite's write lock, past ``PROMPT_MILLISECONDS``.
        """
        with _waiting_less(session):
            self.drop(session, cookie_key)

    def _key(self, cookie_key: bytes) -> bytes:
        return derive(cookie_key, f"session/{self.purpose}/box")


@cache
def _finding(table: type[Draft | StaffSession | BundleDraft]) -> Select[tuple[bytes, datetime]]:
    return select(table.box, table.expires_at).where(table.tag == bindparam("tag"))


@contextmanager
def _waiting_less(session: Session) -> Iterator[None]:
    """Both databases forget the limit afterwards: PostgreSQL with the transaction, SQLite's connection right here."""
    if session.get_bind().dialect.name != "sqlite":
        begin_write(session)
        session.execute(text(f"SET LOCAL lock_timeout = {PROMPT_MILLISECONDS}"))
        yield
        return
    usual = int(session.execute(text("PRAGMA busy_timeout")).scalar_one())
    session.execute(text(f"PRAGMA busy_timeout = {PROMPT_MILLISECONDS}"))
    try:
        yield
    finally:
        session.execute(text(f"PRAGMA busy_timeout = {usual}"))


DRAFTS = SessionStore(Draft, "draft")
STAFF_SESSIONS = SessionStore(StaffSession, "staff")
BUNDLE_DRAFTS = SessionStore(BundleDraft, "bundle")
