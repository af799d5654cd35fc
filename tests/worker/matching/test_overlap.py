"""What agrees, what should and does not, and what moved, where one picture lies on another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from casefile.fingerprints.descriptions import UNIT
from casefile.fingerprints.sketches import Sketches
from tests.worker.matching.layouts import cut, make_sketches, moved, noisy
from worker.matching.alignment import align, lay_out
from worker.matching.overlap import NO_OVERLAP, Overlap, judge_overlap

FIRST = make_sketches(1)


def judge(first: Sketches, second: Sketches) -> Overlap:
    one, other = lay_out(first), lay_out(second)
    found = align(one, other, np.ones(len(one.lefts)), np.ones(len(one.points)))
    assert found is not None
    return judge_overlap(one, other, found)


def joined(first: Sketches, second: Sketches) -> Sketches:
    names = ("line_boxes", "line_bits", "point_places", "point_scales", "point_bits")
    return replace(first, **{name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in names})


def test_a_picture_agrees_with_itself_in_everything() -> None:
    found = judge(FIRST, FIRST)
    assert (found.lines, found.points, found.other_lines, found.displaced, found.noise) == (10, 16, 0, 0, 0.0)
    assert (found.first.lines, found.first.expected_lines) == (10, 10)
    assert (found.second.lines, found.second.expected_lines) == (10, 10)


def test_noise_is_the_mean_number_of_bits_in_which_lines_differ() -> None:
    assert judge(FIRST, noisy(FIRST, 2, line_bits=9)).noise == 9.0


def test_what_a_cut_out_does_not_show_is_not_expected_of_the_whole() -> None:
    upper = cut(FIRST, slice(0, 5), slice(0, 0))
    half = moved(upper, 1, 0, 0, size=(2048, UNIT // 2))
    found = judge(FIRST, half)
    assert found.lines == 5
    assert found.first.expected_lines == 5
    assert found.second.expected_lines == 5
    assert found.other_lines == 0


def test_other_words_at_the_same_places_are_counted_against_it() -> None:
    bits = FIRST.line_bits.copy()
    bits[7:] = make_sketches(99).line_bits[7:]
    found = judge(FIRST, replace(FIRST, line_bits=bits))
    assert (found.lines, found.other_lines) == (7, 3)
    assert found.first.expected_lines == 10


@pytest.mark.parametrize(("noise", "others"), [(8, 3), (12, 3), (13, 0)])
def test_where_all_lines_are_spoilt_they_must_differ_in_more_bits(noise: int, others: int) -> None:
    bits = noisy(FIRST, 3, line_bits=noise).line_bits
    bits[7:] = noisy(FIRST, 4, line_bits=44).line_bits[7:]
    found = judge(FIRST, replace(FIRST, line_bits=bits))
    assert (found.lines, found.other_lines) == (7, others)


@pytest.mark.parametrize(("longer", "contradictions"), [(0, 3), (1, 2), (2, 2), (3, 1)])
def test_lines_that_only_begin_together_count_half(longer: int, contradictions: int) -> None:
    bits, boxes = FIRST.line_bits.copy(), FIRST.line_boxes.copy()
    bits[7:] = make_sketches(99).line_bits[7:]
    boxes[7 : 7 + longer, 2] += 300
    found = judge(FIRST, replace(FIRST, line_bits=bits, line_boxes=boxes))
    assert (found.lines, found.other_lines, found.one_sided) == (7, 3, longer)
    assert found.contradictions == contradictions


def test_words_that_are_missing_are_expected_but_not_counted_as_others() -> None:
    found = judge(FIRST, cut(FIRST, slice(0, 7)))
    assert (found.lines, found.other_lines, found.first.expected_lines, found.second.expected_lines) == (7, 0, 10, 7)


def test_a_bar_that_stayed_while_the_conversation_moved_is_displaced() -> None:
    bar = replace(make_sketches(50, 3, 0), line_boxes=make_sketches(50, 3, 0).line_boxes // 4)
    chat = cut(make_sketches(51, 10, 0), slice(2, 10))
    scrolled = moved(cut(chat, slice(2, 8)), 1, 0, 0)
    scrolled = replace(scrolled, line_boxes=(scrolled.line_boxes - np.array([0, 700, 0, 700])).astype(np.uint16))
    found = judge(joined(bar, chat), joined(bar, scrolled))
    assert found.lines == 6
    assert found.displaced == 3


def test_lines_that_agree_and_say_the_same_as_another_are_copies() -> None:
    bits = FIRST.line_bits.copy()
    bits[3:6] = noisy(FIRST, 5, line_bits=4).line_bits[2]
    listed = replace(FIRST, line_bits=bits)
    assert judge(listed, listed).copies == 3
    assert judge(listed, cut(listed, slice(4, 10))).copies == 1
    assert judge(FIRST, FIRST).copies == 0


def test_lines_are_copies_whichever_of_the_two_pictures_shows_it() -> None:
    alike, apart = FIRST.line_bits.copy(), FIRST.line_bits.copy()
    alike[1] = alike[0]
    apart[0, :2] ^= 255
    apart[1] = alike[0]
    apart[1, 2:4] ^= 255
    first, second = replace(FIRST, line_bits=alike), replace(FIRST, line_bits=apart)
    assert judge(first, second).lines == judge(second, first).lines == 10
    assert judge(first, second).copies == judge(second, first).copies == 1


def test_nothing_overlaps_where_nothing_was_laid_on_anything() -> None:
    assert NO_OVERLAP.lines == NO_OVERLAP.points == NO_OVERLAP.other_lines == 0
