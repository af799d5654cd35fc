"""What a reporter put beside the report, opened, and the report as it stands with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.additions import FIRST_CHOICES, Choices, Material
from casefile.contents import ReportContents
from casefile.models import Addition
from casefile.submission import Consents, SafeContact, Submission
from casefile.vocabulary import AdditionKind


@dataclass(frozen=True)
class OpenedAddition:
    """One addition. Of ``material`` and ``choices`` the one of its kind is there, none where it does not open."""

    number: int
    kind: AdditionKind
    added_on: date
    material: Material | None = field(default=None, repr=False)
    choices: Choices | None = field(default=None, repr=False)

    @property
    def is_material(self) -> bool:
        """Something to read, not a choice."""
        return self.kind is AdditionKind.MATERIAL

    @property
    def is_open(self) -> bool:
        """It could be opened."""
        return self.material is not None or self.choices is not None


@dataclass(frozen=True)
class OpenedReport(ReportContents):
    """A report as it stands: ``submission`` holds what was added, and the newest consents and contact.

    ``as_sent`` is what the reporter sent first, ``additions`` everything since, oldest first.
    """

    as_sent: Submission
    additions: tuple[OpenedAddition, ...] = ()

    @property
    def material(self) -> tuple[OpenedAddition, ...]:
        """What came to light later."""
        return tuple(one for one in self.additions if one.is_material)

    @property
    def choices(self) -> tuple[OpenedAddition, ...]:
        """Every state of consents and contact, newest first."""
        return tuple(one for one in reversed(self.additions) if not one.is_material)


@dataclass(frozen=True)
class AddedEvent:
    """That something was added, unopened; ``is_material`` as in ``OpenedAddition``."""

    number: int
    is_material: bool
    added_on: date
    is_read: bool


def take_together(sent: ReportContents, additions: Sequence[OpenedAddition]) -> OpenedReport:
    """The report with its additions. Pictures keep their numbers, as the worker counts them: each file once."""
    stands = sent.submission
    for addition in additions:
        if addition.material is not None:
            stands = _with_material(stands, addition.material)
        elif not addition.is_material:
            stands = _with_choices(stands, addition.choices)
    return OpenedReport(stands, sent.reporter_key, sent.submission, tuple(additions))


def list_events(session: Session, report_id: UUID) -> list[AddedEvent]:
    """That a reporter added or chose something after sending, oldest first. Opens nothing."""
    rows = session.execute(
        select(Addition.number, Addition.kind, Addition.added_on, Addition.is_read)
        .where(Addition.report_id == report_id, Addition.number > FIRST_CHOICES)
        .order_by(Addition.number)
    )
    return [AddedEvent(row.number, row.kind is AdditionKind.MATERIAL, row.added_on, row.is_read) for row in rows]


def count_unread(session: Session, report_ids: Sequence[UUID]) -> int:
    """How many additions of these reports nobody has read yet."""
    later = Addition.number > FIRST_CHOICES
    unread = select(func.count()).select_from(Addition).where(Addition.report_id.in_(report_ids), later)
    return session.scalar(unread.where(Addition.is_read.is_(False))) or 0


def _with_material(stands: Submission, added: Material) -> Submission:
    digests = {picture.fingerprints.sha256 for picture in stands.pictures}
    new = tuple(picture for picture in added.pictures if picture.fingerprints.sha256 not in digests)
    others = dict.fromkeys(one for one in (stands.platform_other, added.platform_other) if one)
    return replace(
        stands,
        answers=replace(stands.answers, platforms=stands.answers.platforms | added.platforms),
        platform_other=", ".join(others),
        addresses=tuple(dict.fromkeys((*stands.addresses, *added.addresses))),
        pictures=(*stands.pictures, *new),
    )


def _with_choices(stands: Submission, choices: Choices | None) -> Submission:
    """What cannot be read is taken as agreed to nothing: it may be a withdrawal of consent."""
    if choices is None:
        return replace(stands, consents=Consents(may_compare=False), contact=SafeContact())
    return replace(stands, consents=choices.consents, contact=choices.contact)
