"""Programs that we did not write accept a bundle, and refuse a changed one."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest

from tests.triage.bundle_world import SIGNING, make_facts
from triage.bundles import build_bundle, package_bundle
from verifier.signatures import fingerprint

PAGE = "data/ringkasan.txt"


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A package, unpacked twice as README_verifikasi.txt says; ``unzip -t`` looks at both ZIPs first."""
    package = tmp_path / "berkas.zip"
    package.write_bytes(package_bundle(build_bundle(make_facts(), SIGNING), SIGNING))
    for name in ("berkas.zip", "bukti.zip"):
        run(tmp_path, "unzip", "-tq", name)
        run(tmp_path, "unzip", "-q", name)
    return tmp_path / "bukti"


def run(folder: Path, *command: str, stdin: bytes = b"") -> str:
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=True)
    return done.stdout.decode()


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Ia meminta", b"Ia memberi"))


def verify_signature(bag: Path, signature: str, signed: Path) -> str:
    command = ("ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "suluh", "-n", "suluh-bundle@v1")
    return run(bag, *command, "-s", signature, stdin=signed.read_bytes())


def test_python_zipfile_finds_no_fault_and_no_date() -> None:
    with zipfile.ZipFile(io.BytesIO(build_bundle(make_facts(), SIGNING))) as opened:
        assert opened.testzip() is None
        infos = opened.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.external_attr >> 16 for info in infos} == {0o100644}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)


def test_bagit_python_calls_it_valid(bag: Path) -> None:
    bagit.Bag(str(bag)).validate()
    run(bag, str(Path(sys.executable).with_name("bagit.py")), "--validate", ".")


def test_bagit_python_finds_a_changed_file(bag: Path) -> None:
    spoil(bag / PAGE)
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


@pytest.mark.parametrize("manifest", ["tagmanifest-sha256.txt", "manifest-sha256.txt"])
def test_sha256sum_agrees_with_both_manifests(bag: Path, manifest: str) -> None:
    assert "FAILED" not in run(bag, "sha256sum", "--strict", "-c", manifest)


def test_sha256sum_finds_a_changed_file(bag: Path) -> None:
    spoil(bag / PAGE)
    with pytest.raises(subprocess.CalledProcessError):
        run(bag, "sha256sum", "-c", "manifest-sha256.txt")


def test_ssh_keygen_verifies_both_signatures(bag: Path) -> None:
    assert "Good" in verify_signature(bag, "tagmanifest-sha256.txt.sig", bag / "tagmanifest-sha256.txt")
    assert "Good" in verify_signature(bag, "../bukti.zip.sig", bag.parent / "bukti.zip")


def test_ssh_keygen_refuses_another_text(bag: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        verify_signature(bag, "tagmanifest-sha256.txt.sig", bag / "manifest-sha256.txt")


def test_ssh_keygen_shows_the_fingerprint_that_the_readme_names(bag: Path) -> None:
    shown = run(bag, "ssh-keygen", "-l", "-f", "kunci_kantor.pub").split()[1]
    assert shown == fingerprint(SIGNING.public_key().public_bytes_raw())
    assert shown in (bag / "data" / "README_verifikasi.txt").read_text()


def test_equal_facts_give_equal_bytes() -> None:
    assert build_bundle(make_facts(), SIGNING) == build_bundle(make_facts(), SIGNING)
