"""Edits that move pixels: crops, turns, mirrors, frames, collages, a camera."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.matching.edits.base import WORDS, cut, jpeg, letters, noisy, phone_jpeg, png, scaled


def saved(image: Image.Image, rng: random.Random) -> bytes:
    """As PNG or good JPEG, as phones save crops."""
    return png(image) if rng.random() < 0.3 else phone_jpeg(image, rng)


def crop_by(share: float, image: Image.Image, rng: random.Random) -> bytes:
    """The picture without ``share`` of its area, taken from its sides by chance."""
    side = 1 - (1 - share) ** rng.uniform(0.3, 0.7)
    tall = 1 - (1 - share) / (1 - side)
    left, top = rng.random(), rng.random()
    return saved(cut(image, side * left, tall * top, side * (1 - left), tall * (1 - top)), rng)


def crop_05(image: Image.Image, rng: random.Random) -> bytes:
    """5 per cent of the area gone."""
    return crop_by(0.05, image, rng)


def crop_10(image: Image.Image, rng: random.Random) -> bytes:
    """10 per cent of the area gone."""
    return crop_by(0.10, image, rng)


def crop_20(image: Image.Image, rng: random.Random) -> bytes:
    """20 per cent of the area gone."""
    return crop_by(0.20, image, rng)


def crop_30(image: Image.Image, rng: random.Random) -> bytes:
    """30 per cent of the area gone."""
    return crop_by(0.30, image, rng)


def crop_status(image: Image.Image, rng: random.Random) -> bytes:
    """Without the status bar."""
    return saved(cut(image, 0, rng.uniform(0.03, 0.05), 0, 0), rng)


def crop_nav(image: Image.Image, rng: random.Random) -> bytes:
    """Without what lies at the bottom."""
    return saved(cut(image, 0, 0, 0, rng.uniform(0.05, 0.09)), rng)


def crop_both(image: Image.Image, rng: random.Random) -> bytes:
    """Only the messages: neither header nor input bar."""
    return saved(cut(image, 0, rng.uniform(0.09, 0.13), 0, rng.uniform(0.09, 0.14)), rng)


def crop_sides(image: Image.Image, rng: random.Random) -> bytes:
    """Narrower, as high as before."""
    return saved(cut(image, rng.uniform(0.02, 0.12), 0, rng.uniform(0.02, 0.12), 0), rng)


def zoom_offcentre(image: Image.Image, rng: random.Random) -> bytes:
    """About 55 per cent of the area, off the centre, scaled up."""
    wide = rng.uniform(0.70, 0.80)
    tall = rng.uniform(0.50, 0.60) / wide
    left, top = (
        rng.choice((rng.uniform(0, 0.25), rng.uniform(0.75, 1))),
        rng.choice((rng.uniform(0, 0.3), rng.uniform(0.7, 1))),
    )
    part = cut(image, (1 - wide) * left, (1 - tall) * top, (1 - wide) * (1 - left), (1 - tall) * (1 - top))
    return phone_jpeg(scaled(part, rng.uniform(1.15, 1.4)), rng)


def rot90(image: Image.Image, rng: random.Random) -> bytes:
    """A quarter turn."""
    return phone_jpeg(image.transpose(rng.choice((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270))), rng)


def rot180(image: Image.Image, rng: random.Random) -> bytes:
    """Upside down."""
    return phone_jpeg(image.transpose(Image.Transpose.ROTATE_180), rng)


def rot3(image: Image.Image, rng: random.Random) -> bytes:
    """A few degrees askew, with a border."""
    angle = rng.choice((-1, 1)) * rng.uniform(2, 4)
    fill = rng.choice(((0, 0, 0), (255, 255, 255), (60, 60, 60)))
    return phone_jpeg(image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=fill), rng)


def mirror(image: Image.Image, rng: random.Random) -> bytes:
    """Left and right exchanged."""
    return phone_jpeg(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), rng)


def frame_viewer(image: Image.Image, rng: random.Random) -> bytes:
    """Seen in a gallery: a phone's screen with bars, the picture fitted between them."""
    width, height = rng.choice(((1080, 2400), (1080, 1920), (720, 1600), (1170, 2532)))
    paper = rng.choice(("#000", "#000", "#111", "#fafafa"))
    screen, ink = Image.new("RGB", (width, height), paper), "#222" if paper == "#fafafa" else "#eee"
    top, bottom = round(height * rng.uniform(0.06, 0.1)), round(height * rng.uniform(0.07, 0.11))
    scale = min(width / image.width, (height - top - bottom) / image.height)
    fitted = scaled(image, scale)
    screen.paste(fitted, ((width - fitted.width) // 2, top + (height - top - bottom - fitted.height) // 2))
    draw, size = ImageDraw.Draw(screen), width / 26
    draw.text((size, size * 0.4), f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}", ink, letters(size * 0.8))
    draw.text(
        (size, top - size * 1.6),
        f"< {rng.randint(1, 28)} Mei 2026 {rng.randint(0, 23)}.{rng.randint(10, 59)}",
        ink,
        letters(size),
    )
    labels = rng.sample(("Kirim", "Edit", "Suka", "Hapus", "Lainnya", "Info"), 4)
    for index, label in enumerate(labels):
        at = (width * (index + 0.5) / 4, height - bottom * 0.5)
        draw.text(at, label, ink, letters(size * 0.9), anchor="mm")
    return phone_jpeg(screen, rng)


def frame_post(image: Image.Image, rng: random.Random) -> bytes:
    """Inside another app's post: words above and below, the picture at 55 to 75 per cent of the width."""
    width, height = rng.choice(((1080, 2340), (1080, 1920), (720, 1600)))
    dim = rng.random() < 0.4
    paper, ink = ("#15181c", "#e6e6e6") if dim else ("#ffffff", "#1a1a1a")
    post, size = Image.new("RGB", (width, height), paper), width / 25
    draw = ImageDraw.Draw(post)
    draw.ellipse((size, size * 2.2, size * 3.6, size * 4.8), fill=tuple(rng.randint(60, 220) for _ in range(3)))
    draw.text(
        (size * 4.2, size * 2.4),
        rng.choice(("Info Warga", "Akun Lambe", "Kabar Kota", "Berita RT")),
        ink,
        letters(size * 1.1),
    )
    draw.text((size * 4.2, size * 3.8), f"{rng.randint(1, 23)} jam · Publik", "#888", letters(size * 0.8))
    top = size * 5.6
    for _ in range(rng.randint(1, 3)):
        draw.text((size, top), " ".join(rng.choices(WORDS, k=3)), ink, letters(size))
        top += size * 1.5
    share = rng.uniform(0.55, 0.75)
    scale = min(share * width / image.width, (height - top - size * 6) / image.height)
    fitted = scaled(image, scale)
    post.paste(fitted, (rng.randint(0, max(0, width - fitted.width)), round(top + size * 0.6)))
    below = top + size * 1.2 + fitted.height
    draw.text(
        (size, below),
        f"{rng.randint(2, 900)} suka   {rng.randint(2, 99)} komentar   Bagikan",
        "#888",
        letters(size * 0.9),
    )
    return phone_jpeg(post, rng)


def collage(image: Image.Image, rng: random.Random, second: Image.Image) -> bytes:
    """Two pictures side by side or one above the other."""
    gap, paper = rng.choice((0, 6, 16)), rng.choice(("#fff", "#000", "#ddd"))
    pair = [image, second] if rng.random() < 0.5 else [second, image]
    beside = rng.random() < (0.75 if image.height > image.width else 0.35)
    if beside:
        pair = [scaled(one, 1500 / one.height) for one in pair]
        sheet = Image.new("RGB", (pair[0].width + pair[1].width + gap, 1500), paper)
        places = ((0, 0), (pair[0].width + gap, 0))
    else:
        pair = [scaled(one, 900 / one.width) for one in pair]
        sheet = Image.new("RGB", (900, pair[0].height + pair[1].height + gap), paper)
        places = ((0, 0), (0, pair[0].height + gap))
    for one, place in zip(pair, places, strict=True):
        sheet.paste(one, place)
    return phone_jpeg(sheet, rng)


def camera(image: Image.Image, rng: random.Random) -> bytes:
    """A photograph of the screen: perspective, table around, uneven light, blur, grain."""
    width, height = image.size
    margin = round(min(width, height) * rng.uniform(0.06, 0.15))
    table = Image.new("RGB", (width + 2 * margin, height + 2 * margin), tuple(rng.randint(20, 140) for _ in range(3)))
    table.paste(image, (margin, margin))
    lean = min(width, height) * rng.uniform(0.05, 0.13)
    corners: list[tuple[float, float]] = [(0, 0), (0, table.height), (table.width, table.height), (table.width, 0)]
    moved = [(x + rng.uniform(-lean, lean) * 0.5, y + rng.uniform(-lean, lean) * 0.5) for x, y in corners]
    shot = table.transform(
        table.size, Image.Transform.PERSPECTIVE, perspective(corners, moved), Image.Resampling.BICUBIC
    )
    shot = shot.rotate(rng.uniform(-3, 3), Image.Resampling.BICUBIC).filter(
        ImageFilter.GaussianBlur(width / 1080 * 1.3)
    )
    shot = scaled(shot, min(1.0, 1600 / max(shot.size)))
    return jpeg(noisy(uneven(shot, rng), rng, rng.uniform(3, 7)), rng.randint(72, 88))


def perspective(corners: list[tuple[float, float]], moved: list[tuple[float, float]]) -> list[float]:
    """Pillow's eight numbers that take ``corners`` of the result from ``moved`` of the source."""
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, moved, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows), np.array(values))]


def uneven(image: Image.Image, rng: random.Random) -> Image.Image:
    """Darker toward the corners, brighter at one place."""
    rows, columns = np.mgrid[-1 : 1 : image.height * 1j, -1 : 1 : image.width * 1j]
    x, y = rng.uniform(-0.5, 0.5), rng.uniform(-0.5, 0.5)
    light = 1.05 - rng.uniform(0.1, 0.25) * ((columns - x) ** 2 + (rows - y) ** 2)
    pixels = np.asarray(image, dtype=np.float32) * light[..., None] + rng.uniform(0, 14)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
