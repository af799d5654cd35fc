"""``suluh link`` and ``suluh compare``: the worker's own comparing over files."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from operations.commands.compare import compare
from operations.commands.link import link
from tests.casefile.fingerprints.pages import draw_photo
from tests.factories import draw_screenshot, encode, reencode


def crop(picture: bytes) -> bytes:
    """The upper two thirds, as JPEG."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return encode(image.crop((0, 0, image.width, image.height * 2 // 3)), "JPEG", quality=80)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three strangers; of the first another encoding, a cut-out in a subfolder, and the same file once more."""
    made = tmp_path / "gambar"
    (made / "bawah").mkdir(parents=True)
    for seed in (1, 2, 3):
        (made / f"{seed}.png").write_bytes(draw_screenshot(seed))
    (made / "1-lagi.jpg").write_bytes(reencode(draw_screenshot(1), quality=50, scale=0.7))
    (made / "bawah" / "1-potong.jpg").write_bytes(crop(draw_screenshot(1)))
    shutil.copy(made / "1.png", made / "bawah" / "sama.png")
    (made / "teks.png").write_bytes(b"bukan gambar")
    return made


def run_link(folder: Path, out: Path) -> tuple[Result, list[dict[str, object]]]:
    result = CliRunner().invoke(link, [str(folder), "--out", str(out)])
    return result, json.loads(out.read_text()) if out.exists() else []


def test_every_pair_of_the_same_picture_is_found_and_no_stranger(folder: Path, tmp_path: Path) -> None:
    result, links = run_link(folder, tmp_path / "links.json")
    assert result.exit_code == 0
    found = {(one["a"], one["b"]): one["class"] for one in links if one["class"] != "weak"}
    same = ("1-lagi.jpg", "1.png", "bawah/1-potong.jpg", "bawah/sama.png")
    assert set(found) == {(a, b) for place, a in enumerate(same) for b in same[place + 1 :]}
    assert found["1.png", "bawah/sama.png"] == "same_file"
    assert all(one["a"] < one["b"] and one["reasons"] for one in links)  # type: ignore[operator]
    assert "teks.png: not_allowed" in result.stderr


def test_the_same_folder_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("satu.json", "dua.json"):
        run_link(folder, tmp_path / name)
    assert (tmp_path / "satu.json").read_bytes() == (tmp_path / "dua.json").read_bytes()


def test_an_empty_folder_gives_an_empty_list(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    result, links = run_link(tmp_path / "kosong", tmp_path / "links.json")
    assert (result.exit_code, links) == (0, [])


def test_a_pair_is_explained_and_drawn_without_pixels(folder: Path, tmp_path: Path) -> None:
    drawing = tmp_path / "pasangan.svg"
    pair = [str(folder / "1.png"), str(folder / "bawah" / "1-potong.jpg")]
    result = CliRunner().invoke(compare, [*pair, "--draw", str(drawing)])
    assert result.exit_code == 0
    assert "Text lines:" in result.stdout
    root = ET.fromstring(drawing.read_text())  # noqa: S314 - drawn by this very test
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert {"rect", "line"} <= tags <= {"svg", "title", "text", "rect", "line", "circle"}


def test_a_picture_inside_a_picture_is_said(tmp_path: Path) -> None:
    photo = draw_photo(3)
    frame = Image.new("RGB", (720, 1280), "white")
    frame.paste(photo.resize((480, 480)), (120, 300))
    (tmp_path / "foto.png").write_bytes(encode(photo, "PNG"))
    (tmp_path / "bingkai.png").write_bytes(encode(frame, "PNG"))
    said = []
    for names in (("foto.png", "bingkai.png"), ("bingkai.png", "foto.png")):
        result = CliRunner().invoke(compare, [str(tmp_path / name) for name in names])
        assert result.stdout.startswith("A picture in common")
        said += [line.split(":")[0] for line in result.stdout.splitlines() if "lies inside" in line]
    assert said == ["A lies inside B as a picture in a picture", "B lies inside A as a picture in a picture"]


def test_strangers_share_nothing_worth_suggesting(folder: Path) -> None:
    result = CliRunner().invoke(compare, [str(folder / "2.png"), str(folder / "3.png")])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] in {
        "Nothing that would be suggested.",
        "Some likeness, of little weight: suggested last.",
    }


def test_what_is_no_picture_is_named(folder: Path) -> None:
    result = CliRunner().invoke(compare, [str(folder / "1.png"), str(folder / "teks.png")])
    assert result.exit_code == 1
    assert "teks.png is no acceptable picture: not_allowed" in result.output
