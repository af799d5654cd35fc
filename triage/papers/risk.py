"""Signs of danger in a risk assessment: listed, never added up.

The Danger Assessment has weights, for who was trained in it, and for killings of women by partners in another
country. A sum looks surer than it is, falls with every question that nobody could ask, and invites to compare people.
So each yes stands for itself, and the level that it suggests follows the floors of docs/urgency.md; a person sets it,
with a reason.
"""

from __future__ import annotations

from casefile.submission import Answers
from casefile.vocabulary import (
    Demand,
    Feeling,
    PerpetratorAccess,
    Relation,
    RiskItem,
    Spread,
    Threat,
    TraffickingSign,
    Urgency,
    YesNo,
    YesNoUnknown,
)
from triage.papers.contents import RiskAssessment

_AT_ONCE = frozenset({RiskItem.SELF_HARM, RiskItem.WEAPON, RiskItem.DEATH_THREAT, RiskItem.FEARS_DEATH})
_HIGH = frozenset({RiskItem.DEADLINE, RiskItem.GUN, RiskItem.CHOKING})
_DEMANDS = frozenset({RiskItem.EXTORTION, RiskItem.MEETING})


def list_signs(assessment: RiskAssessment) -> tuple[RiskItem, ...]:
    """The items that were answered with yes, in the order of the form."""
    return tuple(item for item in RiskItem if assessment.answers.get(item) is YesNoUnknown.YES)


def suggest_level(assessment: RiskAssessment, level: Urgency) -> Urgency | None:
    """A level more urgent than ``level`` that the signs speak for, or None. It suggests and sets nothing.

    P0 as the floors of docs/urgency.md: thoughts of ending one's life; a child who is extorted or asked to meet; and
    the three red flags of the Danger Assessment. P1: a deadline within a day, choking, a gun in reach, a child whose
    content is spreading, one roof with any sign of violence.
    """
    signs = frozenset(list_signs(assessment))
    suggested = _suggest(signs)
    return suggested if suggested is not None and suggested < level else None


def _suggest(signs: frozenset[RiskItem]) -> Urgency | None:
    is_child = RiskItem.MINOR in signs
    if signs & _AT_ONCE or (is_child and signs & _DEMANDS):
        return Urgency.P0
    is_spreading_of_child = is_child and RiskItem.SPREADING in signs
    is_under_one_roof = RiskItem.LIVES_TOGETHER in signs and any(item.is_for_trained for item in signs)
    return Urgency.P1 if signs & _HIGH or is_spreading_of_child or is_under_one_roof else None


def is_partner_case(answers: Answers) -> bool:
    """Whether the report says that the alleged perpetrator is or was a partner."""
    return answers.relation in {Relation.PARTNER, Relation.EX_PARTNER}


def list_mentioned(answers: Answers) -> frozenset[RiskItem]:
    """What the report itself says. Shown beside the questions; ticks nothing, and silence means nothing."""
    said = {
        RiskItem.SELF_HARM: answers.feeling is Feeling.SUICIDAL,
        RiskItem.MINOR: answers.age.is_child,
        RiskItem.DISABILITY: answers.disability is YesNo.YES,
        RiskItem.DEADLINE: answers.threat is Threat.WITHIN_24_H,
        RiskItem.SPREADING: answers.spread in {Spread.CLOSED_GROUP, Spread.PUBLIC},
        RiskItem.EXTORTION: bool(answers.demands & {Demand.MONEY, Demand.MORE_IMAGES, Demand.STAY_TOGETHER}),
        RiskItem.MEETING: Demand.MEETING in answers.demands
        or bool(answers.trafficking & {TraffickingSign.ASKS_TO_MEET, TraffickingSign.ORDERS_TRAVEL}),
        RiskItem.KNOWS_ADDRESS: PerpetratorAccess.KNOWS_ADDRESS in answers.access,
        RiskItem.LIVES_TOGETHER: PerpetratorAccess.SAME_HOUSE in answers.access,
        RiskItem.POWER: answers.relation in {Relation.FAMILY, Relation.AUTHORITY},
        RiskItem.DEVICE: PerpetratorAccess.HOLDS_PHONE in answers.access,
        RiskItem.WEAPON: PerpetratorAccess.HAS_WEAPON in answers.access,
    }
    return frozenset(item for item, is_said in said.items() if is_said)
