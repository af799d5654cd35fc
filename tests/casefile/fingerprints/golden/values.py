"""What is recorded of each picture."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TypedDict

import numpy as np
from PIL import Image

from casefile.fingerprints.descriptions import MOST_LINES
from casefile.fingerprints.features import describe_page
from casefile.fingerprints.insets import find_insets
from casefile.fingerprints.pdq import pdq
from casefile.fingerprints.pieces import find_pieces
from casefile.fingerprints.raster import page_raster
from casefile.fingerprints.upright import level_text
from tests.casefile.fingerprints.golden.pictures import flat

FILE = Path(__file__).parent / "golden.json"


class Values(TypedDict):
    """One picture: checksums of its pixels and of its grey raster, and what is computed from them."""

    size: list[int]
    pixels: str
    raster: str
    turned: list[int]
    boxes: list[list[int]]
    pieces: list[list[int]]
    pdq: str
    quality: int
    insets: list[str]
    descriptions: str


def compute(drawn: Image.Image) -> Values:
    """What the server's code gives for a picture."""
    image = flat(drawn)
    raster = page_raster(image)
    page = level_text(raster)
    value, quality = pdq(np.asarray(image))
    return Values(
        size=list(image.size),
        pixels=hashlib.sha256(drawn.tobytes()).hexdigest(),
        raster=hashlib.sha256(raster.tobytes()).hexdigest(),
        turned=[page.levels.shape[1], page.levels.shape[0]],
        boxes=[list(map(int, box)) for box in page.boxes],
        pieces=[list(map(int, box)) for box in find_pieces(page.levels, page.boxes[:MOST_LINES])],
        pdq=value.hex(),
        quality=quality,
        insets=[inset.hex() for inset in find_insets(raster, value)],
        descriptions=describe_page(raster).to_text(),
    )


def read() -> dict[str, Values]:
    """The recorded values of every picture."""
    recorded: dict[str, Values] = json.loads(FILE.read_text("utf-8"))
    return recorded
