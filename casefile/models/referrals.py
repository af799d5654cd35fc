"""Referrals of a case to other institutions."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import ReferralAct, ReferralState


class Referral(Base):
    """One referral as it stands. A day is empty until it comes, and again when the outcome is taken back.

    In clear: that a case was referred, how that stands, on which days. To whom, what for and what was shared is sealed.
    ``choices_number`` is the number of the reporter's newest choices when it was sent, or when a person last compared
    them with it: whether there are newer ones is seen without opening anything.
    """

    __tablename__ = "referral"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    state: Mapped[ReferralState]
    made_on: Mapped[date]
    sent_on: Mapped[date | None] = mapped_column(index=True)
    answered_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    choices_number: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy as declared


class ReferralStep(Base):
    """What was done to a referral, by whom, on which day (WIB). Only ever added.

    ``box`` holds what was drafted, the letter as it was sent, or the words of an outcome, sealed to the office; it is
    empty where an act has no words, and where a draft was discarded. Its size tells roughly how long the letter was.
    """

    __tablename__ = "referral_step"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    number: Mapped[int]
    act: Mapped[ReferralAct]
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    done_on: Mapped[date]
    box: Mapped[bytes | None]
    epoch: Mapped[int | None]
