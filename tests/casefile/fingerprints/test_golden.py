"""The golden values are what the server's code gives today (tests/browser asks the phone's code for the same)."""

from __future__ import annotations

import hashlib

import pytest

from casefile.fingerprints.descriptions import MOST_PIECES, Descriptions
from tests.casefile.fingerprints.golden.pictures import PICTURES
from tests.casefile.fingerprints.golden.values import compute, read

GOLDEN = read()


def test_every_picture_has_recorded_values() -> None:
    assert list(GOLDEN) == list(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_gives_its_recorded_values(name: str) -> None:
    drawn = PICTURES[name]()
    pixels = hashlib.sha256(drawn.tobytes()).hexdigest()
    assert pixels == GOLDEN[name]["pixels"], "the picture itself is drawn otherwise: another Pillow?"
    assert compute(drawn) == GOLDEN[name]


def test_the_pictures_have_what_they_are_for() -> None:
    read_back = {name: Descriptions.from_text(values["descriptions"]) for name, values in GOLDEN.items()}
    assert len(read_back["tall page of small print"].lines) == 24
    assert len(read_back["photograph"].points) == 64
    assert len(read_back["dark photograph"].points) == 24
    assert len(read_back["chat with a photograph"].lines) >= 4
    assert len(read_back["chat with a photograph"].points) >= 20
    assert len(read_back["page on its side"].lines) >= 10
    assert len(read_back["page askew"].lines) >= 10
    assert len(read_back["tall page of small print"].pieces) == MOST_PIECES
    assert len({top for _, top, _, _ in GOLDEN["tall page of small print"]["pieces"]}) == MOST_PIECES
    assert len(read_back["chat with a photograph"].pieces) > len(read_back["chat with a photograph"].lines)
    assert len(read_back["shapes"].pieces) == 1
    assert not len(read_back["more shapes"].pieces)
    assert len(GOLDEN["photographs in bubbles"]["insets"]) == 2
    assert len(GOLDEN["bright in the dark"]["insets"]) == 2
    assert not GOLDEN["page of text"]["insets"]
    assert not len(read_back["blank"].lines)
    assert not len(read_back["blank"].points)
