"""What an office may set of the rules: points, least levels, thresholds; each with its bounds (docs/urgency.md).

Floors are law and safety: an office may raise one, and never lower it below what comes with Suluh. Points may go up and
down, within orders that keep two promises: a question that was skipped never lowers a level, and one more ticked box
never does. A body of ``casefile.kept`` holds all values under flat names, such as ``points.under_13``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

from casefile.kept import Body, Item
from casefile.urgency.reasons import SHIPPED_THRESHOLDS, Thresholds
from casefile.urgency.rules import FLOORS, RULES
from casefile.vocabulary import KeptKind, ReasonCode, Urgency

MOST_POINTS = 50
LEVELS_OF_FLOORS = (Urgency.P0, Urgency.P1, Urgency.P2)

_POINTS = {rule.reason.code: rule.reason.points for rule in RULES if rule.reason.points}
_FLOORS = {rule.reason.code: rule.reason.floor for rule in FLOORS if rule.reason.floor}
_P1_BOUNDS, _P2_BOUNDS = (30, 70), (10, 29)

_FALLING = (
    (ReasonCode.UNDER_13, ReasonCode.FROM_13_TO_17, ReasonCode.AGE_UNKNOWN),
    (ReasonCode.SAME_HOUSE, ReasonCode.KNOWS_ADDRESS),
    (ReasonCode.DEADLINE_24_H, ReasonCode.DEADLINE_7_DAYS, ReasonCode.THREAT_WITHOUT_DEADLINE),
    (ReasonCode.SPREAD_PUBLIC, ReasonCode.SPREAD_CLOSED_GROUP, ReasonCode.SPREAD_UNKNOWN),
)
"""In each row no reason weighs less than the one after it: the graver answer to one question, or the wider one."""


@dataclass(frozen=True)
class RuleValues:
    """The values of one version of the rules."""

    points: Mapping[ReasonCode, int]
    floors: Mapping[ReasonCode, Urgency]
    thresholds: Thresholds = SHIPPED_THRESHOLDS

    def to_body(self) -> dict[str, Any]:
        """Under flat names, so that two versions can be compared part by part."""
        return {
            "p1_from": self.thresholds.p1_from,
            "p2_from": self.thresholds.p2_from,
            **{f"points.{code.value}": points for code, points in self.points.items()},
            **{f"floor.{code.value}": level.value for code, level in self.floors.items()},
        }

    @classmethod
    def from_body(cls, body: Body) -> Self:
        """The inverse of ``to_body``. A value that is missing comes from Suluh; what no rule knows is left out.

        A floor that an older version allowed and this one does not counts as the one that comes with Suluh.
        Raises ``ValueError`` where a value is no number or no level.
        """
        points = {code: int(body.get(f"points.{code.value}", own)) for code, own in _POINTS.items()}
        floors = {code: min(Urgency(body.get(f"floor.{code.value}", own)), own) for code, own in _FLOORS.items()}
        shipped = SHIPPED_THRESHOLDS
        p1_from, p2_from = (int(body.get(name, getattr(shipped, name))) for name in ("p1_from", "p2_from"))
        return cls(points, floors, Thresholds(p1_from, p2_from))


SHIPPED_VALUES = RuleValues(_POINTS, _FLOORS)

RULES_ITEM = Item(KeptKind.URGENCY_RULES, "rules", SHIPPED_VALUES.to_body())
"""Where an office keeps its values."""


def bounds_of(name: str) -> tuple[int, int]:
    """The least and the most of a number, by its flat name."""
    if name == "p1_from":
        return _P1_BOUNDS
    if name == "p2_from":
        return _P2_BOUNDS
    if name == f"points.{ReasonCode.AGE_UNKNOWN.value}":
        return _POINTS[ReasonCode.AGE_UNKNOWN], MOST_POINTS
    return 0, MOST_POINTS


def floors_for(code: ReasonCode) -> tuple[Urgency, ...]:
    """The least levels that a rule may have: the one that comes with Suluh, or a higher one."""
    return tuple(level for level in LEVELS_OF_FLOORS if level <= _FLOORS[code])


def list_faults(values: RuleValues) -> list[tuple[str, str]]:
    """What is not allowed: pairs of flat names, twice the same where one value is out of its bounds by itself.

    Otherwise the first weighs less than the second, and must not.
    """
    body = values.to_body()
    numbers = [name for name in body if not name.startswith("floor.")]
    beyond = [(name, name) for name in numbers if not _lies_within(body[name], bounds_of(name))]
    return [*beyond, *((more, less) for more, less in _ordered_names() if body[more] < body[less])]


def _ordered_names() -> Iterator[tuple[str, str]]:
    for row in _FALLING:
        for more, less in pairwise(row):
            yield f"points.{more.value}", f"points.{less.value}"


def _lies_within(number: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= number <= bounds[1]
