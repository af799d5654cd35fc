"""Pictures that were never drawn: sketches at random places, and the same as if cut, scaled, moved or turned."""

from __future__ import annotations

import secrets
from dataclasses import replace

import numpy as np

from casefile.fingerprints.descriptions import UNIT
from casefile.fingerprints.keying import Form, line_flips, point_order
from casefile.fingerprints.sketches import Sketches
from worker.matching import PictureFeatures


def make_sketches(
    seed: int, lines: int = 10, points: int = 16, size: tuple[int, int] = (2048, UNIT), pieces: int = 0
) -> Sketches:
    """A screen: lines below one another, of the first some a piece in their middle, points anywhere.

    Equal seeds give equal ones.
    """
    rng = np.random.default_rng(seed)
    width, height = size
    lefts = rng.integers(width // 20, width // 4, lines)
    tops = (np.arange(lines) + 0.4) * height / max(lines, 1)
    rights = lefts + rng.integers(width // 4, width // 2, lines)
    return Sketches(
        size=size,
        line_boxes=np.stack([lefts, tops, rights, tops + 60], axis=1).astype(np.uint16),
        line_bits=rng.integers(0, 256, (lines, 16)).astype(np.uint8),
        point_places=(rng.random((points, 2)) * size).astype(np.uint16),
        point_scales=rng.integers(6, 10, points).astype(np.uint8),
        point_bits=rng.integers(0, 256, (points, 8)).astype(np.uint8),
        piece_boxes=np.stack(
            [lefts + (rights - lefts) // 3, tops, lefts + 2 * (rights - lefts) // 3, tops + 60], axis=1
        )[:pieces].astype(np.uint16),
        piece_bits=rng.integers(0, 256, (pieces, 16)).astype(np.uint8),
    )


def turned(sketches: Sketches, form: Form) -> Sketches:
    """Those of the picture mirrored and turned. Lines stay lines, as no real quarter turn leaves them."""
    width, height = sketches.size
    boxes, places = sketches.line_boxes.astype(int), sketches.point_places.astype(int)
    if form.is_mirrored:
        boxes = np.stack([width - boxes[:, 2], boxes[:, 1], width - boxes[:, 0], boxes[:, 3]], axis=1)
        places = np.stack([width - places[:, 0], places[:, 1]], axis=1)
    for _ in range(form.quarters):
        boxes = np.stack([height - boxes[:, 3], boxes[:, 0], height - boxes[:, 1], boxes[:, 2]], axis=1)
        places = np.stack([height - places[:, 1], places[:, 0]], axis=1)
        width, height = height, width
    order, flips = point_order(form)
    return replace(
        sketches,
        size=(width, height),
        line_boxes=boxes.astype(np.uint16),
        line_bits=sketches.line_bits ^ line_flips(form),
        point_places=places.astype(np.uint16),
        point_bits=np.packbits(np.unpackbits(sketches.point_bits, axis=1)[:, order] ^ flips, axis=1),
    )


def moved(
    sketches: Sketches, scale: float, across: float, down: float, size: tuple[int, int] | None = None
) -> Sketches:
    """Those of another picture, ``size`` large, on which this one lies scaled and shifted; nothing is cut off."""
    shift = np.array([across, down])
    boxes, pieces = (one * scale + np.tile(shift, 2) for one in (sketches.line_boxes, sketches.piece_boxes))
    places = sketches.point_places * scale + shift
    scales = sketches.point_scales + 2 * np.log2(scale)
    return replace(
        sketches,
        size=size or sketches.size,
        line_boxes=np.round(boxes).astype(np.uint16),
        piece_boxes=np.round(pieces).astype(np.uint16),
        point_places=np.round(places).astype(np.uint16),
        point_scales=np.round(scales).astype(np.uint8),
    )


def noisy(sketches: Sketches, seed: int, line_bits: int = 6, point_bits: int = 4) -> Sketches:
    """The same with so many bits of each line, piece and point flipped."""
    rng = np.random.default_rng(seed)
    return replace(
        sketches,
        line_bits=sketches.line_bits ^ _mask(rng, len(sketches.line_bits), 128, line_bits),
        piece_bits=sketches.piece_bits ^ _mask(rng, len(sketches.piece_bits), 128, line_bits),
        point_bits=sketches.point_bits ^ _mask(rng, len(sketches.point_bits), 64, point_bits),
    )


def _mask(rng: np.random.Generator, rows: int, bits: int, flipped: int) -> np.ndarray:
    mask = np.zeros((rows, bits), bool)
    for row in mask:
        row[rng.choice(bits, flipped, replace=False)] = True
    return np.packbits(mask, axis=1)


def cut(sketches: Sketches, lines: slice, points: slice = slice(None)) -> Sketches:
    """Only some lines and points."""
    return replace(
        sketches,
        line_boxes=sketches.line_boxes[lines],
        line_bits=sketches.line_bits[lines],
        point_places=sketches.point_places[points],
        point_scales=sketches.point_scales[points],
        point_bits=sketches.point_bits[points],
    )


def make_picture(sketches: Sketches | None, number: int = 1) -> PictureFeatures:
    """A file of its own with these sketches; its PDQ value is near no other."""
    return PictureFeatures(
        number=number, sha256=secrets.token_bytes(32), pdq=secrets.token_bytes(32), quality=100, sketches=sketches
    )
