"""Levels, scores and reasons: the seven worked examples, and every row of both tables on its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casefile.submission import Answers
from casefile.urgency import MatchFacts, Reason, assess, level_of_score
from casefile.urgency.rules import RULES
from casefile.vocabulary import (
    AgeBand,
    Demand,
    District,
    Feeling,
    Gender,
    HarmKind,
    Need,
    OriginalKept,
    PerpetratorAccess,
    Platform,
    ReasonCode,
    Relation,
    ReporterRole,
    SafeNow,
    Spread,
    Threat,
    TraffickingSign,
    Urgency,
    WhenHappened,
    YesNo,
    YesNoUnknown,
)

P0, P1, P2, P3 = Urgency.P0, Urgency.P1, Urgency.P2, Urgency.P3
ALONE = MatchFacts()
ADULT = Answers(age=AgeBand.FROM_25)

WORKED_EXAMPLES = {
    "a: 16 years, sextortion for money, deadline in 12 hours": (
        Answers(
            age=AgeBand.FROM_16,
            kinds=frozenset({HarmKind.SEXTORTION}),
            demands=frozenset({Demand.MONEY}),
            threat=Threat.WITHIN_24_H,
        ),
        ALONE,
        (70, P0, P0),
    ),
    "b: 24 years, former partner, threat without deadline, knows address, not spread": (
        Answers(
            age=AgeBand.FROM_18,
            kinds=frozenset({HarmKind.THREAT_TO_SPREAD}),
            relation=Relation.EX_PARTNER,
            threat=Threat.NO_DEADLINE,
            access=frozenset({PerpetratorAccess.KNOWS_ADDRESS}),
            spread=Spread.NOT_YET,
        ),
        ALONE,
        (25, None, P2),
    ),
    "c: 30 years, false account, no threat, no content": (
        Answers(
            age=AgeBand.FROM_25,
            kinds=frozenset({HarmKind.IMPERSONATION}),
            threat=Threat.NONE,
            spread=Spread.NO_CONTENT,
        ),
        ALONE,
        (0, None, P3),
    ),
    "d: 22 years, public channel, face visible, same content in 3 other cases": (
        Answers(
            age=AgeBand.FROM_18,
            kinds=frozenset({HarmKind.NCII_SPREAD}),
            spread=Spread.PUBLIC,
            identified=YesNoUnknown.YES,
        ),
        MatchFacts(same_content_elsewhere=True),
        (30, P1, P1),
    ),
    "e: age skipped, threat in 1-7 days, money": (
        Answers(threat=Threat.WITHIN_7_DAYS, demands=frozenset({Demand.MONEY})),
        ALONE,
        (40, None, P2),
    ),
    "f: witness, address only, public content, age unknown": (
        Answers(role=ReporterRole.WITNESS, kinds=frozenset({HarmKind.NCII_SPREAD}), spread=Spread.PUBLIC),
        ALONE,
        (30, None, P2),
    ),
    "f, once a reviewer marks a child": (
        Answers(
            role=ReporterRole.WITNESS,
            kinds=frozenset({HarmKind.NCII_SPREAD}),
            spread=Spread.PUBLIC,
            child_visible=YesNoUnknown.YES,
        ),
        ALONE,
        (30, P1, P1),
    ),
    "g: 28 years, thoughts of ending life, nothing else": (
        Answers(age=AgeBand.FROM_25, feeling=Feeling.SUICIDAL),
        ALONE,
        (0, P0, P0),
    ),
}


@pytest.mark.parametrize(("answers", "facts", "expected"), WORKED_EXAMPLES.values(), ids=WORKED_EXAMPLES)
def test_worked_example_gets_its_score_floor_and_level(answers, facts, expected):
    assessment = assess(answers, facts)
    assert (assessment.score, assessment.floor, assessment.level) == expected


def access(*members):
    return {"access": frozenset(members)}


NEAR_15 = Reason(ReasonCode.SAME_HOUSE, points=15)
ADDRESS_15 = Reason(ReasonCode.KNOWS_ADDRESS, points=15)
UNSAFE_P1 = Reason(ReasonCode.UNSAFE, floor=P1)
UNSAFE_NEAR_P0 = Reason(ReasonCode.UNSAFE_AND_NEAR, floor=P0)
VIOLENT_20_P1 = Reason(ReasonCode.HURT_OR_ARMED, points=20, floor=P1)
CHILD_30 = Reason(ReasonCode.FROM_13_TO_17, points=30)
CHILD_35 = Reason(ReasonCode.UNDER_13, points=35)
EXTORTED_P0 = Reason(ReasonCode.CHILD_EXTORTED, floor=P0)
INTIMATE_P1 = Reason(ReasonCode.CHILD_INTIMATE, floor=P1)
DEMANDS_15 = Reason(ReasonCode.DEMANDS, points=15)
TRAFFICKING_25 = Reason(ReasonCode.TRAFFICKING, points=25)
HELD_P0 = Reason(ReasonCode.HELD, floor=P0)
PUBLIC_20 = Reason(ReasonCode.SPREAD_PUBLIC, points=20)
DISABLED_15 = Reason(ReasonCode.DISABLED, points=15)
DISABLED_P1 = Reason(ReasonCode.DISABLED_AND_SEXUAL, floor=P1)

ROWS = [
    # floors of P0
    ({"feeling": Feeling.SUICIDAL}, {Reason(ReasonCode.SUICIDAL, floor=P0)}, P0),
    (
        {"safe_now": SafeNow.NO, **access(PerpetratorAccess.HAS_HURT)},
        {UNSAFE_NEAR_P0, UNSAFE_P1, VIOLENT_20_P1},
        P0,
    ),
    (
        {"safe_now": SafeNow.NO, **access(PerpetratorAccess.HAS_WEAPON)},
        {UNSAFE_NEAR_P0, UNSAFE_P1, VIOLENT_20_P1},
        P0,
    ),
    (
        {"safe_now": SafeNow.NO, **access(PerpetratorAccess.SAME_HOUSE)},
        {UNSAFE_NEAR_P0, UNSAFE_P1, NEAR_15},
        P0,
    ),
    (
        {"age": AgeBand.FROM_13, "demands": frozenset({Demand.MONEY})},
        {EXTORTED_P0, CHILD_30, DEMANDS_15},
        P0,
    ),
    (
        {"age": AgeBand.FROM_16, "demands": frozenset({Demand.MORE_IMAGES})},
        {EXTORTED_P0, CHILD_30, DEMANDS_15},
        P0,
    ),
    (
        {"age": AgeBand.UNDER_13, "demands": frozenset({Demand.MEETING})},
        {EXTORTED_P0, CHILD_35, DEMANDS_15},
        P0,
    ),
    (
        {"age": AgeBand.FROM_16, "kinds": frozenset({HarmKind.EXPLOITATION})},
        {EXTORTED_P0, INTIMATE_P1, CHILD_30},
        P0,
    ),
    ({"trafficking": frozenset({TraffickingSign.CANNOT_LEAVE})}, {HELD_P0, TRAFFICKING_25}, P0),
    ({"trafficking": frozenset({TraffickingSign.HOLDS_PAPERS})}, {HELD_P0, TRAFFICKING_25}, P0),
    # floors of P1
    ({"safe_now": SafeNow.NO}, {UNSAFE_P1}, P1),
    ({"safe_now": SafeNow.NO, **access(PerpetratorAccess.KNOWS_ADDRESS)}, {UNSAFE_P1, ADDRESS_15}, P1),
    ({"threat": Threat.WITHIN_24_H}, {Reason(ReasonCode.DEADLINE_24_H, points=25, floor=P1)}, P1),
    (
        {"spread": Spread.PUBLIC, "identified": YesNoUnknown.YES},
        {Reason(ReasonCode.PUBLIC_AND_IDENTIFIED, floor=P1), PUBLIC_20},
        P1,
    ),
    ({"child_visible": YesNoUnknown.YES}, {Reason(ReasonCode.CHILD_VISIBLE, floor=P1)}, P1),
    ({"kinds": frozenset({HarmKind.CHILD_MATERIAL})}, {Reason(ReasonCode.CHILD_VISIBLE, floor=P1)}, P1),
    (access(PerpetratorAccess.HAS_HURT), {VIOLENT_20_P1}, P1),
    (access(PerpetratorAccess.HAS_WEAPON), {VIOLENT_20_P1}, P1),
    (access(PerpetratorAccess.HAS_HURT, PerpetratorAccess.HAS_WEAPON), {VIOLENT_20_P1}, P1),
    # points
    ({"age": AgeBand.UNDER_13}, {CHILD_35}, P2),
    ({"age": AgeBand.FROM_13}, {CHILD_30}, P2),
    ({"age": AgeBand.FROM_16}, {CHILD_30}, P2),
    ({"age": AgeBand.SKIPPED}, {Reason(ReasonCode.AGE_UNKNOWN, points=10)}, P3),
    ({"disability": YesNo.YES}, {DISABLED_15}, P3),
    ({"threat": Threat.WITHIN_7_DAYS}, {Reason(ReasonCode.DEADLINE_7_DAYS, points=15)}, P3),
    ({"threat": Threat.NO_DEADLINE}, {Reason(ReasonCode.THREAT_WITHOUT_DEADLINE, points=10)}, P3),
    ({"spread": Spread.PUBLIC}, {PUBLIC_20}, P3),
    ({"spread": Spread.CLOSED_GROUP}, {Reason(ReasonCode.SPREAD_CLOSED_GROUP, points=15)}, P3),
    ({"spread": Spread.UNKNOWN}, {Reason(ReasonCode.SPREAD_UNKNOWN, points=5)}, P3),
    (access(PerpetratorAccess.SAME_HOUSE), {NEAR_15}, P3),
    (access(PerpetratorAccess.KNOWS_ADDRESS), {ADDRESS_15}, P3),
    (access(PerpetratorAccess.SAME_HOUSE, PerpetratorAccess.KNOWS_ADDRESS), {NEAR_15}, P3),
    (access(PerpetratorAccess.HOLDS_PHONE), {Reason(ReasonCode.HOLDS_PHONE, points=5)}, P3),
    ({"demands": frozenset({Demand.MONEY})}, {DEMANDS_15}, P3),
    ({"demands": frozenset({Demand.MORE_IMAGES})}, {DEMANDS_15}, P3),
    ({"demands": frozenset({Demand.MEETING})}, {DEMANDS_15}, P3),
    ({"demands": frozenset(Demand)}, {DEMANDS_15}, P3),
    ({"trafficking": frozenset({TraffickingSign.ASKS_TO_MEET})}, {TRAFFICKING_25}, P2),
    ({"trafficking": frozenset({TraffickingSign.ORDERS_TRAVEL})}, {TRAFFICKING_25}, P2),
    ({"trafficking": frozenset({TraffickingSign.COLLECTS_DEBT})}, {TRAFFICKING_25}, P2),
    ({"relation": Relation.FAMILY}, {Reason(ReasonCode.POWER, points=10)}, P3),
    ({"relation": Relation.AUTHORITY}, {Reason(ReasonCode.POWER, points=10)}, P3),
    ({"feeling": Feeling.VERY_HEAVY}, {Reason(ReasonCode.VERY_HEAVY, points=10)}, P3),
]


@pytest.mark.parametrize(("changes", "reasons", "level"), ROWS)
def test_each_row_alone_gives_its_reasons_points_and_level(changes, reasons, level):
    assessment = assess(replace(ADULT, **changes), ALONE)
    assert set(assessment.reasons) == reasons
    assert len(assessment.reasons) == len(reasons)
    assert assessment.score == sum(reason.points for reason in reasons)
    assert assessment.level is level


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (MatchFacts(same_content_elsewhere=True), (Reason(ReasonCode.SAME_CONTENT, points=10),)),
        (MatchFacts(same_account_elsewhere=True), (Reason(ReasonCode.SAME_ACCOUNT, points=10),)),
        (
            MatchFacts(same_content_elsewhere=True, same_account_elsewhere=True),
            (Reason(ReasonCode.SAME_CONTENT, points=10), Reason(ReasonCode.SAME_ACCOUNT, points=10)),
        ),
    ],
)
def test_same_content_and_same_account_elsewhere_add_ten_points_each(facts, reasons):
    assert assess(ADULT, facts).reasons == reasons


INTIMATE = {
    HarmKind.THREAT_TO_SPREAD,
    HarmKind.SEXTORTION,
    HarmKind.NCII_SPREAD,
    HarmKind.COVERT_RECORDING,
    HarmKind.MANIPULATION,
    HarmKind.EXPLOITATION,
    HarmKind.CHILD_MATERIAL,
}


@pytest.mark.parametrize("kind", HarmKind)
def test_under_18_with_intimate_content_is_at_least_p1(kind):
    for age in (AgeBand.UNDER_13, AgeBand.FROM_13, AgeBand.FROM_16):
        reasons = assess(Answers(age=age, kinds=frozenset({kind})), ALONE).reasons
        assert (INTIMATE_P1 in reasons) is (kind in INTIMATE)


TPKS = {
    HarmKind.THREAT_TO_SPREAD,
    HarmKind.SEXTORTION,
    HarmKind.NCII_SPREAD,
    HarmKind.COVERT_RECORDING,
    HarmKind.STALKING,
    HarmKind.HARASSMENT,
    HarmKind.GROOMING,
    HarmKind.EXPLOITATION,
}


WITHOUT_CHILD_MATERIAL = [kind for kind in HarmKind if kind is not HarmKind.CHILD_MATERIAL]


@pytest.mark.parametrize("kind", WITHOUT_CHILD_MATERIAL)
def test_disability_with_a_kind_of_the_sexual_violence_law_is_at_least_p1(kind):
    assessment = assess(replace(ADULT, kinds=frozenset({kind}), disability=YesNo.YES), ALONE)
    assert assessment.reasons == ((DISABLED_P1, DISABLED_15) if kind in TPKS else (DISABLED_15,))
    assert assessment.level is (P1 if kind in TPKS else P3)


WITHOUT_WEIGHT = [
    *({"safe_now": value} for value in SafeNow if value is not SafeNow.NO),
    *({"role": value} for value in ReporterRole),
    *({"age": value} for value in (AgeBand.FROM_18, AgeBand.FROM_25, AgeBand.FROM_45, AgeBand.FROM_60)),
    *({"kinds": frozenset({value})} for value in WITHOUT_CHILD_MATERIAL),
    *({"happened": value} for value in WhenHappened),
    {"threat": Threat.NONE},
    {"spread": Spread.NOT_YET},
    {"spread": Spread.NO_CONTENT},
    *({"identified": value} for value in YesNoUnknown),
    {"child_visible": YesNoUnknown.NO},
    {"child_visible": YesNoUnknown.UNKNOWN},
    *({"original_kept": value} for value in OriginalKept),
    {"platforms": frozenset(Platform)},
    *({"feeling": value} for value in (Feeling.GOOD, Feeling.HEAVY, Feeling.SKIPPED)),
    {"needs": frozenset(Need)},
    {"demands": frozenset({Demand.STAY_TOGETHER, Demand.OTHER, Demand.NOTHING})},
    *({"relation": value} for value in Relation if value not in {Relation.FAMILY, Relation.AUTHORITY}),
    *({"gender": value} for value in Gender),
    *({"disability": value} for value in (YesNo.NO, YesNo.SKIPPED)),
    *({"district": value} for value in District),
]


@pytest.mark.parametrize("changes", WITHOUT_WEIGHT)
def test_answers_outside_the_tables_add_nothing(changes):
    assessment = assess(replace(ADULT, **changes), ALONE)
    assert (assessment.level, assessment.score, assessment.floor, assessment.reasons) == (P3, 0, None, ())


@pytest.mark.parametrize(("score", "level"), [(0, P3), (24, P3), (25, P2), (49, P2), (50, P1), (70, P1), (500, P1)])
def test_thresholds_are_25_and_50_and_points_alone_make_no_p0(score, level):
    assert level_of_score(score) is level


def test_fifty_points_without_any_floor_make_a_p1():
    answers = replace(
        ADULT,
        spread=Spread.PUBLIC,
        threat=Threat.WITHIN_7_DAYS,
        demands=frozenset({Demand.MONEY}),
    )
    assessment = assess(answers, ALONE)
    assert (assessment.score, assessment.floor, assessment.level) == (50, None, P1)


def test_an_empty_form_says_only_that_the_age_is_unknown():
    assessment = assess(Answers(), ALONE)
    assert [reason.code for reason in assessment.reasons] == [ReasonCode.AGE_UNKNOWN]
    assert (assessment.level, assessment.score) == (P3, 10)


def test_every_reason_code_but_those_of_waiting_and_damage_belongs_to_exactly_one_rule():
    codes = [rule.reason.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert set(ReasonCode) - set(codes) == {ReasonCode.WAITING, ReasonCode.OVERDUE, ReasonCode.UNREADABLE}
