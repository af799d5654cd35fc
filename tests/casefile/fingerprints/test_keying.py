"""Keyed sketches: equal for equal secrets everywhere, unrelated for others, and true to mirrors and quarter turns."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.fingerprints.descriptions import HIGH, WIDE, Descriptions
from casefile.fingerprints.keying import Form, SketchKey, line_flips, point_order
from casefile.fingerprints.photopoints import find_points
from casefile.fingerprints.textlines import describe, find_lines
from tests.casefile.fingerprints.packed import make_descriptions
from tests.casefile.fingerprints.pages import draw_page, draw_photo, grey

ROOT = str(Path(__file__).resolve().parents[3])
KEY, OTHER = SketchKey(b"k" * 32), SketchKey(b"l" * 32)
SEEDS = st.integers(0, 2**32 - 1)
FORMS = st.sampled_from(Form)
GOLDEN_LINE = "d18f7713742f2031cdf7e71fd1f92022"
GOLDEN_POINT = "b4e4f9d772b0c3ac"


def in_form(pixels: np.ndarray, form: Form) -> np.ndarray:
    """A raster as it would come, had it been mirrored and turned."""
    return np.rot90(pixels[:, ::-1] if form.is_mirrored else pixels, -form.quarters)


def point_bits_in(form: Form, bits: np.ndarray) -> np.ndarray:
    order, flips = point_order(form)
    return np.packbits(np.unpackbits(bits, axis=1)[:, order] ^ flips, axis=1)


def turned_line(numbers: np.ndarray, form: Form) -> np.ndarray:
    """The description of a line mirrored or upside down: odd frequencies change their sign."""
    across, along = np.divmod(np.arange(HIGH * WIDE), WIDE)
    is_flipped = form.quarters == 2
    signs = (-1) ** (along + 1) if form.is_mirrored != is_flipped else np.ones(HIGH * WIDE, int)
    return numbers * signs * ((-1) ** across if is_flipped else 1)


def turned_point(numbers: np.ndarray, form: Form) -> np.ndarray:
    """The description of a point mirrored or turned: squares change places, and directions turn with them."""
    squares = numbers.reshape(-1, 4, 4, 8)
    if form.is_mirrored:
        squares = squares[:, :, ::-1, [4, 3, 2, 1, 0, 7, 6, 5]]
    for _ in range(form.quarters):
        squares = np.roll(np.rot90(squares, -1, axes=(1, 2)), 2, axis=3)
    return squares.reshape(-1, 128)


@given(SEEDS, st.sampled_from([form for form in Form if form.quarters % 2 == 0]))
def test_the_sketch_of_a_turned_line_is_the_sketch_with_flipped_bits(seed: int, form: Form) -> None:
    lines = make_descriptions(seed, 8, 0).lines
    assert np.array_equal(KEY.sketch_lines(turned_line(lines, form)), KEY.sketch_lines(lines) ^ line_flips(form))


@given(SEEDS, FORMS)
def test_the_sketch_of_a_turned_point_is_the_sketch_reordered(seed: int, form: Form) -> None:
    points = make_descriptions(seed, 0, 8).points
    apart = KEY.sketch_points(turned_point(points, form)) ^ point_bits_in(form, KEY.sketch_points(points))
    assert not apart.any()


@pytest.mark.parametrize("form", [form for form in Form if form.quarters % 2 == 0])
def test_lines_of_a_turned_page_have_the_flipped_sketches(form: Form) -> None:
    page = grey(draw_page()[0])
    height, width = page.shape
    for box in find_lines(page).boxes:
        turned = box
        if form.is_mirrored != (form.quarters == 2):
            turned = turned._replace(left=width - box.right, right=width - box.left)
        if form.quarters == 2:
            turned = turned._replace(top=height - box.bottom, bottom=height - box.top)
        before, after = (
            KEY.sketch_lines(describe(pixels, place)[None])
            for pixels, place in ((page, box), (in_form(page, form), turned))
        )
        assert np.bitwise_count(before ^ line_flips(form) ^ after).sum() <= 4


@pytest.mark.parametrize("form", Form)
def test_points_of_a_turned_photograph_have_the_reordered_sketches(form: Form) -> None:
    photo = grey(draw_photo(3))
    before, after = find_points(photo, most=200), find_points(np.ascontiguousarray(in_form(photo, form)), most=200)
    bits = [KEY.sketch_points(np.array([point.description for point in points])) for points in (before, after)]
    far = np.bitwise_count(point_bits_in(form, bits[0])[:, None] ^ bits[1][None]).sum(axis=2)
    assert (far.min(axis=1) <= 13).mean() > 0.75
    wrong = np.bitwise_count(bits[0][:, None] ^ bits[1][None]).sum(axis=2)
    assert form is Form.UPRIGHT or (wrong.min(axis=1) <= 13).mean() < 0.2


def test_the_eight_forms_are_eight() -> None:
    bits = KEY.sketch_points(make_descriptions(1, 0, 1).points)
    assert len({point_bits_in(form, bits).tobytes() for form in Form}) == 8


@given(SEEDS)
def test_another_secret_gives_unrelated_bits(seed: int) -> None:
    described = make_descriptions(seed, 20, 20)
    lines = np.bitwise_count(KEY.sketch_lines(described.lines) ^ OTHER.sketch_lines(described.lines)).sum(axis=1)
    points = np.bitwise_count(KEY.sketch_points(described.points) ^ OTHER.sketch_points(described.points)).sum(axis=1)
    assert 56 < lines.mean() < 72
    assert lines.min() > 22
    assert 26 < points.mean() < 38


def test_like_descriptions_have_like_sketches_and_strangers_have_not() -> None:
    described = make_descriptions(1, 20, 20)
    nudged = np.clip(described.lines.astype(int) + np.random.default_rng(2).integers(-12, 13, (20, 128)), -127, 127)
    near = np.bitwise_count(KEY.sketch_lines(described.lines) ^ KEY.sketch_lines(nudged.astype(np.int8))).sum(axis=1)
    far = np.bitwise_count(KEY.sketch_lines(described.lines[1:]) ^ KEY.sketch_lines(described.lines[:-1])).sum(axis=1)
    assert near.max() <= 22
    assert far.min() > 34


def test_the_same_secret_gives_the_same_bits_on_every_machine_and_for_ever() -> None:
    described = make_golden()
    assert KEY.sketch_lines(described.lines).tobytes().hex() == GOLDEN_LINE
    assert KEY.sketch_points(described.points).tobytes().hex() == GOLDEN_POINT


def make_golden() -> Descriptions:
    """Descriptions from whole-number arithmetic alone."""
    places = np.arange(128)
    lines = (places * places * 7 + 13 * places) % 255 - 127
    points = (places * places * 5 + 31 * places) % 256
    empty = make_descriptions(1, 1, 1)
    return replace(empty, lines=lines[None].astype(np.int8), points=points[None].astype(np.uint8))


def test_another_process_gives_the_same_bits() -> None:
    code = (
        "import sys; from casefile.fingerprints.keying import SketchKey;"
        "from casefile.fingerprints.descriptions import Descriptions;"
        "print(SketchKey(b'k' * 32).sketch(Descriptions.from_text(sys.stdin.read())).to_bytes().hex())"
    )
    described = make_descriptions(5, 10, 20)
    environment = {"PYTHONPATH": ROOT, "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(
        [sys.executable, "-P", "-c", code],
        input=described.to_text(),
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert run.stdout.strip() == KEY.sketch(described).to_bytes().hex()


def test_the_secret_is_not_printed() -> None:
    assert repr(KEY) == "SketchKey()"
