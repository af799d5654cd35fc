"""Text lines are found where they were drawn, and described alike whatever size and theme they come in."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.fingerprints.features import describe_picture
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.textlines import Box, describe, find_lines
from tests.casefile.fingerprints.golden.pictures import PICTURES
from tests.casefile.fingerprints.pages import DARK, LIGHT, SENTENCES, Pixels, as_jpeg, draw_page, draw_strange, grey

KEY = SketchKey(b"k" * 32)
STRANGE = draw_strange()


def far_off(found: Box, drawn: Pixels) -> int:
    return max(abs(one - other) for one, other in zip(found, drawn, strict=True))


def line_bits(image: Image.Image) -> np.ndarray:
    """The sketches of a page's lines, from top to bottom."""
    page = find_lines(grey(image))
    boxes = sorted(page.boxes, key=lambda box: box.top)
    assert len(boxes) == len(SENTENCES)
    return KEY.sketch_lines(np.array([describe(page.levels, box) for box in boxes]))


def bits_apart(first: np.ndarray, second: np.ndarray) -> list[int]:
    return np.bitwise_count(first ^ second).sum(axis=1).tolist()


@pytest.mark.parametrize(
    ("ink", "ground"),
    [(DARK, LIGHT), (LIGHT, DARK), ((233, 237, 239), (11, 20, 26)), ((90, 90, 90), (190, 190, 190))],
    ids=["light", "dark", "chat at night", "pale"],
)
@pytest.mark.parametrize("size", [14, 28, 48])
def test_lines_are_found_where_they_were_drawn(
    size: int, ink: tuple[int, int, int], ground: tuple[int, int, int]
) -> None:
    image, drawn = draw_page(size, ink, ground)
    found = find_lines(grey(image)).boxes
    assert len(found) == len(drawn)
    assert all(min(far_off(box, place) for box in found) <= size / 2 for place in drawn)


def test_the_longest_lines_come_first() -> None:
    boxes = find_lines(grey(draw_page()[0])).boxes
    lengths = [box.width * 64 // box.height for box in boxes]
    assert lengths == sorted(lengths, reverse=True)


def test_words_make_a_line_whatever_edges_a_photograph_beside_them_has() -> None:
    """Most of what looks like letters is then in the photograph, and smaller than the gaps between words."""
    page = grey(PICTURES["large text by a photograph"]())
    alone, together = find_lines(page[:800]).boxes, find_lines(page).boxes
    assert len(alone) == 9
    assert all(min(far_off(box, other) for other in together) <= 20 for box in alone)


def test_words_far_apart_or_of_unlike_height_are_no_line() -> None:
    image = Image.new("L", (900, 300), 255)
    draw = ImageDraw.Draw(image)
    for left, size in ((20, 40), (260, 40), (420, 90)):
        draw.text((left, 100), "nomor", fill=0, font=ImageFont.load_default(size=size))
    assert len(find_lines(np.asarray(image)).boxes) == 3


def test_strokes_that_make_no_word_make_no_line() -> None:
    page = np.full((400, 900), 255, np.uint8)
    for top, left in product(range(40, 360, 80), range(20, 880, 30)):
        page[top : top + 24, left : left + 3] = 0
    assert find_lines(page).boxes == []


def test_an_inverted_line_has_the_same_description() -> None:
    page = grey(draw_page()[0])
    inverted = 255 - page
    boxes = find_lines(page).boxes
    assert find_lines(inverted).boxes == boxes
    for box in boxes:
        assert np.array_equal(describe(page, box), describe(inverted, box))


@pytest.mark.parametrize("size", [20, 42, 56])
def test_a_line_in_another_size_differs_in_few_bits(size: int) -> None:
    assert max(bits_apart(line_bits(draw_page(28)[0]), line_bits(draw_page(size)[0]))) <= 22


def test_a_line_after_shrinking_and_jpeg_differs_in_few_bits() -> None:
    image = draw_page(40)[0]
    smaller = as_jpeg(image.resize((image.width * 3 // 5, image.height * 3 // 5), Image.Resampling.LANCZOS))
    assert max(bits_apart(line_bits(image), line_bits(smaller))) <= 22


def test_two_sentences_differ_in_about_half_of_all_bits() -> None:
    bits = line_bits(draw_page()[0])
    apart = [far for number in range(1, len(bits)) for far in bits_apart(bits[number:], bits[:-number])]
    assert min(apart) > 34
    assert 54 < sum(apart) / len(apart) < 74


def test_text_that_can_hardly_be_seen_is_left_alone() -> None:
    assert find_lines(grey(draw_page(28, (250, 250, 250), (225, 225, 225))[0])).boxes == []


def test_the_largest_number_of_a_description_is_127() -> None:
    page = find_lines(grey(draw_page()[0]))
    assert {int(np.abs(describe(page.levels, box).astype(int)).max()) for box in page.boxes} == {127}


@pytest.mark.parametrize("name", STRANGE)
def test_where_there_is_no_text_no_line_is_found(name: str) -> None:
    assert find_lines(grey(STRANGE[name])).boxes == []


@pytest.mark.parametrize("name", STRANGE)
def test_every_picture_can_be_described(name: str) -> None:
    found = describe_picture(STRANGE[name])
    assert len(found.lines) == 0
    assert len(found.points) <= 64
    assert max(found.size) == 4095
    assert min(found.size) >= 1
