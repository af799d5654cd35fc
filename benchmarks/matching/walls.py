"""Pictures of nothing but text or emoji: which of them can be compared, and what two of them are said to share.

A wall of one word or of one emoji looks the same whoever drew it. A wall of sentences is what most screenshots are.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from benchmarks.matching.phrases import COMMENTS, GREETINGS, SHORT, TOPICS
from benchmarks.matching.wordlists import EMOJI
from casefile.fingerprints.algorithms import Picture
from operations.commands.link import KEY
from operations.linking import PictureReports
from worker.matching import PictureFeatures

SIZE = 1080, 2400
_MARGIN = 40
_THEMES = ("#111111", "#ffffff"), ("#e9edef", "#0b141a")
_EMOJI_PIXELS = 109
"""The only size that Noto Color Emoji has."""

Wall = Callable[[random.Random], Image.Image]


def one_word(rng: random.Random) -> Image.Image:
    """The same word over and over."""
    return _write([rng.choice(("wkwkwk", "haha", "tolong", "jawab", "HALO", "woy", "p"))] * 1500, rng)


def one_sentence(rng: random.Random) -> Image.Image:
    """The same sentence over and over, wrapped wherever a line is full."""
    return _write(rng.choice(COMMENTS).split() * 300, rng)


def one_emoji(rng: random.Random) -> Image.Image:
    """The same emoji over and over."""
    return _stick([rng.choice(EMOJI)], rng)


def few_emoji(rng: random.Random) -> Image.Image:
    """Three emoji in a pattern that repeats."""
    return _stick(rng.sample(EMOJI, 3), rng)


def many_emoji(rng: random.Random) -> Image.Image:
    """A dozen of emoji in no order."""
    chosen = rng.sample(EMOJI, 12)
    return _stick(rng.choices(chosen, k=997), rng)


def sentences(rng: random.Random) -> Image.Image:
    """Sentences that people write to one another, no two in the same order."""
    pool = [sentence for topic in (*TOPICS, COMMENTS, GREETINGS, SHORT) for sentence in topic]
    return _write(" ".join(rng.sample(pool, 90)).split(), rng)


WALLS: dict[str, Wall] = {
    wall.__name__: wall for wall in (one_word, one_sentence, one_emoji, few_emoji, many_emoji, sentences)
}


def _canvas(rng: random.Random) -> tuple[Image.Image, ImageDraw.ImageDraw, str]:
    ink, ground = rng.choice(_THEMES)
    image = Image.new("RGB", SIZE, ground)
    return image, ImageDraw.Draw(image), ink


def _write(words: list[str], rng: random.Random) -> Image.Image:
    image, draw, ink = _canvas(rng)
    font = ImageFont.load_default(size=rng.choice((36, 44)))
    top, line = float(_MARGIN), ""
    for word in words:
        longer = f"{line} {word}".strip()
        if draw.textlength(longer, font) <= SIZE[0] - 2 * _MARGIN:
            line = longer
            continue
        draw.text((_MARGIN, top), line, ink, font)
        top, line = top + font.size * 1.5, word
        if top > SIZE[1] - 2 * _MARGIN:
            break
    return image


def _stick(pattern: list[str], rng: random.Random) -> Image.Image:
    """Rows of emoji, going through ``pattern`` again and again."""
    image, _, _ = _canvas(rng)
    side = rng.choice((60, 84))
    stickers = {emoji: _sticker(emoji, side) for emoji in set(pattern)}
    number = 0
    for top in range(_MARGIN, SIZE[1] - side, side * 3 // 2):
        for left in range(_MARGIN, SIZE[0] - side, side + side // 8):
            sticker = stickers[pattern[number % len(pattern)]]
            image.paste(sticker, (left, top), sticker)
            number += 1
    return image


def _sticker(emoji: str, side: int) -> Image.Image:
    font = ImageFont.truetype("NotoColorEmoji.ttf", _EMOJI_PIXELS)
    drawn = Image.new("RGBA", (136, 128))
    ImageDraw.Draw(drawn).text((0, 0), emoji, font=font, embedded_color=True)
    return drawn.resize((side, side))


def features(image: Image.Image, number: int) -> PictureFeatures:
    """What a wall is compared by."""
    picture = Picture(b"", image, KEY.secret)
    return PictureFeatures(
        number=1,
        sha256=number.to_bytes(32),
        pdq=picture.pdq.value,
        quality=picture.pdq.quality,
        sketches=picture.sketches,
        insets=picture.insets,
    )


def measure_walls(each: int, folder: Path | None = None) -> None:
    """Draw ``each`` walls of every kind, compare all with all, and print what became of them."""
    for name, pictures in draw_walls(each, folder):
        reports = PictureReports()
        ids = [reports.add(picture) for picture in pictures]
        found: Counter[str] = Counter()
        for picture, own in zip(pictures, ids, strict=True):
            found.update(finding.match_class.value for finding in reports.find(picture, own))
        comparable = sum(picture.is_comparable for picture in pictures)
        pairs = len(list(combinations(pictures, 2)))
        print(f"{name:14} {comparable:4} of {each} comparable; {pairs} pairs, found from both sides: {dict(found)}")


def draw_walls(each: int, folder: Path | None = None) -> Iterator[tuple[str, list[PictureFeatures]]]:
    """The features of walls, by kind; the pictures are written into ``folder`` if one is given."""
    for name, draw in WALLS.items():
        images = [draw(random.Random(f"{name} {number}")) for number in range(each)]
        if folder is not None:
            images[0].save(folder / f"{name}.png")
        yield name, [features(image, number) for number, image in enumerate(images)]
