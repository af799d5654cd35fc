"""Held-out edits that leave every pixel about where it was: chains of messengers, filters, few colours, print."""

from __future__ import annotations

import io
import random

import numpy as np
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from benchmarks.matching.edits.base import jpeg, noisy, opened, phone_jpeg, png, scaled


def narrowed(image: Image.Image, shortest: int) -> Image.Image:
    """The picture with its shortest side at most this long."""
    scale = shortest / min(image.size)
    return scaled(image, scale) if scale < 1 else image


def webp_bytes(image: Image.Image, quality: int) -> bytes:
    """As WebP of this quality."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "WEBP", quality=quality, method=1)
    return buffer.getvalue()


def chain_720(image: Image.Image, rng: random.Random) -> bytes:
    """Three messengers one after another: 720 pixels wide, then WebP, then 720 again a little off, JPEG each time."""
    first = opened(jpeg(narrowed(image, 720), rng.randint(62, 72)))
    second = opened(webp_bytes(first, rng.randint(60, 75)))
    return jpeg(scaled(second, rng.uniform(0.93, 0.99)), rng.randint(58, 68))


def webp_40(image: Image.Image, _rng: random.Random) -> bytes:
    """WebP of quality 40."""
    return webp_bytes(image, 40)


def posterised(image: Image.Image, rng: random.Random) -> bytes:
    """Few steps of each colour."""
    return phone_jpeg(ImageOps.posterize(image, rng.choice((2, 3, 3))), rng)


def photocopy(image: Image.Image, rng: random.Random) -> bytes:
    """Grey, hard contrast, specks: as a copier gives it."""
    grey = ImageEnhance.Contrast(image.convert("L")).enhance(rng.uniform(1.6, 2.4))
    return jpeg(noisy(grey.convert("RGB").filter(ImageFilter.GaussianBlur(0.7)), rng, rng.uniform(6, 13)), 72)


def old_film(image: Image.Image, rng: random.Random) -> bytes:
    """A filter: brown and yellow tones, darker towards the edges, a little grain."""
    brown = ImageOps.colorize(image.convert("L"), "#2b1a0a", "#fff2d0", mid="#a07a4a")
    warm = Image.blend(image, brown, rng.uniform(0.5, 0.9))
    down, across = (np.linspace(-1, 1, length) ** 2 for length in (image.height, image.width))
    shade = 255 * (1 - rng.uniform(0.25, 0.5) * np.clip((down[:, None] + across[None, :]) / 2, 0, 1))
    layer = Image.fromarray(shade.astype(np.uint8))
    return phone_jpeg(noisy(ImageChops.multiply(warm, layer.convert("RGB")), rng, 4), rng)


def night_screen(image: Image.Image, rng: random.Random) -> bytes:
    """A screen at night: dim and orange, the blue gone."""
    red, green, blue = image.split()
    dim, warm = rng.uniform(0.45, 0.65), rng.uniform(0.4, 0.65)
    parts = (red.point(lambda p: p * dim), green.point(lambda p: p * dim * 0.8), blue.point(lambda p: p * dim * warm))
    return phone_jpeg(Image.merge("RGB", parts), rng)


def moire(image: Image.Image, rng: random.Random) -> bytes:
    """Resampled without smoothing by an odd factor, and back, with faint stripes over it."""
    odd = rng.uniform(0.61, 0.79)
    small = image.resize((round(image.width * odd), round(image.height * odd)), Image.Resampling.NEAREST)
    pixels = np.asarray(small.resize(image.size, Image.Resampling.BILINEAR), dtype=np.float32)
    stripes = np.sin(np.arange(image.height) * rng.uniform(0.9, 1.9))[:, None, None] * rng.uniform(5, 12)
    return phone_jpeg(Image.fromarray(np.clip(pixels + stripes, 0, 255).astype(np.uint8)), rng)


def gif_colours(image: Image.Image, rng: random.Random) -> bytes:
    """Few colours in a dither, at 540 to 720 pixels, as a moving picture keeps one."""
    small = narrowed(image, rng.randint(540, 720))
    return png(small.quantize(rng.choice((32, 48, 64)), dither=Image.Dither.FLOYDSTEINBERG).convert("RGB"))
