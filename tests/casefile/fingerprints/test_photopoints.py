"""Points of photographs are found again where they were, after everything that a messenger does to a picture."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.photopoints import Point, find_points, smooth
from casefile.fingerprints.raster import Levels
from tests.casefile.fingerprints.pages import as_jpeg, draw_photo, draw_strange, grey

KEY = SketchKey(b"k" * 32)
PHOTO = draw_photo(1)


def sketches(points: list[Point]) -> np.ndarray:
    return KEY.sketch_points(np.array([point.description for point in points], np.uint8).reshape(-1, 128))


def share_found_again(before: list[Point], after: list[Point], scale: float) -> float:
    """The share of ``after`` that has a point of ``before`` at its place, with a sketch as near as matching asks."""
    bits = np.bitwise_count(sketches(before)[:, None] ^ sketches(after)[None]).sum(axis=2)
    own = np.array([(point.x * scale, point.y * scale) for point in before])
    other = np.array([(point.x, point.y) for point in after])
    near = np.hypot(*(own[:, None] - other[None]).transpose(2, 0, 1)) <= 3
    return float(((bits <= 13) & near).any(axis=0).mean())


def test_points_are_found_again_after_jpeg() -> None:
    assert share_found_again(find_points(grey(PHOTO)), find_points(grey(as_jpeg(PHOTO))), 1) > 0.8


def test_points_are_found_again_at_half_the_size_and_after_jpeg() -> None:
    smaller = as_jpeg(PHOTO.resize((288, 288), Image.Resampling.LANCZOS))
    before, after = find_points(grey(PHOTO), most=1000), find_points(grey(smaller))
    assert len(after) > 20
    assert share_found_again(before, after, 0.5) > 0.6


def test_another_photograph_has_hardly_a_point_in_common() -> None:
    assert share_found_again(find_points(grey(PHOTO)), find_points(grey(draw_photo(2))), 1) < 0.1


def places(points: list[Point]) -> list[tuple[float, float]]:
    return [(point.x, point.y) for point in points]


def test_there_are_never_more_points_than_asked_for_and_fewer_are_the_first_of_more() -> None:
    points = find_points(grey(PHOTO), most=20)
    assert len(points) == 20
    assert places(find_points(grey(PHOTO), most=5)) == places(points)[:5]


def blobs(*placed: tuple[int, int, float]) -> Levels:
    """A plain raster of 480 x 320 with soft blobs at places (x, y), so many levels lighter than the rest."""
    down, across = np.mgrid[:320, :480]
    spots = (lighter * np.exp(-((across - x) ** 2 + (down - y) ** 2) / 32) for x, y, lighter in placed)
    return np.asarray((40 + sum(spots)).round(), np.uint8)


def nearest(points: list[Point], *placed: tuple[int, int]) -> list[int]:
    """For each point the number of the place that it is nearest to, each once."""
    numbers = (int(np.argmin([np.hypot(point.x - x, point.y - y) for x, y in placed])) for point in points)
    return list(dict.fromkeys(numbers))


def test_of_equal_points_those_nearer_the_middle_come_first_along_and_across() -> None:
    near_to_far = (240, 160), (288, 160), (240, 216), (128, 160), (240, 36), (448, 300)
    points = find_points(blobs(*((x, y, 60.0) for x, y in near_to_far)))
    assert nearest(points, *near_to_far) == list(range(6))


@pytest.mark.parametrize(("lighter", "first"), [(72.0, 0), (92.0, 1)])
def test_near_a_border_a_point_needs_four_times_the_contrast(lighter: float, first: int) -> None:
    middle, border = (240, 160), (24, 160)
    points = find_points(blobs((*middle, 20.0), (*border, lighter)))
    assert nearest(points, middle, border)[0] == first


def test_a_faint_point_in_the_middle_comes_after_clear_ones() -> None:
    middle, border = (240, 160), (24, 160)
    points = find_points(blobs((*middle, 16.0), (*border, 20.0)))
    assert nearest(points, middle, border) == [1, 0]
    assert points[0].strength > 3 * 128 > points[-1].strength


def test_no_point_lies_on_text() -> None:
    is_text = np.zeros((576, 576), bool)
    is_text[:, :300] = True
    points = find_points(grey(PHOTO), is_text)
    assert points
    assert all(point.x >= 300 for point in points)
    assert find_points(grey(PHOTO), np.ones((576, 576), bool)) == []


@pytest.mark.parametrize("name", ["blank", "gradient", "smallest", "one pixel", "one row", "one column", "largest"])
def test_where_nothing_stands_out_there_is_no_point(name: str) -> None:
    strange: Levels = grey(draw_strange()[name].resize((64, 64)) if name == "largest" else draw_strange()[name])
    assert find_points(strange) == []


def test_a_picture_of_hardly_any_contrast_has_no_point() -> None:
    faint = 128 + (grey(PHOTO) // 64).astype(np.uint8)
    assert find_points(faint) == []


def test_a_dark_photograph_has_points_that_are_found_again_and_no_more_of_them_than_are_worth_it() -> None:
    dark = Image.eval(PHOTO.filter(ImageFilter.GaussianBlur(3)), lambda level: level // 8)
    before, after = find_points(grey(dark)), find_points(grey(as_jpeg(dark, 80)))
    assert len(before) == 24
    assert min(point.strength for point in before) < 3 * 128
    assert share_found_again(before, after, 1) > 0.6
    assert len(find_points(grey(dark), most=10)) == 10


@pytest.mark.parametrize(("octave", "least"), [(0, 3), (1, 2), (2, 1), (3, 1)])
def test_what_was_smoothed_more_needs_less_contrast(octave: int, least: int) -> None:
    cells = 192 >> octave
    drawn = np.random.default_rng(octave).integers(0, 256, (cells, cells), np.uint8)
    blobs = Image.fromarray(drawn).resize((576, 576), Image.Resampling.BICUBIC)
    found = [point for by in range(8, 40, 2) for point in find_points(np.asarray(blobs) // by)]
    strengths = [point.strength for point in found if 2**octave < point.scale <= 2 ** (octave + 1)]
    assert least * 128 <= min(strengths) < (least + 1) * 128


def test_of_a_clear_photograph_no_faint_point_is_kept() -> None:
    points = find_points(grey(PHOTO), most=1000)
    assert len(points) > 24
    assert min(point.strength for point in points) >= 3 * 128


def test_the_squares_of_a_description_are_shares_of_one() -> None:
    sums = [float((point.description.astype(float) ** 2).sum()) for point in find_points(grey(PHOTO))]
    assert all(0.85 < total / 512**2 < 1.05 for total in sums)


def test_smoothing_keeps_the_level_of_a_plain_surface() -> None:
    plain = np.full((30, 40), 12_345, np.uint16)
    assert np.array_equal(smooth(plain, 8), plain)
