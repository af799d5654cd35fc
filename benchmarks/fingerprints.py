"""What the fingerprints of a screenshot cost, as ratios measured in one run on one thread.

Run ``python benchmarks/fingerprints.py``. With ``pdqhash`` installed it also prints how much faster our PDQ is than
Meta's code, and how many values are bit-identical; ``--vectors FOLDER`` adds a folder of pictures with an
``expected.json``.
"""

from __future__ import annotations

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

# ruff: noqa: E402 - the number of threads is read when numpy is imported

import argparse
import hashlib
import importlib
import importlib.util
import json
import random
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import imagehash
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from casefile.fingerprints.gate import open_picture
from casefile.fingerprints.pdq import pdq
from casefile.fingerprints.phash import phash
from casefile.fingerprints.picture import fingerprint_picture
from casefile.fingerprints.sandbox import PictureReader

ROUNDS = 15
DRAWN = 40
FONT = ImageFont.load_default(34)


def draw_screenshot(seed: int, size: tuple[int, int] = (1080, 2400), *, has_wallpaper: bool = False) -> Image.Image:
    """A chat with bars, bubbles, words and a photograph-like picture, on a plain or a patterned ground."""
    rng = random.Random(seed)
    width, height = size
    image = Image.new("RGB", size, (236, 229, 221))
    draw = ImageDraw.Draw(image)
    for _ in range(2_500 if has_wallpaper else 0):
        x, y, wide = rng.randint(0, width), rng.randint(0, height), rng.randint(12, 60)
        draw.arc((x, y, x + wide, y + wide), rng.randint(0, 180), rng.randint(181, 360), (214, 205, 195), 3)
    draw.rectangle((0, 0, width, 150), fill=(7, 94, 84))
    draw.text((60, 60), "Nama Kontak", fill="white", font=FONT)
    top = 190
    while top < height - 700:
        words = [" ".join(rng.choices(WORDS, k=4)) for _ in range(rng.randint(1, 5))]
        left, bottom = rng.choice((30, 260)), top + 52 * len(words) + 30
        draw.rounded_rectangle((left, top, left + 780, bottom), 24, fill=rng.choice(("white", (220, 248, 198))))
        for line, text in enumerate(words):
            draw.text((left + 24, top + 16 + 52 * line), text, fill=(20, 20, 20), font=FONT)
        top = bottom + 26
    photograph = Image.frombytes("RGB", (24, 18), rng.randbytes(24 * 18 * 3))
    image.paste(photograph.resize((780, 520), Image.Resampling.BICUBIC), (30, top))
    return image


WORDS = (
    "besok",
    "kita",
    "jadi",
    "ketemu",
    "di",
    "kantor",
    "jam",
    "berapa",
    "ya",
    "tolong",
    "kirim",
    "lagi",
    "berkasnya",
    "terima",
    "kasih",
    "sudah",
    "sampai",
)


def seconds(act: Callable[[], object]) -> float:
    """Return the median time of ``act`` over several rounds, after one that does not count."""
    act()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def encode(image: Image.Image, name: str) -> bytes:
    """Return ``image`` as a file; JPEG as messengers send it."""
    out = BytesIO()
    image.save(out, name, **({"quality": 85} if name == "JPEG" else {}))
    return out.getvalue()


def measure_cost(name: str, reader: PictureReader, *, has_wallpaper: bool) -> None:
    """Print what each part costs, against decoding the same file to RGB."""
    data = encode(draw_screenshot(1, has_wallpaper=has_wallpaper), name)
    ground = "patterned" if has_wallpaper else "plain"
    image = open_picture(data)
    decode = seconds(lambda: Image.open(BytesIO(data)).convert("RGB"))
    parts = {
        "SHA-256": seconds(lambda: hashlib.sha256(data).digest()),
        "PDQ": seconds(lambda: pdq(np.asarray(image))),
        "pHash": seconds(lambda: phash(image)),
    }
    print(f"{name} 1080x2400, {ground} ground, {len(data) // 1024} KiB; decoding to RGB {decode * 1e3:.1f} ms = 1.00")
    for part, cost in parts.items():
        print(f"  {part:38} {cost / decode:5.2f}")
    print(f"  {'SHA-256 + PDQ + pHash (goal 1.30)':38} {sum(parts.values()) / decode:5.2f}")
    inside = seconds(lambda: fingerprint_picture(data))
    confined = seconds(lambda: reader.read(data))
    print(f"  {'whole way, gate included':38} {inside / decode:5.2f}")
    print(f"  {'whole way, in the locked-down child':38} {confined / decode:5.2f}")
    print(f"  the child adds {(confined - inside) * 1e3:.1f} ms (goal 20)")


def measure_phash() -> None:
    """Print how much sooner our pHash is there than ImageHash's, and that it is the same."""
    image = draw_screenshot(1)
    ratio = seconds(lambda: imagehash.phash(image)) / seconds(lambda: phash(image))
    drawn = [draw_screenshot(seed) for seed in range(DRAWN)]
    same = sum(phash(each).hex() == str(imagehash.phash(each)) for each in drawn)
    print(f"pHash: {ratio:.1f}x faster than ImageHash on the whole picture; {same} of {DRAWN} values identical")


def measure_pdq(reference: Any, vectors: Path | None) -> None:
    """Print speed and equality of our PDQ and the reference's."""
    pixels = np.asarray(draw_screenshot(1))
    ratio = seconds(lambda: reference.compute(pixels)) / seconds(lambda: pdq(pixels))
    print(f"PDQ: {ratio:.1f}x faster than pdqhash (goal 5)")
    same = sum(_is_identical(reference, np.asarray(draw_screenshot(seed))) for seed in range(DRAWN))
    print(f"  {same} of {DRAWN} drawn screenshots identical, bits and quality")
    if vectors is not None:
        expected = json.loads((vectors / "expected.json").read_text())
        found = {name: pdq(np.asarray(open_picture((vectors / name).read_bytes()))) for name in expected}
        same = sum(
            (pdq_.value.hex(), pdq_.quality) == (expected[name]["pdq"], expected[name]["quality"])
            for name, pdq_ in found.items()
        )
        print(f"  {same} of {len(expected)} pictures of the folder identical, bits and quality")


def _is_identical(reference: Any, pixels: Any) -> bool:
    bits, quality = reference.compute(pixels)
    return pdq(pixels) == (np.packbits(bits.astype(np.uint8)).tobytes(), quality)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", type=Path)
    vectors = parser.parse_args().vectors
    with PictureReader() as reader:
        for name in ("PNG", "JPEG", "WEBP"):
            measure_cost(name, reader, has_wallpaper=False)
            measure_cost(name, reader, has_wallpaper=True)
    measure_phash()
    if importlib.util.find_spec("pdqhash") is None:
        print("PDQ: pdqhash is not installed, so nothing to compare with")
    else:
        measure_pdq(importlib.import_module("pdqhash"), vectors)


if __name__ == "__main__":
    main()
