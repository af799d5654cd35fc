"""Sketches keep their form in at most 1,016 bytes; every other form is refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.fingerprints.descriptions import MOST_LINES, MOST_POINTS, UNIT, Descriptions, most_points
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.sketches import NO_SKETCHES, Sketches
from tests.casefile.fingerprints.packed import descriptions, make_descriptions

KEY = SketchKey(b"k" * 32)
EXAMPLE = KEY.sketch(make_descriptions(1, 3, 4))


@given(descriptions())
def test_all_sketches_survive_being_packed(described: Descriptions) -> None:
    sketches = KEY.sketch(described)
    packed = sketches.to_bytes()
    assert len(packed) <= 1016
    unpacked = Sketches.from_bytes(packed)
    for one, other in zip(astuple(sketches), astuple(unpacked), strict=True):
        assert np.array_equal(one, other)
        assert np.asarray(one).dtype == np.asarray(other).dtype
    assert unpacked.to_bytes() == packed


@pytest.mark.parametrize("lines", range(MOST_LINES + 1))
def test_as_many_points_are_kept_as_the_lines_leave_room_for(lines: int) -> None:
    points = most_points(lines)
    length = len(KEY.sketch(make_descriptions(1, lines, points)).to_bytes())
    assert length <= 1016
    assert points == MOST_POINTS or length + 12 > 1016


def test_no_sketches_can_be_packed_too() -> None:
    assert repr(Sketches.from_bytes(NO_SKETCHES.to_bytes())) == repr(NO_SKETCHES) == "Sketches(0 lines, 0 points)"


def test_every_truncation_and_every_byte_too_many_is_refused() -> None:
    packed = EXAMPLE.to_bytes()
    for length in range(len(packed)):
        with pytest.raises(ValueError, match=r"cut off|wrong length"):
            Sketches.from_bytes(packed[:length])
    with pytest.raises(ValueError, match="wrong length"):
        Sketches.from_bytes(packed + b"\0")


@pytest.mark.parametrize("version", [0, 2, 255])
def test_another_version_is_refused(version: int) -> None:
    with pytest.raises(ValueError, match="of another version"):
        Sketches.from_bytes(bytes([version]) + EXAMPLE.to_bytes()[1:])


@pytest.mark.parametrize(
    ("lines", "points"), [(MOST_LINES + 1, 0), (0, MOST_POINTS + 1), (MOST_LINES, most_points(MOST_LINES) + 1)]
)
def test_more_than_is_kept_is_refused(lines: int, points: int) -> None:
    with pytest.raises(ValueError, match="too many"):
        Sketches.from_bytes(KEY.sketch(make_descriptions(1, lines, points)).to_bytes())


@pytest.mark.parametrize(
    "changes",
    [
        {"size": (UNIT, 0)},
        {"size": (UNIT - 1, 5)},
        {"size": (9, UNIT)},
        {"line_boxes": np.array([[9, 1, 9, 5]], np.uint16)},
        {"line_boxes": np.array([[1, 9, 5, 9]], np.uint16)},
        {"point_scales": np.array([32], np.uint8)},
    ],
)
def test_what_lies_out_of_range_is_refused(changes: dict[str, object]) -> None:
    example = replace(KEY.sketch(make_descriptions(1, 1, 1)), line_boxes=np.array([[20, 20, 90, 40]], np.uint16))
    assert Sketches.from_bytes(example.to_bytes()).size == (UNIT, UNIT)
    with pytest.raises(ValueError, match=r"impossible|without area|outside"):
        Sketches.from_bytes(replace(example, **changes).to_bytes())  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(0, UNIT), (UNIT, 0), (5, UNIT - 1), (65_535, 65_535)])
def test_an_impossible_size_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="of an impossible size"):
        Sketches.from_bytes(replace(NO_SKETCHES, size=size).to_bytes())


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda rest: b"\x01\xff\x0f\xff\x0f\x01\x01" + rest))
def test_whatever_is_stored_is_read_or_refused_by_value_error(data: bytes) -> None:
    with suppress(ValueError):
        assert Sketches.from_bytes(data).to_bytes() == data
