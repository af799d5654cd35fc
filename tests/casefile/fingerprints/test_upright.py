"""A page on its side or a few degrees askew is put level; one that is level is left as it is."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.textlines import Page, describe
from casefile.fingerprints.upright import level_text
from tests.casefile.fingerprints.pages import LIGHT, SENTENCES, draw_page, draw_photo, grey

KEY = SketchKey(b"k" * 32)
PAGE = draw_page()[0]


def line_bits(page: Page) -> np.ndarray:
    boxes = sorted(page.boxes, key=lambda box: box.top)
    return KEY.sketch_lines(np.array([describe(page.levels, box) for box in boxes]))


def test_a_level_page_is_left_alone() -> None:
    levels = grey(PAGE)
    assert np.array_equal(level_text(levels).levels, levels)


def test_a_page_that_lies_on_its_side_is_turned_back() -> None:
    levels = grey(PAGE)
    turned_back = level_text(np.rot90(levels))
    assert np.array_equal(turned_back.levels, levels)
    assert len(turned_back.boxes) == len(SENTENCES)


def test_a_page_on_its_other_side_has_level_text_on_its_head() -> None:
    levels = grey(PAGE)
    assert np.array_equal(level_text(np.rot90(levels, -1)).levels, np.rot90(levels, 2))


@pytest.mark.parametrize("degrees", [1.5, 3, -3])
def test_a_page_that_is_askew_is_put_straight(degrees: float) -> None:
    askew = PAGE.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=LIGHT)
    page = level_text(grey(askew))
    assert abs(page.slope) < 0.012
    assert len(page.boxes) == len(SENTENCES)
    assert np.bitwise_count(line_bits(page) ^ line_bits(level_text(grey(PAGE)))).sum(axis=1).max() <= 22


def test_a_photograph_is_not_turned() -> None:
    levels = grey(draw_photo(1, 500, 300))
    assert np.array_equal(level_text(levels).levels, levels)
