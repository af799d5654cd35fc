"""How long an office keeps what: spans in days, within bounds, and off until an office switches them on.

The spans that come with Suluh are a proposal; an office sets them by its own schedule for archives. A change counts
after ``GRACE``: what was shortened or switched on by mistake can be taken back before anything is erased.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy.orm import Session

from casefile.kept import Body, Item, list_versions
from casefile.vocabulary import ClosingReason, KeptKind

GRACE = timedelta(days=7)
HANDED_ON = (ClosingReason.REFERRED, ClosingReason.REPORTED_TO_POLICE)
"""Reasons of closing for which ``handed_on_days`` counts."""

BOUNDS: dict[str, tuple[int, int]] = {
    "story_days": (180, 3_650),
    "handed_on_days": (3_650, 10_950),
    "fingerprint_days": (90, 1_825),
    "job_days": (1, 30),
}
"""The least and the most of each span, in days."""


@dataclass(frozen=True)
class Spans:
    """Days after which something is erased, counted from the day on which a case was closed.

    ``story_days``: story, conversation and notes of a case that was handed to nobody; ``handed_on_days``: of one that
    was referred, reported to police, or went out as a bundle; ``fingerprint_days``: answers and fingerprints;
    ``job_days``: jobs that are done, from that day. Nothing of a case is erased unless ``erases_cases``.
    """

    erases_cases: bool = False
    story_days: int = 365
    handed_on_days: int = 4_383
    fingerprint_days: int = 730
    job_days: int = 7

    def to_body(self) -> dict[str, Any]:
        """As ``casefile.kept`` keeps it."""
        return asdict(self)

    @classmethod
    def from_body(cls, body: Body) -> Self:
        """The inverse of ``to_body``; what is missing or out of bounds comes from Suluh or the nearest bound."""
        shipped = cls()
        days = {name: _within(int(body.get(name, getattr(shipped, name))), name) for name in BOUNDS}
        return cls(body.get("erases_cases", False) is True, **days)

    def is_story_over(self, closed_at: datetime, reason: ClosingReason | None, now: datetime) -> bool:
        """Whether the story of a case that was closed then and so, and handed on in no other way, is to be erased."""
        days = self.handed_on_days if reason in HANDED_ON else self.story_days
        return self.erases_cases and closed_at < now - timedelta(days=days)

    def list_faults(self) -> list[str]:
        """The spans that lie outside of their bounds."""
        return [name for name in BOUNDS if _within(getattr(self, name), name) != getattr(self, name)]


ITEM = Item(KeptKind.RETENTION, "spans", Spans().to_body())


def find_spans(session: Session, now: datetime) -> Spans:
    """What may be erased by at ``now``: the longest of the spans that stood at any time during ``GRACE``.

    A damaged row erases nothing: all is as it came with Suluh until somebody has seen to it.
    """
    standing = [Spans()]
    try:
        for version in reversed(list_versions(session, ITEM)):
            if version.changed_at <= now - GRACE:
                standing.clear()
            standing.append(Spans.from_body(version.body))
    except (ValueError, TypeError, AttributeError):
        return Spans()
    return _longest(standing)


def _longest(standing: Iterable[Spans]) -> Spans:
    each = list(standing)
    days = {name: max(getattr(spans, name) for spans in each) for name in BOUNDS}
    return Spans(all(spans.erases_cases for spans in each), **days)


def _within(days: int, name: str) -> int:
    least, most = BOUNDS[name]
    return min(max(days, least), most)
