"""Pictures that say nothing are said to say nothing, and give no suggestion."""

from __future__ import annotations

import random

import pytest
from PIL import Image, ImageDraw

from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.picture import read_picture
from operations.linking import PictureReports, picture_features
from tests.factories import draw_screenshot, encode, reencode
from worker.matching import PictureFeatures

KEY = SketchKey(b"k" * 32)


def bars() -> Image.Image:
    """Black and white from edge to edge."""
    image = Image.new("RGB", (600, 600), "white")
    draw = ImageDraw.Draw(image)
    for top in range(0, 600, 40):
        draw.rectangle((0, top, 600, top + 19), fill="black")
    return image


def noise(seed: int, side: int = 640) -> Image.Image:
    """Every pixel by itself."""
    return Image.frombytes("RGB", (side, side), random.Random(seed).randbytes(side * side * 3))


def features(image: Image.Image) -> PictureFeatures:
    return picture_features(read_picture(encode(image, "PNG")), KEY)


PLAIN = {
    "blank": lambda: Image.new("RGB", (1080, 2400), "white"),
    "one colour": lambda: Image.new("RGB", (8000, 5000), "#aa3355"),
    "tiny": lambda: noise(1, 16),
    "noise": lambda: noise(2),
    "slow change": lambda: Image.linear_gradient("L").resize((720, 1280)).convert("RGB"),
    "bars": bars,
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_picture_without_content_is_not_comparable_and_finds_nobody(name: str) -> None:
    picture = features(PLAIN[name]())
    assert not picture.is_comparable
    reports = PictureReports()
    for seed in (1, 2):
        reports.add(picture_features(read_picture(draw_screenshot(seed)), KEY))
    other = reports.add(features(noise(99)))
    assert reports.find(picture, other) == ()


def test_screenshots_are_comparable_whatever_their_quality() -> None:
    screenshot = draw_screenshot(3)
    for data in (screenshot, reencode(screenshot, quality=25, scale=0.5)):
        assert picture_features(read_picture(data), KEY).is_comparable


def test_without_sketches_quality_decides() -> None:
    def only_pdq(quality: int) -> PictureFeatures:
        return PictureFeatures(1, b"s" * 32, b"p" * 32, quality)

    assert only_pdq(50).is_comparable
    assert not only_pdq(49).is_comparable
