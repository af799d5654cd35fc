"""An entry opens for the worker, for its own report and whole, or not at all."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.boxes import box, pad
from casefile.errors import UnsealError
from casefile.fingerprints.keying import SketchKey
from casefile.vocabulary import IdentifierKind
from tests.casefile.fingerprints.packed import descriptions
from worker.matching import Entry, Features, PictureFeatures, Tag, open_entry, seal_entry

KEY, OTHER_KEY = b"k" * 32, b"l" * 32
REPORT, OTHER_REPORT = uuid.UUID(int=1), uuid.UUID(int=2)
DIGESTS = st.binary(min_size=32, max_size=32)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    sketch_key = SketchKey(b"s" * 32)
    pictures = tuple(
        PictureFeatures(
            number=number,
            sha256=draw(DIGESTS),
            pdq=draw(DIGESTS),
            quality=draw(st.integers(0, 100)),
            sketches=draw(st.none() | descriptions().map(sketch_key.sketch)),
            words=draw(st.frozensets(st.binary(min_size=6, max_size=6), max_size=5)),
            is_told=draw(st.booleans()),
            insets=tuple(draw(st.lists(DIGESTS, max_size=2))),
        )
        for number in range(1, 1 + draw(st.integers(0, 3)))
    )
    tags = draw(st.frozensets(st.builds(Tag, st.sampled_from(IdentifierKind), st.binary(min_size=16, max_size=16))))
    return Entry(Features(pictures, tags), tuple(draw(st.binary(min_size=16, max_size=16)) for _ in pictures))


def make_entry() -> Entry:
    picture = PictureFeatures(1, b"s" * 32, b"p" * 32, 90)
    return Entry(Features((picture,), frozenset({Tag(IdentifierKind.PHONE, b"t" * 16)})), (b"g" * 16,))


@settings(deadline=None, max_examples=40)
@given(entries())
def test_every_entry_comes_back_as_it_was(entry: Entry) -> None:
    opened = open_entry(KEY, seal_entry(KEY, entry, REPORT), REPORT)
    assert opened.groups == entry.groups
    assert opened.features.tags == entry.features.tags
    for kept, picture in zip(opened.features.pictures, entry.features.pictures, strict=True):
        assert replace(kept, sketches=None) == replace(picture, sketches=None)
        assert (kept.sketches and kept.sketches.to_bytes()) == (picture.sketches and picture.sketches.to_bytes())


@pytest.mark.parametrize(("later", "is_told"), [([], False), ([True], True)], ids=["first", "of devices"])
def test_an_entry_of_before_insets_opens_without_any(later: list[bool], is_told: bool) -> None:
    digest = base64.b64encode(bytes(32)).decode()
    values = {"v": 1, "p": [[digest, digest, 90, None, "", *later]], "g": [digest], "t": []}
    sealed = box(KEY, pad(json.dumps(values).encode(), 1024), b"index-entry", REPORT.bytes)
    (picture,) = open_entry(KEY, sealed, REPORT).features.pictures
    assert picture == PictureFeatures(1, bytes(32), bytes(32), 90, is_told=is_told)


def test_the_length_of_an_entry_tells_little() -> None:
    empty = seal_entry(KEY, Entry(Features((), frozenset()), ()), REPORT)
    assert len(empty) == len(seal_entry(KEY, make_entry(), REPORT)) == 1024 + 28


def test_an_entry_does_not_open_for_another_report_or_key() -> None:
    sealed = seal_entry(KEY, make_entry(), REPORT)
    assert open_entry(KEY, sealed, REPORT) == make_entry()
    for key, report in ((KEY, OTHER_REPORT), (OTHER_KEY, REPORT)):
        with pytest.raises(UnsealError):
            open_entry(key, sealed, report)


@given(st.integers(0, 1024 + 27), st.integers(1, 255))
def test_an_altered_or_shortened_entry_does_not_open(place: int, change: int) -> None:
    sealed = bytearray(seal_entry(KEY, make_entry(), REPORT))
    with pytest.raises(UnsealError):
        open_entry(KEY, bytes(sealed[:place]), REPORT)
    sealed[place] ^= change
    with pytest.raises(UnsealError):
        open_entry(KEY, bytes(sealed), REPORT)


@pytest.mark.parametrize(
    "contents",
    [
        b"",
        b"{}",
        b"[]",
        b"1",
        b"\xff",
        b'{"v": 1}',
        b'{"v": 2, "p": [], "g": [], "t": []}',
        b'{"v": 1, "p": [[]], "g": [], "t": []}',
        b'{"v": 1, "p": [], "g": [7], "t": []}',
        b'{"v": 1, "p": [], "g": [], "t": [["telegraph", ""]]}',
        json.dumps({"v": 1, "p": [["", "", 1, "AAAA", ""]], "g": [""], "t": []}).encode(),
        json.dumps({"v": 1, "p": [["", "", 1, None, "", False, "AAAA"]], "g": [""], "t": []}).encode(),
    ],
)
def test_an_entry_with_other_contents_does_not_open(contents: bytes) -> None:
    sealed = box(KEY, pad(contents, 1024), b"index-entry", REPORT.bytes)
    with pytest.raises(UnsealError):
        open_entry(KEY, sealed, REPORT)


def test_no_bit_of_a_sketch_lies_open_in_an_entry() -> None:
    value = secrets.token_bytes(32)
    picture = PictureFeatures(1, value, value, 90)
    sealed = seal_entry(KEY, Entry(Features((picture,), frozenset()), (value[:16],)), REPORT)
    assert not any(value[start : start + 4] in sealed for start in range(29))
