"""Attacks on text lines: guess a sentence, rebuild the ink, learn the rotation from known lines."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.matching.conversations import fill
from benchmarks.matching.phrases import TOPICS
from casefile.fingerprints.calibration import LINE_DEVIATIONS
from casefile.fingerprints.descriptions import HIGH, WIDE
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.pieces import find_pieces
from casefile.fingerprints.textlines import Box, describe, find_lines

Floats = NDArray[np.float64]

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
)
THRESHOLD = 22


class Written(NamedTuple):
    """A sentence as a line of a page: its description, the ink that it was made of (12 x 96), and its first piece.

    The piece is described too; None where the sentence has none.
    """

    description: NDArray[np.int8]
    ink: Floats
    piece: NDArray[np.int8] | None


def sentences(count: int, seed: int) -> list[str]:
    """Different everyday sentences of 15 to 38 letters."""
    rng, found = random.Random(seed), dict[str, None]()
    while len(found) < count:
        text = fill(rng.choice(rng.choice(TOPICS)), rng)
        if 15 <= len(text) <= 38:
            found[text] = None
    return list(found)


def write(text: str, font: int = 0, size: int = 22) -> Written | None:
    """Draw a sentence among others, and describe its line as the portal would; None where it is not found."""
    image = Image.new("L", (720, 300), 255)
    draw = ImageDraw.Draw(image)
    name = FONTS[font % len(FONTS)]
    drawn = ImageFont.truetype(name, size) if Path(name).exists() else ImageFont.load_default(size)
    for row, words in enumerate(("baik kak terima kasih banyak", text, "sampai bertemu besok pagi")):
        draw.text((30, 30 + 80 * row), words, fill=20, font=drawn)
    page = np.asarray(image)
    middle = [box for box in find_lines(page).boxes if 95 <= box.top <= 150]
    if not middle:
        return None
    box = max(middle, key=lambda one: one.width)
    pieces = find_pieces(page, [box])
    return Written(describe(page, box), _ink(page, box), describe(page, pieces[0]) if pieces else None)


def _ink(page: NDArray[np.uint8], box: Box) -> Floats:
    patch = Image.fromarray(255 - page[box.top : box.bottom, box.left : box.right])
    return np.asarray(patch.resize((96, 12), Image.Resampling.BILINEAR), np.float64) / 255


def guess_sentences(
    stored: Sequence[bytes], guesses: Sequence[NDArray[np.int8]], key: SketchKey
) -> tuple[float, float]:
    """With ``key``, how often the true sentence (of the same place) is the nearest guess, and within the threshold.

    ``stored`` are sketches of 16 bytes, ``guesses`` descriptions of the same sentences in another font size.
    """
    mine = key.sketch_lines(np.array(guesses))
    theirs = np.frombuffer(b"".join(stored), np.uint8).reshape(len(stored), -1)
    bits = np.bitwise_count(theirs[:, None, :] ^ mine[None, :, :]).sum(axis=2)
    places = np.arange(len(stored))
    return float((bits.argmin(axis=1) == places).mean()), float((bits[places, places] <= THRESHOLD).mean())


def rebuild(sketches: NDArray[np.uint8], key: SketchKey) -> Floats:
    """The best linear estimate of each line's ink (12 x 96) from its signs, by whoever holds ``key``."""
    signs = np.unpackbits(sketches, axis=1) * 2.0 - 1
    numbers = (signs @ key.line_rotation * LINE_DEVIATIONS).reshape(-1, HIGH, WIDE)
    across = np.cos(np.pi / 12 * (np.arange(12) + 0.5)[:, None] * np.arange(HIGH)[None, :])
    along = np.cos(np.pi / 96 * (np.arange(96) + 0.5)[:, None] * np.arange(1, WIDE + 1)[None, :])
    return np.asarray(across @ numbers @ along.T)


def correlation(first: Floats, second: Floats) -> float:
    """Pearson's, over pixels; the mean over pictures."""
    return float(np.mean([np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(first, second, strict=True)]))


def learn_rotation(known: int, written: Sequence[Written]) -> float:
    """Without the key, but with so many known lines and their sketches: the share of bits of other lines foretold."""
    key = SketchKey(secrets.token_bytes(32))
    numbers = np.array([one.description for one in written], np.float64) / LINE_DEVIATIONS
    bits = np.unpackbits(key.sketch_lines(np.array([one.description for one in written])), axis=1) * 2.0 - 1
    scaled = numbers / np.linalg.norm(numbers, axis=1, keepdims=True)
    ridge = scaled[:known].T @ scaled[:known] + 0.01 * np.eye(scaled.shape[1])
    weights = np.linalg.solve(ridge, scaled[:known].T @ bits[:known])
    return float((np.sign(scaled[known:] @ weights) == bits[known:]).mean())
