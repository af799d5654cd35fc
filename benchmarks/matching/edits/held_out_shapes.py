"""Held-out edits that move pixels: crops of other shapes, a stretch, a tilt, and pictures within other pictures."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw, ImageOps

from benchmarks.matching.edits.base import cut, jpeg, letters, phone_jpeg, png, scaled

SAYINGS = (
    "dia ngomong begini",
    "menurut kalian gimana?",
    "aku takut",
    "jangan disebar ya",
    "baru dapat barusan",
    "cek deh",
)


def crop_one_side(image: Image.Image, rng: random.Random) -> bytes:
    """A fifth to three tenths off one side."""
    sides = [0.0, 0.0, 0.0, 0.0]
    sides[rng.choice((1, 3, 1, 3, 0, 2))] = rng.uniform(0.2, 0.3)
    return png(cut(image, *sides))


def crop_corner(image: Image.Image, rng: random.Random) -> bytes:
    """A fifth to three tenths off a long and a short side that meet."""
    sides = [0.0, 0.0, 0.0, 0.0]
    for side in (rng.choice((0, 2)), rng.choice((1, 3))):
        sides[side] = rng.uniform(0.2, 0.3)
    return phone_jpeg(cut(image, *sides), rng)


def crop_all_sides(image: Image.Image, rng: random.Random) -> bytes:
    """A fifth to three tenths off each side: what is left is a sixth to a third of the picture."""
    return phone_jpeg(cut(image, *(rng.uniform(0.2, 0.3) for _ in range(4))), rng)


def tilted(image: Image.Image, rng: random.Random) -> bytes:
    """Turned by one to three degrees, the corners filled."""
    angle = rng.choice((-1, 1)) * rng.uniform(1, 3)
    turned = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=rng.choice(("#000", "#fff", "#777")))
    return phone_jpeg(turned, rng)


def stretched(image: Image.Image, rng: random.Random) -> bytes:
    """Four to ten per cent wider or higher than it was, as an app that fills a given frame makes it."""
    factor = 1 + rng.choice((-1, 1)) * rng.uniform(0.04, 0.10)
    return phone_jpeg(image.resize((round(image.width * factor), image.height), Image.Resampling.BICUBIC), rng)


def captioned_frame(image: Image.Image, rng: random.Random) -> bytes:
    """A broad white frame, its lower edge broader, with words on it."""
    edge = round(min(image.size) * rng.uniform(0.04, 0.09))
    frame = ImageOps.expand(image, edge, rng.choice(("#fff", "#fbf7ee", "#111")))
    whole = Image.new("RGB", (frame.width, frame.height + 3 * edge), frame.getpixel((0, 0)))
    whole.paste(frame)
    words = f"{rng.choice(SAYINGS)}, {rng.randint(1, 28)}/{rng.randint(1, 12)}"
    ImageDraw.Draw(whole).text((edge, frame.height), words, "#888", letters(edge * 1.2))
    return phone_jpeg(whole, rng)


def in_a_talk(image: Image.Image, rng: random.Random) -> bytes:
    """Sent in a talk and taken again there: the picture at half to two thirds of the width among other words."""
    width, height = rng.choice(((1080, 2400), (720, 1600), (1080, 1920)))
    night = rng.random() < 0.5
    paper, box, ink = ("#0f1722", "#223044", "#e8eef6") if night else ("#ece5f0", "#ffffff", "#222222")
    screen, unit = Image.new("RGB", (width, height), paper), width / 24
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, width, 3.4 * unit), fill=box)
    draw.text((2 * unit, 1.6 * unit), rng.choice(("Kakak", "Teman kos", "Grup RT", "Sepupu")), ink, letters(1.1 * unit))
    y = 4.4 * unit
    for place in range(2):
        saying = rng.choice(SAYINGS)
        wide = draw.textlength(saying, letters(unit)) + unit
        draw.rounded_rectangle((unit, y, unit + wide, y + 2 * unit), unit / 2, fill=box)
        draw.text((1.5 * unit, y + 0.4 * unit), saying, ink, letters(unit))
        y += 2.5 * unit
        if place == 0:
            scale = min(rng.uniform(0.5, 0.67) * width / image.width, 0.62 * height / image.height)
            sent = scaled(image, scale)
            left = rng.choice((round(unit), width - sent.width - round(unit)))
            screen.paste(sent, (left, round(y)))
            y += sent.height + 0.6 * unit
    return phone_jpeg(screen, rng)


def on_a_desktop(image: Image.Image, rng: random.Random) -> bytes:
    """Open in a viewer on a desktop and taken there: the picture in a window before another ground."""
    width, height = rng.choice(((1366, 768), (1920, 1080), (1600, 900)))
    screen = Image.new("RGB", (width, height), rng.choice(("#1f3b57", "#2e2e2e", "#dfe6ee")))
    draw, bar = ImageDraw.Draw(screen), 40
    scale = min((height - 2.6 * bar) / image.height, 0.85 * width / image.width)
    shown = scaled(image, scale)
    left = rng.randint(0, width - shown.width)
    draw.rectangle((left - 30, 6, left + shown.width + 30, height - bar), fill="#fafafa")
    draw.text((left, 14), f"IMG_{rng.randint(1000, 9999)}.jpg — Penampil", "#333", letters(16))
    screen.paste(shown, (left, bar))
    draw.rectangle((0, height - bar, width, height), fill="#11151a")
    draw.text((14, height - 30), f"≡   {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}", "#ddd", letters(18))
    return png(screen)


def side_by_side(image: Image.Image, rng: random.Random, second: Image.Image) -> bytes:
    """Beside another picture of other size, with a word above each, as a comparison is posted."""
    pair = [scaled(image, 1300 / image.height), scaled(second, rng.uniform(900, 1300) / second.height)]
    if max(image.width / image.height, second.width / second.height) > 1.2:
        pair = [scaled(one, 800 / one.width) for one in (image, second)]
    if rng.random() < 0.5:
        pair.reverse()
    sheet = Image.new("RGB", (pair[0].width + pair[1].width + 60, 90 + max(one.height for one in pair)), "#f2f2f2")
    draw, left = ImageDraw.Draw(sheet), 20
    for one, word in zip(pair, rng.sample(("ASLI", "PALSU", "DULU", "SEKARANG"), 2), strict=True):
        draw.text((left, 18), word, "#c00", letters(44))
        sheet.paste(one, (left, 80))
        left += one.width + 20
    return jpeg(sheet, 82)
