"""The custody log: one append-only, digest-linked chain per report. Guards live in migrations."""

from __future__ import annotations

import uuid

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base


class CustodyEntry(Base):
    """Who did what, when and why. ``body`` is canonical JSON of codes, never content.

    No second unique column: SQLite's ``REPLACE`` would remove an older row through it. The nil UUID is the chain of
    acts that belong to no report.
    """

    __tablename__ = "custody_entry"

    report_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    previous: Mapped[bytes]
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes]
