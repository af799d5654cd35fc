"""The rows of docs/urgency.md, in that order. A rule says yes or no to coded answers and match facts.

A question left blank makes no rule hold, save the age: not knowing it adds points. Gender and district appear
in no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casefile.submission import INTIMATE_KINDS, SEXUAL_VIOLENCE_KINDS, Answers
from casefile.urgency.reasons import MatchFacts, Reason
from casefile.vocabulary import (
    AgeBand,
    Demand,
    Feeling,
    HarmKind,
    PerpetratorAccess,
    ReasonCode,
    Relation,
    SafeNow,
    Spread,
    Threat,
    TraffickingSign,
    Urgency,
    YesNo,
    YesNoUnknown,
)

GRAVE_DEMANDS = frozenset({Demand.MONEY, Demand.MORE_IMAGES, Demand.MEETING})
VIOLENT_ACCESS = frozenset({PerpetratorAccess.HAS_HURT, PerpetratorAccess.HAS_WEAPON})
HELD_SIGNS = frozenset({TraffickingSign.CANNOT_LEAVE, TraffickingSign.HOLDS_PAPERS})
POWER_RELATIONS = frozenset({Relation.FAMILY, Relation.AUTHORITY})


@dataclass(frozen=True)
class Rule:
    """One row: the reason it gives, and when it holds."""

    reason: Reason
    holds: Callable[[Answers, MatchFacts], bool]


def _rule(code: ReasonCode, holds: Callable[[Answers], bool], *, points: int = 0, floor: Urgency | None = None) -> Rule:
    return Rule(Reason(code, points, floor), lambda answers, _: holds(answers))


def _unsafe_and_near(answers: Answers) -> bool:
    near = VIOLENT_ACCESS | {PerpetratorAccess.SAME_HOUSE}
    return answers.safe_now is SafeNow.NO and not near.isdisjoint(answers.access)


def _child_extorted(answers: Answers) -> bool:
    pressed = not GRAVE_DEMANDS.isdisjoint(answers.demands) or HarmKind.EXPLOITATION in answers.kinds
    return answers.age.is_child and pressed


def _child_visible(answers: Answers) -> bool:
    return answers.child_visible is YesNoUnknown.YES or HarmKind.CHILD_MATERIAL in answers.kinds


def _child_intimate(answers: Answers) -> bool:
    return answers.age.is_child and not INTIMATE_KINDS.isdisjoint(answers.kinds)


def _public_and_identified(answers: Answers) -> bool:
    return answers.spread is Spread.PUBLIC and answers.identified is YesNoUnknown.YES


def _disabled_and_sexual(answers: Answers) -> bool:
    return answers.disability is YesNo.YES and not SEXUAL_VIOLENCE_KINDS.isdisjoint(answers.kinds)


def _knows_address(answers: Answers) -> bool:
    """Living together includes it: the two rows count 15 together."""
    return PerpetratorAccess.KNOWS_ADDRESS in answers.access and PerpetratorAccess.SAME_HOUSE not in answers.access


def _from_13_to_17(answers: Answers) -> bool:
    return answers.age.is_child and answers.age is not AgeBand.UNDER_13


FLOORS = (
    _rule(ReasonCode.SUICIDAL, lambda a: a.feeling is Feeling.SUICIDAL, floor=Urgency.P0),
    _rule(ReasonCode.UNSAFE_AND_NEAR, _unsafe_and_near, floor=Urgency.P0),
    _rule(ReasonCode.CHILD_EXTORTED, _child_extorted, floor=Urgency.P0),
    _rule(ReasonCode.HELD, lambda a: not HELD_SIGNS.isdisjoint(a.trafficking), floor=Urgency.P0),
    _rule(ReasonCode.UNSAFE, lambda a: a.safe_now is SafeNow.NO, floor=Urgency.P1),
    _rule(ReasonCode.CHILD_INTIMATE, _child_intimate, floor=Urgency.P1),
    _rule(ReasonCode.DEADLINE_24_H, lambda a: a.threat is Threat.WITHIN_24_H, points=25, floor=Urgency.P1),
    _rule(ReasonCode.PUBLIC_AND_IDENTIFIED, _public_and_identified, floor=Urgency.P1),
    _rule(ReasonCode.CHILD_VISIBLE, _child_visible, floor=Urgency.P1),
    _rule(
        ReasonCode.HURT_OR_ARMED,
        lambda a: not VIOLENT_ACCESS.isdisjoint(a.access),
        points=20,
        floor=Urgency.P1,
    ),
    _rule(ReasonCode.DISABLED_AND_SEXUAL, _disabled_and_sexual, floor=Urgency.P1),
)
"""Rules that ask for a least level; two of them add points as well."""

SCORES = (
    _rule(ReasonCode.UNDER_13, lambda a: a.age is AgeBand.UNDER_13, points=35),
    _rule(ReasonCode.FROM_13_TO_17, _from_13_to_17, points=30),
    _rule(ReasonCode.AGE_UNKNOWN, lambda a: a.age is AgeBand.SKIPPED, points=10),
    _rule(ReasonCode.DISABLED, lambda a: a.disability is YesNo.YES, points=15),
    _rule(ReasonCode.DEADLINE_7_DAYS, lambda a: a.threat is Threat.WITHIN_7_DAYS, points=15),
    _rule(ReasonCode.THREAT_WITHOUT_DEADLINE, lambda a: a.threat is Threat.NO_DEADLINE, points=10),
    _rule(ReasonCode.SPREAD_PUBLIC, lambda a: a.spread is Spread.PUBLIC, points=20),
    _rule(ReasonCode.SPREAD_CLOSED_GROUP, lambda a: a.spread is Spread.CLOSED_GROUP, points=15),
    _rule(ReasonCode.SPREAD_UNKNOWN, lambda a: a.spread is Spread.UNKNOWN, points=5),
    _rule(ReasonCode.SAME_HOUSE, lambda a: PerpetratorAccess.SAME_HOUSE in a.access, points=15),
    _rule(ReasonCode.KNOWS_ADDRESS, _knows_address, points=15),
    _rule(ReasonCode.HOLDS_PHONE, lambda a: PerpetratorAccess.HOLDS_PHONE in a.access, points=5),
    _rule(ReasonCode.DEMANDS, lambda a: not GRAVE_DEMANDS.isdisjoint(a.demands), points=15),
    _rule(ReasonCode.TRAFFICKING, lambda a: bool(a.trafficking), points=25),
    _rule(ReasonCode.POWER, lambda a: a.relation in POWER_RELATIONS, points=10),
    Rule(Reason(ReasonCode.SAME_CONTENT, 10), lambda _, facts: facts.same_content_elsewhere),
    Rule(Reason(ReasonCode.SAME_ACCOUNT, 10), lambda _, facts: facts.same_account_elsewhere),
    _rule(ReasonCode.VERY_HEAVY, lambda a: a.feeling is Feeling.VERY_HEAVY, points=10),
)
"""Rules that add points only."""

RULES = FLOORS + SCORES
