"""What the verifier confirms, what it says it did not check, what it compares. Attacks are in ``test_attacks.py``."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest

from casefile.fingerprints.kinds import PDQ
from tests.verifier.attacks import ANNEX_BYTES, WITH_ANNEX
from tests.verifier.bundles import (
    BUNDLE,
    BUNDLE_ID,
    OFFICE,
    PACKAGE,
    PAGE,
    REPORT_ID,
    SIGNING,
    STRANGER,
    THEIRS,
    Plan,
    build,
    changed,
    check,
    fault_of,
    files_of,
    flip,
    package,
    resigned,
    zipped,
)
from tests.verifier.tokens import STAMPED, TOKEN
from verifier.bag import REPORT
from verifier.checking import Request, check_bundle, read_expected
from verifier.contents import PDQ_VERSION
from verifier.findings import SENTENCES, Finding, State
from verifier.originals import LEAST_QUALITY, MOST_BITS, Look, Original

ROOT = Path(__file__).parents[2]
NEAR, FAR = "0" * 64, "f" * 64
ORIGINALS = (b"gambar satu", b"gambar dua")
WITH_PRINTS = package(build(Plan(prints=((NEAR, 80), ("", 0)))))


def codes(archive: bytes, state: State, **request: Any) -> list[str]:
    """What was said of that kind."""
    verdict = check_bundle(Request(archive, **request))
    return [finding.code for finding in verdict.findings if finding.state is state]


def test_an_honest_package_is_good() -> None:
    confirmed = ["package", "bag", "manifests", "signature", "whole", "pinned", "custody"]
    assert codes(PACKAGE, State.GOOD, pinned=OFFICE) == [f"{each}_good" for each in confirmed]
    assert check(PACKAGE).is_good


def test_what_cannot_be_checked_is_said() -> None:
    said = codes(BUNDLE, State.UNCHECKED)
    assert said == ["whole_unchecked", "pinned_unchecked", "expected_unchecked", "stamp_missing", "truth_unchecked"]
    assert any(OFFICE in finding.said.english for finding in check(BUNDLE, None).findings)


def test_an_annex_and_a_timestamp_are_confirmed_with_what_remains_to_be_done() -> None:
    stamped = package(STAMPED, annex=ANNEX_BYTES)
    assert {"annex_good", "stamp_good"} <= set(codes(stamped, State.GOOD))
    assert {"annex_unchecked", "stamp_unchecked"} <= set(codes(stamped, State.UNCHECKED))
    said = " ".join(finding.said.english for finding in check(stamped).findings)
    assert "2026-11-23 05:00:07 UTC" in said
    assert "openssl ts -verify -data tagmanifest-sha256.txt.sig -in tagmanifest-sha256.txt.sig.tsr" in said
    assert "stamp_good" in codes(PACKAGE, State.GOOD, token=TOKEN)


@pytest.mark.parametrize(
    ("archive", "code"),
    [
        (b"age-encryption.org/v1\n-> X25519 ", "locked_age"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "locked_age"),
        (b"PK\x03\x04\x14\x00\x01\x00\x63\x00 and so on", "locked_zip"),
    ],
)
def test_a_locked_file_is_neither_good_nor_wrong(archive: bytes, code: str) -> None:
    verdict = check_bundle(Request(archive))
    assert [finding.code for finding in verdict.findings] == [code]
    assert (verdict.is_good, verdict.is_wrong, verdict.is_finished) == (False, False, False)
    named = check_bundle(Request(archive, expected=sha256(archive)))
    assert [finding.code for finding in named.findings] == ["expected_good", code]


@pytest.mark.parametrize("what", ["package", "bukti.zip", "tag manifest", "id"])
def test_the_paper_may_name_any_digest_that_stands_for_the_bundle(what: str) -> None:
    digests = {
        "package": sha256(PACKAGE),
        "bukti.zip": sha256(BUNDLE),
        "tag manifest": sha256(files_of()["tagmanifest-sha256.txt"]),
    }
    typed = f" suluh1:SHA256:{digests[what].upper()}\n" if what in digests else str(BUNDLE_ID).upper()
    assert read_expected(digests.get(what, typed)) == read_expected(typed)
    assert "expected_good" in codes(PACKAGE, State.GOOD, expected=read_expected(typed))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("typed", ["", "SULUH1:sha256:", "SULUH1:md5:" + "0" * 64, "0" * 63, "K-2411"])
def test_what_names_no_bundle_is_not_understood(typed: str) -> None:
    assert read_expected(typed) is None


def test_every_flipped_bit_of_headers_and_directory_is_found() -> None:
    directory = struct.unpack("<I", PACKAGE[-6:-2])[0]
    bits = [*range(30 * 8), *range(directory * 8, len(PACKAGE) * 8)]
    assert [bit for bit in bits if check(flip(PACKAGE, bit), None).is_good] == []


@pytest.mark.parametrize("name", sorted(files_of()))
def test_every_file_that_is_changed_or_removed_is_named(name: str) -> None:
    fault_of(zipped(changed(lambda files: files.update({name: files[name] + b" "}))))
    assert name in fault_of(zipped(changed(lambda files: files.pop(name)))).english


def test_the_first_wrong_thing_is_named_in_both_languages() -> None:
    forged = resigned(changed(lambda files: files.update({PAGE: b"lain\n"})), STRANGER)
    said = fault_of(forged)
    assert THEIRS in said.english
    assert OFFICE in said.indonesian
    assert THEIRS in said.indonesian


def test_words_from_a_bundle_cannot_move_the_cursor() -> None:
    document = json.loads(files_of()[REPORT])
    document["berkas"]["kode_kasus"] = "\x1b[2J\nHASIL \\ é 🕯 \ud800 {id}"
    said = check(resigned({**files_of(), REPORT: json.dumps(document).encode()}, SIGNING)).findings
    assert all(line.isprintable() and line.isascii() for finding in said for line in finding.said)
    assert r"\x1b[2J\x0aHASIL \x5c \xe9 \U0001f56f \ud800 {id}" in " ".join(finding.said.english for finding in said)


def look_at(content: bytes) -> Look | None:
    """A file says itself how it looks: quality, then bits that are set."""
    if not content[:1].isdigit():
        return None
    quality, bits = content.split(b" ")
    return Look(f"{(1 << int(bits)) - 1:064x}", int(quality))


def compared(content: bytes, archive: bytes = WITH_PRINTS, *, looks: bool = True) -> Finding:
    originals = [Original("asli.png", content)]
    verdict = check_bundle(Request(archive, originals=originals, look_at=look_at if looks else None))
    assert verdict.is_good
    assert verdict.are_originals_found is verdict.findings[-1].code.endswith(("_same", "_near"))
    return verdict.findings[-1]


@pytest.mark.parametrize(
    ("content", "code", "state"),
    [
        (ORIGINALS[1], "original_same", State.GOOD),
        (b"80 31", "original_near", State.NOTE),
        (b"80 32", "original_apart", State.ABSENT),
        (b"50 0", "original_near", State.NOTE),
        (b"49 0", "original_plain", State.UNCHECKED),
        (b"teks", "original_unreadable", State.UNCHECKED),
    ],
)
def test_an_original_is_told_from_an_altered_copy_and_from_a_strange_file(
    content: bytes, code: str, state: State
) -> None:
    found = compared(content)
    assert (found.code, found.state) == (code, state)
    assert "%" not in found.said.english


def test_without_fingerprints_or_eyes_only_equal_files_are_found() -> None:
    assert compared(ORIGINALS[0], PACKAGE).said.english.startswith(f"asli.png: matches item 1 of report {REPORT_ID}.")
    assert compared(b"80 0", PACKAGE).code == "original_absent"
    assert compared(ORIGINALS[0], looks=False).code == "original_same"
    blind = compared(b"80 0", looks=False)
    assert blind.code == "original_other_tool"
    assert "suluh verify" in blind.said.indonesian


def test_a_fingerprint_of_a_plain_picture_or_of_another_version_is_near_to_nothing() -> None:
    plain = package(build(Plan(prints=((NEAR, 49), (FAR, 80)))))
    assert compared(b"80 0", plain).code == "original_apart"
    files = files_of(build(Plan(prints=((NEAR, 80), ("", 0)))))
    other = {name: content.replace(b'"versi": "1"', b'"versi": "2"') for name, content in files.items()}
    assert compared(b"80 0", resigned(other, SIGNING)).code == "original_absent"


def test_near_means_what_the_office_links_by() -> None:
    assert (PDQ.match_threshold, PDQ.quality_floor) == (MOST_BITS, LEAST_QUALITY)
    assert str(PDQ.version) == PDQ_VERSION


def test_a_file_that_was_reported_twice_matches_both_items() -> None:
    twice = package(build(Plan(originals=(b"a", b"a"))))
    verdict = check_bundle(Request(twice, originals=[Original("a", b"a")]))
    assert [finding.code for finding in verdict.findings[-2:]] == ["original_same"] * 2


def test_every_sentence_is_said_and_has_the_same_places_in_both_languages() -> None:
    for code, (indonesian, english) in SENTENCES.items():
        places = [re.findall(r"\{\w+\}", sentence) for sentence in (indonesian, english)]
        assert sorted(places[0]) == sorted(places[1]), code
        assert (indonesian + english).isascii(), code
    sources = [path.read_text("utf-8") for path in (ROOT / "verifier").rglob("*.*") if path.suffix in {".py", ".js"}]
    assert [code for code in SENTENCES if not any(f'"{code}"' in source for source in sources)] == []


def test_an_annex_is_sealed_to_its_own_bundle() -> None:
    assert check(WITH_ANNEX).is_good
    assert "annex_good" in codes(WITH_ANNEX, State.GOOD)
