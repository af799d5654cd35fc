"""Sketches keep their form in at most 1,042 bytes; every other form is refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.fingerprints.descriptions import MOST_LINES, MOST_PIECES, MOST_POINTS, UNIT, Descriptions, most_points
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.sketches import NO_SKETCHES, Sketches
from tests.casefile.fingerprints.packed import TOO_MANY, descriptions, make_descriptions

KEY = SketchKey(b"k" * 32)
EXAMPLE = KEY.sketch(make_descriptions(1, 3, 4, pieces=2))


@given(descriptions())
def test_all_sketches_survive_being_packed(described: Descriptions) -> None:
    sketches = KEY.sketch(described)
    packed = sketches.to_bytes()
    assert len(packed) <= 1042
    unpacked = Sketches.from_bytes(packed)
    for one, other in zip(astuple(sketches), astuple(unpacked), strict=True):
        assert np.array_equal(one, other)
        assert np.asarray(one).dtype == np.asarray(other).dtype
    assert unpacked.to_bytes() == packed


@pytest.mark.parametrize("lines", range(MOST_LINES + 1))
def test_as_many_points_are_kept_as_lines_and_pieces_leave_room_for(lines: int) -> None:
    for pieces in (0, 1, MOST_PIECES):
        points, most = most_points(lines, pieces), 1016 + 22 * pieces - 12 * (3 * pieces // 2) + 1
        length = len(KEY.sketch(make_descriptions(1, lines, points, pieces=pieces)).to_bytes())
        assert length <= most
        assert points == MOST_POINTS or length + 12 > most


def test_no_sketches_can_be_packed_too() -> None:
    assert (
        repr(Sketches.from_bytes(NO_SKETCHES.to_bytes()))
        == repr(NO_SKETCHES)
        == "Sketches(0 lines, 0 points, 0 pieces)"
    )


@pytest.mark.parametrize(("lines", "points"), [(0, 0), (3, 4), (24, 40)])
def test_what_was_kept_before_there_were_pieces_is_still_read(lines: int, points: int) -> None:
    sketches = KEY.sketch(make_descriptions(1, lines, points))
    packed = sketches.to_bytes()
    older = Sketches.from_bytes(b"\x01" + packed[1:7] + packed[8:])
    assert not len(older.piece_bits)
    assert older.to_bytes() == packed
    assert np.array_equal(older.line_bits, sketches.line_bits)
    assert np.array_equal(older.point_bits, sketches.point_bits)


def test_every_truncation_and_every_byte_too_many_is_refused() -> None:
    packed = EXAMPLE.to_bytes()
    for length in range(len(packed)):
        with pytest.raises(ValueError, match=r"cut off|wrong length"):
            Sketches.from_bytes(packed[:length])
    with pytest.raises(ValueError, match="wrong length"):
        Sketches.from_bytes(packed + b"\0")


@pytest.mark.parametrize("version", [0, 3, 255])
def test_another_version_is_refused(version: int) -> None:
    with pytest.raises(ValueError, match="of another version"):
        Sketches.from_bytes(bytes([version]) + EXAMPLE.to_bytes()[1:])


@pytest.mark.parametrize(("lines", "points", "pieces"), TOO_MANY)
def test_more_than_is_kept_is_refused(lines: int, points: int, pieces: int) -> None:
    with pytest.raises(ValueError, match="too many"):
        Sketches.from_bytes(KEY.sketch(make_descriptions(1, lines, points, pieces=pieces)).to_bytes())


@pytest.mark.parametrize(
    "changes",
    [
        {"size": (UNIT, 0)},
        {"size": (UNIT - 1, 5)},
        {"size": (9, UNIT)},
        {"line_boxes": np.array([[9, 1, 9, 5]], np.uint16)},
        {"line_boxes": np.array([[1, 9, 5, 9]], np.uint16)},
        {"piece_boxes": np.array([[9, 1, 9, 5]], np.uint16)},
        {"piece_boxes": np.array([[1, 9, 5, 9]], np.uint16)},
        {"size": (UNIT, 39), "line_boxes": np.array([[1, 1, 5, 5]], np.uint16)},
        {"point_scales": np.array([32], np.uint8)},
    ],
)
def test_what_lies_out_of_range_is_refused(changes: dict[str, object]) -> None:
    boxes = np.array([[20, 20, 90, 41]], np.uint16)
    example = replace(KEY.sketch(make_descriptions(1, 1, 1, pieces=1)), line_boxes=boxes, piece_boxes=boxes)
    assert Sketches.from_bytes(example.to_bytes()).size == (UNIT, UNIT)
    with pytest.raises(ValueError, match=r"impossible|without area|outside"):
        Sketches.from_bytes(replace(example, **changes).to_bytes())  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(0, UNIT), (UNIT, 0), (5, UNIT - 1), (65_535, 65_535)])
def test_an_impossible_size_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="of an impossible size"):
        Sketches.from_bytes(replace(NO_SKETCHES, size=size).to_bytes())


BEGINNINGS = st.sampled_from([b"\x01\xff\x0f\xff\x0f\x01\x01", b"\x02\xff\x0f\xff\x0f\x01\x01\x01"])


@given(st.binary(max_size=200) | st.builds(bytes.__add__, BEGINNINGS, st.binary(max_size=80)))
def test_whatever_is_stored_is_read_or_refused_by_value_error(data: bytes) -> None:
    with suppress(ValueError):
        packed = Sketches.from_bytes(data).to_bytes()
        assert packed == (data if data[0] == 2 else b"\x02" + data[1:7] + b"\0" + data[7:])
