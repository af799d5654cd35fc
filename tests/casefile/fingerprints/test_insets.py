"""Pictures inside a picture are found, and the PDQ of each is that of the picture alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from casefile.fingerprints.insets import find_insets
from casefile.fingerprints.kinds import INSET
from casefile.fingerprints.pdq import PdqValue, pdq
from casefile.fingerprints.raster import Levels, page_raster
from casefile.fingerprints.rectangles import find_rectangles
from casefile.fingerprints.values import INSET_BYTES, MOST_INSETS
from tests.casefile.fingerprints.pages import LIGHT, as_jpeg, draw_page, draw_photo, draw_strange

GROUND, BUBBLE, BAR = (236, 229, 221), (40, 120, 100), (7, 94, 84)
WIDE, TALL = 320, 240
SHARP = 8
"""Bits that may differ where every side of a picture was found to the pixel; INSET.match_threshold would be a match."""


def photo(seed: int, width: int = WIDE, height: int = TALL) -> Image.Image:
    """Soft shapes under fine grain, as a camera gives it; darker than the ground and lighter than a bubble."""
    grain = np.random.default_rng(seed).integers(0, 24, (height, width, 1))
    shapes = np.asarray(draw_photo(seed, width, height)).astype(int)
    return Image.fromarray((grain + 128 + (shapes - 64) // 2).clip(126, 215).astype(np.uint8))


def page(*placed: tuple[Image.Image, int, int], ground: tuple[int, int, int] = GROUND) -> Image.Image:
    """A phone's page with a bar above, and pictures with their left upper corners at places."""
    image = Image.new("RGB", (480, 960), ground)
    ImageDraw.Draw(image).rectangle((0, 0, 479, 70), fill=BAR)
    for one, left, top in placed:
        image.paste(one, (left, top), one if one.mode == "RGBA" else None)
    return image


def framed(one: Image.Image, margin: int, colour: tuple[int, int, int], below: int = 0) -> Image.Image:
    """A picture in a bubble or frame; ``below`` it is room as for a caption."""
    frame = Image.new("RGB", (one.width + 2 * margin, one.height + 2 * margin + below), colour)
    frame.paste(one, (margin, margin))
    return frame


def rounded(one: Image.Image, radius: int) -> Image.Image:
    """A picture with its corners cut off round."""
    mask = Image.new("L", one.size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, one.width - 1, one.height - 1), radius, fill=255)
    cut = one.convert("RGBA")
    cut.putalpha(mask)
    return cut


def uneven(*placed: tuple[Image.Image, int, int]) -> Image.Image:
    """A page of three grounds, each of several levels; the last is a seventh of it and lies around the pictures."""
    levels = np.random.default_rng(5).integers(0, 5, (960, 480, 1)) + np.array([200, 110, 40])
    image = Image.fromarray(
        np.select(
            [np.arange(960)[:, None, None] < 400, np.arange(960)[:, None, None] < 660],
            [levels[:, :, :1], levels[:, :, 1:2]],
            levels[:, :, 2:],
        )
        .repeat(3, axis=2)
        .astype(np.uint8)
    )
    for one, left, top in placed:
        image.paste(one, (left, top))
    return image


def written() -> Image.Image:
    """Sentences on the ground of a page, none in a bubble."""
    return draw_page(18, ground=LIGHT)[0]


def whole(image: Image.Image) -> PdqValue:
    return pdq(np.asarray(image))


def insets_of(image: Image.Image) -> tuple[bytes, ...]:
    return find_insets(page_raster(image), whole(image).value)


def bits(inset: bytes, image: Image.Image) -> int:
    """From an inset to the PDQ of a picture by itself."""
    return (int.from_bytes(inset) ^ int.from_bytes(whole(image).value)).bit_count()


PLACED = {
    "on the ground": page((photo(1), 80, 300)),
    "on a dark ground": page((photo(1), 80, 300), ground=(11, 20, 26)),
    "in a bubble": page((framed(photo(1), 12, BUBBLE), 60, 300)),
    "in a thin bubble": page((framed(photo(1), 4, (217, 253, 211)), 60, 300)),
    "in a bubble with a caption": page((framed(photo(1), 12, BUBBLE, below=80), 60, 300)),
    "in a frame": framed(photo(1), 60, LIGHT, below=100),
    "from side to side": page((photo(1), 80, 300)).crop((80, 0, 80 + WIDE, 960)),
    "with rounded corners": page((rounded(photo(1), 20), 80, 300)),
    "in a bubble with rounded corners": page((rounded(framed(photo(1), 12, BUBBLE), 24), 60, 300)),
    "beside a shadow": page((framed(photo(1), 1, (225, 218, 210)), 80, 300)),
    "as JPEG": as_jpeg(page((photo(1), 83, 301)), 60),
    "on a page that is reduced": page((photo(1), 80, 300)).resize((1200, 2400), Image.Resampling.BICUBIC),
    "on the third ground": uneven((photo(1), 80, 690)),
    "with a line that leads to it": page((photo(1), 80, 300), (Image.new("RGB", (3, 200), BAR), 200, 540)),
}


SLOPE = Image.linear_gradient("L").resize((WIDE, TALL)).point(lambda level: 100 + level // 4).convert("RGB")
PALE = framed(photo(1), 12, (229, 222, 214))
MORE = {
    "in a pale bubble": page((PALE, 60, 300)),
    "two": page((photo(1, 200, 260), 20, 300), (photo(2, 200, 260), 260, 300)),
    "three": page((photo(1, 200, 150), 60, 100), (photo(2, 320, 240), 60, 380), (photo(3, 240, 200), 60, 660)),
    "one, twice": page((photo(1), 80, 200), (photo(1), 80, 600)),
    "a soft slope": page((SLOPE, 80, 300)),
}
"""What other tests ask for; tests/browser asks the phone's code for the insets of all these pages."""


@pytest.mark.parametrize("name", PLACED)
def test_a_picture_is_found_where_it_lies(name: str) -> None:
    assert min(bits(inset, photo(1)) for inset in insets_of(PLACED[name])) <= SHARP


def test_a_picture_comes_before_the_bubble_that_it_fills() -> None:
    bubble = framed(photo(1), 12, BUBBLE)
    first, second = insets_of(page((bubble, 60, 200)).crop((0, 0, 480, 560)))
    assert bits(first, photo(1)) <= SHARP
    assert bits(second, bubble) <= SHARP


def test_a_bubble_hardly_darker_than_the_ground_is_seen() -> None:
    assert min(bits(inset, PALE) for inset in insets_of(MORE["in a pale bubble"])) <= SHARP


def test_nearly_all_of_a_page_is_no_rectangle() -> None:
    found = [
        find_rectangles(
            page_raster(framed(photo(1, 800, 1200), margin, LIGHT).crop((0, 0, 800 + margin, 1200 + margin)))
        )
        for margin in (12, 20)
    ]
    assert [len(rectangles) for rectangles in found] == [0, 1]


def test_what_is_found_with_both_tolerances_and_again_inside_is_one_rectangle() -> None:
    image = as_jpeg(page((photo(1), 83, 301)), 95)
    assert len(find_rectangles(page_raster(image))) == 1


def test_two_beside_each_other_are_both_found() -> None:
    found = insets_of(MORE["two"])
    assert [min(bits(inset, photo(seed, 200, 260)) for inset in found) <= SHARP for seed in (1, 2)] == [True, True]


def test_the_largest_two_of_three_are_kept() -> None:
    found = insets_of(MORE["three"])
    assert len(found) == MOST_INSETS
    assert bits(found[0], photo(2, 320, 240)) <= SHARP
    assert bits(found[1], photo(3, 240, 200)) <= SHARP


def test_a_picture_shown_twice_counts_once() -> None:
    assert len(insets_of(MORE["one, twice"])) == 1


def test_rounded_corners_hardly_change_a_value() -> None:
    corner = 24
    (plain,) = insets_of(page((photo(3), 80, 300)))
    (round_ones,) = insets_of(page((rounded(photo(3), corner), 80, 300)))
    assert (int.from_bytes(plain) ^ int.from_bytes(round_ones)).bit_count() <= SHARP


@pytest.mark.parametrize("notches", [[(0, 0, 6, 5), (0, 6, 20, 12)], [(0, 0, 4, 20), (0, 21, 1, 60)]])
def test_a_corner_that_is_not_round_stays(notches: list[tuple[int, int, int, int]]) -> None:
    notched = photo(4)
    for notch in notches:
        ImageDraw.Draw(notched).rectangle(notch, fill=GROUND)
    (inset,) = insets_of(page((notched, 80, 300)))
    assert bits(inset, notched) == 0


NOTHING = {
    **{name: image for name, image in draw_strange().items() if max(image.size) < 1000},
    "sentences on a page": written(),
    "a page that is all picture": photo(1, 480, 960),
    "a picture with a thin border": framed(photo(1, 480, 800), 4, LIGHT),
    "a plain box": page((Image.new("RGB", (WIDE, TALL), BUBBLE), 80, 300)),
    "a small picture": page((photo(1, 110, 90), 80, 300)),
    "a narrow picture": page((photo(1, 440, 50), 20, 300)),
    "a tiny page": page((photo(1), 80, 300)).resize((24, 48)),
    "a picture in the background": page((photo(1, 480, 889), 0, 71)),
}


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_found_where_no_picture_lies(name: str) -> None:
    assert insets_of(NOTHING[name]) == ()


@pytest.mark.parametrize(("lines", "is_found"), [(1, False), (6, False), (7, True)])
def test_a_bubble_of_few_lines_is_no_inset_since_its_value_would_tell_them(lines: int, *, is_found: bool) -> None:
    bubble = Image.new("RGB", (WIDE, 320), (255, 255, 255))
    rng = np.random.default_rng(lines)
    for line, left in ((line, int(left)) for line in range(lines) for left in rng.integers(10, WIDE - 30, 12)):
        ImageDraw.Draw(bubble).rectangle((left, 20 + 40 * line, left + 9, 36 + 40 * line), fill=BAR)
    assert bool(insets_of(page((bubble, 60, 300)))) is is_found


@pytest.mark.parametrize(("share", "is_found"), [(0.78, False), (0.84, True)])
def test_of_a_box_half_black_what_has_hardly_an_empty_row_is_a_photograph(share: float, *, is_found: bool) -> None:
    dark = Image.new("RGB", (WIDE, 320))
    dark.paste(photo(1, WIDE // 3, round(share * 320)), (100, 8))
    assert any(bits(inset, dark) <= SHARP for inset in insets_of(page((dark, 60, 300)))) is is_found


def test_a_message_is_no_inset() -> None:
    bubble = Image.new("RGB", (WIDE, 150), (217, 253, 211))
    ImageDraw.Draw(bubble).text((20, 20), "jangan bilang siapa pun\nkirim sekarang juga", fill=BAR, font_size=24)
    assert insets_of(page((bubble, 60, 300))) == ()


def test_what_is_nearly_the_whole_is_no_inset() -> None:
    image = page((photo(1), 80, 300))
    (inset,) = insets_of(image)
    near, far = (
        (int.from_bytes(inset) ^ ((1 << count) - 1)).to_bytes(INSET_BYTES)
        for count in (INSET.match_threshold, INSET.match_threshold + 1)
    )
    assert find_insets(page_raster(image), near) == ()
    assert find_insets(page_raster(image), far) == (inset,)


def test_a_picture_with_little_in_it_is_no_inset() -> None:
    assert whole(SLOPE).quality < INSET.quality_floor
    assert len(find_rectangles(page_raster(MORE["a soft slope"]))) == 1
    assert insets_of(MORE["a soft slope"]) == ()


def any_page(draw: st.DrawFn) -> Levels:
    """Noise, one level, or rectangles of levels and of noise, of any size."""
    height, width = draw(st.sampled_from([1, 2, 7, 16, 40, 200, 700])), draw(st.sampled_from([1, 3, 16, 33, 150, 620]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    levels = np.full((height, width), draw(st.integers(0, 255)), np.uint8)
    for _ in range(draw(st.integers(0, 6))):
        top, left = int(rng.integers(0, height)), int(rng.integers(0, width))
        part = levels[top : top + 1 + int(rng.integers(0, height)), left : left + 1 + int(rng.integers(0, width))]
        low = int(rng.integers(0, 256))
        part[:] = rng.integers(low, draw(st.sampled_from([low + 1, 256])), part.shape)
    return levels


@given(st.composite(any_page)())
def test_any_page_has_at_most_two_values_always_the_same(levels: Levels) -> None:
    found = find_insets(levels, bytes(INSET_BYTES))
    assert len(found) <= MOST_INSETS
    assert all(len(inset) == INSET_BYTES for inset in found)
    assert find_insets(levels.copy(order="F"), bytes(INSET_BYTES)) == found
