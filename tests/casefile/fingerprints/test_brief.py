"""The brief form: what a phone wrote comes back rounded, and anything else is refused without much work."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.fingerprints.brief import LINE_STEP, POINT_STEP, read_brief
from casefile.fingerprints.descriptions import MOST_PIECES, Descriptions
from tests.casefile.fingerprints.golden.values import read
from tests.casefile.fingerprints.packed import make_descriptions
from tests.phone import pack_briefly

GOLDEN = {name: Descriptions.from_text(values["descriptions"]) for name, values in read().items()}


@pytest.mark.parametrize("name", GOLDEN)
def test_places_come_back_exactly_and_numbers_within_half_a_step(name: str) -> None:
    described = GOLDEN[name]
    packed = pack_briefly(described)
    back = read_brief(packed)
    assert back.size == described.size
    for part in ("line_boxes", "point_places", "point_scales", "piece_boxes"):
        np.testing.assert_array_equal(getattr(back, part), getattr(described, part))
    for part, step in (("lines", LINE_STEP), ("points", POINT_STEP), ("pieces", LINE_STEP)):
        differences = np.abs(getattr(back, part).astype(int) - getattr(described, part))
        assert differences.max(initial=0) <= step / 2
    assert len(packed) <= 2_600


def test_a_picture_without_content_is_a_few_bytes() -> None:
    nothing = Descriptions(
        size=(4095, 1),
        line_boxes=np.zeros((0, 4), np.uint16),
        lines=np.zeros((0, 128), np.int8),
        point_places=np.zeros((0, 2), np.uint16),
        point_scales=np.zeros(0, np.uint8),
        points=np.zeros((0, 128), np.uint8),
        piece_boxes=np.zeros((0, 4), np.uint16),
        pieces=np.zeros((0, 128), np.int8),
    )
    packed = pack_briefly(nothing)
    assert len(packed) <= 6
    assert read_brief(packed).to_text() == nothing.to_text()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 2), st.integers(0, 2), st.integers(0, MOST_PIECES))
def test_as_much_comes_back_as_was_sent_and_pieces_change_nothing_else(
    seed: int, lines: int, points: int, pieces: int
) -> None:
    sent = make_descriptions(seed, lines, points, pieces=pieces)
    back = read_brief(pack_briefly(sent))
    assert repr(back) == repr(sent)
    for part in ("line_boxes", "point_places", "point_scales", "piece_boxes"):
        np.testing.assert_array_equal(getattr(back, part), getattr(sent, part))
    older = read_brief(pack_briefly(sent, has_pieces=False), has_pieces=False)
    assert older.to_text() == replace(back, piece_boxes=back.piece_boxes[:0], pieces=back.pieces[:0]).to_text()


def test_more_pieces_than_are_kept_are_refused() -> None:
    most, more = (pack_briefly(make_descriptions(1, 2, 2, pieces=count)) for count in (MOST_PIECES, MOST_PIECES + 1))
    assert len(read_brief(most).pieces) == MOST_PIECES
    with pytest.raises(ValueError, match="too many"):
        read_brief(more)


@given(noise=st.binary(max_size=600), has_pieces=st.booleans())
def test_nothing_but_a_value_error_comes_of_any_bytes(noise: bytes, *, has_pieces: bool) -> None:
    with contextlib.suppress(ValueError):
        read = read_brief(noise, has_pieces=has_pieces)
        assert Descriptions.from_text(read.to_text()).size == read.size


def test_bytes_made_to_be_slow_are_read_in_a_blink() -> None:
    for filling in (b"\0", b"\xff", b"\x7f", b"\x80"):
        begun = time.process_time()
        with pytest.raises(ValueError, match=r"of|cut|too|without"):
            read_brief(filling * 12_000)
        assert time.process_time() - begun < 1
