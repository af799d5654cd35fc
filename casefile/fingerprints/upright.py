"""Turning a page so that its text runs level: quarter turns of pictures on their side, and a few degrees of skew.

Whether text stands on its head cannot be seen from its lines; comparing tries that, and the mirror, by flipping bits.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from casefile.fingerprints.raster import Levels
from casefile.fingerprints.textlines import Box, Page, find_lines

_ENOUGH_TEXT = 12
_CLEARLY_MORE = 1.5
_SKEW = (0.012, 0.14)
"""Slopes that are put right, 0.7 to 8 degrees: less does no harm, more is no screenshot askew."""


def level_text(page: Levels) -> Page:
    """The page with its text level, and its lines."""
    found = find_lines(page)
    if page.shape[1] > page.shape[0] or _amount(found.boxes) < _ENOUGH_TEXT:
        turned = find_lines(np.ascontiguousarray(np.rot90(page, -1)))
        if _amount(turned.boxes) > max(_ENOUGH_TEXT, _CLEARLY_MORE * _amount(found.boxes)):
            found = turned
    if _amount(found.boxes) >= _ENOUGH_TEXT and _SKEW[0] <= abs(found.slope) <= _SKEW[1]:
        straight = find_lines(_rotated(found.levels, found.slope))
        if abs(straight.slope) < abs(found.slope) / 2:
            return straight
    return found


def _amount(boxes: list[Box]) -> float:
    """How much text there is: the lengths of all lines, in line heights."""
    return float(sum(box.width / box.height for box in boxes))


def _rotated(page: Levels, slope: float) -> Levels:
    """Turned about its middle so that what rose by ``slope`` runs level; what comes in at the edges repeats them."""
    length = float(np.hypot(1.0, slope))
    cosine, sine = 1 / length, slope / length
    height, width = page.shape
    middle = np.array([(height - 1) / 2, (width - 1) / 2])
    matrix = np.array([[cosine, sine], [-sine, cosine]])
    offset = middle - matrix @ middle
    turned = ndimage.affine_transform(page, matrix, offset, order=1, mode="nearest")
    return np.asarray(turned, np.uint8)
