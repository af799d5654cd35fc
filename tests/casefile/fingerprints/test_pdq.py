"""PDQ against values that Meta's reference gave for the same drawings (``tests/oracles`` asks it again)."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from casefile.fingerprints.pdq import PDQ_BYTES, pdq, pdq_of_grey
from tests.casefile.fingerprints.drawings import draw_chat, draw_waves

GOLDEN = {
    "chat": (
        draw_chat(1),
        "4b7e732ca125ccfa78d304fcb49b1803186c3c018f30efbc6c83dcd2e33ce739",
    ),
    "another chat": (
        draw_chat(2),
        "c59c88673b4cdb634863fb4cf3e308637c173411979ce5a6d98111fc6263da69",
    ),
    "tall chat": (
        draw_chat(4, 1080, 2400),
        "b493ee861863893cdfbcaecc79ca3725dbbc834b4043903548132c6c72f2bfb4",
    ),
    "smaller than the grid": (
        draw_waves(3, 48, 40),
        "aa9c2aa252aa94392554cd55bac766a98daa776a9cde6395ac25e3c94e32d1cc",
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_value_is_bit_identical_to_the_reference(name: str) -> None:
    image, expected = GOLDEN[name]
    value, quality = pdq(np.asarray(image))
    assert value.hex() == expected
    assert quality == 100


@pytest.mark.parametrize("name", GOLDEN)
def test_grey_gives_what_its_three_channels_give(name: str) -> None:
    grey = GOLDEN[name][0].convert("L")
    for size in (grey.size, (130, 127), (61, 300), (16, 16)):
        part = grey.resize(size)
        assert pdq_of_grey(np.asarray(part)) == pdq(np.asarray(part.convert("RGB")))


def test_plain_colour_has_no_quality() -> None:
    value, quality = pdq(np.asarray(Image.new("RGB", (320, 240), (90, 120, 60))))
    assert len(value) == PDQ_BYTES
    assert quality == 0


def test_quality_grows_with_contrast() -> None:
    faint = np.full((256, 256, 3), 100, dtype=np.uint8)
    faint[64:128, 64:128] = 160
    strong = np.where(faint == 160, 255, 0).astype(np.uint8)
    assert 0 < pdq(faint).quality < pdq(strong).quality < 100


def test_value_does_not_depend_on_how_the_pixels_lie_in_memory() -> None:
    pixels = np.asarray(draw_chat(3))
    assert pdq(np.asfortranarray(pixels)) == pdq(pixels)
