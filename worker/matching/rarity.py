"""How rare an element is: in how many content groups it occurs.

Groups, not uploads: a picture that was reported a thousand times is one group and does not become common by it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.matching.pictures import PictureTables
from worker.matching.tables import Hits, distinct

COMMON = 12
"""In so many content groups an element says nothing any more: an app's own words, a stock wallpaper, a template."""


def rarities(tables: PictureTables, hits: Hits, count: int) -> NDArray[np.float64]:
    """For each of ``count`` elements 1 where one other group has it, down to 0 from ``COMMON`` groups on.

    An element that nobody has weighs nothing: it agrees with nobody.
    """
    groups = distinct(hits.queries, tables.groups(hits.rows))
    numbers = np.bincount(groups.queries, minlength=count)[:count]
    weights = np.log(COMMON / np.maximum(numbers, 1)) / np.log(COMMON)
    return np.asarray(np.where(numbers > 0, weights.clip(0.0, 1.0), 0.0))
