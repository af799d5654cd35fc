"""pHash is ImageHash's own value, only sooner."""

from __future__ import annotations

import imagehash
import pytest
from PIL import Image

from casefile.fingerprints.phash import phash
from tests.casefile.fingerprints.drawings import draw_chat, draw_waves

SIZES = [
    (1080, 2400),
    (1080, 2128),
    (1080, 2129),
    (1600, 720),
    (333, 777),
    (16, 900),
    (900, 16),
    (31, 33),
    (32, 32),
    (16, 16),
    (64, 64),
]


@pytest.mark.parametrize("size", SIZES)
def test_value_equals_imagehash_on_the_whole_picture(size: tuple[int, int]) -> None:
    for seed in (1, 2, 3):
        image = draw_waves(seed, *size)
        assert phash(image).hex() == str(imagehash.phash(image))


def test_value_equals_imagehash_on_chats() -> None:
    for seed in range(5):
        image = draw_chat(seed)
        assert phash(image).hex() == str(imagehash.phash(image))


def test_values_stay_the_same_from_one_release_to_the_next() -> None:
    assert phash(draw_chat(1)).hex() == "a71f1e65601e1e47"
    assert phash(draw_chat(4, 1080, 2400)).hex() == "bd1a475e64566169"
    assert phash(Image.new("RGB", (400, 400), "white")).hex() == "8000000000000000"
