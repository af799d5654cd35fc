"""verify.pyz as a stranger runs it: isolated Python, no site packages, no network, no other file."""

from __future__ import annotations

import ast
import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.verifier.bundles import BUNDLE, BUNDLE_ID, OFFICE, OLDER, PACKAGE, STRANGER, files_of, resigned
from tests.verifier.tokens import TOKEN
from verifier.archive import read_archive
from verifier.packing import build_pyz


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the verifier and a package."""
    (tmp_path / "verify.pyz").write_bytes(build_pyz())
    (tmp_path / "berkas.zip").write_bytes(PACKAGE)
    return tmp_path


def verify(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", "verify.pyz", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.stderr == b""
    return done.returncode, done.stdout.decode("ascii")


def test_an_honest_package_with_the_offices_fingerprint_is_good(desk: Path) -> None:
    status, said = verify(desk, "berkas.zip", OFFICE)
    assert status == 0
    assert said.endswith("HASIL: UTUH dan dari kantor itu.\nRESULT: INTACT and by that office.\n")


@pytest.mark.parametrize("typed", [OFFICE.removeprefix("SHA256:"), f" {OFFICE} ", f"{OFFICE}="])
def test_a_fingerprint_is_taken_as_it_is_copied(desk: Path, typed: str) -> None:
    assert verify(desk, "berkas.zip", typed)[0] == 0


def test_without_a_fingerprint_the_result_says_what_is_missing(desk: Path) -> None:
    status, said = verify(desk, "berkas.zip")
    assert status == 0
    assert "belum dipastikan" in said
    assert OFFICE in said


def test_a_changed_package_fails_with_the_name_of_the_file(desk: Path) -> None:
    (desk / "berkas.zip").write_bytes(PACKAGE.replace(b"Ia meminta", b"Ia memberi"))
    status, said = verify(desk, "berkas.zip", OFFICE)
    assert status == 1
    assert "bukti.zip" in said
    assert "JANGAN DIPAKAI" in said


def test_a_strangers_package_fails_against_the_pinned_key(desk: Path) -> None:
    (desk / "berkas.zip").write_bytes(resigned(files_of(), STRANGER))
    assert verify(desk, "berkas.zip", OFFICE)[0] == 1


def test_the_unpacked_zip_takes_the_signature_that_lies_beside_it(desk: Path) -> None:
    for name, content in read_archive(PACKAGE).items():
        (desk / name).write_bytes(content)
    assert "Tanda tangan atas seluruh ZIP cocok." in verify(desk, "bukti.zip", OFFICE)[1]
    (desk / "bukti.zip.sig").write_bytes(b"lain")
    assert verify(desk, "bukti.zip", OFFICE)[0] == 1
    (desk / "bukti.zip.sig").unlink()
    assert "tidak ada di sampingnya" in verify(desk, "bukti.zip", OFFICE)[1]


def test_the_papers_code_tells_an_older_package(desk: Path) -> None:
    code = f"SULUH1:sha256:{hashlib.sha256(PACKAGE).hexdigest()}"
    assert verify(desk, "berkas.zip", OFFICE, code)[0] == 0
    assert verify(desk, "berkas.zip", code, OFFICE)[0] == 0
    assert verify(desk, "berkas.zip", str(BUNDLE_ID))[0] == 0
    (desk / "berkas.zip").write_bytes(OLDER)
    status, said = verify(desk, "berkas.zip", code, OFFICE)
    assert status == 1
    assert "Ini bukan berkas yang disebut di kertas" in said
    assert "2026-11-01 09:00:00 WIB" in said


def test_a_timestamp_that_lies_beside_it_is_taken(desk: Path) -> None:
    (desk / "tagmanifest-sha256.txt.sig.tsr").write_bytes(TOKEN)
    assert "2026-11-23 05:00:07 UTC" in verify(desk, "berkas.zip", OFFICE)[1]
    (desk / "tagmanifest-sha256.txt.sig.tsr").write_bytes(b"x")
    assert verify(desk, "berkas.zip", OFFICE)[0] == 1


@pytest.mark.parametrize("flag", ["--asli", "--original"])
def test_originals_are_looked_for(desk: Path, flag: str) -> None:
    (desk / "satu.png").write_bytes(b"gambar satu")
    (desk / "lain.png").write_bytes(b"gambar lain")
    status, said = verify(desk, "berkas.zip", OFFICE, flag, "satu.png")
    assert status == 0
    assert "satu.png: cocok dengan bukti 1 dari laporan" in said
    status, said = verify(desk, "berkas.zip", OFFICE, flag, "satu.png", "lain.png")
    assert status == 2
    assert "lain.png: not in this bundle" in said
    assert "another SHA-256" in said


def test_a_locked_file_says_what_to_do_first(desk: Path) -> None:
    (desk / "berkas.zip.age").write_bytes(b"age-encryption.org/v1\n")
    status, said = verify(desk, "berkas.zip.age", OFFICE)
    assert status == 2
    assert "age -d -i" in said


@pytest.mark.parametrize(
    "arguments",
    [
        *((), ("--help",), ("tidak-ada.zip",), (".",), ("berkas.zip", "SHA256:pendek")),
        *(("berkas.zip", OFFICE, OFFICE), ("berkas.zip", OFFICE, "lebih"), ("berkas.zip", "--asli")),
        *(("berkas.zip", "--asli", "tidak-ada.png"), ("--asli", "berkas.zip")),
    ],
)
def test_what_was_not_checked_is_neither_good_nor_wrong(desk: Path, arguments: tuple[str, ...]) -> None:
    assert verify(desk, *arguments)[0] == 2


def test_a_file_that_is_no_zip_is_wrong(desk: Path) -> None:
    (desk / "berkas.zip").write_text("bukan zip")
    assert verify(desk, "berkas.zip")[0] == 1


def test_the_verifier_is_packed_reproducibly_and_imports_the_standard_library_alone() -> None:
    assert build_pyz() == build_pyz()
    with zipfile.ZipFile(io.BytesIO(build_pyz())) as opened:
        sources = {name: opened.read(name).decode() for name in opened.namelist() if name.endswith(".py")}
    assert "__main__.py" in sources
    lines = [line.split()[1].split(".")[0] for text in sources.values() for line in text.splitlines() if imports(line)]
    assert set(lines) - {"verifier"} <= sys.stdlib_module_names


def test_the_verifier_keeps_to_the_syntax_of_python_3_8() -> None:
    with zipfile.ZipFile(io.BytesIO(build_pyz())) as opened:
        for name in (each for each in opened.namelist() if each.endswith(".py")):
            ast.parse(opened.read(name), feature_version=(3, 8))


def test_the_verifier_does_not_travel_in_what_it_checks() -> None:
    assert not [name for archive in (PACKAGE, BUNDLE) for name in read_archive(archive) if "pyz" in name]


def imports(line: str) -> bool:
    return line.startswith(("import ", "from "))
