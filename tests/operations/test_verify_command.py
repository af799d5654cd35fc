"""``suluh verify`` is verify.pyz without a second file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from operations.cli import suluh
from tests.verifier.bundles import OFFICE, PACKAGE
from verifier.packing import build_pyz


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "berkas.zip"
    path.write_bytes(PACKAGE)
    return path


def test_a_good_package_is_good(package: Path) -> None:
    outcome = CliRunner().invoke(suluh, ["verify", str(package), OFFICE])
    assert (outcome.exit_code, "INTACT" in outcome.output) == (0, True)


def test_a_changed_package_is_wrong(package: Path) -> None:
    package.write_bytes(PACKAGE[:-1] + b"\x01")
    assert CliRunner().invoke(suluh, ["verify", str(package)]).exit_code == 1


@pytest.mark.parametrize("arguments", [[], ["tidak-ada.zip"]])
def test_what_was_not_checked_is_neither(arguments: list[str]) -> None:
    assert CliRunner().invoke(suluh, ["verify", *arguments]).exit_code == 2


def test_it_writes_the_verifier_to_be_handed_on(tmp_path: Path) -> None:
    written = tmp_path / "verify.pyz"
    assert CliRunner().invoke(suluh, ["verify", "--write", str(written)]).exit_code == 0
    assert written.read_bytes() == build_pyz()
    assert CliRunner().invoke(suluh, ["verify", "--write", str(tmp_path)]).exit_code == 2
