"""Screenshots of chats, drawn at run time: no picture and no font file is shipped."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageDraw, ImageFont

LINES = (
    "halo, kamu masih ingat saya",
    "balas pesan ini sekarang",
    "jangan blokir saya lagi",
    "saya tahu kamu kerja di mana",
    "kirim uangnya hari ini",
    "kalau tidak, semua temanmu akan tahu",
    "tolong hentikan",
    "saya tidak mau bicara lagi",
    "kamu pikir saya bercanda",
    "ini peringatan terakhir",
    "sudah saya simpan semuanya",
    "siapa kamu sebenarnya",
    "jangan ganggu keluarga saya",
    "saya tunggu sampai malam",
    "nomor ini jangan dihapus",
    "besok saya datang",
)


@dataclass(frozen=True)
class Look:
    """Colours of an application: page, header, bubbles of both sides, text, and how round a bubble is."""

    page: str
    header: str
    theirs: str
    ours: str
    text: str
    roundness: int


LOOKS = (
    Look("#e6ddd4", "#075e54", "#ffffff", "#d9fdd3", "#111111", 3),
    Look("#0b141a", "#1f2c34", "#202c33", "#005c4b", "#e9edef", 3),
    Look("#ffffff", "#fafafa", "#efefef", "#3797f0", "#161616", 6),
    Look("#c8d9e6", "#517da2", "#ffffff", "#effdde", "#0f0f0f", 4),
    Look("#000000", "#121212", "#262626", "#6a3fd1", "#f5f5f5", 6),
)

SIZES = ((720, 1280), (720, 1600), (1080, 1920), (1080, 2400))


class Treatment(StrEnum):
    """What happened to a picture on its way from one person to another."""

    NONE = "none"
    REENCODED = "reencoded"
    RESIZED = "resized"
    CROPPED = "cropped"


@dataclass(frozen=True)
class Chat:
    """A screenshot: equal values give equal bytes. ``treatment_seed`` varies the treatment alone."""

    seed: int
    treatment: Treatment = Treatment.NONE
    treatment_seed: int = 0

    def draw(self) -> tuple[bytes, str]:
        """The file's bytes and its media type."""
        image = _draw(random.Random(f"chat {self.seed}"))
        rng = random.Random(f"treatment {self.treatment_seed}")
        match self.treatment:
            case Treatment.NONE:
                return _encode(image, "PNG"), "image/png"
            case Treatment.REENCODED:
                return _encode(image, "JPEG", rng.randint(55, 85)), "image/jpeg"
            case Treatment.RESIZED:
                scale = rng.uniform(0.55, 0.85)
                smaller = image.resize((round(image.width * scale), round(image.height * scale)))
                return _encode(smaller, "JPEG", 80), "image/jpeg"
            case Treatment.CROPPED:
                top = round(image.height * rng.uniform(0.02, 0.06))
                return _encode(image.crop((0, top, image.width, image.height - top)), "PNG"), "image/png"


def _draw(rng: random.Random) -> Image.Image:
    width, height = rng.choice(SIZES)
    look = rng.choice(LOOKS)
    image = Image.new("RGB", (width, height), look.page)
    draw = ImageDraw.Draw(image)
    unit = width // 36
    header_text = "#ffffff" if look.header != "#fafafa" else "#161616"
    draw.rectangle((0, 0, width, unit * 5), fill=look.header)
    draw.ellipse((unit * 2, unit, unit * 5, unit * 4), fill=rng.choice(("#c0563b", "#4f7cac", "#7a9e7e", "#b8a13f")))
    name = f"contoh_{rng.choice(('senja', 'lampu', 'angin', 'kopi', 'malam', 'hujan'))}"
    draw.text((unit * 6, unit * 1.6), name, fill=header_text, font=_font(unit * 1.5))
    _draw_bubbles(draw, rng, look, (width, height))
    return image


def _draw_bubbles(draw: ImageDraw.ImageDraw, rng: random.Random, look: Look, size: tuple[int, int]) -> None:
    width, height = size
    unit = width // 36
    font, small = _font(unit * 1.35), _font(unit * 0.9)
    top, minute = unit * 6.5, rng.randint(0, 1200)
    while top < height - unit * 8:
        line, is_ours = rng.choice(LINES), rng.random() < 1 / 3
        bubble = draw.textlength(line, font=font) + unit * 2
        left = width - bubble - unit if is_ours else unit
        bottom = top + unit * 4
        fill = look.ours if is_ours else look.theirs
        draw.rounded_rectangle((left, top, left + bubble, bottom), radius=unit * look.roundness // 3, fill=fill)
        draw.text((left + unit, top + unit * 0.6), line, fill=look.text, font=font)
        minute += rng.randint(1, 40)
        clock = f"{minute // 60 % 24:02}.{minute % 60:02}"
        draw.text((left + unit, top + unit * 2.5), clock, fill="#8a8f94", font=small)
        top = bottom + unit * rng.uniform(0.6, 2.4)


def _font(size: float) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size=size)


def _encode(image: Image.Image, kind: str, quality: int = 75) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, quality=quality)
    return buffer.getvalue()
