"""``suluh matching review``: figures by class from decisions that people made at the desk, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from casefile.submission import Answers
from casefile.vocabulary import HarmKind, MatchClass
from operations.cli import suluh
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person, desk  # noqa: F401 - a fixture
from tests.triage.pair_world import join, pair_path
from tests.triage.test_links import judge
from tests.triage.test_reasons_in_words import MatchReason, give
from tests.triage.test_second_looks import drawn_id, next_look
from triage.reviewing import wilson_interval

CALM = make_submission(answers=Answers(kinds=frozenset({HarmKind.IMPERSONATION})))
Review = Callable[..., Result]


@pytest.fixture
def review(desk: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> Review:  # noqa: F811
    """Runs the command with the settings of the test's office, and of its keys the names alone."""
    settings = {**desk.workshop.office.environment, "SULUH_DATABASE_URL": desk.workshop.database.owner_url}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(suluh, ["matching", "review", *words])


@pytest.fixture
def rina(desk: DeskRoom) -> Person:  # noqa: F811
    return desk.seat("rina")


def pairs(desk: DeskRoom, match_class: MatchClass, count: int) -> list[tuple[UUID, UUID]]:  # noqa: F811
    """Suggestions between one report and ``count`` others."""
    one = desk.report(CALM)
    made = [(one, desk.report(CALM)) for _ in range(count)]
    for pair in made:
        give(desk, *pair, MatchReason(match_class))
    return made


def decide(desk: DeskRoom, person: Person, pair: tuple[UUID, UUID], *choices: str) -> None:  # noqa: F811
    """Decisions at the desk, one after another."""
    for choice in choices:
        desk.clock.advance(seconds=1)
        assert judge(person, pair_path(desk, *pair), choice).status_code == 303


def objects(outcome: Result) -> dict[str, dict[str, object]]:
    """The lines of ``--json`` by class."""
    assert outcome.exit_code == 0, outcome.output
    return {line["class"]: line for line in map(json.loads, outcome.output.splitlines())}


def test_precision_is_that_of_the_newest_decisions(desk: DeskRoom, rina: Person, review: Review) -> None:  # noqa: F811
    made = pairs(desk, MatchClass.SAME_PICTURE, 9)
    for pair in made[:3]:
        decide(desk, rina, pair, "terkait")
    decide(desk, rina, made[3], "tidak", "batal", "terkait")
    decide(desk, rina, made[4], "terkait", "batal", "tidak")
    decide(desk, rina, made[5], "tidak")
    decide(desk, rina, made[6], "terkait", "batal")
    decide(desk, rina, made[7], "belum")
    line = objects(review("--json"))["same_picture"]
    counts = {key: line[key] for key in ("matches", "by_rule", "related", "not_related", "open", "undone")}
    assert counts == {"matches": 9, "by_rule": 0, "related": 4, "not_related": 2, "open": 3, "undone": 1}
    assert line["precision"] == pytest.approx(4 / 6)
    assert line["interval"] == pytest.approx(wilson_interval(4, 6))


def test_links_by_rule_count_apart_until_a_person_decides(desk: DeskRoom, rina: Person, review: Review) -> None:  # noqa: F811
    same = make_submission(addresses=("instagram.com/akun_contoh_9",))
    one, other, third = (desk.report(same) for _ in range(3))
    line = objects(review("--json"))["same_account"]
    assert (line["matches"], line["by_rule"], line["open"]) == (3, 3, 0)
    decide(desk, rina, (one, other), "batal")
    decide(desk, rina, (one, third), "batal", "tidak")
    line = objects(review("--json"))["same_account"]
    assert [line[key] for key in ("by_rule", "related", "not_related", "open", "undone")] == [1, 0, 1, 1, 1]
    assert (line["precision"], line["interval"]) == (None, None)


def test_the_median_age_is_that_of_what_is_still_open(desk: DeskRoom, rina: Person, review: Review) -> None:  # noqa: F811
    now = desk.clock.now
    for days in (2, 4, 9, 400):
        desk.clock.now = now - timedelta(days=days)
        made = pairs(desk, MatchClass.WEAK, 1)
    desk.clock.now = now
    assert objects(review("--json"))["weak"]["open_days"] == pytest.approx(6.5, abs=0.01)
    decide(desk, rina, made[0], "tidak")
    found = objects(review("--json"))
    assert found["weak"]["open_days"] == pytest.approx(4, abs=0.01)
    assert found["duplicate"]["open_days"] is None


def test_the_table_is_aligned_and_says_where_too_few_decided(desk: DeskRoom, rina: Person, review: Review) -> None:  # noqa: F811
    for pair in pairs(desk, MatchClass.DUPLICATE, 5):
        decide(desk, rina, pair, "terkait")
    for pair in pairs(desk, MatchClass.WEAK, 4):
        decide(desk, rina, pair, "tidak")
    outcome = review()
    assert outcome.exit_code == 0, outcome.output
    lines = outcome.output.split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in lines] == ["class", *MatchClass]
    column = lines[0].index("precision")
    rows = {line.split()[0]: line for line in lines}
    assert rows["duplicate"][column:] == "1.00 (0.57-1.00)"
    assert {rows[one][column:] for one in MatchClass if one is not MatchClass.DUPLICATE} == {"too few"}
    assert rows["weak"].split()[1:7] == ["4", "0", "0", "4", "0", "0"]


def test_second_looks_count_beside_the_decisions_also_when_those_were_undone_since(
    desk: DeskRoom,  # noqa: F811
    rina: Person,
    review: Review,
) -> None:
    budi = desk.seat("budi")
    one, *others = (desk.report(CALM) for _ in range(4))
    for other, second in zip(others, ("terkait", "tidak", "belum"), strict=True):
        join(desk, one, other, MatchClass.SAME_PICTURE, drawn_id(desk))
        decide(desk, rina, (one, other), "terkait")
        path = next_look(budi)
        assert budi.post(path, path, choice=second, reason="Menurut saya").status_code == 303
    line = objects(review("--json"))["same_picture"]
    assert [line[key] for key in ("related", "checked", "agreed", "agreement")] == [3, 2, 1, None]
    decide(desk, rina, (one, others[1]), "batal")
    line = objects(review("--json"))["same_picture"]
    assert [line[key] for key in ("related", "checked", "agreed")] == [2, 2, 1]


def test_it_needs_no_key(desk: DeskRoom, review: Review) -> None:  # noqa: F811
    pairs(desk, MatchClass.WEAK, 1)
    for path in desk.workshop.office.folder.rglob("*.json"):
        path.unlink()
    assert objects(review("--json"))["weak"]["open"] == 1


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(successes: int, trials: int, low: float, high: float) -> None:
    """The examples of Newcombe, "Two-sided confidence intervals for the single proportion" (1998), method 3."""
    assert wilson_interval(successes, trials) == pytest.approx((low, high), abs=1e-4)
