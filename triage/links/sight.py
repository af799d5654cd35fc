"""What may be seen of the two cases of a pair: a rule on roles, on who works on a case, and on both reporters' consent.

Never anybody's story, words, addresses or accounts: those open on the case's own page alone, with a custody entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from casefile.contents import QueueSummary
from casefile.models import Case
from casefile.vocabulary import CaseStatus, StaffRole
from triage.reader import Reader


class Sight(StrEnum):
    """How much of one case is shown."""

    FACTS = "facts"
    ALL_FACTS = "all_facts"


class Barrier(StrEnum):
    """Why two cases are not shown side by side."""

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Viewer:
    """Who looks, and in what role."""

    reader: Reader
    role: StaffRole


@dataclass(frozen=True)
class Side:
    """One case of a pair. ``counsellor_id`` is whom to talk to about it, where that is known.

    ``summary`` is None where it does not open.
    """

    case: Case
    summary: QueueSummary | None
    sight: Sight
    counsellor_id: UUID | None


def sight_of(viewer: Viewer, holder_id: UUID | None) -> Sight:
    """All coded facts for whoever has the case and for a supervisor; for everybody else none that tell where somebody
    lives."""
    works_on_it = holder_id is not None and holder_id == viewer.reader.staff_id
    return Sight.ALL_FACTS if works_on_it or viewer.role is StaffRole.SUPERVISOR else Sight.FACTS


def barrier_between(one: Side, other: Side) -> Barrier | None:
    """What forbids to compare the two now; None only when both reporters are known to allow it."""
    sides = (one, other)
    if any(side.case.status is CaseStatus.WITHDRAWN for side in sides):
        return Barrier.WITHDRAWN
    if any(side.summary is not None and not side.summary.may_compare for side in sides):
        return Barrier.DECLINED
    return Barrier.UNKNOWN if any(side.summary is None for side in sides) else None
