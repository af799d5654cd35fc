"""What a device says of its pictures: strangers' numbers, taken only in one form, marked, and keyed on arrival."""

from __future__ import annotations

import base64
import contextlib
import json
import logging
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.errors import PictureError
from casefile.fingerprints.descriptions import MOST_PIECES, Descriptions
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.sketches import Sketches
from casefile.pictures import Picture
from casefile.vocabulary import FingerprintSource, PictureFault
from intake.device import HEADER, MAX_LETTERS, parse_reading, take_readings
from intake.forms.pictures import MAX_PICTURES, Pictures
from tests.casefile.fingerprints.packed import make_descriptions
from tests.conftest import Database
from tests.factories import Office, draw_screenshot, read_once
from tests.intake.browser import Browser, Page
from tests.intake.opening import opened_submission
from tests.phone import header_of, in_letters, insets_of, pack_briefly, reading_of_phone

KEY = SketchKey(b"k" * 32)
PICTURE = draw_screenshot(1, 240, 400)
READING = reading_of_phone(replace(read_once(PICTURE), insets=(b"i" * 32, b"j" * 32)))
PACKED = base64.urlsafe_b64decode(READING + "=" * (-len(READING) % 4))
HEAD, REST = PACKED[: HEADER.size], PACKED[HEADER.size :]
INSETS, BRIEF = REST[:65], REST[65:]
"""As of a page with two photographs: a byte for their number, and 32 bytes each."""


def changed(**values: int) -> str:
    """The reading with other numbers in its header."""
    names = ("version", "sha256", "pdq", "quality", "width", "height", "byte_count")
    header = {**dict(zip(names, HEADER.unpack(HEAD), strict=True)), **values}
    return in_letters(HEADER.pack(*header.values()) + REST)


def test_a_reading_becomes_the_picture_that_the_server_would_have_made_without_phash() -> None:
    read = replace(read_once(draw_screenshot(1)), insets=(b"i" * 32,))
    picture = parse_reading(reading_of_phone(read), KEY)
    assert picture.fingerprints == replace(read.fingerprints, phash=None)
    assert picture.source is FingerprintSource.DEVICE
    assert picture.insets == read.insets
    assert Picture.from_json(json.loads(json.dumps(picture.to_json()))) == picture
    theirs = Sketches.from_bytes(picture.sketches or b"")
    ours = KEY.sketch(Descriptions.from_text(read.descriptions))
    assert (theirs.line_boxes == ours.line_boxes).all()
    assert (theirs.point_places == ours.point_places).all()
    assert (theirs.point_scales == ours.point_scales).all()
    assert (theirs.piece_boxes == ours.piece_boxes).all()
    assert len(theirs.piece_bits) == len(ours.piece_bits) > 0
    assert np.bitwise_count(theirs.piece_bits ^ ours.piece_bits).sum(axis=1).mean() <= 12
    assert np.bitwise_count(theirs.line_bits ^ ours.line_bits).sum(axis=1).mean() <= 12
    assert np.bitwise_count(theirs.point_bits ^ ours.point_bits).sum(axis=1).mean() <= 10


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_reading_names_up_to_two_insets(count: int) -> None:
    insets = [bytes([number] * 32) for number in range(count)]
    picture = parse_reading(in_letters(HEAD + bytes([count]) + b"".join(insets) + BRIEF), KEY)
    assert picture.insets == tuple(insets)
    assert picture.sketches == parse_reading(READING, KEY).sketches


def test_phones_with_older_pages_send_the_same_without_pieces_and_without_insets() -> None:
    read = replace(read_once(draw_screenshot(1)), insets=(b"i" * 32,))
    today = parse_reading(reading_of_phone(read), KEY)
    sketches = Sketches.from_bytes(today.sketches or b"")
    assert len(sketches.piece_bits) == MOST_PIECES
    rest = header_of(read)[1:]
    brief = pack_briefly(Descriptions.from_text(read.descriptions), has_pieces=False)
    before = replace(sketches, piece_boxes=sketches.piece_boxes[:0], piece_bits=sketches.piece_bits[:0]).to_bytes()
    second = parse_reading(in_letters(b"\x02" + rest + insets_of(read) + brief), KEY)
    assert second == replace(today, sketches=before)
    assert parse_reading(in_letters(b"\x01" + rest + brief), KEY) == replace(second, insets=())


MALFORMED = [
    "",
    "null",
    "{}",
    "\ud800",
    "=" * 8,
    "é" * 200,
    READING[:-3],
    READING[: len(READING) // 2],
    READING + "A",
    READING + "AAAA",
    READING + " ",
    "+/" + READING[2:],
    in_letters(HEAD),
    in_letters(HEAD[:-1]),
    in_letters(HEAD + bytes(2000)),
    in_letters(HEAD + b"\xff" * 2000),
    changed(version=0),
    changed(version=1),
    changed(version=2),
    changed(version=4),
    in_letters(HEAD + bytes([3]) + bytes(96) + BRIEF),
    in_letters(HEAD + bytes([255]) + INSETS[1:] + BRIEF),
    in_letters(HEAD + INSETS),
    in_letters(HEAD + INSETS[:40]),
    in_letters(HEAD + INSETS + pack_briefly(make_descriptions(1, 2, 2, pieces=MOST_PIECES + 1))),
    in_letters(HEAD + INSETS + pack_briefly(make_descriptions(1, 2, 2, pieces=2), has_pieces=False)),
    in_letters(HEAD + BRIEF),
    changed(quality=101),
    changed(width=15),
    changed(height=20_001),
    changed(width=10_000, height=10_000),
    changed(byte_count=0),
    changed(byte_count=10 * 1024 * 1024 + 1),
    READING + "A" * MAX_LETTERS,
]


@pytest.mark.parametrize("text", MALFORMED, ids=range(len(MALFORMED)))
def test_any_other_form_is_an_unreadable_picture_and_is_told_to_nobody(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(PictureError) as refusal:
        parse_reading(text, KEY)
    assert refusal.value.fault is PictureFault.UNREADABLE
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__
    assert caplog.records == []


@given(st.one_of(st.text(max_size=200), st.binary(max_size=400).map(lambda noise: in_letters(HEAD + noise))))
def test_nothing_that_is_sent_is_an_error_of_ours(text: str) -> None:
    with contextlib.suppress(PictureError):
        parse_reading(text, KEY)


def test_one_bad_reading_harms_no_other_and_ten_are_enough() -> None:
    readings = [reading_of_phone(read_once(draw_screenshot(seed, 160, 240))) for seed in range(MAX_PICTURES + 1)]
    taken = take_readings(Pictures(), [readings[0], "bukan", readings[0], *readings[1:]], KEY)
    assert len(taken.pictures) == MAX_PICTURES
    said = [(fault.message, dict(fault.params)) for fault in [*taken.faults, *taken.notices]]
    assert said == [
        ("Gambar {number} tidak bisa dibaca. Coba tangkapan layar lain, atau lewati.", {"number": 2}),
        ("Pilih paling banyak {limit} gambar", {"limit": 10}),
        ("Gambar {number} sama dengan gambar {earlier}. Cukup satu yang kami catat.", {"number": 3, "earlier": 1}),
    ]


def at_pictures(visitor: Browser, events: dict[str, str], **safety: str) -> Page:
    return visitor.send(visitor.begin(**safety), events)


def sources(database: Database, office: Office) -> list[FingerprintSource]:
    return [picture.source for picture in opened_submission(database, office).pictures]


@pytest.mark.parametrize(
    ("safety", "events"),
    [
        ({"usia": "13_15"}, {"jenis": "GROOMING"}),
        ({}, {"jenis": "MATERI_ANAK"}),
        ({}, {"jenis": "NCII_SEBAR", "anak_dalam_konten": "ya"}),
        ({"usia": "25_44"}, {"jenis": "SEKSTORSI"}),
    ],
)
def test_readings_of_a_device_are_taken_from_all_but_witnesses(
    visitor: Browser, database: Database, office: Office, safety: dict[str, str], events: dict[str, str]
) -> None:
    page = visitor.send(at_pictures(visitor, events, **safety), {"sidik": READING})
    assert page.path == "/a/4"
    assert "Gambar 1 – selesai" in visitor.open("/a/3").text
    assert "1 sidik digital" in visitor.open("/a/5").text
    visitor.finish()
    assert sources(database, office) == [FingerprintSource.DEVICE]


def test_a_witness_sends_no_reading(visitor: Browser, database: Database, office: Office) -> None:
    page = at_pictures(visitor, {"jenis": "NCII_SEBAR"}, peran="melihat")
    assert "bukti" not in page.inputs
    assert "/s/gambar." not in page.response.text
    visitor.send(page, {"sidik": READING})
    visitor.finish()
    assert sources(database, office) == []


def test_once_the_way_is_closed_only_readings_of_the_device_are_sent_on(
    visitor: Browser, database: Database, office: Office
) -> None:
    page = visitor.send(at_pictures(visitor, {"jenis": "SEKSTORSI"}), {}, [draw_screenshot(2, 240, 400)])
    visitor.send(visitor.open("/a/3"), {"sidik": READING})
    assert "2 sidik digital" in visitor.open("/a/5").text
    visitor.send(visitor.open("/a"), {"usia": "16_17"})
    assert page.path == "/a/4"
    assert "1 sidik digital" in visitor.open("/a/5").text
    assert "Gambar 2" not in visitor.open("/a/3").text
    visitor.finish()
    assert sources(database, office) == [FingerprintSource.DEVICE]


def test_a_picture_read_here_before_the_way_closed_can_be_read_again_on_the_device(
    visitor: Browser, database: Database, office: Office
) -> None:
    visitor.send(at_pictures(visitor, {"jenis": "SEKSTORSI"}), {}, [PICTURE])
    visitor.send(visitor.open("/a"), {"usia": "16_17"})
    visitor.send(visitor.open("/a/3"), {"sidik": READING})
    visitor.finish()
    assert sources(database, office) == [FingerprintSource.DEVICE]


def test_a_malformed_reading_is_named_beside_the_field_and_repeats_nothing(visitor: Browser) -> None:
    page = visitor.send(at_pictures(visitor, {"jenis": "SEKSTORSI"}), {"sidik": "jahat"})
    assert page.path == "/a/3"
    assert page.text.count("Gambar 1 tidak bisa dibaca.") == 2
    assert "jahat" not in page.response.text


def test_a_reading_and_a_file_of_one_picture_are_kept_once(
    visitor: Browser, database: Database, office: Office
) -> None:
    page = at_pictures(visitor, {"jenis": "SEKSTORSI"})
    page = visitor.send(page, {"sidik": READING}, [PICTURE])
    assert "Gambar 2 sama dengan gambar 1." in page.text
    visitor.finish()
    assert sources(database, office) == [FingerprintSource.DEVICE]
