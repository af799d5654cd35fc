"""Two pictures are laid on each other as they belong, in each of the eight forms; strangers are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from casefile.fingerprints.descriptions import UNIT
from casefile.fingerprints.features import describe_picture
from casefile.fingerprints.keying import Form, SketchKey
from casefile.fingerprints.sketches import NO_SKETCHES, Sketches
from tests.casefile.fingerprints.pages import draw_photo
from tests.worker.matching.layouts import cut, make_sketches, moved, noisy, turned
from worker.matching.alignment import Alignment, Layout, align, lay_out

KEY = SketchKey(b"k" * 32)
SEEDS = st.integers(0, 2**32 - 1)


def align_layouts(first: Layout, second: Layout) -> Alignment | None:
    return align(first, second, np.ones(len(first.lefts)), np.ones(len(first.points)))


def align_all(first: Sketches, second: Sketches, form: Form = Form.UPRIGHT) -> Alignment | None:
    return align_layouts(lay_out(first, form), lay_out(second))


@pytest.mark.parametrize("form", Form)
@settings(deadline=None, max_examples=15)
@given(SEEDS, st.floats(0.5, 0.9), st.integers(0, 200), st.integers(0, 200))
def test_a_known_similarity_is_found_in_the_form_in_which_it_was_made(
    form: Form, seed: int, scale: float, across: int, down: int
) -> None:
    first = make_sketches(seed)
    second = noisy(moved(turned(first, form), scale, across, down, size=(UNIT, UNIT)), seed)
    found = align_all(first, second, form)
    assert found is not None
    assert abs(found.turn - scale) < 0.01
    assert abs(found.shift - complex(across, down)) < 10
    assert len(found.line_pairs) == 10
    assert len(found.point_pairs) >= 15
    assert np.array_equal(found.line_pairs[:, 0], found.line_pairs[:, 1])


@given(SEEDS, st.sampled_from([form for form in Form if form is not Form.UPRIGHT]))
@settings(deadline=None, max_examples=30)
def test_a_turned_picture_does_not_lie_on_the_upright_one_as_it_is(seed: int, form: Form) -> None:
    first = make_sketches(seed)
    assert align_all(first, turned(first, form)) is None


@pytest.mark.parametrize("parts", [(10, 0), (0, 16), (1, 2), (0, 3)])
def test_lines_alone_or_points_alone_are_enough(parts: tuple[int, int]) -> None:
    first = make_sketches(3, *parts)
    found = align_all(first, noisy(moved(first, 0.7, 100, 50), 4))
    assert found is not None
    assert (len(found.line_pairs), len(found.point_pairs)) == parts
    assert abs(found.turn - 0.7) < 0.02


def test_a_few_degrees_of_skew_are_aligned_too() -> None:
    first = make_sketches(5, lines=0, points=30)
    turn = 0.9 * np.exp(0.06j)
    layout = lay_out(first)
    skewed = Layout(**{**vars(layout), "points": turn * layout.points + (200 + 30j)})
    found = align_layouts(layout, skewed)
    assert found is not None
    assert abs(found.turn - turn) < 0.01
    assert len(found.point_pairs) == 30


@given(SEEDS, SEEDS)
@settings(deadline=None, max_examples=50)
def test_strangers_are_not_aligned(first: int, second: int) -> None:
    if first != second:
        assert align_all(make_sketches(first), make_sketches(second)) is None


def test_equal_elements_in_another_arrangement_do_not_all_agree() -> None:
    first = make_sketches(7, lines=10, points=0)
    order = np.random.default_rng(1).permutation(10)
    shuffled = Sketches(**{**vars(first), "line_bits": first.line_bits[order]})
    found = align_all(first, shuffled)
    assert found is None or len(found.line_pairs) <= 3


def test_one_element_in_common_is_no_alignment() -> None:
    first = make_sketches(8)
    assert align_all(cut(first, slice(1), slice(0)), first) is None
    assert align_all(NO_SKETCHES, first) is None
    assert align_all(first, NO_SKETCHES) is None


def test_an_element_agrees_with_one_other_even_where_many_are_equal() -> None:
    first = make_sketches(9, lines=6, points=0)
    doubled = Sketches(
        **{
            **vars(first),
            "line_boxes": np.repeat(first.line_boxes, 2, axis=0),
            "line_bits": np.repeat(first.line_bits, 2, axis=0),
        }
    )
    for one, other in ((first, doubled), (doubled, first)):
        found = align_all(one, other)
        assert found is not None
        assert len(found.line_pairs) == 6
        assert len(set(found.line_pairs[:, 0].tolist())) == len(set(found.line_pairs[:, 1].tolist())) == 6


@pytest.mark.parametrize("form", Form)
def test_a_real_photograph_that_was_turned_is_aligned_in_its_form_alone(form: Form) -> None:
    photo = draw_photo(4, 500, 420)
    pixels = np.asarray(photo)
    came = np.rot90(pixels[:, ::-1] if form.is_mirrored else pixels, -form.quarters)
    first, second = (
        KEY.sketch(describe_picture(photo)),
        KEY.sketch(describe_picture(Image.fromarray(np.ascontiguousarray(came)))),
    )
    agreeing = {tried: align_all(first, second, tried) for tried in Form}
    numbers = {tried: 0 if found is None else len(found.point_pairs) for tried, found in agreeing.items()}
    best = agreeing[form]
    assert best is not None
    assert numbers[form] >= 15
    assert max(number for tried, number in numbers.items() if tried is not form) <= numbers[form] // 4
    assert abs(best.turn - 1) < 0.01
    assert abs(best.shift) < 60, "less than the height of a line"
