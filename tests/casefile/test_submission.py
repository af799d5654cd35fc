"""A picture's values survive being written down; what is for the worker alone is left out of the office's copy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.pictures import Picture
from casefile.vocabulary import FingerprintSource
from tests.factories import draw_screenshot, keep_picture, make_submission

SCREENSHOT = draw_screenshot(1, 360, 640)
EXAMPLE = keep_picture(SCREENSHOT)


@given(
    st.none() | st.binary(max_size=1192),
    st.lists(st.binary(min_size=6, max_size=6), max_size=20).map(tuple),
    st.sampled_from(FingerprintSource),
    st.lists(st.binary(min_size=32, max_size=32), max_size=2).map(tuple),
)
def test_a_picture_comes_back_as_it_was_written(
    sketches: bytes | None, words: tuple[bytes, ...], source: FingerprintSource, insets: tuple[bytes, ...]
) -> None:
    picture = Picture(EXAMPLE.fingerprints, source, sketches, words, insets)
    assert Picture.from_json(picture.to_json()) == picture


def test_a_picture_of_before_there_were_sketches_or_insets_is_still_read() -> None:
    read = Picture.from_json(Picture(EXAMPLE.fingerprints).to_json())
    assert (read.sketches, read.insets) == (None, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [("sketsa", "?"), ("kata", "?"), ("sisipan", "?"), ("sisipan", "A" * 44), ("sisipan", "A" * 128)],
    ids=["sketches", "words", "insets", "an inset of 33 bytes", "three insets"],
)
def test_what_is_no_base64_or_of_a_wrong_length_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Picture.from_json({**EXAMPLE.to_json(), name: value})


def test_the_offices_copy_has_fingerprints_alone() -> None:
    full = make_submission(SCREENSHOT)
    full = replace(full, pictures=(replace(full.pictures[0], words=(b"abcdef",), insets=(b"i" * 32,)),))
    (kept,) = full.without_sketches().pictures
    assert (kept.sketches, kept.words, kept.insets) == (None, (), ())
    assert kept == Picture(EXAMPLE.fingerprints)
    assert not {"sketsa", "kata", "sisipan"} & set(kept.to_json())


def test_sketches_words_and_insets_are_not_printed() -> None:
    printed = repr(replace(EXAMPLE, words=(b"abcdef",), insets=(b"i" * 32,)))
    assert not any(value in printed for value in ("sketches", "abcdef", "insets", "iiii"))
