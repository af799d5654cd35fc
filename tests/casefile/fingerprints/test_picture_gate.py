"""What comes through the gate is pixels alone; everything else is refused by name."""

from __future__ import annotations

import random
import struct
import warnings
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from casefile.errors import PictureError
from casefile.fingerprints import MAX_PICTURE_BYTES
from casefile.fingerprints.gate import open_picture
from casefile.vocabulary import PictureFault
from tests.casefile.fingerprints.drawings import draw_chat, draw_waves, encode

ORIENTATION = 0x0112
GPS_BLOCK = 0x8825


def fault_of(data: bytes) -> PictureFault:
    with pytest.raises(PictureError) as refusal:
        open_picture(data)
    return refusal.value.fault


def png_header(width: int, height: int) -> bytes:
    """The first bytes of an RGB PNG of that size, up to its first pixel."""
    size = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = struct.pack(">I", 13) + size + struct.pack(">I", zlib.crc32(size))
    return b"\x89PNG\r\n\x1a\n" + start + struct.pack(">I", 1 << 20) + b"IDAT"


def exif(orientation: int) -> Image.Exif:
    block = Image.Exif()
    block[ORIENTATION] = orientation
    block[0x010F] = "Merek Ponsel"
    block.get_ifd(GPS_BLOCK)[1] = "S"
    block.get_ifd(GPS_BLOCK)[2] = (6.0, 10.0, 30.0)
    return block


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_allowed_formats_come_through_as_rgb(name: str) -> None:
    image = open_picture(encode(draw_chat(1), name))
    assert (image.mode, image.size) == ("RGB", (360, 800))


def test_lossless_pixels_are_unchanged() -> None:
    drawn = draw_waves(1)
    assert open_picture(encode(drawn)).tobytes() == drawn.tobytes()
    assert open_picture(encode(drawn, "WEBP", lossless=True)).tobytes() == drawn.tobytes()


REFUSED = [
    "nothing",
    "HTML",
    "SVG",
    "EPS",
    "film",
    "HEIC",
    "HEIF",
    "AVIF",
    "over 10 MB",
    "JPEG in name only",
    "5 gigapixels",
    "41 megapixels",
    "too wide",
    "too narrow",
    "no pixels",
]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PictureFault.EMPTY),
        (b"<html><body>halo</body></html>", PictureFault.NOT_ALLOWED),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', PictureFault.NOT_ALLOWED),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n", PictureFault.NOT_ALLOWED),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(16), PictureFault.NOT_ALLOWED),
        (b"\x00\x00\x00\x18ftypheic" + bytes(16), PictureFault.HEIC),
        (b"\x00\x00\x00\x18ftypmif1" + bytes(16), PictureFault.HEIC),
        (b"\x00\x00\x00\x1cftypavif" + bytes(16), PictureFault.HEIC),
        (b"\xff\xd8\xff" + bytes(MAX_PICTURE_BYTES), PictureFault.TOO_LARGE),
        (b"\xff\xd8\xff" + bytes(100), PictureFault.UNREADABLE),
        (png_header(80_000, 62_500), PictureFault.TOO_MANY_PIXELS),
        (png_header(6_400, 6_400), PictureFault.TOO_MANY_PIXELS),
        (png_header(20_001, 100), PictureFault.TOO_MANY_PIXELS),
        (png_header(15, 400), PictureFault.TOO_SMALL),
        (png_header(400, 400), PictureFault.UNREADABLE),
    ],
    ids=REFUSED,
)
def test_refusals_name_the_first_fault(data: bytes, fault: PictureFault) -> None:
    assert fault_of(data) is fault


@pytest.mark.parametrize("name", ["BMP", "GIF", "TIFF", "ICO", "JPEG2000", "AVIF"])
def test_other_real_formats_are_refused(name: str) -> None:
    expected = PictureFault.HEIC if name == "AVIF" else PictureFault.NOT_ALLOWED
    assert fault_of(encode(draw_waves(2), name)) is expected


@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_144_megapixels_are_refused(name: str) -> None:
    assert fault_of(encode(Image.new("L", (12_000, 12_000)), name)) is PictureFault.TOO_MANY_PIXELS


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_truncated_files_are_unreadable(name: str) -> None:
    whole = encode(draw_waves(1), name)
    assert fault_of(whole[: len(whole) // 2]) is PictureFault.UNREADABLE


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_damaged_files_are_read_or_refused_but_never_crash(name: str) -> None:
    rng = random.Random(7)
    whole = encode(draw_waves(4, 64, 64), name, exif=exif(6))
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            damaged[rng.randrange(12, len(damaged))] = rng.randrange(256)
        with suppress(PictureError):
            open_picture(bytes(damaged))


def test_warnings_of_decoders_stay_inside() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        open_picture(encode(draw_chat(1, 5_200, 5_000), "JPEG", quality=20))
    assert seen == []


@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_animations_are_refused(name: str) -> None:
    frames = [draw_waves(seed) for seed in (1, 2, 3)]
    moving = encode(frames[0], name, save_all=True, append_images=frames[1:], duration=100)
    assert fault_of(moving) is PictureFault.ANIMATED


def test_a_phone_jpeg_with_two_pictures_gives_the_first() -> None:
    first, second = draw_waves(1), draw_waves(2)
    pair = encode(first, "MPO", save_all=True, append_images=[second], quality=95)
    with Image.open(BytesIO(pair)) as check:
        assert (check.format, check.n_frames) == ("MPO", 2)  # type: ignore[attr-defined]
    opened = np.asarray(open_picture(pair)).astype(int)
    assert np.abs(opened - np.asarray(first)).mean() < np.abs(opened - np.asarray(second)).mean()


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_rotation_gives_the_same_upright_picture(name: str, orientation: int) -> None:
    upright = draw_chat(5, 160, 240)
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    options = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}, "PNG": {}}[name]
    opened = open_picture(encode(stored, name, exif=exif(orientation), **options))
    assert opened.size == upright.size
    assert np.abs(np.asarray(opened).astype(int) - np.asarray(upright)).max() <= 12


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_place_profile_and_comments_are_gone(name: str) -> None:
    data = encode(draw_chat(1), name, exif=exif(1), icc_profile=b"profil warna", comment=b"catatan")
    with Image.open(BytesIO(data)) as before:
        assert before.getexif().get_ifd(GPS_BLOCK)
    opened = open_picture(data)
    assert opened.info == {}
    assert not opened.getexif()
    assert type(opened) is Image.Image


def test_an_archive_hidden_behind_a_jpeg_does_not_survive() -> None:
    hidden = BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("muatan.txt", "muatan")
    plain = encode(draw_waves(1), "JPEG")
    opened = open_picture(plain + hidden.getvalue())
    assert opened.tobytes() == open_picture(plain).tobytes()
    assert b"muatan" not in encode(opened)


@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_transparency_is_flattened_on_white(name: str) -> None:
    clear = Image.new("RGBA", (40, 40), (200, 0, 0, 0))
    clear.paste((0, 0, 200, 255), (0, 0, 20, 40))
    clear.paste((0, 0, 0, 51), (20, 0, 40, 20))
    opened = open_picture(encode(clear, name, lossless=True) if name == "WEBP" else encode(clear))
    assert [opened.getpixel(at) for at in ((5, 5), (30, 30), (30, 5))] == [
        (0, 0, 200),
        (255, 255, 255),
        (204, 204, 204),
    ]


def test_transparent_palette_and_transparent_grey_are_flattened_on_white() -> None:
    palette = Image.new("P", (40, 40), 1)
    palette.putpalette([10, 20, 30, 200, 100, 50])
    palette.paste(0, (0, 0, 20, 40))
    opened = open_picture(encode(palette, transparency=1))
    assert (opened.getpixel((5, 5)), opened.getpixel((30, 5))) == ((10, 20, 30), (255, 255, 255))
    assert open_picture(encode(Image.new("LA", (40, 40), (7, 0)))).getpixel((3, 3)) == (255, 255, 255)


def test_cmyk_jpeg_and_two_colour_png_become_rgb() -> None:
    cmyk = open_picture(encode(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG", quality=100))
    red, green, blue = np.asarray(cmyk)[20, 20].tolist()
    assert red > 240
    assert max(green, blue) < 15
    assert open_picture(encode(Image.new("1", (40, 40), 1))).getpixel((3, 3)) == (255, 255, 255)


def test_sixteen_bit_grey_keeps_its_upper_half() -> None:
    deep = Image.fromarray(np.full((40, 40), 0x80FF, dtype=np.uint16))
    assert open_picture(encode(deep)).getpixel((3, 3)) == (128, 128, 128)


def test_a_damaged_exif_block_does_not_cost_the_picture() -> None:
    data = encode(draw_waves(1), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff\x00")
    assert open_picture(data).size == (300, 200)
