"""Accounts, sessions, and who may open what was sealed to the office."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import StaffRole


class StaffMember(Base):
    """An account. The private key opens only with the password; the second factor's secret only with that key.

    ``is_trained``: a supervisor says that the person may ask the Danger Assessment. ``paused_until``: until then nobody
    is to give the person a case; nothing says why. ``has_key_map``: whether the queue listens to single keys for this
    person. ``last_seen_on``: the day in Jakarta of the last sign-in; the custody log says no less.
    """

    __tablename__ = "staff_member"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[StaffRole]
    is_active: Mapped[bool]
    password_record: Mapped[str]
    public_key: Mapped[bytes]
    seed_box: Mapped[bytes]
    totp_box: Mapped[bytes | None]
    totp_counter: Mapped[int]
    failed_attempts: Mapped[int]
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    has_key_map: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_trained: Mapped[bool] = mapped_column(default=False, server_default=false())
    paused_until: Mapped[datetime | None] = mapped_column(default=None)
    last_seen_on: Mapped[date | None] = mapped_column(default=None)


class StaffSession(Base):
    """A signed-in browser. ``box`` opens only with the key in its cookie; half a secret is no secret."""

    __tablename__ = "staff_session"

    tag: Mapped[bytes] = mapped_column(primary_key=True)
    box: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    started_at: Mapped[datetime]


class Epoch(Base):
    """A period of the office key. Its private half exists only wrapped to people."""

    __tablename__ = "epoch"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_key: Mapped[bytes]
    started_on: Mapped[date]


class EpochGrant(Base):
    """An epoch's private key, wrapped to one staff member's public key."""

    __tablename__ = "epoch_grant"

    epoch: Mapped[int] = mapped_column(ForeignKey("epoch.number"), primary_key=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    wrapped: Mapped[bytes]
