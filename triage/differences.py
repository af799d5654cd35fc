"""What speaks against a pair in the coded answers of its two reports."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from casefile.submission import Answers
from casefile.vocabulary import AgeBand, District, HarmKind, WhenHappened

Told = tuple[Answers, datetime]
"""The answers of a report, and when it was received."""


class Difference(StrEnum):
    """A fact that both reports tell, and tell differently."""

    KINDS = "kinds"
    AGE = "age"
    TIME = "time"
    PLATFORM = "platform"
    DISTRICT = "district"


_AGO = {
    WhenHappened.TODAY: (timedelta(days=0), timedelta(days=1)),
    WhenHappened.THIS_WEEK: (timedelta(days=0), timedelta(days=7)),
    WhenHappened.THIS_MONTH: (timedelta(days=0), timedelta(days=31)),
    WhenHappened.LONGER: (timedelta(days=28), timedelta(days=36_500)),
}
"""How long before a report something happened: at least and at most. Received times may be cut to the day."""
_DAY = timedelta(days=1)
_UNSURE = frozenset({HarmKind.UNSURE})


def find_differences(one: Told, other: Told) -> tuple[Difference, ...]:
    """Every difference, in the order of the list. What one of the two leaves open differs from nothing."""
    (a, _), (b, _) = one, other
    holds = {
        Difference.KINDS: _are_apart(a.kinds - _UNSURE, b.kinds - _UNSURE),
        Difference.AGE: AgeBand.SKIPPED not in (a.age, b.age) and a.age is not b.age,
        Difference.TIME: _happened_apart(one, other),
        Difference.PLATFORM: _are_apart(a.platforms, b.platforms),
        Difference.DISTRICT: District.SKIPPED not in (a.district, b.district) and a.district is not b.district,
    }
    return tuple(difference for difference in Difference if holds[difference])


def _are_apart(one: frozenset[StrEnum], other: frozenset[StrEnum]) -> bool:
    return bool(one and other and one.isdisjoint(other))


def _happened_apart(one: Told, other: Told) -> bool:
    """Whether the times at which the two may last have happened do not meet."""
    spans = [_span(told) for told in (one, other)]
    if spans[0] is None or spans[1] is None:
        return False
    (first, last), (other_first, other_last) = spans[0], spans[1]
    return last < other_first or other_last < first


def _span(told: Told) -> tuple[datetime, datetime] | None:
    answers, received_at = told
    ago = _AGO.get(answers.happened) if answers.happened is not None else None
    return None if ago is None else (received_at - ago[1] - _DAY, received_at - ago[0] + _DAY)
