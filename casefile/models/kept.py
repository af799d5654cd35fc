"""What an office keeps for itself in the browser. Nothing here is about a case or a reporter."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import KeptKind


class KeptVersion(Base):
    """One version of one value, written once and never changed: the newest counts, the others are its history.

    ``body`` is canonical JSON, in clear: a thief reads how an office works, and nothing about anybody who reported.
    A removed value keeps its last body. ``restores`` names the version that was brought back, 0 the one that came
    with Suluh; ``confirmed_by`` is the second person where one was needed.
    """

    __tablename__ = "kept_version"

    kind: Mapped[KeptKind] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str]
    changed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    changed_at: Mapped[datetime]
    is_removed: Mapped[bool]
    restores: Mapped[int | None]
