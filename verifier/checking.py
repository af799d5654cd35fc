"""The whole check of a bundle, in order, until the first thing that is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from verifier.archive import read_archive
from verifier.bag import CUSTODY, KEY, SIGNATURE, TAG_MANIFEST, TIMESTAMP, check_manifests, open_bag
from verifier.contents import FORMAT, Contents, read_contents, read_fingerprints
from verifier.custody import check_log
from verifier.findings import Fault, Finding, State, Unable, good, note, unchecked
from verifier.originals import Evidence, LookAt, Original, compare_original
from verifier.package import (
    ANNEX,
    ANNEX_SIGNATURE,
    INNER,
    INNER_SIGNATURE,
    Package,
    annex_namespace,
    open_package,
)
from verifier.signatures import fingerprint, is_key_line, signer
from verifier.timestamps import read_stamp

__all__ = ["ANNEX", "ANNEX_SIGNATURE", "FORMAT", "INNER", "INNER_SIGNATURE", "Request", "Verdict", "check_bundle"]

_EXPECTED = re.compile(r"(?:SULUH1:SHA256:)?([0-9A-F]{64})|([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})")
_ORIGINAL = "original_"
_FOUND = ("original_same", "original_near")


class Verdict(NamedTuple):
    """All findings in order; the first wrong one ends the check and is the last."""

    findings: list[Finding]
    is_finished: bool
    """Whether every check was made; a file that is locked, or of a later form, ends it."""

    @property
    def is_good(self) -> bool:
        """Everything was checked and nothing was found wrong."""
        return self.is_finished and not self.is_wrong

    @property
    def is_wrong(self) -> bool:
        """Something was found wrong."""
        return any(finding.state is State.WRONG for finding in self.findings)

    @property
    def are_originals_found(self) -> bool:
        """Every original that was handed over is in the bundle, as it is or altered."""
        return all(finding.code in _FOUND for finding in self.findings if finding.code.startswith(_ORIGINAL))


class Request(NamedTuple):
    """What to check: the file's bytes, what lies beside it, what the office gave on paper, originals.

    ``pinned`` is the fingerprint of the office's key; ``expected`` a digest as hex or the bundle's id, as
    ``read_expected`` gives it.
    """

    archive: bytes
    detached: bytes | None = None
    pinned: str | None = None
    expected: str | None = None
    token: bytes | None = None
    originals: Sequence[Original] = ()
    look_at: LookAt | None = None


def read_expected(typed: str) -> str | None:
    """A digest (``SULUH1:sha256:...`` or the hex alone) or a bundle's id as it is compared; None when it is neither."""
    match = _EXPECTED.fullmatch(typed.strip().upper())
    return (match.group(1) or match.group(2)).lower() if match else None


def check_bundle(request: Request) -> Verdict:
    """Check a package (``bukti.zip`` with its signature) or ``bukti.zip`` alone. Never raises for bad content."""
    findings: list[Finding] = []
    try:
        for finding in _check(request):
            findings.append(finding)
    except Fault as fault:
        findings.append(fault.finding)
    except Unable as unable:
        return Verdict([*findings, unable.finding], is_finished=False)
    return Verdict(findings, is_finished=True)


def _check(request: Request) -> Iterator[Finding]:
    try:
        package = open_package(request.archive, request.detached)
    except Unable:
        if request.expected == hashlib.sha256(request.archive).hexdigest():
            yield good("expected_good")
        raise
    if package.is_whole:
        yield good("package_good")
    files = open_bag(read_archive(package.bundle))
    yield good("bag_good", count=len(files))
    check_manifests(files)
    yield good("manifests_good")
    public = signer(files[SIGNATURE], files[TAG_MANIFEST], SIGNATURE)
    yield good("signature_good")
    if not is_key_line(files[KEY], public):
        raise Fault("key_file")
    yield from _check_signers(package, public, request.pinned)
    contents = read_contents(files)
    yield _check_custody(files, contents)
    yield from _identify(request, package, files, contents)
    yield from _check_stamp(files, request.token)
    yield unchecked("truth_unchecked")
    evidence = Evidence(contents.items, read_fingerprints(files), request.look_at)
    for original in request.originals:
        yield from compare_original(original, evidence)


def _check_signers(package: Package, public: bytes, pinned: str | None) -> Iterator[Finding]:
    if package.signature is None:
        yield unchecked("whole_unchecked")
    elif signer(package.signature, package.bundle, INNER_SIGNATURE) != public:
        raise Fault("two_keys")
    else:
        yield good("whole_good")
    if package.annex is not None:
        namespace = annex_namespace(package.bundle)
        if signer(package.annex_signature, package.annex, ANNEX_SIGNATURE, namespace) != public:
            raise Fault("two_keys")
        yield good("annex_good")
        yield unchecked("annex_unchecked")
    yield _check_pinned(public, pinned)


def _check_pinned(public: bytes, pinned: str | None) -> Finding:
    signed_by = fingerprint(public)
    if pinned is None:
        return unchecked("pinned_unchecked", fingerprint=signed_by)
    if signed_by != pinned:
        raise Fault("pinned_wrong", fingerprint=signed_by, pinned=pinned)
    return good("pinned_good")


def _check_custody(files: Mapping[str, bytes], contents: Contents) -> Finding:
    heads = check_log(files[CUSTODY])
    for report in sorted({*contents.heads, *heads}):
        if contents.heads.get(report) != heads.get(report):
            raise Fault("custody_other", report=report)
    entries = sum(head.length for head in heads.values())
    return good("custody_good", entries=entries, reports=len(heads))


def _identify(request: Request, package: Package, files: Mapping[str, bytes], contents: Contents) -> Iterator[Finding]:
    """Which bundle this is, and whether it is the one that the paper names."""
    yield note("about", id=contents.bundle_id, case=contents.case, made=contents.made)
    digests = [hashlib.sha256(part).hexdigest() for part in (request.archive, package.bundle, files[TAG_MANIFEST])]
    yield note("digest", digest=digests[0])
    if request.expected is None:
        yield unchecked("expected_unchecked")
    elif request.expected not in (*digests, contents.bundle_id):
        raise Fault("expected_wrong", id=contents.bundle_id, made=contents.made)
    else:
        yield good("expected_good")


def _check_stamp(files: Mapping[str, bytes], beside: bytes | None) -> Iterator[Finding]:
    token = files.get(TIMESTAMP, beside)
    if token is None:
        yield unchecked("stamp_missing")
        return
    yield good("stamp_good", time=read_stamp(token, files[SIGNATURE]))
    yield unchecked("stamp_unchecked")
