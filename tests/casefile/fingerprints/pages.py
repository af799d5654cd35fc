"""Pages of text and photographs drawn by code, for what finds lines and points in them."""

from __future__ import annotations

import io
import re

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from casefile.fingerprints.raster import Levels
from casefile.fingerprints.textlines import Box
from casefile.fingerprints.wordgroups import ReadLine, Word

SENTENCES = (
    "Kirim uangnya sekarang juga",
    "kalau tidak semua temanmu akan lihat",
    "jangan lapor ke siapa pun",
    "aku tahu di mana kamu tinggal",
    "besok pagi jam tujuh tepat",
    "balas pesan ini cepat",
    "nomor rekening sama seperti kemarin",
    "ini peringatan terakhir dariku",
)
DARK, LIGHT = (0, 0, 0), (255, 255, 255)
LETTER_WIDTH, LINE_HEIGHT, HEIGHT_OF_A_ROW = 10, 30, 40
Pixels = tuple[int, int, int, int]


def draw_page(
    size: float = 28, ink: tuple[int, int, int] = DARK, ground: tuple[int, int, int] = LIGHT
) -> tuple[Image.Image, list[Pixels]]:
    """A page of sentences in letters of ``size`` pixels, and where the ink of each lies."""
    font = ImageFont.load_default(size=size)
    image = Image.new("RGB", (round(26 * size), round(40 * size)), ground)
    draw = ImageDraw.Draw(image)
    boxes = []
    for number, sentence in enumerate(SENTENCES):
        place = (size * (1.5 + number % 3), size * (3 + 4 * number))
        draw.text(place, sentence, fill=ink, font=font)
        left, top, right, bottom = draw.textbbox(place, sentence, font=font)
        boxes.append((round(left), round(top), round(right), round(bottom)))
    return image, boxes


def read_lines(*rows: str) -> list[ReadLine]:
    """Rows of text as they are read where all letters are equally wide; spaces before a row move it to the right."""
    lines = []
    for number, row in enumerate(rows):
        top = number * HEIGHT_OF_A_ROW
        words = [
            Word(found.start() * LETTER_WIDTH, found.end() * LETTER_WIDTH, found.group().lower())
            for found in re.finditer(r"\w+", row)
        ]
        lines.append(ReadLine(Box(0, top, max(1, len(row) * LETTER_WIDTH), top + LINE_HEIGHT), words))
    return lines


def grey(image: Image.Image) -> Levels:
    """The luma of a picture, unreduced."""
    return np.asarray(image.convert("L"))


def draw_photo(seed: int, width: int = 576, height: int = 576) -> Image.Image:
    """Soft shapes of many sizes, as a photograph has them."""
    rng = np.random.default_rng(seed)
    levels: NDArray[np.float64] = np.zeros((height, width))
    for cells in (6, 12, 24, 48):
        coarse = Image.fromarray(rng.integers(0, 256, (cells, cells)).astype(np.uint8))
        levels += np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC), np.float64)
    return Image.fromarray((levels / 4).astype(np.uint8)).convert("RGB")


def as_jpeg(image: Image.Image, quality: int = 70) -> Image.Image:
    """The same picture after JPEG."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def draw_strange() -> dict[str, Image.Image]:
    """Pictures in which there is no text to be found, or hardly room for any."""
    noise = np.random.default_rng(1).integers(0, 256, (900, 600, 3)).astype(np.uint8)
    stripes = np.zeros((400, 400, 3), np.uint8)
    stripes[:, ::2] = 255
    return {
        "blank": Image.new("RGB", (400, 700), LIGHT),
        "noise": Image.fromarray(noise),
        "stripes": Image.fromarray(stripes),
        "gradient": Image.linear_gradient("L").resize((500, 300)).convert("RGB"),
        "smallest": Image.new("RGB", (16, 16), DARK),
        "one pixel": Image.new("RGB", (1, 1)),
        "one row": Image.fromarray(noise[:1]),
        "one column": Image.fromarray(noise[:, :1]),
        "longest": Image.new("RGB", (20_000, 16), LIGHT),
        "tallest": Image.fromarray(np.tile(noise[:16, :16], (1250, 1, 1))),
        "largest": Image.new("RGB", (6_300, 6_300), DARK),
    }
