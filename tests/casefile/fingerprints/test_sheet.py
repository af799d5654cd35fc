"""The lines of a page as a sheet: dark on white, of one height, and each word of it has its place on the page."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from casefile.fingerprints.sheet import MOST_LINES, Place, Sheet, lay_out_lines
from casefile.fingerprints.textlines import Box, Page, find_lines
from tests.casefile.fingerprints.pages import DARK, LIGHT, draw_page, draw_strange, grey


def sheet_of(image: Image.Image) -> Sheet:
    found = lay_out_lines(find_lines(grey(image)))
    assert found is not None
    return found


@pytest.mark.parametrize(("ink", "ground"), [(DARK, LIGHT), (LIGHT, DARK), ((90, 90, 90), (130, 130, 130))])
def test_lines_are_dark_on_white_whatever_they_were_and_lie_from_top_to_bottom(
    ink: tuple[int, int, int], ground: tuple[int, int, int]
) -> None:
    image, boxes = draw_page(28, ink, ground)
    sheet = sheet_of(image)
    assert [box.top for box in sheet.boxes] == sorted(box.top for box in sheet.boxes)
    assert len(sheet.boxes) == len(boxes)
    share = np.mean(sheet.levels < 60)
    assert 0.02 < share < 0.2
    assert np.median(sheet.levels) == 255


def test_a_dark_line_among_light_ones_is_as_good_as_they_are() -> None:
    image, boxes = draw_page(28)
    left, top, right, bottom = boxes[3]
    part = (left - 20, top - 12, right + 20, bottom + 12)
    image.paste(Image.eval(image.crop(part), lambda level: 255 - level), part[:2])
    alike, plain = sheet_of(image), sheet_of(draw_page(28)[0])
    assert np.abs(alike.levels.astype(int) - plain.levels).mean() < 3


@pytest.mark.parametrize("size", [14, 28, 50])
def test_what_is_on_the_sheet_has_its_place_on_the_page(size: int) -> None:
    image, boxes = draw_page(size)
    page = find_lines(grey(image))
    sheet = lay_out_lines(page)
    assert sheet is not None
    for number, (left, _, right, _) in enumerate(boxes):
        rows = slice(20 + 54 * number, 20 + 54 * number + 36)
        inked = np.flatnonzero((sheet.levels[rows] < 128).any(axis=0))
        place = sheet.place(Box(int(inked[0]), rows.start, int(inked[-1]) + 1, rows.stop))
        assert place is not None
        assert place.line == number
        assert abs(place.left - left) <= 0.15 * size
        assert abs(place.right - right) <= 0.15 * size


def test_what_is_between_the_lines_or_outside_has_no_place() -> None:
    sheet = sheet_of(draw_page(28)[0])
    height = sheet.levels.shape[0]
    assert sheet.place(Box(20, 20, 60, 56)) is not None
    assert sheet.place(Box(20, 60, 60, 70)) is None
    assert sheet.place(Box(20, 0, 60, 10)) is None
    assert sheet.place(Box(20, height - 10, 60, height)) is None


def test_what_a_side_may_have_cut_is_known() -> None:
    image, boxes = draw_page(28)
    left, top, right, bottom = boxes[1]
    whole = sheet_of(image)
    place = Place(1, whole.boxes[1].left + 20.0, whole.boxes[1].left + 60.0)
    assert not whole.is_at_border(place)
    cuts = {
        (left + 8, 0, image.width, image.height): place._replace(left=1.0),
        (0, 0, right - 8, image.height): place._replace(right=float(right - 9)),
        (0, top + 6, image.width, image.height): place._replace(line=0),
        (0, 0, image.width, bottom - 6): place,
    }
    for sides, cut in cuts.items():
        sheet = sheet_of(image.crop(sides))
        assert sheet.size == (sides[2] - sides[0], sides[3] - sides[1])
        assert sheet.is_at_border(cut), sides


def test_a_page_without_lines_has_no_sheet_and_of_too_many_the_longest_are_kept() -> None:
    assert lay_out_lines(find_lines(grey(draw_strange()["blank"]))) is None
    level = np.tile(np.arange(200, dtype=np.uint8), (4000, 1))
    boxes = [Box(0, 20 * row, 200 - row // 2, 20 * row + 10) for row in range(MOST_LINES + 40)]
    sheet = lay_out_lines(Page(level, boxes, 0.0))
    assert sheet is not None
    assert len(sheet.boxes) == MOST_LINES == 160
    assert sheet.boxes[-1].top <= 20 * (MOST_LINES - 1)


def test_a_line_longer_than_any_sheet_is_pressed_together() -> None:
    level = np.zeros((40, 1600), np.uint8)
    level[10:16, 100:1500:3] = 255
    box = Box(100, 10, 1500, 16)
    sheet = lay_out_lines(Page(level, [box], 0.0))
    assert sheet is not None
    width = sheet.levels.shape[1]
    assert width == 4000
    place = sheet.place(Box(20, 20, width - 20, 56))
    assert place is not None
    assert (round(place.left), round(place.right)) == (98, 1502)


def test_a_sheet_travels_as_bytes() -> None:
    sheet = sheet_of(draw_page(28)[0])
    again = Sheet.from_bytes(sheet.to_bytes())
    assert (again.size, again.boxes) == (sheet.size, sheet.boxes)
    assert np.array_equal(again.levels, sheet.levels)


@given(st.binary(max_size=200))
def test_other_bytes_are_no_sheet(packed: bytes) -> None:
    with pytest.raises(ValueError, match="sheet"):
        Sheet.from_bytes(packed)


def drawn(lines: int, width: int, more: int = 0) -> bytes:
    """A sheet of so many lines, ``more`` rows higher than it should be."""
    return Sheet((90, 90), (Box(1, 1, 9, 9),) * lines, np.zeros((40 + 54 * lines + more, width), np.uint8)).to_bytes()


def test_a_sheet_of_no_line_or_too_many_or_of_another_size_is_none() -> None:
    assert len(Sheet.from_bytes(drawn(MOST_LINES, 4000)).boxes) == MOST_LINES
    for lines, width, more in ((0, 9, 0), (MOST_LINES + 1, 9, 0), (1, 4001, 0), (1, 0, 0), (1, 9, 1)):
        with pytest.raises(ValueError, match="sheet"):
            Sheet.from_bytes(drawn(lines, width, more))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda packed: packed[:-1],
        lambda packed: packed + b"\0",
        lambda packed: packed[:4] + b"\0\0" + packed[6:],
        lambda packed: packed[:6] + b"\xff\xff" + packed[8:],
        lambda packed: packed[:10] + packed[14:16] + packed[12:14] + packed[10:12] + packed[16:],
    ],
    ids=["shorter", "longer", "no line", "other width", "a box that ends before it begins"],
)
def test_a_sheet_that_does_not_fit_together_is_none(spoil: object) -> None:
    packed = sheet_of(draw_page(28)[0]).to_bytes()
    assert callable(spoil)
    with pytest.raises(ValueError, match="sheet"):
        Sheet.from_bytes(spoil(packed))
