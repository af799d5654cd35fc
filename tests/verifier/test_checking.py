"""What the verifier confirms, and every way of tampering that it must find."""

from __future__ import annotations

import hashlib
import json
import random
import struct
from collections.abc import Callable
from typing import Any

import pytest

from casefile.sshsig import sign
from tests.triage.bundle_world import SIGNING, STRANGER
from tests.verifier.bundles import (
    BUNDLE,
    OFFICE,
    PACKAGE,
    Files,
    changed,
    check,
    fault_of,
    files_of,
    relisted,
    resigned,
    zipped,
)
from triage.bundles import package_bundle
from verifier.archive import write_archive
from verifier.bag import CUSTODY, REPORT, ROOT, TAG_MANIFEST
from verifier.checking import INNER, INNER_SIGNATURE
from verifier.findings import State
from verifier.signatures import NAMESPACE, fingerprint

PAGE = "data/ringkasan.txt"
INNER_SIGNED = sign(SIGNING, BUNDLE, NAMESPACE).encode()
THEIRS = fingerprint(STRANGER.public_key().public_bytes_raw())


def test_an_honest_package_is_good() -> None:
    verdict = check(PACKAGE)
    assert verdict.is_good
    said = [finding.said.english for finding in verdict.findings if finding.state is State.GOOD]
    assert len(said) == 7


def test_what_cannot_be_checked_is_said() -> None:
    unchecked = [finding.said.english for finding in check(BUNDLE, None).findings if finding.state is State.UNCHECKED]
    assert [sentence.split(":")[0].split(" ")[0] for sentence in unchecked] == ["The", "Who", "Whether", "Time"]
    assert OFFICE in unchecked[1]


def test_the_inner_zip_is_checked_with_the_signature_beside_it() -> None:
    assert check(BUNDLE, detached=INNER_SIGNED).is_good
    assert "does not fit" in fault_of(BUNDLE, detached=sign(SIGNING, b"other", NAMESPACE).encode()).english


def test_a_signature_for_another_purpose_is_none() -> None:
    assert "another purpose" in fault_of(BUNDLE, detached=sign(SIGNING, BUNDLE, "suluh-keys@v1").encode()).english


@pytest.mark.parametrize(("archive", "count"), [(PACKAGE, 400), (BUNDLE, 200)], ids=["package", "bundle"])
def test_every_random_flipped_bit_is_found(archive: bytes, count: int) -> None:
    rng = random.Random(20261123)
    missed = [bit for bit in rng.sample(range(len(archive) * 8), count) if check(flip(archive, bit), None).is_good]
    assert missed == []


def test_every_flipped_bit_of_headers_and_directory_is_found() -> None:
    directory = struct.unpack("<I", PACKAGE[-6:-2])[0]
    bits = [*range(30 * 8), *range(directory * 8, len(PACKAGE) * 8)]
    assert [bit for bit in bits if check(flip(PACKAGE, bit), None).is_good] == []


@pytest.mark.parametrize("name", sorted(files_of()))
def test_every_file_that_is_changed_is_found(name: str) -> None:
    fault_of(zipped(changed(lambda files: files.update({name: files[name] + b" "}))))


@pytest.mark.parametrize("name", sorted(files_of()))
def test_every_file_that_is_removed_is_missed_by_name(name: str) -> None:
    assert name in fault_of(zipped(changed(lambda files: files.pop(name)))).english


@pytest.mark.parametrize("name", ["data/tambahan.txt", "tambahan.txt", "data/gambar/a.png"])
def test_an_added_file_is_named(name: str) -> None:
    assert name in fault_of(zipped(changed(lambda files: files.update({name: b"x"})))).english


def test_two_files_that_swap_places_are_found() -> None:
    def swap(files: Files) -> None:
        files[PAGE], files[REPORT] = files[REPORT], files[PAGE]

    assert "data/" in fault_of(zipped(changed(swap))).english


def test_a_file_changed_together_with_its_manifests_fails_the_signature() -> None:
    files = changed(lambda files: files.update({PAGE: b"lain\n"}))
    assert "does not fit" in fault_of(zipped(relisted(files))).english


def test_a_manifest_line_twice_or_torn_is_found() -> None:
    def twice(files: Files) -> None:
        files[TAG_MANIFEST] += files[TAG_MANIFEST].split(b"\n")[0] + b"\n"

    def torn(files: Files) -> None:
        files[TAG_MANIFEST] = files[TAG_MANIFEST][:-1]

    assert "is wrong" in fault_of(zipped(changed(twice))).english
    assert "cut short" in fault_of(zipped(changed(torn))).english


def test_a_stranger_who_signs_everything_anew_is_another_key() -> None:
    forged = resigned(changed(lambda files: files.update({PAGE: b"lain\n"})), STRANGER)
    said = fault_of(forged)
    assert THEIRS in said.english
    assert OFFICE in said.indonesian


def test_without_a_pinned_key_a_stranger_passes_and_the_verifier_says_so() -> None:
    verdict = check(resigned(files_of(), STRANGER), None)
    assert verdict.is_good
    assert any(THEIRS in finding.said.english for finding in verdict.findings if finding.state is State.UNCHECKED)


def test_inner_and_outer_signature_are_by_one_key() -> None:
    assert "two different keys" in fault_of(package_bundle(BUNDLE, STRANGER)).english


def test_a_bundle_cannot_be_put_under_another_bundles_signature() -> None:
    other = resigned(changed(lambda files: files.update({PAGE: b"lain\n"})), SIGNING)
    assert check(other).is_good
    mixed = write_archive([(INNER, BUNDLE), (INNER_SIGNATURE, sign(SIGNING, other, NAMESPACE).encode())])
    assert "does not fit" in fault_of(mixed).english


def test_a_package_holds_two_files_and_no_third() -> None:
    entries = [(INNER, BUNDLE), (INNER_SIGNATURE, INNER_SIGNED)]
    assert "alone" in fault_of(write_archive([*entries, ("baca.txt", b"x")])).english
    assert "alone" in fault_of(write_archive(entries[:1])).english


@pytest.mark.parametrize("other", [b"\x00 before the honest one", b"z after the honest one"])
def test_a_name_twice_is_found_whichever_of_the_two_is_honest(other: bytes) -> None:
    entries = [(ROOT + name, content) for name, content in files_of().items()]
    assert f"{PAGE} occurs twice" in fault_of(write_archive([*entries, (ROOT + PAGE, other)])).english


@pytest.mark.parametrize(
    "name",
    ["../keluar.txt", "/etc/keluar", "bukti/../../keluar", "bukti\\..\\keluar", "C:keluar", "bukti/", "bukti//a", ".a"],
)
def test_a_dangerous_name_is_refused_before_anything_else(name: str) -> None:
    entries = [(ROOT + known, content) for known, content in files_of().items()]
    assert "dangerous" in fault_of(write_archive([*entries, (name, b"x")])).english


def test_a_file_beside_the_bag_is_found() -> None:
    entries = [(ROOT + name, content) for name, content in files_of().items()]
    assert "outside" in fault_of(write_archive([*entries, ("lain/baca.txt", b"x")])).english


@pytest.mark.parametrize(
    "archive",
    [b"", b"PK", PACKAGE[:100], PACKAGE[:-1], PACKAGE + b"\x00", b"\x00" + PACKAGE, PACKAGE + PACKAGE, BUNDLE[:-22]],
)
def test_what_is_cut_or_lengthened_is_found(archive: bytes) -> None:
    fault_of(archive)


def test_a_zip_packed_again_is_told_from_one_that_was_changed() -> None:
    packed = bytearray(BUNDLE)
    packed[8] = 8
    assert "packed again" in fault_of(bytes(packed)).english


def edit_log(edit: Callable[[list[bytes]], None]) -> bytes:
    """A package with another custody log, signed by the office itself."""
    files = files_of()
    lines = files[CUSTODY].splitlines(keepends=True)
    edit(lines)
    files[CUSTODY] = b"".join(lines)
    return resigned(files, SIGNING)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda lines: lines.pop(0), "line 1, entry number 2"),
        (lambda lines: lines.pop(2), "line 3, entry number 4"),
        (lambda lines: lines.pop(), "shorter"),
        (lambda lines: lines.clear(), "shorter"),
        (lambda lines: lines.reverse(), "line 1, entry number 5"),
        (lambda lines: lines.insert(1, lines[1]), "line 3, entry number 2"),
        (lambda lines: lines.__setitem__(1, lines[1].replace(b"system", b"sistem")), "line 2, entry number 2"),
        (
            lambda lines: lines.__setitem__(1, lines[1].replace(b'"number": 2', b'"number": 7')),
            "line 2, entry number 7",
        ),
        (lambda lines: lines.__setitem__(0, lines[0].replace(b"00" * 32, b"11" * 32)), "line 1, entry number 1"),
        (lambda lines: lines.append(b"{}\n"), "Line 6"),
        (lambda lines: lines.__setitem__(0, b"[" * 100_000 + b"\n"), "Line 1"),
        (lambda lines: lines.__setitem__(0, lines[0].replace(b'"body": "', b'"body": "\\ud800')), "Line 1"),
    ],
)
def test_even_the_office_cannot_drop_reorder_or_change_custody_entries(
    edit: Callable[[list[bytes]], None], words: str
) -> None:
    assert words in fault_of(edit_log(edit)).english


def edit_report(edit: Callable[[dict[str, Any]], Any]) -> bytes:
    """A package with another laporan.json, signed by the office itself."""
    files = files_of()
    document = json.loads(files[REPORT])
    edit(document)
    files[REPORT] = json.dumps(document).encode()
    return resigned(files, SIGNING)


def test_a_report_that_states_another_chain_is_found() -> None:
    def shorten(document: dict[str, Any]) -> None:
        document["laporan"][0]["rantai_penguasaan"]["jumlah"] = 4

    assert "laporan.json says" in fault_of(edit_report(shorten)).english
    assert "laporan.json says" in fault_of(edit_report(lambda document: document["laporan"].clear())).english


@pytest.mark.parametrize("key", ["laporan", "berkas"])
def test_a_report_without_its_fields_is_unreadable(key: str) -> None:
    assert "cannot be read" in fault_of(edit_report(lambda document: document.pop(key))).english


def test_a_later_format_is_not_pretended_to_be_understood() -> None:
    verdict = check(edit_report(lambda document: document.update(format="suluh-bukti/2")))
    assert any("newer verify.pyz" in finding.said.english for finding in verdict.findings)


def test_the_total_in_bag_info_is_compared() -> None:
    files = files_of()
    info = files["bag-info.txt"].replace(b"Payload-Oxum: ", b"Payload-Oxum: 1")
    before = hashlib.sha256(files["bag-info.txt"]).hexdigest().encode()
    files[TAG_MANIFEST] = files[TAG_MANIFEST].replace(before, hashlib.sha256(info).hexdigest().encode())
    assert "not the one in bag-info.txt" in fault_of(zipped({**files, "bag-info.txt": info})).english


def test_another_version_of_bagit_is_not_taken_for_this_one() -> None:
    files = changed(lambda files: files.update({"bagit.txt": files["bagit.txt"].replace(b"1.0", b"0.97")}))
    assert "BagIt 1.0" in fault_of(resigned(files, SIGNING)).english


def test_words_from_a_bundle_cannot_move_the_cursor() -> None:
    def colour(document: dict[str, Any]) -> None:
        document["berkas"]["kode_kasus"] = "\x1b[2J\nHASIL"

    said = [line for finding in check(edit_report(colour)).findings for line in finding.said]
    assert all(line.isprintable() and line.isascii() for line in said)


def flip(archive: bytes, bit: int) -> bytes:
    """``archive`` with one bit turned over."""
    flipped = bytearray(archive)
    flipped[bit // 8] ^= 1 << bit % 8
    return bytes(flipped)
