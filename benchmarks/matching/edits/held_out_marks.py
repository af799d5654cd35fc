"""Held-out edits that put something on the picture: faces over names, a highlighter, blocks, a notice of another "
"app."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw, ImageFont

from benchmarks.matching.edits.base import letters, phone_jpeg

EMOJI_FONT, EMOJI_SIZE = "NotoColorEmoji.ttf", 109
NOTICES = (
    "Paket Anda sudah tiba",
    "Panggilan tak terjawab (2)",
    "Baterai tinggal 12%",
    "Hujan dalam 20 menit",
    "3 foto baru",
)


def emoji(sign: str, size: int) -> Image.Image:
    """One emoji, with clear ground; a yellow disc where the machine has no such font."""
    picture = Image.new("RGBA", (136, 128))
    draw = ImageDraw.Draw(picture)
    try:
        draw.text((0, 0), sign, font=ImageFont.truetype(EMOJI_FONT, EMOJI_SIZE), embedded_color=True)
    except OSError:
        draw.ellipse((4, 4, 124, 124), fill="#fc3")
    return picture.resize((size, size))


def emoji_names(image: Image.Image, rng: random.Random) -> bytes:
    """Faces over the name above and over four to nine other places."""
    marked, short = image.copy(), min(image.size)
    places = [(0.15 * image.width, 0.04 * image.height)]
    places += [
        (rng.uniform(0.02, 0.85) * image.width, rng.uniform(0.1, 0.9) * image.height) for _ in range(rng.randint(4, 9))
    ]
    for x, y in places:
        face = emoji(rng.choice("😂🙈🤡💀🔥😡🐷💩"), round(short * rng.uniform(0.08, 0.18)))
        marked.paste(face, (round(x), round(y)), face)
    return phone_jpeg(marked, rng)


def highlighter(image: Image.Image, rng: random.Random) -> bytes:
    """Broad clear strokes over some lines."""
    layer = Image.new("RGBA", image.size)
    draw, width = ImageDraw.Draw(layer), round(image.height * rng.uniform(0.018, 0.03))
    ink = rng.choice(((255, 235, 59), (118, 255, 3), (255, 128, 171)))
    for _ in range(rng.randint(2, 6)):
        x, y = rng.uniform(0.03, 0.4) * image.width, rng.uniform(0.1, 0.9) * image.height
        end = x + rng.uniform(0.25, 0.55) * image.width
        draw.line((x, y, end, y + rng.uniform(-0.006, 0.006) * image.height), (*ink, rng.randint(95, 150)), width)
    return phone_jpeg(Image.alpha_composite(image.convert("RGBA"), layer), rng)


def blocked_names(image: Image.Image, rng: random.Random) -> bytes:
    """The head of the screen and strips in it made into blocks."""
    marked = image.copy()
    boxes = [(0.1, 0.025, 0.75, 0.09)]
    for _ in range(rng.randint(3, 7)):
        left, top = rng.uniform(0.02, 0.4), rng.uniform(0.1, 0.9)
        boxes.append((left, top, left + rng.uniform(0.15, 0.4), top + rng.uniform(0.015, 0.03)))
    for left, top, right, bottom in boxes:
        box = (
            *(round(left * image.width), round(top * image.height)),
            *(round(right * image.width), round(bottom * image.height)),
        )
        part = image.crop(box)
        blocks = part.resize((max(2, part.width // 24), max(2, part.height // 24)))
        marked.paste(blocks.resize(part.size, Image.Resampling.NEAREST), box[:2])
    return phone_jpeg(marked, rng)


def notice_above(image: Image.Image, rng: random.Random) -> bytes:
    """A notice of another app over the top, and a round face that floats at the edge."""
    marked, unit = image.copy(), min(image.size) / 20
    draw = ImageDraw.Draw(marked)
    paper, ink = rng.choice((("#ffffff", "#222222"), ("#26282d", "#f0f0f0")))
    top = rng.uniform(0.01, 0.05) * image.height
    draw.rounded_rectangle((unit, top, image.width - unit, top + 3.4 * unit), unit * 0.7, fill=paper)
    draw.text(
        (2 * unit, top + 0.4 * unit),
        rng.choice(("Kurir", "Telepon", "Sistem", "Cuaca", "Galeri")),
        "#888",
        letters(unit * 0.8),
    )
    draw.text((2 * unit, top + 1.6 * unit), rng.choice(NOTICES), ink, letters(unit))
    face = emoji(rng.choice("😀👧🧑👴👩"), round(3 * unit))
    side = rng.choice((0, image.width - face.width))
    marked.paste(face, (side, round(rng.uniform(0.3, 0.7) * image.height)), face)
    return phone_jpeg(marked, rng)
