"""From pixels to descriptions: lines, points and pieces of lines, as server and phone compute them.

docs/fingerprints.md is the specification for both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from casefile.fingerprints.descriptions import HIGHEST_SCALE, LENGTH, MOST_LINES, UNIT, Descriptions, most_points
from casefile.fingerprints.photopoints import SIDE, find_points
from casefile.fingerprints.pieces import find_pieces
from casefile.fingerprints.raster import Levels, page_raster, reduce_to
from casefile.fingerprints.textlines import Box, Page, describe
from casefile.fingerprints.upright import level_text

Bits = NDArray[np.bool_]


def describe_picture(image: Image.Image) -> Descriptions:
    """The descriptions of an upright picture, RGB or in luma already, as it lies once its text runs level."""
    return describe_page(page_raster(image))


def describe_page(levels: Levels) -> Descriptions:
    """The same from the raster of a page (``page_raster``)."""
    page = level_text(levels)
    boxes = page.boxes[:MOST_LINES]
    pieces = find_pieces(page.levels, boxes)
    raster = reduce_to(page.levels, SIDE)
    points = find_points(raster, _text_mask(page, raster.shape), most_points(len(boxes), len(pieces)))
    height, width = page.levels.shape
    unit, raster_unit = UNIT / max(page.levels.shape), UNIT / max(raster.shape)
    scales = np.array([point.scale for point in points], np.float64) * raster_unit
    return Descriptions(
        size=(max(1, round(width * unit)), max(1, round(height * unit))),
        line_boxes=_places(boxes, unit),
        lines=_descriptions(page, boxes),
        point_places=_whole(
            np.array([(point.x, point.y) for point in points], np.float64).reshape(-1, 2) * raster_unit
        ),
        point_scales=np.round(2 * np.log2(scales)).clip(0, HIGHEST_SCALE).astype(np.uint8),
        points=np.array([point.description for point in points], np.uint8).reshape(-1, LENGTH),
        piece_boxes=_places(pieces, unit),
        pieces=_descriptions(page, pieces),
    )


def _descriptions(page: Page, boxes: Sequence[Box]) -> NDArray[np.int8]:
    return np.array([describe(page.levels, box) for box in boxes], np.int8).reshape(-1, LENGTH)


def _places(boxes: Sequence[Box], unit: float) -> NDArray[np.uint16]:
    return _whole(np.array(boxes, np.float64).reshape(-1, 4) * unit)


def _whole(places: NDArray[np.float64]) -> NDArray[np.uint16]:
    return np.round(places).clip(0, UNIT).astype(np.uint16)


def _text_mask(page: Page, shape: tuple[int, ...]) -> Bits:
    """Where text lies, on the raster of ``shape``, with a margin of two pixels."""
    mask = np.zeros(shape, bool)
    tall, long = page.levels.shape
    height, width = shape
    for box in page.boxes:
        rows = slice(max(0, box.top * height // tall - 2), -(-box.bottom * height // tall) + 2)
        columns = slice(max(0, box.left * width // long - 2), -(-box.right * width // long) + 2)
        mask[rows, columns] = True
    return mask
