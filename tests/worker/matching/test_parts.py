"""Parts of photographs and pages: little evidence, but nearly all that both should show, and nothing that differs."""

from __future__ import annotations

import pytest

from casefile.vocabulary import MatchClass
from worker.matching.evidence import Evidence, classify
from worker.matching.overlap import Overlap, Side


def scene(
    points: int = 5,
    *,
    weight: float = 2.3,
    of: int = 12,
    lines: tuple[int, int] = (0, 0),
    agreeing: int = 0,
    others: int = 0,
    displaced: int = 0,
) -> Evidence:
    """Two photographs whose points agree, ``of`` the smaller number that should; lines that each should show."""
    first = Side(lines=20, expected_lines=lines[0], points=40, expected_points=40)
    second = Side(lines=20, expected_lines=lines[1], points=64, expected_points=of)
    return Evidence(Overlap(agreeing, points, others, displaced, 20.0, first, second), 0.0, weight, 128)


@pytest.mark.parametrize(
    ("evidence", "is_found"),
    [
        (scene(), True),
        (scene(4, of=9), False),
        (scene(weight=2.2), False),
        (scene(of=13), False),
        (scene(displaced=2), True),
        (scene(displaced=3), False),
        (scene(lines=(2, 8)), True),
        (scene(lines=(8, 2)), True),
        (scene(lines=(2, 9)), False),
        (scene(lines=(3, 8)), False),
        (scene(lines=(3, 8), weight=4.0), True),
        (scene(lines=(2, 9), weight=3.9), False),
        (scene(lines=(10, 3), agreeing=2), False),
        (scene(lines=(10, 10), agreeing=7), True),
        (scene(lines=(10, 10), agreeing=6), False),
        (scene(7, of=10, lines=(10, 10)), True),
        (scene(7, of=11, lines=(10, 10)), False),
        (scene(7, of=10, lines=(10, 10), weight=2.2), False),
        (scene(7, of=10, lines=(10, 10), others=3), False),
        (scene(others=1), False),
        (scene(others=1, weight=3.9), False),
    ],
    ids=str,
)
def test_part_of_a_photograph_rests_on_most_of_its_points(evidence: Evidence, is_found: bool) -> None:
    assert (classify(evidence) is MatchClass.SAME_PICTURE) is is_found


def part(
    lines: int = 2, *, weight: float = 1.2, first: int = 2, second: int = 4, others: int = 0, displaced: int = 0
) -> Evidence:
    """Whole lines agree, of so many that each of the two should show."""
    sides = (Side(lines=12, expected_lines=expected, points=0, expected_points=0) for expected in (first, second))
    return Evidence(Overlap(lines, 0, others, displaced, 0.0, *sides), weight, 0.0, 128)


@pytest.mark.parametrize(
    ("evidence", "is_found"),
    [
        (part(), True),
        (part(1, first=1, second=1), False),
        (part(weight=1.1), False),
        (part(second=5), False),
        (part(first=3, second=2), True),
        (part(others=1), False),
        (part(displaced=2), True),
        (part(displaced=3), False),
    ],
    ids=str,
)
def test_part_of_a_page_rests_on_nearly_all_of_its_lines(evidence: Evidence, is_found: bool) -> None:
    assert (classify(evidence) is MatchClass.SAME_PICTURE) is is_found
