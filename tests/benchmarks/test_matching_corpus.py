"""The corpus generator: the same seed gives the same, and the truth names what belongs together."""

from __future__ import annotations

import io
import random
import subprocess
from dataclasses import astuple
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from benchmarks.matching.conversations import make_story
from benchmarks.matching.edits import EDITS
from benchmarks.matching.interfaces import INTERFACES
from benchmarks.matching.pictures import PhotoPool, overlap
from benchmarks.matching.plan import SPLITS, Planner, split_names
from benchmarks.matching.relations import related
from benchmarks.matching.rendering import missing_fonts
from benchmarks.matching.speech import EVERYDAY, HELD_OUT, HELD_OUT_LETTERS
from benchmarks.matching.wordlists import THREATS
from tests.programs import find_program


def drawn(colour: str) -> Image.Image:
    """A small picture with something on it."""
    image = Image.new("RGB", (180, 400), "white")
    ImageDraw.Draw(image).rectangle((20, 60, 120, 200), fill=colour)
    return image


@pytest.mark.parametrize("name", sorted(EDITS))
def test_an_edit_gives_the_same_picture_for_the_same_seed(name: str) -> None:
    one, other = (EDITS[name].apply(drawn("navy"), random.Random(7), drawn("red")) for _ in range(2))
    assert one == other
    assert min(Image.open(io.BytesIO(one.data)).size) > 50
    assert one.used_second == EDITS[name].second


def test_fonts_that_are_not_installed_are_named() -> None:
    command = [find_program("fc-list"), ":", "family"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    installed = listed.split("\n")[0].split(",")[-1].strip()
    assert missing_fonts(["Tidak Ada", installed, "Entah"]) == ["Entah", "Tidak Ada"]


def test_without_the_list_of_fonts_all_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert missing_fonts(["Roboto", "Lato"]) == ["Lato", "Roboto"]


def test_conversations_differ_between_seeds_but_threats_do_not() -> None:
    one, other = (make_story("c", seed, length=30, template=3) for seed in (1, 2))
    assert one == make_story("c", 1, length=30, template=3)
    assert {m.text for m in one.messages if len(m.text) > 50} & {m.text for m in other.messages} == {THREATS[3]}


def test_a_plan_holds_twins_of_different_people(tmp_path: Path) -> None:
    for index in range(10):
        drawn("green").save(tmp_path / f"p{index}.jpg")
    planner = Planner(1, PhotoPool([tmp_path], 1), list(INTERFACES))
    twins = [one for one in planner.plan(120) if one.twins is not None]
    assert len(twins) >= 24
    for first, second in zip(twins[::2], twins[1::2], strict=True):
        assert first.twins == second.twins
        assert first.scene.look == second.scene.look
        assert first.scene.story.name != second.scene.story.name


def test_pieces_of_a_photograph_overlap_only_with_themselves_and_the_whole() -> None:
    assert overlap("a#half.0", "a#whole.0")
    assert not overlap("a#half.0", "a#half.1")
    assert not overlap("a#half.0", "b#half.0")


def test_relations_follow_from_what_the_screens_show() -> None:
    pictures = [
        {"name": "a", "conversation": "c1", "owner": 0, "twins": None, "marks": ["template:2", "content:x#half.0"]},
        {"name": "b", "conversation": "c1", "owner": 0, "twins": None, "marks": ["template:2"]},
        {"name": "c", "conversation": "c2", "owner": 0, "twins": 5, "marks": ["template:2", "wallpaper:y#whole.0"]},
        {"name": "d", "conversation": "c3", "owner": 0, "twins": 5, "marks": ["wallpaper:y#whole.0"]},
        {"name": "e", "marks": ["content:x#whole.0"]},
    ]
    assert {(pair["a"], pair["b"], pair["kind"]) for pair in related(pictures)} == {
        ("a", "b", "scroll"),
        ("a", "c", "template"),
        ("b", "c", "template"),
        ("c", "d", "twin"),
        ("c", "d", "stock"),
        ("a", "e", "shared_photo"),
    }


def test_the_held_out_split_shares_neither_interfaces_nor_edits_nor_words_with_the_others() -> None:
    for members in (INTERFACES, EDITS):
        assert sorted(name for split in SPLITS for name in split_names(split, members)) == sorted(members)
    seen, held_out = ([INTERFACES[name] for name in split_names(split, INTERFACES)] for split in ("seen", "held-out"))
    assert {one.speech for one in seen} == {EVERYDAY}
    assert {one.speech for one in held_out} == {HELD_OUT, HELD_OUT_LETTERS}
    assert not {one.draw for one in seen} & {one.draw for one in held_out}
    assert set(said(EVERYDAY)) & {*said(HELD_OUT), *said(HELD_OUT_LETTERS)} == {"amin"}


def said(speech: object) -> list[str]:
    """Every phrase, name and word."""
    if isinstance(speech, str):
        return [speech]
    return [text for part in (speech if isinstance(speech, tuple) else astuple(speech)) for text in said(part)]  # type: ignore[call-overload]


def test_every_held_out_interface_draws_a_page_that_belongs_to_its_story(tmp_path: Path) -> None:
    for index in range(10):
        drawn("green").save(tmp_path / f"p{index}.jpg")
    names = split_names("held-out", INTERFACES)
    planner = Planner(1, PhotoPool([tmp_path], 1), names)
    for one in (INTERFACES[name] for name in names):
        look = planner.look(one)
        first, second = (one.draw(planner.scene(look)) for _ in range(2))
        assert first.startswith("<!doctype html>")
        assert first != second
