"""What a demonstration sends: every level, repeats, the same again for the same seed."""

from __future__ import annotations

import io
import random
from collections import Counter

import pytest
from PIL import Image

from casefile.fingerprints.picture import fingerprint_picture
from casefile.submission import Answers
from casefile.text import looks_like_phone_or_nik
from casefile.urgency.assessing import assess
from casefile.urgency.reasons import MatchFacts
from casefile.vocabulary import Urgency
from operations.demo.chats import Chat, Treatment
from operations.demo.plan import plan_reports
from operations.demo.scenarios import SCENARIOS, Scenario
from operations.demo.stories import Theme, tell

NO_MATCH = MatchFacts()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.level}-{scenario.theme}")
def test_a_scenario_gets_the_level_that_it_claims(scenario: Scenario) -> None:
    assert assess(scenario.answers, NO_MATCH).level is scenario.level


@pytest.mark.parametrize("count", [4, 60])
def test_every_level_occurs_and_every_answer_is_one_of_the_form(count: int) -> None:
    plan = plan_reports(count, seed=1)
    assert len(plan) == count
    assert {planned.level for planned in plan} == set(Urgency)
    for planned in plan:
        answers = {
            name: values if isinstance(Answers().to_json()[name], list) else values[0]
            for name, values in planned.values.items()
            if name in Answers().to_json()
        }
        assert assess(Answers.from_json(answers), NO_MATCH).level is planned.level


def test_equal_seeds_plan_equal_reports_and_others_do_not() -> None:
    assert plan_reports(20, seed=3) == plan_reports(20, seed=3)
    assert plan_reports(20, seed=3) != plan_reports(20, seed=4)


def test_accounts_and_pictures_come_back() -> None:
    plan = plan_reports(60, seed=1)
    accounts = Counter(planned.account for planned in plan)
    chats = [chat for planned in plan for chat in planned.chats]
    assert sum(count > 1 for count in accounts.values()) >= 5
    assert {chat.treatment for chat in chats} == set(Treatment)
    assert max(Counter(chat for chat in chats if chat.treatment is Treatment.NONE).values()) > 1


def test_no_report_with_a_child_carries_a_picture() -> None:
    children = [planned for planned in plan_reports(200, seed=1) if planned.values.get("usia", [""])[0] in CHILD_BANDS]
    assert children
    assert not [planned for planned in children if planned.chats]


CHILD_BANDS = {"lt13", "13_15", "16_17"}


def test_equal_chats_are_equal_files_and_a_treatment_changes_the_file_but_not_what_is_seen() -> None:
    original, _ = Chat(5).draw()
    assert Chat(5).draw()[0] == original
    pdq = fingerprint_picture(original).pdq
    for treatment in (Treatment.REENCODED, Treatment.RESIZED):
        changed, _ = Chat(5, treatment, 1).draw()
        assert changed != original
        assert distance(fingerprint_picture(changed).pdq, pdq) <= 31
    assert distance(fingerprint_picture(Chat(6).draw()[0]).pdq, pdq) > 31


def distance(first: bytes, second: bytes) -> int:
    return (int.from_bytes(first) ^ int.from_bytes(second)).bit_count()


def test_a_crop_is_smaller() -> None:
    original, cropped = (Image.open(io.BytesIO(chat.draw()[0])) for chat in (Chat(5), Chat(5, Treatment.CROPPED, 1)))
    assert cropped.width == original.width
    assert cropped.height < original.height


@pytest.mark.parametrize("theme", list(Theme))
def test_a_story_fits_the_form_and_names_no_number(theme: Theme) -> None:
    for seed in range(20):
        story = tell(random.Random(seed), theme)
        assert 40 < len(story) < 1000
        assert "{" not in story
        assert not looks_like_phone_or_nik(story)
