"""Pictures that say nothing are said to say nothing, and give no suggestion."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.picture import read_picture
from operations.linking import PictureReports, picture_features
from tests.factories import WORDS, draw_screenshot, encode, reencode
from tests.worker.matching.layouts import make_picture, make_sketches
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


def wall(words: list[str]) -> Image.Image:
    """A page full of text, wrapped where a line is full."""
    image, font = Image.new("RGB", (720, 1280), "white"), ImageFont.load_default(size=30)
    draw, top, line = ImageDraw.Draw(image), 20, ""
    for word in words:
        if draw.textlength(f"{line} {word}", font) < 680:
            line = f"{line} {word}".strip()
        elif top < 1220:
            draw.text((20, top), line, "black", font)
            top, line = top + 46, word
    return image


def faces(seed: int, kinds: int) -> Image.Image:
    """Rows of round faces, of so many kinds one after another."""
    rng = random.Random(seed)
    drawn = []
    for _ in range(kinds):
        face = Image.new("RGB", (72, 72), "white")
        draw = ImageDraw.Draw(face)
        draw.ellipse((4, 4, 68, 68), fill=rng.choice(["#ffcc22", "#ee3344", "#66aaff"]))
        draw.arc((18, rng.randint(24, 40), 54, 58), 10, rng.randint(100, 170), "black", 4)
        for eye in (22, 44):
            draw.ellipse((eye, 22, eye + rng.randint(5, 9), 22 + rng.randint(5, 12)), fill="black")
        drawn.append(face)
    image = Image.new("RGB", (720, 1280), "white")
    for number in range(8 * 11):
        image.paste(drawn[number % kinds], (20 + 84 * (number % 8), 20 + 110 * (number // 8)))
    return image


def features(image: Image.Image) -> PictureFeatures:
    return picture_features(read_picture(encode(image, "PNG")), KEY)


PLAIN = {
    "blank": lambda: Image.new("RGB", (1080, 2400), "white"),
    "one colour": lambda: Image.new("RGB", (8000, 5000), "#aa3355"),
    "tiny": lambda: noise(1, 16),
    "noise": lambda: noise(2),
    "slow change": lambda: Image.linear_gradient("L").resize((720, 1280)).convert("RGB"),
    "bars": bars,
    "one word": lambda: wall(["wkwkwk"] * 500),
    "one sentence": lambda: wall(["jawab", "aku", "sekarang", "juga", "atau", "kamu", "menyesal"] * 80),
    "one face": lambda: faces(1, 1),
    "three faces": lambda: faces(1, 3),
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


def test_a_wall_of_text_that_somebody_wrote_is_comparable_and_finds_no_other() -> None:
    pictures = [features(wall(random.Random(seed).choices(WORDS, k=300))) for seed in (1, 2)]
    assert all(picture.is_comparable for picture in pictures)
    reports = PictureReports()
    reports.add(pictures[0])
    assert reports.find(pictures[1], reports.add(pictures[1])) == ()


def test_walls_of_one_word_find_not_even_each_other() -> None:
    """Two people who fill a page with the same word did not see the same picture."""
    reports, picture = PictureReports(), features(wall(["wkwkwk"] * 500))
    reports.add(replace(picture, sha256=b"1" * 32))
    assert reports.find(picture, reports.add(picture)) == ()


@pytest.mark.parametrize(("unlike", "is_comparable"), [(10, True), (9, False)])
def test_a_list_tells_something_if_two_in_five_of_its_lines_do(unlike: int, *, is_comparable: bool) -> None:
    """As lists of payments do, in which most rows say that it went well."""
    page = make_sketches(1, 24, 0)
    page.line_bits[unlike:] = page.line_bits[0]
    assert make_picture(page).is_comparable is is_comparable


@pytest.mark.parametrize(
    ("lines", "unlike", "is_comparable"), [(0, 16, True), (0, 15, False), (2, 16, True), (3, 32, True), (3, 31, False)]
)
def test_a_photograph_tells_something_if_a_quarter_of_its_points_do(
    lines: int, unlike: int, *, is_comparable: bool
) -> None:
    """As one of blinds or of a wall of bricks does; beside lines of text, half of the points must."""
    picture = make_sketches(1, lines, 64)
    picture.line_bits[:] = 0
    picture.point_bits[unlike:] = picture.point_bits[0]
    assert make_picture(picture).is_comparable is is_comparable


def test_words_that_were_read_make_a_picture_comparable() -> None:
    plain = features(Image.new("RGB", (720, 1280), "white"))
    assert not replace(plain, words=frozenset(bytes([number]) * 6 for number in range(3))).is_comparable
    assert replace(plain, words=frozenset(bytes([number]) * 6 for number in range(4))).is_comparable


@pytest.mark.parametrize(("lines", "is_comparable"), [(2, True), (3, False), (11, False), (12, False)])
def test_words_do_not_make_a_wall_of_lines_comparable(lines: int, *, is_comparable: bool) -> None:
    wall = make_sketches(1, lines, 0)
    wall.line_bits[:] = wall.line_bits[0]
    words = frozenset(bytes([number]) * 6 for number in range(20))
    assert replace(make_picture(wall), words=words).is_comparable is is_comparable


def test_without_sketches_quality_decides() -> None:
    def only_pdq(quality: int) -> PictureFeatures:
        return PictureFeatures(1, b"s" * 32, b"p" * 32, quality)

    assert only_pdq(50).is_comparable
    assert not only_pdq(49).is_comparable
