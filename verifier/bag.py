"""BagIt 1.0 (RFC 8493) as Suluh writes it: every file is in a manifest, every manifest line has its file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping

from verifier.findings import Fault

ROOT = "bukti/"
"""The bag's folder in the ZIP (RFC 8493 section 4.1)."""
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD_MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.sig"
TIMESTAMP = "tagmanifest-sha256.txt.sig.tsr"
"""RFC 3161 over the signature; in the bag or, added later, beside the package."""
KEY = "kunci_kantor.pub"
REPORT = "data/laporan.json"
CUSTODY = "data/08_rantai_penguasaan.jsonl"
FINGERPRINTS = "data/05_sidik_gambar.json"
"""Only where fingerprints were chosen to leave."""

_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")
_UNLISTED = {TAG_MANIFEST, SIGNATURE, TIMESTAMP}
_NEEDED = ("bagit.txt", "bag-info.txt", PAYLOAD_MANIFEST, TAG_MANIFEST, SIGNATURE, KEY, REPORT, CUSTODY)


def open_bag(archive: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bag's files by their name below ``ROOT``. Raises ``Fault`` when one lies elsewhere or is missing."""
    for name in archive:
        if not name.startswith(ROOT):
            raise Fault("file_outside", name=name)
    files = {name[len(ROOT) :]: content for name, content in archive.items()}
    for name in _NEEDED:
        if name not in files:
            raise Fault("file_missing", name=name)
    if files["bagit.txt"] != DECLARATION:
        raise Fault("bagit_version")
    return files


def check_manifests(files: Mapping[str, bytes]) -> None:
    """Raises ``Fault`` with the first file that is added, missing or changed, or when the total does not fit."""
    payload = [name for name in files if name.startswith("data/")]
    tags = [name for name in files if not name.startswith("data/") and name not in _UNLISTED]
    _check(files, TAG_MANIFEST, tags)
    _check(files, PAYLOAD_MANIFEST, payload)
    _check_total(files["bag-info.txt"], [files[name] for name in payload])


def _check(files: Mapping[str, bytes], manifest: str, present: Collection[str]) -> None:
    listed = _read(files[manifest], manifest)
    for name in sorted({*listed, *present}):
        if name not in present:
            raise Fault("file_lost", name=name)
        if name not in listed:
            raise Fault("file_added", name=name, manifest=manifest)
        if hashlib.sha256(files[name]).hexdigest() != listed[name]:
            raise Fault("file_changed", name=name, manifest=manifest)


def _read(content: bytes, manifest: str) -> dict[str, str]:
    listed: dict[str, str] = {}
    lines = content.decode("latin-1").split("\n")
    for position, line in enumerate(lines[:-1], start=1):
        match = _LINE.fullmatch(line)
        if match is None or match.group(2) in listed:
            raise Fault("manifest_line", manifest=manifest, line=position)
        listed[match.group(2)] = match.group(1)
    if lines[-1]:
        raise Fault("manifest_cut", manifest=manifest)
    return listed


def _check_total(info: bytes, payload: list[bytes]) -> None:
    expected = f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}"
    if expected.encode() not in info.split(b"\n"):
        raise Fault("total")
