"""What a phone sends is read back as it was written, or refused in full: it is a stranger's."""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.fingerprints.descriptions import UNIT, Descriptions
from tests.casefile.fingerprints.packed import TOO_MANY, descriptions, make_descriptions

EXAMPLE = make_descriptions(1, 3, 4, pieces=2)


def packed(found: Descriptions) -> bytearray:
    return bytearray(base64.b64decode(found.to_text()))


def read(data: bytes) -> Descriptions:
    return Descriptions.from_text(base64.b64encode(data).decode())


@given(descriptions())
def test_all_descriptions_survive_being_sent(sent: Descriptions) -> None:
    arrived = Descriptions.from_text(sent.to_text())
    for one, other in zip(astuple(sent), astuple(arrived), strict=True):
        assert np.array_equal(one, other)
        assert np.asarray(one).dtype == np.asarray(other).dtype
    assert arrived.to_text() == sent.to_text()
    assert len(packed(sent)) <= 10_974


def test_every_truncation_and_every_byte_too_many_is_refused() -> None:
    whole = packed(EXAMPLE)
    for length in range(len(whole)):
        with pytest.raises(ValueError, match=r"cut off|wrong length"):
            read(whole[:length])
    with pytest.raises(ValueError, match="wrong length"):
        read(whole + b"\0")


@pytest.mark.parametrize("version", [0, 3, 255])
def test_another_version_is_refused(version: int) -> None:
    whole = packed(EXAMPLE)
    whole[0] = version
    with pytest.raises(ValueError, match="of another version"):
        read(whole)


@pytest.mark.parametrize(("lines", "points", "pieces"), TOO_MANY)
def test_more_than_is_kept_is_refused(lines: int, points: int, pieces: int) -> None:
    with pytest.raises(ValueError, match="too many"):
        Descriptions.from_text(make_descriptions(1, lines, points, pieces=pieces).to_text())


def test_descriptions_of_before_there_were_pieces_are_still_read() -> None:
    sent = make_descriptions(1, 3, 4)
    whole = packed(sent)
    arrived = read(b"\x01" + whole[1:7] + whole[8:])
    assert arrived.to_text() == sent.to_text()
    assert not len(arrived.pieces)


@pytest.mark.parametrize("size", [(0, UNIT), (UNIT, 0), (UNIT + 1, 5), (5, UNIT - 1), (0, 0), (65_535, 65_535)])
def test_an_impossible_size_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="of an impossible size"):
        Descriptions.from_text(replace(make_descriptions(1, 0, 0), size=size).to_text())


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ((9, 1, 9, 5), (UNIT, UNIT)),
        ((1, 9, 5, 9), (UNIT, UNIT)),
        ((9, 1, 5, 5), (UNIT, UNIT)),
        ((1, 1, 5, 5), (UNIT, 3)),
        ((1, 1, 5, 5), (3, UNIT)),
        ((1, 1, UNIT + 1, 5), (UNIT, UNIT)),
        ((1, 1, 65_535, 5), (UNIT, UNIT)),
    ],
)
def test_a_line_or_piece_without_area_or_outside_is_refused(
    box: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    boxes = np.array([box], np.uint16)
    line, piece = make_descriptions(1, 1, 0), make_descriptions(1, 0, 0, pieces=1)
    for changed in (replace(line, line_boxes=boxes, size=size), replace(piece, piece_boxes=boxes, size=size)):
        with pytest.raises(ValueError, match=r"without area|outside"):
            Descriptions.from_text(changed.to_text())


def test_an_impossible_scale_or_place_of_a_point_is_refused() -> None:
    example = make_descriptions(1, 0, 2)
    with pytest.raises(ValueError, match="impossible scale"):
        Descriptions.from_text(replace(example, point_scales=np.array([3, 32], np.uint8)).to_text())
    outside = np.array([[1, 1], [UNIT + 1, 1]], np.uint16)
    with pytest.raises(ValueError, match="outside"):
        Descriptions.from_text(replace(example, point_places=outside).to_text())


BEGINNINGS = st.sampled_from([b"\x01\xff\x0f\xff\x0f\x01\x00", b"\x02\xff\x0f\xff\x0f\x00\x00\x01"])


@given(st.binary(max_size=600) | st.builds(bytes.__add__, BEGINNINGS, st.binary(max_size=200)))
def test_whatever_is_sent_is_read_or_refused_by_value_error(data: bytes) -> None:
    with suppress(ValueError):
        again = packed(read(data))
        assert again == (data if data[0] == 2 else b"\x02" + data[1:7] + b"\0" + data[7:])


@given(st.text(max_size=60))
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Descriptions.from_text(text)


def test_a_printed_value_shows_numbers_of_things_alone() -> None:
    assert repr(EXAMPLE) == "Descriptions(3 lines, 4 points, 2 pieces)"
