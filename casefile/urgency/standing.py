"""The values that stand in an office now, and those of an earlier version."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from casefile.kept import SHIPPED, find_newest, list_versions
from casefile.urgency.values import RULES_ITEM, SHIPPED_VALUES, RuleValues


class StandingRules(NamedTuple):
    """The values with the number of their version; 0 is what comes with Suluh."""

    number: int
    values: RuleValues


_SHIPPED_RULES = StandingRules(SHIPPED, SHIPPED_VALUES)
_DAMAGED = (ValueError, TypeError, AttributeError)


def find_rules(session: Session) -> StandingRules:
    """The newest values that two people agreed on, else those that come with Suluh; also where the row is damaged.

    A queue that weighs by those is better than one that stands still.
    """
    try:
        newest = find_newest(session, RULES_ITEM)
        return StandingRules(newest.number, RuleValues.from_body(newest.body)) if newest else _SHIPPED_RULES
    except _DAMAGED:
        return _SHIPPED_RULES


def find_earlier_values(session: Session, number: int) -> RuleValues:
    """The values of version ``number``; those that come with Suluh where there is no such version to be read."""
    try:
        bodies = {one.number: one.body for one in list_versions(session, RULES_ITEM)}
        return RuleValues.from_body(bodies.get(number, {}))
    except _DAMAGED:
        return SHIPPED_VALUES
