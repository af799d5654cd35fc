"""Which pictures are laid on one another, and what their elements weigh."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest

from casefile.fingerprints.sketches import Sketches
from casefile.fingerprints.wordgroups import MOST_GROUPS
from casefile.vocabulary import MatchClass
from operations.linking import PictureReports
from tests.worker.matching.layouts import make_picture, make_sketches
from worker.matching import PictureFeatures

LINES = 16


def picture(sketches: Sketches, words: range = range(0)) -> PictureFeatures:
    """A picture with numbered word groups."""
    return replace(make_picture(sketches), words=frozenset(word.to_bytes(6) for word in words))


def found_by(newer: PictureFeatures, older: PictureFeatures) -> list[MatchClass]:
    reports = PictureReports()
    reports.add(older)
    return [finding.match_class for finding in reports.find(newer, UUID(int=0))]


@pytest.mark.parametrize(
    ("older", "newer", "found"),
    [
        (range(8), range(4, 40), [MatchClass.SAME_PICTURE]),
        (range(8), range(5, 41), []),
        (range(20), range(13, 40), [MatchClass.SAME_PICTURE]),
        (range(20), range(14, 40), []),
    ],
    ids=["four of eight", "three of eight", "seven of twenty", "six of twenty"],
)
def test_text_alone_brings_up_a_picture_but_only_with_much_of_the_shorter_text(
    older: range, newer: range, found: list[MatchClass]
) -> None:
    assert found_by(picture(make_sketches(2), newer), picture(make_sketches(1), older)) == found


@pytest.mark.parametrize(("kept", "found"), [(MOST_GROUPS, [MatchClass.SAME_PICTURE]), (MOST_GROUPS - 1, [])])
def test_of_a_text_of_which_only_the_first_groups_are_kept_those_beyond_are_not_missed(
    kept: int, found: list[MatchClass]
) -> None:
    older = picture(make_sketches(1), range(kept))
    newer = picture(make_sketches(2), range(kept - 4, kept + 60))
    assert found_by(newer, older) == found
    assert found_by(older, newer) == found


def test_of_groups_up_to_the_last_one_kept_half_must_be_equal() -> None:
    older = picture(make_sketches(1), range(0, 2 * MOST_GROUPS, 2))
    last = 2 * MOST_GROUPS - 2
    for others, found in ((4, [MatchClass.SAME_PICTURE]), (5, [])):
        groups = {*range(last - 6, last + 1, 2), *range(1, 2 * others, 2), *range(last + 1, last + 40)}
        newer = replace(make_picture(make_sketches(2)), words=frozenset(group.to_bytes(6) for group in groups))
        assert found_by(newer, older) == found


@pytest.mark.parametrize(("icons", "found"), [(9, [MatchClass.SAME_PICTURE]), (1, [])])
def test_an_icon_in_every_row_of_two_pages_says_little_more_than_one_icon(icons: int, found: list[MatchClass]) -> None:
    shared = make_sketches(3, lines=0, points=9)
    bits = np.tile(shared.point_bits[:icons], (9 // icons, 1))
    pages = (
        replace(
            make_sketches(seed, lines=LINES, points=9),
            point_places=shared.point_places,
            point_scales=shared.point_scales,
            point_bits=bits,
        )
        for seed in (4, 5)
    )
    older, newer = map(picture, pages)
    assert found_by(newer, older) == found
