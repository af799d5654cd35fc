"""``suluh fingerprint FILE...``."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from click.testing import CliRunner, Result

from operations.commands.fingerprint import fingerprint
from tests.factories import draw_screenshot, reencode


def run(*paths: Path) -> Result:
    return CliRunner().invoke(fingerprint, [str(path) for path in paths])


def test_each_picture_gets_one_json_line(tmp_path: Path) -> None:
    picture = draw_screenshot(1)
    (tmp_path / "satu.png").write_bytes(picture)
    (tmp_path / "dua.jpg").write_bytes(reencode(picture))
    result = run(tmp_path / "satu.png", tmp_path / "dua.jpg")
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert list(first) == ["file", "sha256", "pdq", "pdq_quality", "phash", "width", "height"]
    assert first["sha256"] == hashlib.sha256(picture).hexdigest()
    assert (first["width"], first["height"]) == (720, 1280)
    assert first["sha256"] != second["sha256"]
    assert (int(first["pdq"], 16) ^ int(second["pdq"], 16)).bit_count() <= 31


def test_a_file_that_is_no_picture_has_an_error_code_and_the_others_still_count(tmp_path: Path) -> None:
    (tmp_path / "teks.png").write_bytes(b"bukan gambar")
    (tmp_path / "kosong.png").write_bytes(b"")
    (tmp_path / "baik.png").write_bytes(draw_screenshot(2))
    result = run(
        tmp_path / "teks.png", tmp_path / "kosong.png", tmp_path / "tidak-ada.png", tmp_path, tmp_path / "baik.png"
    )
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [line.get("error") for line in lines] == ["not_allowed", "empty", "unreadable_file", "unreadable_file", None]


def test_the_bar_stays_away_from_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "satu.png"
    path.write_bytes(draw_screenshot(3))
    result = run(*[path] * 6)
    assert len([json.loads(line) for line in result.stdout.splitlines()]) == 6
    assert result.stderr == ""
