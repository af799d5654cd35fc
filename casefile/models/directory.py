"""Where else people can turn. Public data: whoever opens the portal may read all of it but the history."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import DirectoryAct


class DirectoryEntry(Base):
    """One place that helps, as the portal shows it. Several contacts of one kind stand on lines of their own.

    ``name_in_file`` ties an entry that came with Suluh to ``casefile/directory.toml``; ``is_ours`` says that a person
    changed it, and that upgrades leave it alone from then on.
    """

    __tablename__ = "directory_entry"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name_in_file: Mapped[str | None] = mapped_column(unique=True)
    is_ours: Mapped[bool]
    position: Mapped[int]
    name: Mapped[str]
    about: Mapped[str]
    about_en: Mapped[str]
    hours: Mapped[str]
    hours_en: Mapped[str]
    phone: Mapped[str]
    whatsapp: Mapped[str]
    web: Mapped[str]
    email: Mapped[str]
    address: Mapped[str]
    audiences: Mapped[list[str]] = mapped_column(JSON)
    helps: Mapped[list[str]] = mapped_column(JSON)
    verified_on: Mapped[date | None]
    is_retired: Mapped[bool]
    version: Mapped[int]


class DirectoryChange(Base):
    """What an entry was before and after each change. ``version`` is the entry's after it; ``staff_id`` None: Suluh."""

    __tablename__ = "directory_change"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("directory_entry.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[DirectoryAct]
    staff_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    changed_at: Mapped[datetime]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
