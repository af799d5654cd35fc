"""The matcher on a small drawn corpus: what was found before is found, and no stranger is called a duplicate.

Counts, not times. The corpus is drawn in Chromium from a seed, with drawn pictures in the place of photographs.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from benchmarks.matching.corpus import make_corpus, make_queries
from benchmarks.matching.measure import Corpus, find_all, links_by_kind, load_corpus, mean_recall, recall_by_edit

SCREENS, QUERIES = 30, 80
PHOTOGRAPHS = 12
LEAST_RECALL = 0.93
"""The corpus of this seed reaches more; fonts differ from machine to machine, and with them single pictures."""


def draw_photographs(folder: Path) -> Path:
    """Blurred noise in colours with some shapes of its own: as much structure as a photograph, and nobody in it."""
    folder.mkdir()
    for number in range(PHOTOGRAPHS):
        rng = random.Random(number)
        coarse = Image.frombytes("RGB", (24, 16), rng.randbytes(24 * 16 * 3))
        fine = Image.frombytes("RGB", (96, 64), rng.randbytes(96 * 64 * 3))
        picture = Image.blend(coarse.resize((480, 320), Image.Resampling.BICUBIC), fine.resize((480, 320)), 0.3)
        picture.filter(ImageFilter.GaussianBlur(2)).save(folder / f"gambar-{number:02}.jpg", quality=90)
    return folder


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus of this run."""
    folder = tmp_path_factory.mktemp("corpus")
    photographs = draw_photographs(folder / "photographs")
    truth = make_corpus(folder, 7, SCREENS, [photographs], photos=4)
    make_queries(folder, truth, QUERIES)
    return load_corpus(folder)


@pytest.mark.browser
def test_edited_pictures_are_found_and_strangers_are_not_called_duplicates(corpus: Corpus) -> None:
    base, edited = find_all(corpus)
    assert mean_recall(corpus, recall_by_edit(corpus, edited)) >= LEAST_RECALL
    linked: Counter[str] = Counter()
    for kind, (_, classes) in links_by_kind(corpus, base).items():
        if kind in {"same app", "cross app", "template", "stock", "twin"}:
            linked += classes
    assert linked["duplicate"] + linked["same_file"] == 0
    assert linked["same_conversation"] == 0
