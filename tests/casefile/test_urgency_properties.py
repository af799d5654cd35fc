"""What holds for every report, whatever was answered."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.submission import Answers
from casefile.urgency import MatchFacts, assess, level_of_score
from casefile.vocabulary import (
    AgeBand,
    Demand,
    District,
    Feeling,
    Gender,
    HarmKind,
    PerpetratorAccess,
    SafeNow,
    TraffickingSign,
    Urgency,
)

untimed = settings(deadline=None)
QUESTIONS = {question.name: question for question in fields(Answers)}


def values_of(question: Field[Any]) -> st.SearchStrategy[Any]:
    members = st.sampled_from(question.metadata["enum"])
    if question.metadata["many"]:
        return st.frozensets(members)
    return members if question.default is not None else st.none() | members


def any_answers() -> st.SearchStrategy[Answers]:
    return st.builds(Answers, **{name: values_of(question) for name, question in QUESTIONS.items()})


any_facts = st.builds(MatchFacts, st.booleans(), st.booleans())
any_wait = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=14))
children = st.sampled_from([band for band in AgeBand if band.is_child])
adults = st.sampled_from([AgeBand.FROM_18, AgeBand.FROM_25, AgeBand.FROM_45, AgeBand.FROM_60])


def blank(name: str) -> Any:
    assert QUESTIONS[name].default is not MISSING
    return QUESTIONS[name].default


def is_at_least(level: Urgency, other: Urgency) -> bool:
    return int(level[1]) <= int(other[1])


@untimed
@given(any_answers(), any_facts, st.data())
def test_answering_a_skipped_question_never_lowers_level_or_score(answers, facts, data):
    name = data.draw(st.sampled_from(sorted(QUESTIONS)))
    answer = data.draw(children if name == "age" else values_of(QUESTIONS[name]))
    skipped = assess(replace(answers, **{name: blank(name)}), facts)
    answered = assess(replace(answers, **{name: answer}), facts)
    assert answered.score >= skipped.score
    assert is_at_least(answered.level, skipped.level)


@untimed
@given(any_answers(), any_facts, adults)
def test_an_age_of_18_or_more_takes_back_only_the_ten_points_of_not_knowing(answers, facts, age):
    skipped = assess(replace(answers, age=AgeBand.SKIPPED), facts)
    answered = assess(replace(answers, age=age), facts)
    assert skipped.score == answered.score + 10
    assert skipped.floor == answered.floor
    assert is_at_least(skipped.level, answered.level)


@untimed
@given(any_answers(), any_facts, st.data())
def test_one_more_ticked_box_never_lowers_level_or_score(answers, facts, data):
    name = data.draw(st.sampled_from(sorted(name for name, q in QUESTIONS.items() if q.metadata["many"])))
    ticked = getattr(answers, name)
    more = ticked | {data.draw(st.sampled_from(QUESTIONS[name].metadata["enum"]))}
    before, after = assess(answers, facts), assess(replace(answers, **{name: more}), facts)
    assert after.score >= before.score
    assert is_at_least(after.level, before.level)


@untimed
@given(any_answers())
def test_a_match_with_another_report_never_lowers_level_or_score(answers):
    alone = assess(answers, MatchFacts())
    for facts in (MatchFacts(True, False), MatchFacts(False, True), MatchFacts(True, True)):
        found = assess(answers, facts)
        assert found.score > alone.score
        assert is_at_least(found.level, alone.level)


@untimed
@given(any_answers(), any_facts, st.sampled_from(Gender), st.sampled_from(District))
def test_gender_and_district_change_nothing(answers, facts, gender, district):
    assert assess(replace(answers, gender=gender, district=district), facts) == assess(answers, facts)


@untimed
@given(any_answers(), any_facts, any_wait)
def test_level_is_the_higher_of_floor_and_score_and_follows_from_the_reasons(answers, facts, waited):
    assessment = assess(answers, facts, waited)
    floors = [reason.floor for reason in assessment.reasons if reason.floor is not None]
    assert assessment.score == sum(reason.points for reason in assessment.reasons)
    assert assessment.floor == (min(floors) if floors else None)
    assert assessment.level == min([level_of_score(assessment.score), *floors])
    assert assess(answers, facts, waited) == assessment
    assert assess(Answers.from_json(answers.to_json()), facts, waited) == assessment


@untimed
@given(any_answers(), any_facts, any_wait, any_wait)
def test_waiting_longer_never_lowers_level_or_score_and_never_makes_a_p0(answers, facts, one, other):
    fresh = assess(answers, facts)
    sooner, later = (assess(answers, facts, waited) for waited in sorted((one, other)))
    assert fresh.score <= sooner.score <= later.score
    assert is_at_least(later.level, sooner.level)
    assert is_at_least(sooner.level, fresh.level)
    assert (later.level is Urgency.P0) is (fresh.level is Urgency.P0)


grave_demand = st.sampled_from([Demand.MONEY, Demand.MORE_IMAGES, Demand.MEETING])
near = st.sampled_from([PerpetratorAccess.HAS_HURT, PerpetratorAccess.HAS_WEAPON, PerpetratorAccess.SAME_HOUSE])
held = st.sampled_from([TraffickingSign.CANNOT_LEAVE, TraffickingSign.HOLDS_PAPERS])


@st.composite
def emergencies(draw: st.DrawFn) -> Answers:
    answers, age = draw(any_answers()), draw(children)
    return draw(
        st.sampled_from(
            [
                replace(answers, feeling=Feeling.SUICIDAL),
                replace(answers, safe_now=SafeNow.NO, access=answers.access | {draw(near)}),
                replace(answers, age=age, demands=answers.demands | {draw(grave_demand)}),
                replace(answers, age=age, kinds=answers.kinds | {HarmKind.EXPLOITATION}),
                replace(answers, trafficking=answers.trafficking | {draw(held)}),
            ]
        )
    )


@untimed
@given(emergencies(), any_facts)
def test_a_trigger_of_p0_makes_a_p0_whatever_else_was_answered(answers, facts):
    assert assess(answers, facts).level is Urgency.P0


@untimed
@given(any_answers(), any_facts)
def test_the_order_of_reasons_does_not_depend_on_the_order_of_answers(answers, facts):
    reordered = Answers(**{name: _rebuilt(getattr(answers, name)) for name in reversed(QUESTIONS)})
    assert assess(reordered, facts).reasons == assess(answers, facts).reasons


def _rebuilt(value: Any) -> Any:
    return frozenset(sorted(value, reverse=True)) if isinstance(value, frozenset) else value
