"""What an edit is, and the few helpers that edits share."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFont

FONT_NAMES = ("Roboto-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf")
WORDS = (
    "lihat ini",
    "tolong bantu sebarkan",
    "bukti",
    "ini orangnya",
    "hati hati penipu",
    "contoh",
    "simpan ya",
    "repost",
)


@dataclass(frozen=True)
class Edited:
    """An edited picture; ``used_second`` when the second picture is in it."""

    data: bytes
    used_second: bool = False


@dataclass(frozen=True)
class Edit:
    """An edit and its function.

    ``split`` says whether thresholds may be tuned on it (``train``), were looked at with it (``test``), or neither
    (``held-out``); ``second`` whether it joins two pictures; ``in_mean`` whether it is ordinary enough to count in the
    mean.
    """

    name: str
    function: Callable[..., bytes]
    split: str
    second: bool = False
    in_mean: bool = True

    def apply(self, image: Image.Image, rng: random.Random, second: Image.Image | None = None) -> Edited:
        """The picture edited; ``second`` is used only by edits that join two."""
        if self.second:
            if second is None:
                raise ValueError(f"{self.name} needs a second picture")
            return Edited(self.function(image, rng, second), used_second=True)
        return Edited(self.function(image, rng))


def jpeg(image: Image.Image, quality: int) -> bytes:
    """As JPEG."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def png(image: Image.Image) -> bytes:
    """As PNG."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    """Bytes as an RGB picture."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def phone_jpeg(image: Image.Image, rng: random.Random) -> bytes:
    """As most phones save what they edited: JPEG of good quality."""
    return jpeg(image, rng.randint(84, 93))


def shrunk(image: Image.Image, longest: int) -> Image.Image:
    """The picture with its longest side at most this long."""
    if max(image.size) <= longest:
        return image
    scale = longest / max(image.size)
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)


def scaled(image: Image.Image, scale: float) -> Image.Image:
    """The picture scaled."""
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BICUBIC)


def cut(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """The picture without these shares of its sides."""
    right_edge, bottom_edge = round((1 - right) * image.width), round((1 - bottom) * image.height)
    return image.crop((round(left * image.width), round(top * image.height), right_edge, bottom_edge))


def letters(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font of this size, whichever the machine has."""
    for name in FONT_NAMES:
        try:
            return ImageFont.truetype(name, max(8, round(size)))
        except OSError:
            continue
    return ImageFont.load_default(max(8, round(size)))


def noisy(image: Image.Image, rng: random.Random, amount: float) -> Image.Image:
    """The picture with grain."""
    generator = np.random.default_rng(rng.getrandbits(32))
    pixels = np.asarray(image.convert("RGB"), dtype=np.float32)
    grain = generator.normal(0, amount, pixels.shape[:2]).astype(np.float32)[..., None]
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


def colour(rng: random.Random) -> tuple[int, int, int]:
    """A bold colour."""
    return rng.choice(((229, 57, 53), (255, 193, 7), (33, 150, 243), (76, 175, 80), (255, 255, 255), (0, 0, 0)))
