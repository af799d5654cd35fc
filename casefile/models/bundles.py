"""Evidence bundles: the request, what a person reads before deciding, the build, a timestamp that came late."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import BundleState


class Bundle(Base):
    """A request to hand evidence over; exists as a file only after a second person approved, and only once.

    ``purpose_box`` (what was chosen), ``annex_box`` (who the reporter is, for one investigator) and ``handover_box``
    (the sheet that is signed when the file changes hands) are sealed to the office. The annex is erased as soon as it
    was handed over or nothing will come of it. ``digest`` is that of the encrypted file.
    """

    __tablename__ = "bundle"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    state: Mapped[BundleState]
    requested_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    requested_at: Mapped[datetime]
    purpose_box: Mapped[bytes]
    epoch: Mapped[int]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    decided_at: Mapped[datetime | None]
    exported_at: Mapped[datetime | None]
    digest: Mapped[bytes | None]
    annex_box: Mapped[bytes | None]
    handover_box: Mapped[bytes | None]
    handover_epoch: Mapped[int | None]


class BundleDraft(Base):
    """What one browser is reading of a bundle: ``box`` opens only with the key in that browser's cookie."""

    __tablename__ = "bundle_draft"

    tag: Mapped[bytes] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    box: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class BundleBuild(Base):
    """The making of an approved bundle; ``id`` is that of its outbox row, which says whether it waits or failed.

    ``box`` holds what the file is made of, sealed to the builder's key, which exists in that process alone.
    ``package_box`` holds the finished file, sealed to the office; the row is erased when it is downloaded.
    """

    __tablename__ = "bundle_build"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bundle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bundle.id"), unique=True)
    ordered_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    ordered_at: Mapped[datetime]
    box: Mapped[bytes | None]
    steps_done: Mapped[int]
    steps_all: Mapped[int]
    package_box: Mapped[bytes | None]
    epoch: Mapped[int]


class BundleStamp(Base):
    """A timestamp that an authority still owes; ``id`` is that of its outbox row.

    ``signature`` is the office's over a list of digests, ``token`` the authority's answer: neither tells of a report.
    """

    __tablename__ = "bundle_stamp"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bundle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bundle.id"), unique=True)
    signature: Mapped[bytes]
    token: Mapped[bytes | None]
