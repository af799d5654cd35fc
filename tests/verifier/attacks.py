"""What an attacker may do to a bundle, by name, and what each verifier must say first."""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from casefile.sshsig import public_line, sign
from tests.verifier.bundles import (
    BUNDLE,
    BUNDLE_ID,
    OFFICE,
    OLDER,
    PACKAGE,
    PAGE,
    SIGNING,
    STRANGER,
    Files,
    Plan,
    build,
    changed,
    files_of,
    manifest,
    package,
    relisted,
    resigned,
    zipped,
)
from tests.verifier.tokens import OTHER_TOKEN, REFUSED_TOKEN, STAMPED, TOKEN, later
from verifier.archive import write_archive
from verifier.bag import (
    CUSTODY,
    FINGERPRINTS,
    KEY,
    REPORT,
    ROOT,
    SIGNATURE,
    TAG_MANIFEST,
    TIMESTAMP,
)
from verifier.package import ANNEX, ANNEX_SIGNATURE, INNER, INNER_SIGNATURE
from verifier.signatures import NAMESPACE

ANNEX_BYTES = b"age-encryption.org/v1\nsealed to one investigator"
WITH_ANNEX = package(BUNDLE, annex=ANNEX_BYTES)
OTHER_BUNDLE = build(Plan(made="2026-11-22 12:00:00 WIB"))
INNER_SIGNED = sign(SIGNING, BUNDLE, NAMESPACE).encode()
DEEP = b"[" * 63 + b"]" * 63
"""Below two objects."""


@dataclass(frozen=True)
class Attack:
    """A changed file with what lies beside it, and the code of the first wrong thing.

    ``pinned`` and ``expected`` are what the paper gave; ``needs`` says which of them the attack is found by, if it is
    found by nothing else.
    """

    archive: bytes
    code: str
    pinned: str | None = None
    expected: str | None = None
    token: bytes | None = None
    detached: bytes | None = None
    needs: str = ""


def attacks() -> dict[str, Attack]:
    """All of them."""
    found = dict(_on_the_zip())
    found.update(_on_names())
    found.update(_on_the_bag())
    found.update(_on_signatures())
    found.update(_on_the_annex())
    found.update(_on_the_timestamp())
    found.update(_on_the_contents())
    found.update(_with_the_offices_key())
    return found


def _on_the_zip() -> Iterator[tuple[str, Attack]]:
    second = PACKAGE.index(b"PK\x03\x04", 4 + len(BUNDLE))
    directory = struct.unpack("<I", PACKAGE[-6:-2])[0]
    yield "empty file", Attack(b"", "not_zip")
    yield "random bytes", Attack(random.Random(1).randbytes(5000), "not_zip")
    yield "another ZIP", Attack(write_archive([("baca.txt", b"x")]), "file_outside")
    yield "cut short", Attack(PACKAGE[: len(BUNDLE) // 2], "zip_cut")
    yield "without its directory", Attack(PACKAGE[:directory], "zip_form")
    yield "a byte of bukti.zip changed", Attack(PACKAGE.replace(b"meminta", b"memberi"), "file_damaged")
    yield "trailing data", Attack(PACKAGE + b"\x00", "zip_form")
    yield "leading data", Attack(b"\x00" + PACKAGE, "not_zip")
    yield "twice, one after the other", Attack(PACKAGE + PACKAGE, "zip_form")
    yield "a comment", Attack(PACKAGE[:-2] + b"\x02\x00hi", "zip_form")
    yield "data between entries", Attack(PACKAGE[:second] + b"hidden" + PACKAGE[second:], "zip_form")
    yield "data before the directory", Attack(PACKAGE[:directory] + b"hidden" + PACKAGE[directory:], "zip_form")
    yield "compressed", Attack(_packed_again(zipfile.ZIP_DEFLATED), "zip_repacked")
    yield "packed again, stored", Attack(_packed_again(zipfile.ZIP_STORED), "zip_form")
    yield "encrypted flag", Attack(_patched(PACKAGE, 6, b"\x01\x00"), "zip_repacked")
    yield "encrypted flag and AES method", Attack(_patched(PACKAGE, 6, b"\x01\x00\x63\x00"), "locked_zip")
    yield "data descriptor flag", Attack(_patched(PACKAGE, 6, b"\x08\x00"), "zip_repacked")
    yield "an extra field", Attack(_patched(PACKAGE, 28, b"\x04\x00"), "zip_repacked")
    yield "ZIP64 sizes", Attack(_patched(PACKAGE, 18, b"\xff" * 8), "zip_cut")
    yield "a ZIP64 end record", Attack(PACKAGE[:-22] + _zip64_end(directory) + PACKAGE[-22:], "zip_form")
    yield "symlink mode", Attack(_patched(PACKAGE, directory + 38, struct.pack("<I", 0o120777 << 16)), "zip_form")
    yield "another name in the directory", Attack(_patched(PACKAGE, directory + 46, b"lain"), "zip_form")
    yield "another date", Attack(_patched(PACKAGE, 12, b"\x22"), "zip_form")
    yield "entries in another order", Attack(_reordered(), "zip_form")


def _packed_again(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo(INNER), BUNDLE, method)
        archive.writestr(zipfile.ZipInfo(INNER_SIGNATURE), INNER_SIGNED, method)
    return buffer.getvalue()


def _zip64_end(directory: int) -> bytes:
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2, 2, 100, directory)
    return record + struct.pack("<4sIQI", b"PK\x06\x07", 0, len(PACKAGE) - 22, 1)


def _reordered() -> bytes:
    """Both entries change places; offsets fit again."""
    files = [("a", b"1"), ("b", b"2")]
    one = write_archive(files)
    half, entry = 32, 47
    directory = one[2 * half + entry : 2 * half + 2 * entry], one[2 * half : 2 * half + entry]
    moved = [_patched(part, 42, struct.pack("<I", at)) for part, at in zip(directory, (0, half), strict=True)]
    return one[half : 2 * half] + one[:half] + b"".join(moved) + one[-22:]


def _patched(archive: bytes, at: int, new: bytes) -> bytes:
    return archive[:at] + new + archive[at + len(new) :]


def _on_names() -> Iterator[tuple[str, Attack]]:
    for name in (
        *("../keluar", "/etc/keluar", "bukti/../../keluar", "bukti\\..\\keluar", "C:keluar"),
        *("bukti/", "bukti//a", "bukti/.a", "bukti/a.", "bukti/a\x00.pdf", "bukti/\x1b[2Ja"),
    ):
        yield f"the name {name!a}", Attack(_with_entry(name, b"x"), "name_dangerous")
    yield (
        "a name in UTF-8",
        Attack(_with_entry("bukti/caf\x7f", b"x").replace(b"caf\x7f", b"caf\xe9"), "name_dangerous"),
    )
    yield "a name twice, the honest one first", Attack(_with_entry(ROOT + PAGE, b"z"), "name_twice")
    yield "a name twice, the honest one last", Attack(_with_entry(ROOT + PAGE, b"\x00"), "name_twice")
    yield "names that differ in capitals", Attack(_with_entry(ROOT + "data/Laporan.json", b"x"), "name_twice")
    yield "a file beside the bag", Attack(_with_entry("lain/baca.txt", b"x"), "file_outside")


def _with_entry(name: str, content: bytes) -> bytes:
    entries = [(ROOT + known, known_content) for known, known_content in files_of().items()]
    return write_archive([*entries, (name, content)])


def _on_the_bag() -> Iterator[tuple[str, Attack]]:
    def edit(change: Callable[[Files], object]) -> bytes:
        return package(zipped(changed(change)))

    def rewrite(name: str, old: bytes, new: bytes) -> bytes:
        return edit(lambda files: files.update({name: files[name].replace(old, new, 1)}))

    def swap(files: Files) -> None:
        files[PAGE], files[REPORT] = files[REPORT], files[PAGE]

    yield "a payload file added", Attack(edit(lambda files: files.update({"data/baru.pdf": b"x"})), "file_added")
    yield "a tag file added", Attack(edit(lambda files: files.update({"baru.txt": b"x"})), "file_added")
    yield "a file removed", Attack(edit(lambda files: files.pop(PAGE)), "file_lost")
    yield "the report removed", Attack(edit(lambda files: files.pop(REPORT)), "file_missing")
    yield "the log removed", Attack(edit(lambda files: files.pop(CUSTODY)), "file_missing")
    yield "the signature removed", Attack(edit(lambda files: files.pop(SIGNATURE)), "file_missing")
    yield "two files swapped", Attack(edit(swap), "file_changed")
    yield "a file changed", Attack(rewrite(PAGE, b"meminta", b"memberi"), "file_changed")
    yield "a file emptied", Attack(edit(lambda files: files.update({PAGE: b""})), "file_changed")
    yield "a file and its lists changed", Attack(zipped(relisted(changed(_lie))), "signature_wrong")
    yield "bagit.txt changed", Attack(rewrite("bagit.txt", b"1.0", b"0.97"), "bagit_version")
    yield "bag-info.txt changed", Attack(rewrite("bag-info.txt", b"2411", b"2412"), "file_changed")
    yield "a format number changed", Attack(rewrite(REPORT, b"bukti/2", b"bukti/1"), "file_changed")
    lines = files_of()[TAG_MANIFEST].split(b"\n")
    for name, content, code in (
        ("a manifest line missing", b"\n".join(lines[1:]), "file_added"),
        ("a manifest line too many", b"0" * 64 + b"  lain.txt\n" + files_of()[TAG_MANIFEST], "file_lost"),
        ("a manifest line twice", lines[0] + b"\n" + files_of()[TAG_MANIFEST], "manifest_line"),
        ("a manifest in capitals", files_of()[TAG_MANIFEST].upper(), "manifest_line"),
        ("a manifest with CRLF", b"\r\n".join(lines), "manifest_line"),
        ("a manifest with a mark", b"\xef\xbb\xbf" + files_of()[TAG_MANIFEST], "manifest_line"),
        ("a manifest cut short", files_of()[TAG_MANIFEST][:-1], "manifest_cut"),
        ("an empty manifest", b"", "file_added"),
    ):
        yield name, Attack(edit(lambda files, new=content: files.update({TAG_MANIFEST: new})), code)  # type: ignore[misc]
    yield "a wrong total", Attack(package(zipped(_wrong_total())), "total")


def _lie(files: Files) -> None:
    files[PAGE] = b"%PDF-1.7 Ia memberi uang.\n"


def _wrong_total() -> Files:
    files = files_of()
    files["bag-info.txt"] = files["bag-info.txt"].replace(b"Oxum: ", b"Oxum: 1")
    tags = [line.split(b"  ")[1].decode() for line in files[TAG_MANIFEST].splitlines()]
    return {**files, TAG_MANIFEST: manifest({name: files[name] for name in tags})}


def _on_signatures() -> Iterator[tuple[str, Attack]]:
    forged = resigned(changed(_lie), STRANGER)
    yield "signed anew by a stranger", Attack(forged, "pinned_wrong", pinned=OFFICE, needs="pin")
    lazy = relisted(changed(_lie))
    lazy[SIGNATURE] = sign(STRANGER, lazy[TAG_MANIFEST], NAMESPACE).encode()
    yield "signed anew, the key file left", Attack(package(zipped(lazy), STRANGER), "key_file")
    yield "another key in the key file", Attack(package(zipped(changed(_other_key))), "file_changed")
    yield "two keys", Attack(package(BUNDLE, STRANGER), "two_keys")
    other = files_of()
    other[SIGNATURE] = sign(SIGNING, other[TAG_MANIFEST], "suluh-keys@v1").encode()
    yield "a signature for another purpose", Attack(package(zipped(other)), "signature_malformed")
    other = {**other, SIGNATURE: files_of(OTHER_BUNDLE)[SIGNATURE]}
    yield "the signature of another bundle", Attack(package(zipped(other)), "signature_wrong")
    other = {**other, SIGNATURE: files_of()[SIGNATURE].replace(b"\n", b"\r\n")}
    yield "a signature with CRLF", Attack(package(zipped(other)), "signature_malformed")
    other = {**other, SIGNATURE: b""}
    yield "an empty signature", Attack(package(zipped(other)), "signature_malformed")
    mixed = [(INNER, BUNDLE), (INNER_SIGNATURE, sign(SIGNING, OTHER_BUNDLE, NAMESPACE).encode())]
    yield "under the package signature of another bundle", Attack(write_archive(mixed), "signature_wrong")
    yield "without the package signature", Attack(write_archive([(INNER, BUNDLE)]), "package_form")
    yield "a third file in the package", Attack(write_archive([*mixed, ("baca.txt", b"x")]), "package_form")
    yield "bukti.zip with another signature beside it", Attack(BUNDLE, "signature_wrong", detached=mixed[1][1])


def _other_key(files: Files) -> None:
    files[KEY] = public_line(STRANGER.public_key(), "suluh").encode()


def _on_the_annex() -> Iterator[tuple[str, Attack]]:
    elsewhere = _parts(package(OTHER_BUNDLE, annex=b"age-encryption.org/v1\nsomebody else"))
    own, theirs = _parts(WITH_ANNEX), _parts(package(BUNDLE, STRANGER, annex=b"age-encryption.org/v1\nfalse"))
    swapped = {**own, ANNEX: elsewhere[ANNEX], ANNEX_SIGNATURE: elsewhere[ANNEX_SIGNATURE]}
    forged = {**own, ANNEX: theirs[ANNEX], ANNEX_SIGNATURE: theirs[ANNEX_SIGNATURE]}
    yield "the annex of another bundle", Attack(write_archive(swapped.items()), "signature_malformed")
    yield "another annex", Attack(write_archive({**own, ANNEX: b"x"}.items()), "signature_wrong")
    yield "an annex by a stranger", Attack(write_archive(forged.items()), "two_keys")
    unsigned = {name: own[name] for name in own if name != ANNEX_SIGNATURE}
    yield "an annex without signature", Attack(write_archive(unsigned.items()), "package_form")
    alone = {name: own[name] for name in own if name != ANNEX}
    yield "an annex's signature alone", Attack(write_archive(alone.items()), "package_form")
    digest = _sha256(WITH_ANNEX)
    yield "the annex removed", Attack(PACKAGE, "expected_wrong", expected=digest, needs="paper")


def _parts(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _on_the_timestamp() -> Iterator[tuple[str, Attack]]:
    def restamped(token: bytes | None) -> bytes:
        """The stamped bundle with another token, under the old package signature."""
        files = files_of(STAMPED)
        files.pop(TIMESTAMP)
        files.update({TIMESTAMP: token} if token is not None else {})
        signature = sign(SIGNING, STAMPED, NAMESPACE).encode()
        return write_archive([(INNER, zipped(files)), (INNER_SIGNATURE, signature)])

    flipped = bytearray(TOKEN)
    flipped[-1] ^= 1
    yield "the timestamp altered", Attack(restamped(bytes(flipped)), "signature_wrong")
    yield "the timestamp exchanged", Attack(restamped(OTHER_TOKEN), "signature_wrong")
    yield "the timestamp removed", Attack(restamped(None), "signature_wrong")
    yield "a timestamp beside it for another signature", Attack(PACKAGE, "stamp_other", token=OTHER_TOKEN)
    yield "a timestamp beside it with another time", Attack(PACKAGE, "stamp_malformed", token=later(TOKEN))
    yield "a timestamp beside it that was refused", Attack(PACKAGE, "stamp_refused", token=REFUSED_TOKEN)
    yield "a timestamp beside it cut short", Attack(PACKAGE, "stamp_malformed", token=TOKEN[:-1])
    yield "a timestamp beside it of random bytes", Attack(PACKAGE, "stamp_malformed", token=b"\x30\x84\xff\xff\xff\xff")
    yield "an empty timestamp beside it", Attack(PACKAGE, "stamp_malformed", token=b"")


def _on_the_contents() -> Iterator[tuple[str, Attack]]:
    """Signed by the office itself, or the lists would say it first."""
    for name, content in (
        ("a report that is no JSON", b"{"),
        ("a report 100,000 deep", b"[" * 100_000 + b"]" * 100_000),
        ("a report in UTF-16", files_of()[REPORT].decode().encode("utf-16")),
        ("a report with a mark", b"\xef\xbb\xbf" + files_of()[REPORT]),
        ("a report with NaN", files_of()[REPORT].replace(b'"berkas": {', b'"berkas": {"x": NaN,')),
        ("a report 65 deep", files_of()[REPORT].replace(b'"berkas": {', b'"berkas": {"x": ' + DEEP + b",")),
        ("a report that is a list", b"[]"),
    ):
        yield name, Attack(_signed({REPORT: content}), "unreadable")
    yield (
        "a later format",
        Attack(_signed({REPORT: files_of()[REPORT].replace(b"bukti/2", b"bukti/9")}), "format_unknown"),
    )
    yield "a report without its reports", Attack(_edited(lambda document: document.pop("laporan")), "unreadable")
    yield "a chain's length as text", Attack(_edited(_length_as_text), "unreadable")
    yield "evidence without digest", Attack(_edited(_no_digest), "unreadable")
    yield "fingerprints that are none", Attack(_signed({FINGERPRINTS: b'[{"pdq": {"versi": "1"}}]'}), "unreadable")


def _with_the_offices_key() -> Iterator[tuple[str, Attack]]:
    """What even the office cannot do unseen, and what only the paper shows."""
    lines = files_of()[CUSTODY].splitlines(keepends=True)
    first, *rest = lines
    for name, new, code in (
        ("the first custody entry dropped", rest, "custody_breaks"),
        ("a custody entry dropped", lines[:2] + lines[3:], "custody_breaks"),
        ("the last custody entry dropped", lines[:-1], "custody_other"),
        ("all custody entries dropped", [], "custody_other"),
        ("custody entries reordered", [lines[0], lines[2], lines[1], *lines[3:]], "custody_breaks"),
        ("a custody entry doubled", [first, first, *rest], "custody_breaks"),
        ("a custody entry edited", [first.replace(b"reporter", b"somebody"), *rest], "custody_breaks"),
        ("a custody entry renumbered", [first.replace(b'"number": 1', b'"number": 7'), *rest], "custody_breaks"),
        ("a custody entry of another report", [first.replace(b"0003", b"0009"), *rest], "custody_breaks"),
        (
            "a custody entry with half a letter",
            [first.replace(b'"body": "', b'"body": "\\ud800'), *rest],
            "custody_line",
        ),
        ("a field more in a custody entry", [first.replace(b'"number"', b'"a": 1, "number"'), *rest], "custody_line"),
        ("a custody entry that is no JSON", [b"{}\n", *lines], "custody_line"),
        ("a custody entry in Latin-1", [first.replace(b"reporter", b"r\xe9porter"), *rest], "custody_line"),
        ("a custody log cut short", [*lines, b"{"], "custody_cut"),
    ):
        yield name, Attack(_signed({CUSTODY: b"".join(new)}), code)
    yield "another length in the report", Attack(_edited(_other_length), "custody_other")
    yield "no reports in the report", Attack(_edited(lambda document: document["laporan"].clear()), "custody_other")
    shortened = build(Plan(entries=4))
    digest, paper = _sha256(PACKAGE), {"pinned": OFFICE, "needs": "paper"}
    cut = {REPORT: files_of(shortened)[REPORT], CUSTODY: files_of(shortened)[CUSTODY]}
    by_others = package(zipped(relisted({**files_of(), **cut})))
    yield "a chain cut short with the report, by others", Attack(by_others, "signature_wrong")
    yield (
        "a chain cut short with the report, by the office",
        Attack(
            package(shortened),
            "expected_wrong",
            expected=digest,
            **paper,  # type: ignore[arg-type]
        ),
    )
    older = Attack(OLDER, "expected_wrong", **paper)  # type: ignore[arg-type]
    yield "an older bundle for a newer one, by digest", replace(older, expected=digest)
    yield "an older bundle for a newer one, by digest of bukti.zip", replace(older, expected=_sha256(BUNDLE))
    yield "an older bundle for a newer one, by id", replace(older, expected=str(BUNDLE_ID))


def _signed(new: Files) -> bytes:
    return resigned({**files_of(), **new}, SIGNING)


def _edited(edit: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(files_of()[REPORT])
    edit(document)
    return _signed({REPORT: json.dumps(document).encode()})


def _length_as_text(document: dict[str, Any]) -> None:
    document["laporan"][0]["rantai_penguasaan"]["jumlah"] = "5"


def _other_length(document: dict[str, Any]) -> None:
    document["laporan"][0]["rantai_penguasaan"]["jumlah"] = 4


def _no_digest(document: dict[str, Any]) -> None:
    document["laporan"][0]["bukti"][0]["sha256"] = ""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


ATTACKS = attacks()
