"""Edits that leave every pixel in its place: recompression, size, light, colour, sharpness."""

from __future__ import annotations

import io
import random

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from benchmarks.matching.edits.base import cut, jpeg, noisy, opened, phone_jpeg, png, scaled, shrunk


def wa_recompress(image: Image.Image, rng: random.Random) -> bytes:
    """What a messenger does: at most 1600 pixels, middling JPEG."""
    return jpeg(shrunk(image, 1600), rng.randint(70, 75))


def wa_twice(image: Image.Image, rng: random.Random) -> bytes:
    """Forwarded through two messengers."""
    return jpeg(shrunk(opened(wa_recompress(image, rng)), rng.choice((1280, 1440, 1600))), rng.randint(60, 70))


def resize_half(image: Image.Image, rng: random.Random) -> bytes:
    """Half as wide and high."""
    return jpeg(scaled(image, rng.uniform(0.45, 0.55)), 85)


def upscale_x2(image: Image.Image, rng: random.Random) -> bytes:
    """Twice as wide and high (within reason)."""
    return jpeg(scaled(image, min(2.0, 3600 / max(image.size))), rng.randint(80, 88))


def webp(image: Image.Image, rng: random.Random) -> bytes:
    """As WebP."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "WEBP", quality=rng.randint(55, 80), method=2)
    return buffer.getvalue()


def q30(image: Image.Image, _rng: random.Random) -> bytes:
    """Strong JPEG."""
    return jpeg(image, 30)


def grayscale(image: Image.Image, rng: random.Random) -> bytes:
    """Without colour."""
    return phone_jpeg(image.convert("L"), rng)


def bright(image: Image.Image, rng: random.Random) -> bytes:
    """Brighter."""
    return phone_jpeg(ImageEnhance.Brightness(image).enhance(rng.uniform(1.2, 1.45)), rng)


def dark(image: Image.Image, rng: random.Random) -> bytes:
    """Darker."""
    return phone_jpeg(ImageEnhance.Brightness(image).enhance(rng.uniform(0.5, 0.75)), rng)


def contrast(image: Image.Image, rng: random.Random) -> bytes:
    """More or less contrast."""
    return phone_jpeg(
        ImageEnhance.Contrast(image).enhance(rng.choice((rng.uniform(0.5, 0.7), rng.uniform(1.4, 1.9)))), rng
    )


def sharpen(image: Image.Image, rng: random.Random) -> bytes:
    """Sharpened too much."""
    return phone_jpeg(image.filter(ImageFilter.UnsharpMask(3, rng.randint(120, 220), 2)), rng)


def blur_slight(image: Image.Image, rng: random.Random) -> bytes:
    """A little out of focus."""
    radius = max(image.size) / 1600 * rng.uniform(1.0, 1.8)
    return phone_jpeg(image.filter(ImageFilter.GaussianBlur(radius)), rng)


def night_tint(image: Image.Image, rng: random.Random) -> bytes:
    """Night light: warm and dim."""
    pixels = np.asarray(image, dtype=np.float32)
    tint = np.array((1.0, rng.uniform(0.72, 0.85), rng.uniform(0.4, 0.6)), np.float32) * rng.uniform(0.6, 0.85)
    return phone_jpeg(Image.fromarray((pixels * tint).clip(0, 255).astype(np.uint8)), rng)


def invert(image: Image.Image, rng: random.Random) -> bytes:
    """Colours inverted, as an accessibility setting does."""
    return phone_jpeg(ImageOps.invert(image), rng)


def png_palette(image: Image.Image, _rng: random.Random) -> bytes:
    """64 colours."""
    return png(image.quantize(64))


def reshot(image: Image.Image, rng: random.Random) -> bytes:
    """As if taken from a screen: smaller, other gamma, faint stripes, grain, JPEG."""
    small = scaled(image, rng.uniform(0.55, 0.8))
    pixels = (np.asarray(small, dtype=np.float32) / 255) ** rng.uniform(0.8, 1.25)
    rows, columns = np.mgrid[0 : small.height, 0 : small.width].astype(np.float32)
    period, tilt = rng.uniform(3.1, 7.5), rng.uniform(-0.4, 0.4)
    stripes = 1 + rng.uniform(0.015, 0.04) * np.sin((columns + tilt * rows) * (2 * np.pi / period))
    shot = Image.fromarray((pixels * stripes[..., None] * 255).clip(0, 255).astype(np.uint8))
    return jpeg(noisy(shot, rng, rng.uniform(2, 5)), rng.randint(68, 82))


def reshot_chain(image: Image.Image, rng: random.Random) -> bytes:
    """Saved and sent three times: each time another size, 2 per cent less, JPEG."""
    data = b""
    for _ in range(3):
        left, top, right, bottom = (rng.uniform(0, 0.02) for _ in range(4))
        image = scaled(cut(image, left, top, right, bottom), rng.uniform(0.78, 1.05))
        data = jpeg(image, rng.randint(50, 72))
        image = opened(data)
    return data
