"""Edits that put something on the picture: bars, blur, stickers, arrows, words."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.matching.edits.base import WORDS, colour, letters, phone_jpeg


def watermark(image: Image.Image, rng: random.Random) -> bytes:
    """A word repeated across, half transparent."""
    layer = Image.new("RGBA", image.size)
    draw, size, word = ImageDraw.Draw(layer), image.width / rng.randint(9, 14), "@" + rng.choice(WORDS).replace(" ", "")
    for row in range(5):
        at = (image.width * rng.uniform(-0.05, 0.35), image.height * (row + 0.4) / 5)
        draw.text(at, word, (*colour(rng), rng.randint(60, 110)), letters(size))
    return phone_jpeg(Image.alpha_composite(image.convert("RGBA"), layer), rng)


def letterbox(image: Image.Image, rng: random.Random) -> bytes:
    """Black bars around, as a video's frame."""
    wide = image.width < image.height
    share = rng.uniform(0.15, 0.6)
    size = (
        (round(image.width * (1 + share)), image.height) if wide else (image.width, round(image.height * (1 + share)))
    )
    frame = Image.new("RGB", size, rng.choice(("#000", "#000", "#fff", "#222")))
    frame.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
    return phone_jpeg(frame, rng)


def redact(image: Image.Image, rng: random.Random) -> bytes:
    """Black bars over a name in the header and over some lines."""
    marked = image.copy()
    draw = ImageDraw.Draw(marked)
    ink = rng.choice(("#000", "#000", "#e53935", "#fff"))
    boxes = [(0.12, 0.03, 0.7, 0.085)]
    for _ in range(rng.randint(2, 5)):
        left, top = rng.uniform(0.02, 0.4), rng.uniform(0.1, 0.85)
        boxes.append((left, top, left + rng.uniform(0.2, 0.5), top + rng.uniform(0.02, 0.05)))
    for box in boxes:
        draw.rectangle([edge * (image.width, image.height)[at % 2] for at, edge in enumerate(box)], fill=ink)
    return phone_jpeg(marked, rng)


def blur_box(image: Image.Image, rng: random.Random) -> bytes:
    """A box made unreadable: blurred or in blocks."""
    marked = image.copy()
    width, height = round(image.width * rng.uniform(0.4, 0.8)), round(image.height * rng.uniform(0.15, 0.3))
    left, top = rng.randint(0, image.width - width), rng.randint(0, image.height - height)
    part = image.crop((left, top, left + width, top + height))
    if rng.random() < 0.5:
        part = part.filter(ImageFilter.GaussianBlur(image.width / 45))
    else:
        part = part.resize((max(2, width // 40), max(2, height // 40))).resize(
            (width, height), Image.Resampling.NEAREST
        )
    marked.paste(part, (left, top))
    return phone_jpeg(marked, rng)


def sticker(image: Image.Image, rng: random.Random) -> bytes:
    """One to three round faces over a part."""
    marked = image.copy()
    draw = ImageDraw.Draw(marked)
    for _ in range(rng.randint(1, 3)):
        radius = image.width * rng.uniform(0.09, 0.2)
        x, y = image.width * rng.uniform(0.2, 0.8), image.height * rng.uniform(0.2, 0.8)
        draw.ellipse(
            (x - radius, y - radius, x + radius, y + radius), fill=(255, 204, 51), outline=(190, 130, 0), width=4
        )
        for side in (-1, 1):
            eye = (x + side * radius * 0.4, y - radius * 0.25)
            size = radius * 0.12
            draw.ellipse((eye[0] - size, eye[1] - size, eye[0] + size, eye[1] + size), fill="#5b3a00")
        mouth = (x - radius * 0.5, y - radius * 0.2, x + radius * 0.5, y + radius * 0.6)
        draw.arc(mouth, 20, 160, fill="#5b3a00", width=max(3, int(radius * 0.09)))
    return phone_jpeg(marked, rng)


def circle_arrow(image: Image.Image, rng: random.Random) -> bytes:
    """A ring and an arrow drawn by hand."""
    marked = image.copy()
    draw, ink, width = ImageDraw.Draw(marked), colour(rng), max(4, image.width // 90)
    x, y = image.width * rng.uniform(0.3, 0.7), image.height * rng.uniform(0.25, 0.75)
    half, tall = image.width * rng.uniform(0.15, 0.3), image.height * rng.uniform(0.04, 0.1)
    draw.ellipse((x - half, y - tall, x + half, y + tall), outline=ink, width=width)
    start = (
        image.width * rng.uniform(0.05, 0.9),
        min(image.height - 5, y + tall + image.height * rng.uniform(0.1, 0.2)),
    )
    tip = (x, y + tall)
    draw.line((start, tip), fill=ink, width=width)
    draw.line(
        ((tip[0] - 4 * width, tip[1] + 5 * width), tip, (tip[0] + 4 * width, tip[1] + 5 * width)), fill=ink, width=width
    )
    return phone_jpeg(marked, rng)


def scribble(image: Image.Image, rng: random.Random) -> bytes:
    """A pen drawn over the picture, and something underlined."""
    marked = image.copy()
    draw, ink, width = ImageDraw.Draw(marked), colour(rng), max(4, image.width // 70)
    x, y = image.width * rng.uniform(0.2, 0.6), image.height * rng.uniform(0.2, 0.7)
    points = [(x, y)]
    for _ in range(rng.randint(8, 18)):
        x, y = x + image.width * rng.uniform(-0.15, 0.15), y + image.height * rng.uniform(-0.03, 0.03)
        points.append((x, y))
    draw.line(points, fill=ink, width=width, joint="curve")
    line = image.height * rng.uniform(0.2, 0.8)
    draw.line((image.width * 0.1, line, image.width * rng.uniform(0.5, 0.9), line), fill=ink, width=width)
    return phone_jpeg(marked, rng)


def caption(image: Image.Image, rng: random.Random) -> bytes:
    """Words on a strip above, below or across, as a story has them."""
    size = image.width / rng.randint(13, 18)
    strip = round(size * rng.uniform(2.0, 3.2))
    words = " ".join(rng.sample(WORDS, 2)).capitalize()
    place, ink, paper = rng.choice(("above", "below", "across")), *rng.choice((("#000", "#fff"), ("#fff", "#000")))
    if place == "across":
        marked, top = image.copy(), round(image.height * rng.uniform(0.15, 0.8))
    else:
        marked = Image.new("RGB", (image.width, image.height + strip), paper)
        marked.paste(image, (0, strip if place == "above" else 0))
        top = 0 if place == "above" else image.height
    draw = ImageDraw.Draw(marked)
    draw.rectangle((0, top, marked.width, top + strip), fill=paper)
    draw.text((marked.width / 2, top + strip / 2), words, ink, letters(size), anchor="mm")
    return phone_jpeg(marked, rng)


def border_rounded(image: Image.Image, rng: random.Random) -> bytes:
    """A frame with rounded corners."""
    edge = round(image.width * rng.uniform(0.03, 0.09))
    frame = Image.new(
        "RGB", (image.width + 2 * edge, image.height + 2 * edge), rng.choice(("#fff", "#f3e9dc", "#dfe8f5"))
    )
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, image.width - 1, image.height - 1), edge * 1.2, fill=255)
    frame.paste(image, (edge, edge), mask)
    return phone_jpeg(frame, rng)
