"""Pieces of lines lie where two words were drawn, and are found again where all four sides of a page are cut off."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.fingerprints.descriptions import MOST_PIECES
from casefile.fingerprints.features import describe_picture
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.kinds import LINE
from casefile.fingerprints.pieces import find_pieces
from casefile.fingerprints.raster import Levels
from casefile.fingerprints.textlines import Box, describe, find_lines
from tests.casefile.fingerprints.golden.pictures import draw_text
from tests.casefile.fingerprints.pages import DARK, LIGHT, as_jpeg, draw_page, draw_strange, grey

KEY = SketchKey(b"k" * 32)
STRANGE = draw_strange()
HIGH = 20


def draw_words(width: int, *words: tuple[int, int], height: int = 100, high: int = HIGH) -> tuple[Levels, Box]:
    """A page with one line of words, each a row of strokes from one column to another; and the line's box."""
    page = np.full((height, width), 240, np.uint8)
    top = (height - high) // 2
    for start, end in words:
        page[top : top + high, start:end:3] = 20
        page[top : top + high, end - 1] = 20
    return page, Box(words[0][0], top, words[-1][1], top + high)


def columns(page: Levels, *lines: Box) -> list[tuple[int, int]]:
    """From where to where each piece goes."""
    return [(box.left, box.right) for box in find_pieces(page, lines)]


def test_a_piece_is_a_word_and_the_next_one() -> None:
    page, line = draw_words(400, (20, 80), (90, 160), (170, 230))
    assert columns(page, line) == [(90, 230), (20, 160)]


def test_a_line_of_two_words_has_none() -> None:
    page, line = draw_words(400, (100, 180), (190, 290))
    assert columns(page, line) == []


@pytest.mark.parametrize(("high", "gap"), [(20, 6), (11, 3), (6, 3), (40, 11), (50, 13)])
def test_words_are_as_far_apart_as_a_quarter_of_their_height(high: int, gap: int) -> None:
    for between, count in ((gap, 2), (gap - 1, 0)):
        middle = 20 + 4 * high + between
        words = (20, 20 + 4 * high), (middle, middle + 4 * high), (middle + 4 * high + gap, middle + 8 * high + gap)
        page, line = draw_words(20 + 13 * high + 40, *words, high=high)
        assert len(columns(page, line)) == count


def test_two_words_narrower_than_four_heights_are_none() -> None:
    page, line = draw_words(300, (20, 60), (66, 100), (110, 220))
    assert columns(page, line) == [(66, 220), (20, 100)]
    page, line = draw_words(300, (20, 60), (66, 99), (109, 220))
    assert columns(page, line) == [(66, 220)]


@pytest.mark.parametrize(("high", "count"), [(6, 2), (5, 0)])
def test_a_piece_of_dots_is_none(high: int, count: int) -> None:
    page, line = draw_words(400, (20, 80), (90, 160), (170, 230), high=high)
    assert len(columns(page, line)) == count


def test_a_piece_is_as_high_as_the_ink_of_its_words() -> None:
    page, line = draw_words(400, (20, 80), (90, 160), (170, 230))
    page[40:44, 90:160] = 240
    page[40:46, 20:80] = page[56:60, 20:80] = 240
    page[56:60, 90:160] = 240
    assert find_pieces(page, [line]) == [Box(90, 40, 230, 60), Box(20, 44, 160, 56)]


def test_faint_marks_between_words_are_no_ink() -> None:
    page, line = draw_words(400, (20, 80), (100, 160), (180, 230))
    page[50, 80:100] = page[50, 160:180] = 170
    assert len(columns(page, line)) == 2
    page[50, 80:100] = 160
    assert columns(page, line) == []


def test_gaps_at_the_ends_of_a_line_are_none() -> None:
    page, line = draw_words(400, (60, 120), (130, 190), (200, 260))
    assert columns(page, line._replace(left=20, right=300)) == [(130, 300), (20, 190)]


def test_of_each_line_the_two_nearest_to_the_middle_are_taken() -> None:
    page, line = draw_words(600, *((start, start + 80) for start in range(20, 520, 90)))
    assert columns(page, line) == [(200, 370), (290, 460)]


def test_the_nearest_of_each_line_comes_before_any_second_one_and_the_middle_of_the_page_first() -> None:
    page = np.full((400, 600), 240, np.uint8)
    lines = []
    for top in (20, 190, 330, 100):
        strip, line = draw_words(600, (100, 180), (190, 290), (300, 420), height=HIGH)
        page[top : top + HIGH] = strip
        lines.append(line._replace(top=top, bottom=top + HIGH))
    found = find_pieces(page, lines)
    assert [(box.top, box.left) for box in found] == [
        *((top, 190) for top in (190, 100, 330, 20)),
        *((top, 100) for top in (190, 100)),
    ]


def test_there_are_at_most_six_and_at_most_two_of_a_line() -> None:
    page = find_lines(grey(draw_text(3, (900, 1200))))
    found = find_pieces(page.levels, page.boxes)
    assert len(found) == MOST_PIECES
    assert len(find_pieces(page.levels, page.boxes[:1])) <= 2
    assert len({box.top for box in found}) >= MOST_PIECES // 2


@pytest.mark.parametrize("name", STRANGE)
def test_where_there_is_no_text_there_is_no_piece(name: str) -> None:
    described = describe_picture(STRANGE[name])
    assert described.pieces.shape == (0, 128)
    assert described.piece_boxes.shape == (0, 4)


def bits_of(image: Image.Image) -> np.ndarray:
    return KEY.sketch(describe_picture(image)).piece_bits


def found_again(of: np.ndarray, among: np.ndarray) -> int:
    """How many sketches lie within the threshold of one of the others."""
    return int((np.bitwise_count(of[:, None] ^ among[None]).sum(axis=2).min(axis=1) <= LINE.match_threshold).sum())


@pytest.mark.parametrize("seed", range(4))
def test_pieces_of_a_page_cut_on_all_sides_are_those_of_the_whole_page(seed: int) -> None:
    whole = draw_text(seed, (900, 1200), letters=26)
    cut = as_jpeg(whole.crop((100, 130, 800, 1090)), quality=80)
    before, after = bits_of(whole), bits_of(cut)
    assert len(before) == len(after) == MOST_PIECES
    assert found_again(before, after) >= 4


@pytest.mark.parametrize("share", [0.6, 0.8, 1.3, 2])
def test_pieces_of_another_size_are_the_same(share: float) -> None:
    whole = draw_text(5, (900, 1200), letters=26)
    size = round(whole.width * share), round(whole.height * share)
    assert found_again(bits_of(whole), bits_of(whole.resize(size, Image.Resampling.LANCZOS))) >= 5


def test_a_piece_of_an_inverted_page_is_the_same() -> None:
    page = find_lines(grey(draw_page(28, DARK, LIGHT)[0]))
    inverted = 255 - page.levels
    found = find_pieces(page.levels, page.boxes)
    assert found == find_pieces(inverted, page.boxes)
    for box in found:
        assert np.array_equal(describe(page.levels, box), describe(inverted, box))


def test_a_piece_begins_and_ends_where_words_do() -> None:
    image = Image.new("L", (900, 100), 250)
    font = ImageFont.load_default(size=30)
    draw = ImageDraw.Draw(image)
    words = ["kirim", "uangnya", "sekarang", "juga", "atau", "semua", "temanmu", "tahu"]
    draw.text((20, 30), " ".join(words), fill=10, font=font)
    starts = [20 + draw.textlength(" ".join([*words[:number], ""]), font=font) for number in range(len(words))]
    ends = [20 + draw.textlength(" ".join(words[: number + 1]), font=font) for number in range(len(words))]
    page = find_lines(np.asarray(image))
    found = find_pieces(page.levels, page.boxes)
    assert len(page.boxes) == 1
    assert len(found) == 2
    for box in found:
        first = min(range(len(words)), key=lambda number: abs(starts[number] - box.left))
        assert abs(starts[first] - box.left) <= 4
        assert abs(ends[first + 1] - box.right) <= 4
