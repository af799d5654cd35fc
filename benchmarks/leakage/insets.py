"""Attacks on insets, which are PDQs and not keyed: guess what a bubble says, confirm a photograph that was framed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from benchmarks.leakage.lines import FONTS
from casefile.fingerprints.algorithms import Picture
from casefile.fingerprints.kinds import INSET
from worker.matching.insets import bits_apart

PAGE = 720, 1280
_GROUND, _BUBBLE, _INK = "#efe7dd", "#d9fdd3", "#111111"
_LETTERS = 24
_SCALE = 0.75


def bubble(text: str, font: int = 0, size: int = 34) -> Image.Image:
    """A page with one bubble, in which a sentence stands in lines of at most 24 letters."""
    image = Image.new("RGB", PAGE, _GROUND)
    draw = ImageDraw.Draw(image)
    name = FONTS[font % len(FONTS)]
    drawn = ImageFont.truetype(name, size) if Path(name).exists() else ImageFont.load_default(size)
    wrapped = "\n".join(textwrap.wrap(text, _LETTERS))
    left, top, right, bottom = draw.multiline_textbbox((70, 500), wrapped, font=drawn, spacing=14)
    draw.rounded_rectangle((left - 24, top - 20, right + 24, bottom + 24), radius=16, fill=_BUBBLE)
    draw.multiline_text((70, 500), wrapped, fill=_INK, font=drawn, spacing=14)
    return image


def framed(photo: Image.Image) -> Image.Image:
    """A photograph on a page of one colour."""
    image = Image.new("RGB", PAGE, _GROUND)
    shown = photo.copy()
    shown.thumbnail((600, 900))
    image.paste(shown, (60, 200))
    return image


def smaller(image: Image.Image) -> Image.Image:
    """As another phone shows it."""
    return image.resize((round(image.width * _SCALE), round(image.height * _SCALE)))


def insets_of(image: Image.Image) -> tuple[bytes, ...]:
    """The insets of a picture."""
    return Picture(b"", image).insets


def guess(stored: Sequence[bytes], guesses: Sequence[bytes | None]) -> tuple[float, float]:
    """How often the nearest guess is the right one, and how often the right one is within the threshold."""
    right = near = 0
    for place, value in enumerate(stored):
        apart = [1000 if one is None else bits_apart(value, one) for one in guesses]
        right += apart[place] == min(apart) and apart.count(min(apart)) == 1
        near += apart[place] <= INSET.match_threshold
    return right / len(stored), near / len(stored)


def attack_bubbles(texts: Sequence[str]) -> None:
    """Guess which of some texts stands in a bubble of which the inset is known."""
    kept = [(text, insets_of(bubble(text))) for text in texts]
    found = [(text, insets[0]) for text, insets in kept if insets]
    stored = [inset for _, inset in found]
    print(f"guessing what a bubble says from its inset, without any key: {len(stored)} of {len(texts)} have one")
    if not stored:
        return
    ways = {"drawn alike, another size": (0, True), "in another font": (1, False)}
    for name, (font, is_smaller) in ways.items():
        drawn = (bubble(text, font) for text, _ in found)
        guesses = [(insets_of(smaller(page) if is_smaller else page) or (None,))[0] for page in drawn]
        first, near = guess(stored, guesses)
        print(f"  {name}: right {first:.4f} (chance {1 / len(stored):.4f}), within the threshold {near:.4f}")


def attack_framed(images: Sequence[Image.Image]) -> None:
    """Confirm that photographs which one owns stand in a reported page."""
    hits = 0
    for image in images:
        whole = Picture(b"", smaller(image)).pdq.value
        hits += any(bits_apart(whole, inset) <= INSET.match_threshold for inset in insets_of(framed(image)))
    print(f"confirming an owned photograph in a page, from its inset, without any key: {hits} of {len(images)}")
