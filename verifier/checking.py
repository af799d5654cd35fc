"""The whole check of a bundle, in order, until the first thing that is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from verifier.archive import read_archive
from verifier.bag import CUSTODY, REPORT, SIGNATURE, TAG_MANIFEST, check_manifests, open_bag
from verifier.custody import check_log
from verifier.findings import Fault, Finding, State, good, note, plain, unchecked
from verifier.signatures import fingerprint, signer

INNER = "bukti.zip"
INNER_SIGNATURE = "bukti.zip.sig"
FORMAT = "suluh-bukti/1"
"""``format`` in laporan.json; another number is another layout."""


class Verdict(NamedTuple):
    """All findings in order; the first wrong one ends the check and is the last."""

    findings: list[Finding]

    @property
    def is_good(self) -> bool:
        """Nothing was found wrong."""
        return all(finding.state is not State.WRONG for finding in self.findings)


class Request(NamedTuple):
    """What to check: the file's bytes, a detached signature lying beside it, the fingerprint the office gave."""

    archive: bytes
    detached: bytes | None = None
    pinned: str | None = None


def check_bundle(request: Request) -> Verdict:
    """Check a package (``bukti.zip`` with its signature) or ``bukti.zip`` alone. Never raises for bad content."""
    findings: list[Finding] = []
    try:
        findings.extend(_check(request))
    except Fault as fault:
        findings.append(Finding(State.WRONG, fault.said))
    return Verdict(findings)


def _check(request: Request) -> Iterator[Finding]:
    outer = read_archive(request.archive)
    if INNER in outer:
        if set(outer) != {INNER, INNER_SIGNATURE}:
            raise Fault(
                f"Paket harus berisi {INNER} dan {INNER_SIGNATURE} saja.",
                f"The package must hold {INNER} and {INNER_SIGNATURE} alone.",
            )
        yield good("Bentuk paket asli.", "The package has its original form.")
        yield from _check_inner(outer[INNER], outer[INNER_SIGNATURE], request.pinned)
    else:
        yield from _check_inner(request.archive, request.detached, request.pinned)


def _check_inner(archive: bytes, detached: bytes | None, pinned: str | None) -> Iterator[Finding]:
    files = open_bag(read_archive(archive))
    yield good(
        f"Bentuk ZIP bukti asli: {len(files)} berkas, tanpa nama ganda.",
        f"The evidence ZIP has its original form: {len(files)} files, no name twice.",
    )
    check_manifests(files)
    yield good(
        "Setiap berkas terdaftar dan SHA-256-nya cocok.", "Every file is listed and has the SHA-256 that is listed."
    )
    public = signer(files[SIGNATURE], files[TAG_MANIFEST])
    yield good("Tanda tangan atas daftar isi cocok.", "The signature over the list of contents holds.")
    yield _check_whole(archive, detached, public)
    yield _check_pinned(public, pinned)
    yield from _check_custody(files)
    yield from _limits()


def _check_whole(archive: bytes, detached: bytes | None, public: bytes) -> Finding:
    if detached is None:
        return unchecked(
            f"Tanda tangan atas seluruh ZIP: {INNER_SIGNATURE} tidak ada di sampingnya.",
            f"The signature over the whole ZIP: {INNER_SIGNATURE} does not lie beside it.",
        )
    if signer(detached, archive) != public:
        raise Fault("Dua tanda tangan dari dua kunci berbeda.", "The two signatures are by two different keys.")
    return good("Tanda tangan atas seluruh ZIP cocok.", "The signature over the whole ZIP holds.")


def _check_pinned(public: bytes, pinned: str | None) -> Finding:
    signed_by = fingerprint(public)
    if pinned is None:
        return unchecked(
            f"Siapa penanda tangan: bandingkan {signed_by} dengan sidik kunci yang diberikan kantor di kertas.",
            f"Who signed: compare {signed_by} with the key fingerprint that the office gave on paper.",
        )
    if signed_by != pinned:
        raise Fault(
            f"Ditandatangani oleh kunci lain: {signed_by}, bukan {pinned}.",
            f"Signed by another key: {signed_by}, not {pinned}.",
        )
    return good("Ditandatangani oleh kunci yang disebut.", "Signed by the key that was named.")


def _check_custody(files: dict[str, bytes]) -> Iterator[Finding]:
    contents = _read_report(files[REPORT])
    if contents.get("format") != FORMAT:
        yield unchecked(
            f"Isi laporan.json: bentuknya bukan {FORMAT}; pakai verify.pyz yang lebih baru.",
            f"What laporan.json says: its form is not {FORMAT}; use a newer verify.pyz.",
        )
        return
    heads = check_log(files[CUSTODY])
    stated = _stated(
        lambda: {
            str(report["id"]): (report["rantai_penguasaan"]["jumlah"], report["rantai_penguasaan"]["kepala"])
            for report in contents["laporan"]
        }
    )
    for report in sorted({*stated, *heads}):
        if stated.get(report) != heads.get(report):
            raise Fault(
                f"Rantai penguasaan laporan {plain(report)} lebih pendek, lebih panjang, atau lain dari laporan.json.",
                f"The custody chain of report {plain(report)} is shorter, longer or other than laporan.json says.",
            )
    total = sum(head.length for head in heads.values())
    yield good(
        f"Rantai penguasaan utuh: {total} catatan, {len(heads)} laporan.",
        f"The custody chain is whole: {total} entries, {len(heads)} reports.",
    )
    made = _stated(lambda: {name: str(contents["berkas"][name]) for name in ("id", "kode_kasus", "dibuat_wib")})
    yield note(
        f"Berkas {plain(made['id'])}, kasus {plain(made['kode_kasus'])}, dibuat {plain(made['dibuat_wib'])}.",
        f"Bundle {plain(made['id'])}, case {plain(made['kode_kasus'])}, made {plain(made['dibuat_wib'])}.",
    )


def _stated(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return read()
    except (KeyError, TypeError):
        raise _unreadable() from None


def _read_report(content: bytes) -> dict[str, Any]:
    try:
        contents = json.loads(content)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(contents, dict):
        raise _unreadable()
    return contents


def _unreadable() -> Fault:
    return Fault(f"{REPORT} tidak bisa dibaca.", f"{REPORT} cannot be read.")


def _limits() -> Iterator[Finding]:
    yield unchecked(
        "Benar tidaknya isi laporan, dan gambar asli (tidak ada di sini; cocokkan SHA-256 dengan berkas di perangkat).",
        "Whether what was reported is true, and the original pictures (not in here; compare SHA-256 on the device).",
    )
    yield unchecked(
        "Waktu: dinyatakan kantor sendiri, tanpa stempel waktu pihak ketiga.",
        "Time: stated by the office itself, without a third party's timestamp.",
    )
