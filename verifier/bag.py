"""BagIt 1.0 (RFC 8493) as Suluh writes it: every file is in a manifest, every manifest line has its file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping

from verifier.findings import Fault, plain

ROOT = "bukti/"
"""The bag's folder in the ZIP (RFC 8493 section 4.1)."""
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD_MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.sig"
REPORT = "data/laporan.json"
CUSTODY = "data/rantai_penguasaan.jsonl"

_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_UNLISTED = {TAG_MANIFEST, SIGNATURE}
_NEEDED = ("bagit.txt", "bag-info.txt", PAYLOAD_MANIFEST, TAG_MANIFEST, SIGNATURE, REPORT, CUSTODY)


def open_bag(archive: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bag's files by their name below ``ROOT``. Raises ``Fault`` when one lies elsewhere or is missing."""
    for name in archive:
        if not name.startswith(ROOT):
            raise Fault(f"Berkas {plain(name)} ada di luar map {ROOT}.", f"The file {plain(name)} lies outside {ROOT}.")
    files = {name[len(ROOT) :]: content for name, content in archive.items()}
    for name in _NEEDED:
        if name not in files:
            raise Fault(f"Berkas {name} tidak ada.", f"The file {name} is missing.")
    if files["bagit.txt"] != DECLARATION:
        raise Fault("bagit.txt bukan BagIt 1.0.", "bagit.txt is not that of BagIt 1.0.")
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
            raise Fault(
                f"Berkas {plain(name)} terdaftar tetapi tidak ada.", f"The file {plain(name)} is listed but missing."
            )
        if name not in listed:
            raise Fault(
                f"Berkas {plain(name)} ditambahkan: tidak terdaftar di {manifest}.",
                f"The file {plain(name)} was added: {manifest} does not list it.",
            )
        if hashlib.sha256(files[name]).hexdigest() != listed[name]:
            raise Fault(
                f"Berkas {plain(name)} berubah: SHA-256 tidak sama dengan {manifest}.",
                f"The file {plain(name)} was changed: its SHA-256 is not the one in {manifest}.",
            )


def _read(content: bytes, manifest: str) -> dict[str, str]:
    listed: dict[str, str] = {}
    lines = content.decode("utf-8", "replace").split("\n")
    for position, line in enumerate(lines[:-1], start=1):
        match = _LINE.fullmatch(line)
        if match is None or match.group(2) in listed:
            raise Fault(f"{manifest}: baris {position} salah.", f"{manifest}: line {position} is wrong.")
        listed[match.group(2)] = match.group(1)
    if lines[-1]:
        raise Fault(f"{manifest}: baris terakhir terpotong.", f"{manifest}: the last line is cut short.")
    return listed


def _check_total(info: bytes, payload: list[bytes]) -> None:
    expected = f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}"
    if expected.encode() not in info.split(b"\n"):
        raise Fault(
            "Jumlah berkas atau byte tidak sama dengan bag-info.txt.",
            "The number of files or bytes is not the one in bag-info.txt.",
        )
