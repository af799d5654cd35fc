"""Values that an office may set keep every promise of docs/urgency.md; others are named and refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.submission import Answers
from casefile.urgency import SHIPPED_VALUES, MatchFacts, RuleValues, assess
from casefile.urgency.pasted import AnswersError, read_answers
from casefile.urgency.values import bounds_of, floors_for, list_faults
from casefile.vocabulary import AgeBand, Feeling, HarmKind, ReasonCode, Threat, Urgency
from tests.casefile.test_urgency_properties import (
    QUESTIONS,
    any_answers,
    any_facts,
    blank,
    children,
    is_at_least,
    values_of,
)

BODY = SHIPPED_VALUES.to_body()
NO_FACTS = MatchFacts()
ORDERS = (
    ("under_13", "from_13_to_17", "age_unknown"),
    ("same_house", "knows_address"),
    ("deadline_24_h", "deadline_7_days", "threat_without_deadline"),
    ("spread_public", "spread_closed_group", "spread_unknown"),
)


@st.composite
def any_values(draw: st.DrawFn) -> RuleValues:
    """Values that are allowed: within their bounds, and in order."""
    body = {name: draw(st.integers(*bounds_of(name))) for name in BODY if not name.startswith("floor.")}
    for code in SHIPPED_VALUES.floors:
        body[f"floor.{code}"] = draw(st.sampled_from(floors_for(code)))
    for order in ORDERS:
        names = [f"points.{code}" for code in order]
        least = bounds_of(names[-1])[0]
        falling = sorted((max(least, body[name]) for name in names), reverse=True)
        body.update(zip(names, falling, strict=True))
    return RuleValues.from_body(body)


@settings(deadline=None)
@given(any_values(), any_answers(), any_facts, st.data())
def test_no_allowed_value_lets_an_answer_or_a_tick_lower_a_level(values, answers, facts, data):
    assert list_faults(values) == []
    name = data.draw(st.sampled_from(sorted(QUESTIONS)))
    answer = data.draw(children if name == "age" else values_of(QUESTIONS[name]))
    less = replace(answers, **{name: blank(name)})
    more = replace(answers, **{name: answer})
    if QUESTIONS[name].metadata["many"]:
        less, more = answers, replace(answers, **{name: getattr(answers, name) | answer})
    before, after = assess(less, facts, values=values), assess(more, facts, values=values)
    assert after.score >= before.score
    assert is_at_least(after.level, before.level)
    assert is_at_least(after.floor or Urgency.P3, assess(more, facts).floor or Urgency.P3), "no floor below Suluh's"


def test_values_survive_being_kept_and_a_lower_floor_is_never_read():
    assert RuleValues.from_body(BODY) == SHIPPED_VALUES
    lowered = RuleValues.from_body({**BODY, "floor.suicidal": "P2", "floor.unsafe": "P0", "points.gone_rule": 5})
    assert lowered.floors[ReasonCode.SUICIDAL] is Urgency.P0
    assert lowered.floors[ReasonCode.UNSAFE] is Urgency.P0
    assert RuleValues.from_body({"p2_from": 20}).thresholds.p1_from == 50
    assert assess(Answers(feeling=Feeling.SUICIDAL), NO_FACTS, values=lowered).level is Urgency.P0


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"p1_from": 71}, ("p1_from", "p1_from")),
        ({"p2_from": 9}, ("p2_from", "p2_from")),
        ({"points.power": -1}, ("points.power", "points.power")),
        ({"points.age_unknown": 0}, ("points.age_unknown", "points.age_unknown")),
        ({"points.knows_address": 16}, ("points.same_house", "points.knows_address")),
        ({"points.deadline_7_days": 26}, ("points.deadline_24_h", "points.deadline_7_days")),
    ],
)
def test_what_is_not_allowed_is_named(changed, fault):
    assert list_faults(RuleValues.from_body({**BODY, **changed})) == [fault]


def test_pasted_answers_are_read_strictly():
    pasted = read_answers('{"usia": "lt13", "jenis": ["SEKSTORSI"], "ancaman": null, "konten_sama": true}')
    assert pasted.answers == Answers(age=AgeBand.UNDER_13, kinds=frozenset({HarmKind.SEXTORTION}))
    assert pasted.facts.same_content_elsewhere
    assert read_answers('{"ancaman": "sampai_24_jam"}').answers.threat is Threat.WITHIN_24_H
    for text, words in (
        ("nein", "not JSON"),
        ("[]", "one object"),
        ('{"umur": 3}', "Unknown field: umur."),
        ('{"jenis": "SEKSTORSI"}', "jenis: a list of any of"),
        ('{"jenis": [{}]}', "jenis: a list of any of"),
        ('{"usia": "rahasia"}', "usia: one of lt13"),
        ('{"akun_sama": 1}', "akun_sama: true or false."),
    ):
        with pytest.raises(AnswersError) as caught:
            read_answers(text)
        assert words in str(caught.value)
        assert "rahasia" not in str(caught.value)
