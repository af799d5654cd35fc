"""A picture's values survive being written down; what is for the worker alone is left out of the office's copy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.submission import Picture
from casefile.vocabulary import FingerprintSource
from tests.factories import draw_screenshot, keep_picture, make_submission

SCREENSHOT = draw_screenshot(1, 360, 640)
EXAMPLE = keep_picture(SCREENSHOT)


@given(
    st.none() | st.binary(max_size=1016),
    st.lists(st.binary(min_size=6, max_size=6), max_size=20).map(tuple),
    st.sampled_from(FingerprintSource),
)
def test_a_picture_comes_back_as_it_was_written(
    sketches: bytes | None, words: tuple[bytes, ...], source: FingerprintSource
) -> None:
    picture = Picture(EXAMPLE.fingerprints, source, sketches, words)
    assert Picture.from_json(picture.to_json()) == picture


def test_a_picture_of_before_there_were_sketches_is_still_read() -> None:
    assert Picture.from_json(Picture(EXAMPLE.fingerprints).to_json()).sketches is None


@pytest.mark.parametrize("name", ["sketsa", "kata"])
def test_sketches_and_words_that_are_no_base64_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Picture.from_json({**EXAMPLE.to_json(), name: "?"})


def test_the_offices_copy_has_fingerprints_alone() -> None:
    full = make_submission(SCREENSHOT)
    full = replace(full, pictures=(replace(full.pictures[0], words=(b"abcdef",)),))
    (kept,) = full.without_sketches().pictures
    assert (kept.sketches, kept.words) == (None, ())
    assert kept == Picture(EXAMPLE.fingerprints)
    assert not {"sketsa", "kata"} & set(kept.to_json())


def test_sketches_and_words_are_not_printed() -> None:
    assert "sketches" not in repr(replace(EXAMPLE, words=(b"abcdef",)))
    assert "abcdef" not in repr(replace(EXAMPLE, words=(b"abcdef",)))
