"""Bundles for the verifier's tests: the honest one, and what an attacker makes of it.

Small, and of the verifier's own layout: what the desk builds is checked in ``tests/triage/test_bundles_tools.py``.
"""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casefile.custody import GENESIS, REPORTER, SYSTEM, Act, entry_digest
from casefile.keyring import office_signing_key
from casefile.sshsig import allowed_signers_line, public_line, sign
from casefile.vocabulary import CustodyAction
from verifier.archive import read_archive, write_archive
from verifier.bag import (
    CUSTODY,
    DECLARATION,
    FINGERPRINTS,
    KEY,
    PAYLOAD_MANIFEST,
    REPORT,
    ROOT,
    SIGNATURE,
    TAG_MANIFEST,
    TIMESTAMP,
)
from verifier.checking import Request, Verdict, check_bundle
from verifier.contents import FORMAT
from verifier.findings import Said, State
from verifier.package import ANNEX, ANNEX_NAMESPACES, ANNEX_SIGNATURE, INNER, INNER_SIGNATURE, annex_namespace
from verifier.signatures import NAMESPACE, fingerprint

Files = dict[str, bytes]

SIGNING = office_signing_key(bytes(range(96)))
STRANGER = office_signing_key(bytes(96))
OFFICE = fingerprint(SIGNING.public_key().public_bytes_raw())
THEIRS = fingerprint(STRANGER.public_key().public_bytes_raw())
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
REPORT_ID = uuid.UUID(int=3)
BUNDLE_ID = uuid.UUID(int=5)
OLD_ID = uuid.UUID(int=4)
PAGE = "data/01_ringkasan.pdf"


@dataclass(frozen=True)
class Plan:
    """What a bundle is made of. ``originals`` are the bytes of the files that were reported, ``prints`` their PDQ."""

    bundle_id: uuid.UUID = BUNDLE_ID
    made: str = "2026-11-23 12:00:00 WIB"
    originals: tuple[bytes, ...] = (b"gambar satu", b"gambar dua")
    prints: tuple[tuple[str, int], ...] = ()
    entries: int = 5
    reports: tuple[uuid.UUID, ...] = field(default=(REPORT_ID,))
    signing: Ed25519PrivateKey = SIGNING


def build(plan: Plan = Plan()) -> bytes:
    """``bukti.zip`` as Suluh lays it out, in small."""
    heads, log = _custody(plan)
    payload = {
        CUSTODY: log,
        REPORT: json.dumps(_document(plan, heads), indent=2).encode() + b"\n",
        PAGE: b"%PDF-1.7 Ia meminta uang.\n",
        "data/05_daftar_bukti.csv": b"no,sha256\r\n",
        "data/README_verifikasi.txt": b"CARA MEMERIKSA\n",
    }
    if plan.prints:
        payload[FINGERPRINTS] = json.dumps(_fingerprints(plan)).encode()
    public = plan.signing.public_key()
    signers = allowed_signers_line("suluh", public, f"{NAMESPACE},{ANNEX_NAMESPACES}")
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": b"External-Identifier: K-2411\nPayload-Oxum: 0.0\n",
        "allowed_signers": f"{signers}\n".encode(),
        KEY: f"{public_line(public, 'suluh')}\n".encode(),
    }
    files = relisted({**payload, **tags})
    return zipped({**files, SIGNATURE: sign(plan.signing, files[TAG_MANIFEST], NAMESPACE).encode()})


def package(bundle: bytes, private: Ed25519PrivateKey = SIGNING, annex: bytes | None = None) -> bytes:
    """What is handed over: the bundle, its signature, perhaps a sealed annex with its own."""
    entries = {INNER: bundle, INNER_SIGNATURE: sign(private, bundle, NAMESPACE).encode()}
    if annex is not None:
        entries[ANNEX] = annex
        entries[ANNEX_SIGNATURE] = sign(private, annex, annex_namespace(bundle)).encode()
    return write_archive(entries.items())


def _document(plan: Plan, heads: dict[uuid.UUID, tuple[int, str]]) -> dict[str, Any]:
    evidence = [{"no": no, "sha256": digest} for no, digest in enumerate(map(_sha256, plan.originals), start=1)]
    return {
        "format": FORMAT,
        "berkas": {"id": str(plan.bundle_id), "kode_kasus": "K-2411", "dibuat_wib": plan.made},
        "laporan": [
            {
                "id": str(report),
                "bukti": evidence if report == plan.reports[0] else [],
                "rantai_penguasaan": {"jumlah": heads[report][0], "kepala": heads[report][1]},
            }
            for report in plan.reports
        ],
    }


def _fingerprints(plan: Plan) -> list[dict[str, Any]]:
    rows = zip(plan.originals, plan.prints, strict=True)
    return [
        {
            "laporan": str(plan.reports[0]),
            "no": number,
            "sha256": _sha256(content),
            "pdq": {"versi": "1", "nilai": value, "mutu": quality} if value else None,
            "phash": None,
        }
        for number, (content, (value, quality)) in enumerate(rows, start=1)
    ]


def _custody(plan: Plan) -> tuple[dict[uuid.UUID, tuple[int, str]], bytes]:
    heads, lines = {}, []
    for report in plan.reports:
        previous = GENESIS
        for number, act in enumerate(_acts(plan.entries), start=1):
            body = act.to_body()
            digest = entry_digest(report, number, previous, body)
            lines.append(
                {
                    "report": str(report),
                    "number": number,
                    "previous": previous.hex(),
                    "body": body,
                    "digest": digest.hex(),
                }
            )
            previous = digest
        heads[report] = (plan.entries, previous.hex())
    return heads, "".join(json.dumps(line) + "\n" for line in lines).encode()


def _acts(count: int) -> Iterable[Act]:
    yield Act(CustodyAction.RECEIVED, REPORTER, NOW.date())
    for _ in range(count - 1):
        yield Act(CustodyAction.MATCHED, SYSTEM, NOW, {"tujuan": "bukti – “é”"})


def files_of(bundle: bytes | None = None) -> Files:
    """The bag's files by their name below its root."""
    return {name.removeprefix(ROOT): content for name, content in read_archive(bundle or BUNDLE).items()}


def zipped(files: Files) -> bytes:
    """A canonical ZIP of a bag's files, as they are."""
    return write_archive((ROOT + name, content) for name, content in files.items())


def relisted(files: Files) -> Files:
    """The files with manifests and total that fit them again, under the old signature."""
    payload = {name: content for name, content in files.items() if name.startswith("data/")}
    total = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}".encode()
    info = [total if line.startswith(b"Payload-Oxum") else line for line in files["bag-info.txt"].split(b"\n")]
    files = {**files, "bag-info.txt": b"\n".join(info), PAYLOAD_MANIFEST: manifest(payload)}
    unlisted = {TAG_MANIFEST, SIGNATURE, TIMESTAMP}
    tags = {name: files[name] for name in files if not name.startswith("data/") and name not in unlisted}
    return {**files, TAG_MANIFEST: manifest(tags)}


def resigned(files: Files, private: Ed25519PrivateKey, annex: bytes | None = None) -> bytes:
    """A package whose every list, key file and signature is right, by whoever holds ``private``."""
    files = relisted({**files, KEY: f"{public_line(private.public_key(), 'suluh')}\n".encode()})
    files[SIGNATURE] = sign(private, files[TAG_MANIFEST], NAMESPACE).encode()
    return package(zipped(files), private, annex)


def changed(change: Callable[[Files], object]) -> Files:
    """The honest files after ``change`` was done to them."""
    files = files_of()
    change(files)
    return files


def manifest(files: Files) -> bytes:
    """A manifest of ``files``."""
    return "".join(f"{_sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def flip(archive: bytes, bit: int) -> bytes:
    """``archive`` with one bit turned over."""
    flipped = bytearray(archive)
    flipped[bit // 8] ^= 1 << bit % 8
    return bytes(flipped)


def bits_to_flip(archive: bytes, count: int) -> list[int]:
    """``count`` different places, always the same ones."""
    return random.Random(20261123).sample(range(len(archive) * 8), count)


def repaired_flips(count: int) -> Iterable[bytes]:
    """The package with one bit of one file of the bag turned over, and every checksum of the ZIP made to fit."""
    files, outer = files_of(), sign(SIGNING, BUNDLE, NAMESPACE).encode()
    names = sorted(files)
    places = random.Random(20261124)
    for _ in range(count):
        name = places.choice(names)
        spoiled = flip(files[name], places.randrange(len(files[name]) * 8))
        yield write_archive([(INNER, zipped({**files, name: spoiled})), (INNER_SIGNATURE, outer)])


def check(archive: bytes, pinned: str | None = OFFICE, detached: bytes | None = None) -> Verdict:
    """The verdict on an archive, with the office's key pinned."""
    return check_bundle(Request(archive, detached, pinned))


def fault_of(archive: bytes, pinned: str | None = OFFICE, detached: bytes | None = None) -> Said:
    """What was found wrong, of which there is one, at the end."""
    verdict = check(archive, pinned, detached)
    assert not verdict.is_good
    wrong = [finding for finding in verdict.findings if finding.state is State.WRONG]
    assert wrong == verdict.findings[-1:]
    return wrong[0].said


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


BUNDLE = build()
PACKAGE = package(BUNDLE)
OLDER = package(build(Plan(bundle_id=OLD_ID, made="2026-11-01 09:00:00 WIB", entries=3)))
"""Signed by the same office, three weeks before."""
