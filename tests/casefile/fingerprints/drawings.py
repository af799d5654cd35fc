"""Pictures drawn by code: whole-number arithmetic only, so that they are the same on every machine."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageDraw


def draw_chat(seed: int, width: int = 360, height: int = 800) -> Image.Image:
    """A chat as a phone shows it: bar, bubbles, lines of something like text."""
    rng = random.Random(seed)
    image = Image.new("RGB", (width, height), (236, 229, 221))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, height // 15), fill=(7, 94, 84))
    top = height // 12
    while top < height - 120:
        lines = rng.randint(1, 4)
        left = rng.choice((width // 30, width // 3))
        right = left + rng.randint(width // 3, width // 2)
        bottom = top + 24 * lines + 12
        draw.rectangle((left, top, right, bottom), fill=rng.choice(((255, 255, 255), (220, 248, 198))))
        for line in range(lines):
            for x in range(left + 8, right - 16, 9):
                if rng.random() < 0.8:
                    y = top + 8 + 24 * line
                    draw.rectangle((x, y, x + rng.randint(2, 6), y + rng.randint(4, 12)), fill=(20, 20, 20))
        top = bottom + 14
    return image


def draw_waves(seed: int, width: int = 300, height: int = 200) -> Image.Image:
    """Coloured patches that repeat, as a photograph of cloth would."""
    rows, columns = np.mgrid[0:height, 0:width]
    channels = [(rows * (seed + k) + columns * (3 * k + 1) + rows * columns // (17 + seed)) % 256 for k in range(3)]
    return Image.fromarray(np.stack(channels, axis=2).astype(np.uint8))


def encode(image: Image.Image, name: str = "PNG", **options: Any) -> bytes:
    """Return ``image`` as a file of the format ``name``."""
    out = BytesIO()
    image.save(out, name, **options)
    return out.getvalue()
