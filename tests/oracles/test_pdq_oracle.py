"""Our PDQ and Meta's own code, side by side, bit for bit. Needs ``pdqhash``, which has no wheel: run by CI alone.

``SULUH_PDQ_VECTORS`` may name a folder with pictures and an ``expected.json`` (``{file: {"pdq": hex, "quality": n}}``);
the comparison with that folder exists only when the variable is set.
"""

from __future__ import annotations

import json
import os
import random
from io import BytesIO
from pathlib import Path

import numpy as np
import pdqhash
import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.fingerprints.gate import open_picture
from casefile.fingerprints.pdq import Pixels, pdq
from tests.casefile.fingerprints.drawings import draw_chat, draw_waves

SIZES = [(1080, 2400), (720, 1600), (360, 800), (640, 480), (256, 256), (127, 300), (64, 64), (48, 40), (20, 90)]
FONT = ImageFont.load_default(28)


def reference(pixels: Pixels) -> tuple[str, int]:
    bits, quality = pdqhash.compute(pixels)
    return np.packbits(bits.astype(np.uint8)).tobytes().hex(), int(quality)


def ours(pixels: Pixels) -> tuple[str, int]:
    value, quality = pdq(pixels)
    return value.hex(), quality


def draw_letters(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, (rng.randint(200, 255), rng.randint(200, 255), rng.randint(200, 255)))
    draw = ImageDraw.Draw(image)
    for y in range(4, size[1], 40):
        text = "".join(rng.choice("aiueo bcdgjklmnprst") for _ in range(rng.randint(3, 60)))
        draw.text((rng.randint(0, 40), y), text, fill=(20, 20, rng.randint(0, 120)), font=FONT)
    return image


def draw_noise(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, rng.randbytes(3 * size[0] * size[1]))


def draw_clouds(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    return draw_noise(rng, (9, 7)).resize(size, Image.Resampling.BICUBIC)


def draw_shapes(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        left, top = rng.randint(0, size[0]), rng.randint(0, size[1])
        box = (left, top, left + rng.randint(5, 200), top + rng.randint(5, 200))
        draw.ellipse(box, fill=(rng.randint(0, 255), rng.randint(0, 255), rng.randint(0, 255)))
    return image


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("draw", [draw_letters, draw_noise, draw_clouds, draw_shapes])
def test_drawn_pictures_have_equal_bits_and_quality(draw, size) -> None:  # type: ignore[no-untyped-def]
    rng = random.Random(f"{draw.__name__} {size}")
    for _ in range(4):
        pixels = np.asarray(draw(rng, size))
        assert ours(pixels) == reference(pixels)


@pytest.mark.parametrize("seed", range(12))
def test_the_drawings_of_the_golden_values_have_equal_bits_and_quality(seed: int) -> None:
    for image in (draw_chat(seed), draw_chat(seed, 1080, 2400), draw_waves(seed + 1, 48, 40)):
        assert ours(np.asarray(image)) == reference(np.asarray(image))


@pytest.mark.parametrize("level", range(0, 256, 15))
def test_plain_greys_have_equal_quality(level: int) -> None:
    """Their bits are rounding errors, here and there."""
    pixels = np.full((300, 200, 3), level, dtype=np.uint8)
    assert ours(pixels)[1] == reference(pixels)[1] == 0


@pytest.mark.parametrize("name", ["JPEG", "WEBP"])
def test_pictures_saved_with_losses_have_equal_bits_and_quality(name: str) -> None:
    for seed in range(6):
        saved = BytesIO()
        draw_chat(seed, 720, 1600).save(saved, name, quality=40)
        pixels = np.asarray(open_picture(saved.getvalue()))
        assert ours(pixels) == reference(pixels)


if "SULUH_PDQ_VECTORS" in os.environ:

    def test_pictures_of_the_given_folder_have_the_expected_values() -> None:
        folder = Path(os.environ["SULUH_PDQ_VECTORS"])
        expected = json.loads((folder / "expected.json").read_text())
        assert expected, "the folder of vectors is empty"
        for name, value in expected.items():
            pixels = np.asarray(open_picture((folder / name).read_bytes()))
            assert ours(pixels) == reference(pixels) == (value["pdq"], value["quality"]), name
