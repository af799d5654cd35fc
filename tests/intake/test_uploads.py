"""Where the kernel must be able to lock the reader down, a picture is read only if it can."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from casefile.errors import PictureError
from casefile.fingerprints import PictureReading
from casefile.fingerprints.descriptions import Descriptions
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.lockdown import Confinement
from casefile.fingerprints.picture import read_picture
from casefile.fingerprints.sketches import Sketches
from casefile.fingerprints.wordgroups import WordKey
from casefile.pictures import Picture
from casefile.settings import IntakeSettings
from casefile.vocabulary import PictureFault
from intake.forms.pictures import Pictures
from intake.portal import make_reader
from intake.uploads import StrictReader, take_pictures
from intake.wordreader import WordBoard, WordReader
from tests.casefile.fingerprints.pages import draw_photo
from tests.factories import draw_screenshot, encode

COMPLETE = Confinement(limits=True, undumpable=True, no_new_privileges=True, landlock=True, seccomp=True)
WITHOUT_SECCOMP = Confinement(limits=True, undumpable=True, no_new_privileges=True, landlock=True, seccomp=False)


class OpenReader:
    """Reads in this process, and says of itself what it is told to."""

    def __init__(self, confinement: Confinement) -> None:
        self.locks = confinement

    def read(self, data: bytes) -> PictureReading:
        return read_picture(data)

    def confinement(self) -> Confinement:
        return self.locks

    def close(self) -> None:
        """Nothing to end."""


def test_a_locked_reader_reads() -> None:
    picture = draw_screenshot(1, 120, 200)
    assert StrictReader(OpenReader(COMPLETE)).read(picture) == read_picture(picture)


def test_a_reader_that_misses_one_lock_refuses() -> None:
    with pytest.raises(PictureError) as refusal:
        StrictReader(OpenReader(WITHOUT_SECCOMP)).read(draw_screenshot(1, 120, 200))
    assert refusal.value.fault is PictureFault.UNREADABLE


def test_descriptions_are_keyed_on_arrival_and_not_kept() -> None:
    page, key = Image.open(io.BytesIO(draw_screenshot(1))), SketchKey(b"k" * 32)
    page.paste(draw_photo(1, 480, 480), (120, 500))
    picture = encode(page, "PNG")
    taken = take_pictures(Pictures(), [picture], OpenReader(COMPLETE), key)
    ((_, kept),) = taken.pictures
    reading = read_picture(picture)
    sketches = key.sketch(Descriptions.from_text(reading.descriptions))
    assert kept == Picture(reading.fingerprints, sketches=sketches.to_bytes(), insets=reading.insets)
    assert kept.insets
    kept_bytes = json.dumps(kept.to_json())
    assert len(kept_bytes) < 2_200
    assert reading.descriptions[20:60] not in kept_bytes


def test_two_offices_keep_unrelated_sketches_of_the_same_picture() -> None:
    keys = SketchKey(b"k" * 32), SketchKey(b"l" * 32)
    taken = [take_pictures(Pictures(), [draw_screenshot(1)], OpenReader(COMPLETE), key) for key in keys]
    kept = [picture.sketches for one in taken for _, picture in one.pictures]
    first, second = (Sketches.from_bytes(sketches or b"").line_bits for sketches in kept)
    assert len(first) == len(second) >= 5
    assert np.bitwise_count(first ^ second).sum(axis=1).min() > 22


@pytest.mark.parametrize(("wanted", "is_strict"), [("require", True), ("prefer", False)])
def test_the_setting_decides(wanted: str, is_strict: bool) -> None:
    settings = IntakeSettings.from_env({"SULUH_CONFINEMENT": wanted, "SULUH_OCR": "off"})
    reader = make_reader(settings, WordReader(WordKey(b"k" * 32), WordBoard()))
    assert isinstance(reader, StrictReader) is is_strict
