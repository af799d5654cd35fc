"""Bundles for the verifier's tests: the honest one, and what an attacker makes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casefile.sshsig import sign
from tests.triage.bundle_world import SIGNING, make_facts
from triage.bundles import build_bundle, package_bundle
from verifier.archive import read_archive, write_archive
from verifier.bag import PAYLOAD_MANIFEST, ROOT, SIGNATURE, TAG_MANIFEST
from verifier.checking import Request, Verdict, check_bundle
from verifier.findings import Said, State
from verifier.signatures import NAMESPACE, fingerprint

BUNDLE = build_bundle(make_facts(), SIGNING)
PACKAGE = package_bundle(BUNDLE, SIGNING)
OFFICE = fingerprint(SIGNING.public_key().public_bytes_raw())

Files = dict[str, bytes]


def files_of(bundle: bytes = BUNDLE) -> Files:
    """The bag's files by their name below its root."""
    return {name.removeprefix(ROOT): content for name, content in read_archive(bundle).items()}


def zipped(files: Files) -> bytes:
    """A canonical ZIP of a bag's files, as they are."""
    return write_archive((ROOT + name, content) for name, content in files.items())


def relisted(files: Files) -> Files:
    """The files with manifests and total that fit them again, under the old signature."""
    payload = {name: content for name, content in files.items() if name.startswith("data/")}
    total = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}".encode()
    info = [total if line.startswith(b"Payload-Oxum") else line for line in files["bag-info.txt"].split(b"\n")]
    files = {**files, "bag-info.txt": b"\n".join(info), PAYLOAD_MANIFEST: manifest(payload)}
    unlisted = {TAG_MANIFEST, SIGNATURE}
    tags = {name: files[name] for name in files if not name.startswith("data/") and name not in unlisted}
    return {**files, TAG_MANIFEST: manifest(tags)}


def resigned(files: Files, private: Ed25519PrivateKey) -> bytes:
    """A package whose every list and signature is right, by whoever holds ``private``."""
    files = relisted(files)
    files[SIGNATURE] = sign(private, files[TAG_MANIFEST], NAMESPACE).encode()
    return package_bundle(zipped(files), private)


def changed(change: Callable[[Files], None]) -> Files:
    """The honest files after ``change`` was done to them."""
    files = files_of()
    change(files)
    return files


def manifest(files: Files) -> bytes:
    """A manifest of ``files``."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


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
