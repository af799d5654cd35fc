"""The pictures behind the golden values, drawn at run time and never stored."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from itertools import product

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from tests.factories import WORDS, draw_screenshot


def draw_text(seed: int, size: tuple[int, int], *, letters: int = 20) -> Image.Image:
    """A page of dark words on a light ground."""
    rng = random.Random(seed)
    image = Image.new("RGB", size, (250, 248, 240))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=letters)
    for top in range(2 * letters, size[1] - 2 * letters, letters * 9 // 5):
        text = " ".join(rng.choices(WORDS, k=rng.randint(3, 8)))
        draw.text((2 * letters, top), text, fill=(30, 30, 40), font=font)
    return image


def draw_photograph(seed: int, size: tuple[int, int]) -> Image.Image:
    """Blurred noise on a slope of brightness: no text, many blobs."""
    width, height = size
    noise = np.random.default_rng(seed).integers(0, 256, (height // 8, width // 8, 3), dtype=np.uint8)
    patches = Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.BoxBlur(2))
    slope = np.linspace(0, 120, width)[None, :, None] + np.linspace(0, 40, height)[:, None, None]
    return Image.fromarray((np.asarray(patches) * 0.37 + slope).astype(np.uint8))


def draw_shapes(seed: int, size: tuple[int, int]) -> Image.Image:
    """Combs of all sizes, some with teeth of unequal length: shapes on both sides of every limit of a text line."""
    rng = random.Random(seed)
    image = Image.new("RGB", size, (225, 225, 225))
    draw = ImageDraw.Draw(image)
    for _ in range(260):
        left, top = rng.randrange(size[0]), rng.randrange(size[1])
        wide, high, gap = int(2 ** rng.uniform(1, 9.5)), int(2 ** rng.uniform(2, 6.6)), rng.randint(3, 14)
        share, grey = rng.choice((0.1, 0.3, 0.5, 1)), rng.randrange(190)
        for x in range(left, left + wide, gap):
            tooth = high if x == left or x + gap >= left + wide else max(1, round(high * share))
            draw.rectangle((x, top, x + 1, top + tooth - 1), fill=(grey, grey, grey))
    return image


def draw_noise(seed: int, size: tuple[int, int]) -> Image.Image:
    """Every pixel its own colour."""
    width, height = size
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))


def draw_clear(seed: int) -> Image.Image:
    """A page of text whose transparency grows from left to right, as RGBA."""
    image = draw_text(seed, (400, 500)).convert("RGBA")
    ramp = np.broadcast_to(np.linspace(255, 60, 400).astype(np.uint8), (500, 400))
    image.putalpha(Image.fromarray(np.ascontiguousarray(ramp)))
    return image


def chat(seed: int, width: int, height: int) -> Image.Image:
    """The chat of ``tests.factories``, opened."""
    return Image.open(BytesIO(draw_screenshot(seed, width, height))).convert("RGB")


def _chat_with_photograph() -> Image.Image:
    image = chat(5, 720, 1280)
    image.paste(draw_photograph(6, (560, 420)), (80, 700))
    return image


def _large_text_by_a_photograph() -> Image.Image:
    """Words much larger than what looks like letters among the small edges of the picture beneath them."""
    image = draw_text(19, (900, 1400), letters=44)
    draw, rng = ImageDraw.Draw(image), random.Random(20)
    draw.rectangle((0, 800, 900, 1400), fill=(60, 90, 70))
    for left, top in product(range(10, 880, 36), range(820, 1380, 36)):
        side, grey = rng.randint(8, 14), rng.randint(120, 255)
        draw.ellipse((left, top, left + side, top + side), fill=(grey, grey, grey))
    return image


def _photographs_in_bubbles() -> Image.Image:
    """Two with rounded corners, one in a bubble of another colour, on a tall page that is reduced."""
    image = Image.new("RGB", (1080, 2400), (236, 229, 221))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((340, 200, 1039, 999), 40, fill=(7, 94, 84))
    for seed, size, place in ((17, (672, 640), (354, 214)), (18, (700, 600), (40, 1300))):
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 36, fill=255)
        image.paste(draw_photograph(seed, size), place, mask)
    return image


def _bright_in_the_dark() -> Image.Image:
    """A photograph of which more than half is black, sent in a chat."""
    image = Image.new("RGB", (720, 1280), (14, 22, 33))
    image.paste(Image.new("RGB", (560, 420)), (120, 500))
    image.paste(draw_photograph(20, (200, 400)), (300, 510))
    return image


def _skewed(degrees: float) -> Image.Image:
    page = draw_text(8, (700, 900), letters=24)
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(250, 248, 240))


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "chat 360 x 640": lambda: chat(1, 360, 640),
    "chat 540 x 960": lambda: chat(2, 540, 960),
    "dark chat": lambda: ImageOps.invert(chat(3, 540, 960)),
    "chat with a photograph": _chat_with_photograph,
    "photographs in bubbles": _photographs_in_bubbles,
    "bright in the dark": _bright_in_the_dark,
    "large text by a photograph": _large_text_by_a_photograph,
    "page of text": lambda: draw_text(7, (600, 800)),
    "tall page of small print": lambda: draw_text(9, (1080, 2400), letters=30),
    "wide page of text": lambda: draw_text(10, (2100, 900), letters=36),
    "page askew": lambda: _skewed(3),
    "page on its side": lambda: draw_text(11, (540, 960)).transpose(Image.Transpose.ROTATE_90),
    "photograph": lambda: draw_photograph(12, (900, 640)),
    "dark photograph": lambda: Image.eval(draw_photograph(15, (640, 900)), lambda level: level // 3),
    "blank": lambda: Image.new("RGB", (300, 500), (250, 250, 250)),
    "noise": lambda: draw_noise(13, (200, 301)),
    "shapes": lambda: draw_shapes(26, (1000, 1500)),
    "more shapes": lambda: draw_shapes(16, (1500, 1000)),
    "transparent": lambda: draw_clear(14),
}
"""Every picture by its name; all but the last are RGB."""


def flat(image: Image.Image) -> Image.Image:
    """The picture as the gate leaves it: RGB, transparency on white."""
    if image.mode == "RGB":
        return image
    below = Image.new("RGB", image.size, "white")
    below.paste(image, mask=image.getchannel("A"))
    return below
