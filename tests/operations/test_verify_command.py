"""``suluh verify`` is verify.pyz without a second file, and it can look at pictures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.fingerprints import draw_screenshot
from casefile.fingerprints.picture import fingerprint_picture
from operations.cli import suluh
from tests.verifier.bundles import OFFICE, PACKAGE, Plan, build, package
from verifier.packing import build_page, build_pyz


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "berkas.zip"
    path.write_bytes(PACKAGE)
    return path


def test_a_good_package_is_good(bundle: Path) -> None:
    outcome = CliRunner().invoke(suluh, ["verify", str(bundle), OFFICE])
    assert (outcome.exit_code, "INTACT" in outcome.output) == (0, True)


def test_a_changed_package_is_wrong(bundle: Path) -> None:
    bundle.write_bytes(PACKAGE[:-1] + b"\x01")
    assert CliRunner().invoke(suluh, ["verify", str(bundle)]).exit_code == 1


@pytest.mark.parametrize("arguments", [[], ["tidak-ada.zip"]])
def test_what_was_not_checked_is_neither(arguments: list[str]) -> None:
    assert CliRunner().invoke(suluh, ["verify", *arguments]).exit_code == 2


def test_an_altered_copy_is_found_by_how_it_looks(bundle: Path, tmp_path: Path) -> None:
    original, copy, other = BytesIO(), BytesIO(), BytesIO()
    drawn = draw_screenshot(1)
    drawn.save(original, "PNG")
    drawn.convert("RGB").resize((drawn.width // 2, drawn.height // 2)).save(copy, "JPEG", quality=60)
    draw_screenshot(5).save(other, "PNG")
    prints = fingerprint_picture(original.getvalue())
    plan = Plan(originals=(original.getvalue(),), prints=((prints.pdq.hex(), prints.pdq_quality),))
    bundle.write_bytes(package(build(plan)))
    paths = [tmp_path / name for name in ("asli.png", "salinan.jpg", "lain.png", "rusak.png")]
    for path, content in zip(paths, (*(each.getvalue() for each in (original, copy, other)), b"x"), strict=True):
        path.write_bytes(content)
    outcome = CliRunner().invoke(suluh, ["verify", str(bundle), OFFICE, "--asli", *map(str, paths)])
    assert outcome.exit_code == 2
    assert "asli.png: cocok dengan bukti 1" in outcome.output
    assert "salinan.jpg: salinan berubah dari bukti 1" in outcome.output
    assert "lain.png: tidak ada di berkas ini" in outcome.output
    assert "rusak.png: bukan file yang sama persis, dan gambarnya tidak bisa dibaca" in outcome.output


def test_it_writes_the_verifiers_to_be_handed_on(tmp_path: Path) -> None:
    for name, content in (("verify.pyz", build_pyz()), ("verify.html", build_page())):
        assert CliRunner().invoke(suluh, ["verify", "--write", str(tmp_path / name)]).exit_code == 0
        assert (tmp_path / name).read_bytes() == content
    assert CliRunner().invoke(suluh, ["verify", "--write", str(tmp_path)]).exit_code == 2
