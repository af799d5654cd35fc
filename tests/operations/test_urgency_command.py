"""``suluh urgency``: level, score and reasons in words; mistakes are named; nothing is stored."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from casefile.errors import SuluhError
from operations.cli import main, suluh

CASE_A = {"usia": "16_17", "jenis": ["SEKSTORSI"], "ancaman": "sampai_24_jam", "minta_apa": ["uang"]}


def test_it_says_level_score_and_reasons_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(CASE_A), "utf-8")
    spoken = CliRunner().invoke(suluh, ["urgency", str(file)])
    assert spoken.output.splitlines()[0] == "P0 Emergency (score 70)"
    assert "deadline within 24 hours (+25, at least P1)" in spoken.output
    said = json.loads(CliRunner().invoke(suluh, ["urgency", str(file), "--json", "--language", "id"]).output)
    assert (said["level"], said["name"], said["score"], said["floor"]) == ("P0", "Darurat", 70, "P0")
    assert {"code": "from_13_to_17", "words": "usia 13–17 tahun", "points": 30, "floor": None} in said["reasons"]
    assert CliRunner().invoke(suluh, ["urgency", "-"], input="{}").output.startswith("P3 Routine")


def test_unknown_fields_end_with_one_and_a_clear_word_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SULUH_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.setattr(sys, "argv", ["suluh", "urgency", "-"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"umur": 3}')))
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (1, "")
    assert said.err.splitlines()[0] == "Unknown field: umur."
    assert "usia" in said.err
    assert list(tmp_path.iterdir()) == []


def test_without_a_database_the_offices_values_are_asked_for_in_vain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SULUH_DATA_DIR", str(tmp_path))
    outcome = CliRunner().invoke(suluh, ["urgency", "-", "--office"], input="{}")
    assert isinstance(outcome.exception, SuluhError)
    assert list(tmp_path.iterdir()) == []
