"""What can have happened: coded answers of a kind of report, and the level that the urgency rules must give it."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.submission import Answers
from casefile.vocabulary import (
    AgeBand,
    Demand,
    Feeling,
    HarmKind,
    PerpetratorAccess,
    Relation,
    ReporterRole,
    SafeNow,
    Spread,
    Threat,
    TraffickingSign,
    Urgency,
    YesNoUnknown,
)
from operations.demo.stories import Theme


@dataclass(frozen=True)
class Scenario:
    """``weight`` says how often it comes among reports of its level."""

    level: Urgency
    theme: Theme
    answers: Answers
    weight: int = 1


ADULT = AgeBand.FROM_18

SCENARIOS = (
    Scenario(
        Urgency.P0,
        Theme.THREAT,
        Answers(kinds=frozenset({HarmKind.THREAT_TO_SPREAD, HarmKind.HARASSMENT}), age=ADULT, feeling=Feeling.SUICIDAL),
    ),
    Scenario(
        Urgency.P0,
        Theme.STALKING,
        Answers(
            kinds=frozenset({HarmKind.STALKING, HarmKind.THREAT_OF_VIOLENCE}),
            age=AgeBand.FROM_25,
            safe_now=SafeNow.NO,
            relation=Relation.PARTNER,
            access=frozenset({PerpetratorAccess.SAME_HOUSE, PerpetratorAccess.HOLDS_PHONE}),
        ),
    ),
    Scenario(
        Urgency.P0,
        Theme.EXTORTION,
        Answers(
            kinds=frozenset({HarmKind.SEXTORTION}),
            age=AgeBand.FROM_16,
            threat=Threat.WITHIN_24_H,
            demands=frozenset({Demand.MONEY}),
            relation=Relation.ONLINE_FRIEND,
        ),
        weight=2,
    ),
    Scenario(
        Urgency.P0,
        Theme.OFFER,
        Answers(
            kinds=frozenset({HarmKind.TRAFFICKING_OFFER}),
            age=ADULT,
            trafficking=frozenset({TraffickingSign.HOLDS_PAPERS, TraffickingSign.CANNOT_LEAVE}),
        ),
    ),
    Scenario(
        Urgency.P1,
        Theme.EXTORTION,
        Answers(
            kinds=frozenset({HarmKind.SEXTORTION}),
            age=ADULT,
            threat=Threat.WITHIN_24_H,
            spread=Spread.NOT_YET,
            demands=frozenset({Demand.MONEY}),
        ),
        weight=3,
    ),
    Scenario(
        Urgency.P1,
        Theme.SPREAD,
        Answers(
            kinds=frozenset({HarmKind.NCII_SPREAD}),
            age=AgeBand.FROM_25,
            spread=Spread.PUBLIC,
            identified=YesNoUnknown.YES,
            relation=Relation.EX_PARTNER,
        ),
        weight=3,
    ),
    Scenario(
        Urgency.P1,
        Theme.SPREAD,
        Answers(
            kinds=frozenset({HarmKind.NCII_SPREAD, HarmKind.DOXING}),
            role=ReporterRole.WITNESS,
            age=ADULT,
            spread=Spread.PUBLIC,
            identified=YesNoUnknown.YES,
        ),
    ),
    Scenario(
        Urgency.P1,
        Theme.THREAT,
        Answers(
            kinds=frozenset({HarmKind.THREAT_TO_SPREAD}),
            age=AgeBand.FROM_13,
            role=ReporterRole.TEACHER_OR_COMPANION,
            threat=Threat.NO_DEADLINE,
        ),
    ),
    Scenario(
        Urgency.P2,
        Theme.THREAT,
        Answers(
            kinds=frozenset({HarmKind.THREAT_TO_SPREAD}),
            age=ADULT,
            threat=Threat.NO_DEADLINE,
            spread=Spread.NOT_YET,
            relation=Relation.EX_PARTNER,
            access=frozenset({PerpetratorAccess.KNOWS_ADDRESS}),
        ),
        weight=3,
    ),
    Scenario(
        Urgency.P2,
        Theme.EXTORTION,
        Answers(kinds=frozenset({HarmKind.SEXTORTION}), threat=Threat.WITHIN_7_DAYS, demands=frozenset({Demand.MONEY})),
        weight=2,
    ),
    Scenario(
        Urgency.P2,
        Theme.SPREAD,
        Answers(
            kinds=frozenset({HarmKind.MANIPULATION}),
            age=ADULT,
            role=ReporterRole.FAMILY_OR_FRIEND,
            spread=Spread.CLOSED_GROUP,
            feeling=Feeling.VERY_HEAVY,
        ),
        weight=2,
    ),
    Scenario(
        Urgency.P3,
        Theme.FAKE,
        Answers(kinds=frozenset({HarmKind.IMPERSONATION}), age=AgeBand.FROM_25, threat=Threat.NONE),
        weight=3,
    ),
    Scenario(
        Urgency.P3,
        Theme.MESSAGES,
        Answers(kinds=frozenset({HarmKind.HARASSMENT}), age=ADULT, relation=Relation.STRANGER),
        weight=3,
    ),
    Scenario(
        Urgency.P3,
        Theme.HACKED,
        Answers(kinds=frozenset({HarmKind.HACKING}), age=AgeBand.FROM_45, spread=Spread.NO_CONTENT),
    ),
)

SHARES = {Urgency.P0: 2, Urgency.P1: 5, Urgency.P2: 6, Urgency.P3: 7}
"""How many of twenty reports have each level."""
