"""From facts to bytes: a signed BagIt bag in a canonical ZIP (RFC 8493). Nothing is written to disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casefile.sshsig import allowed_signers_line, public_line, sign
from casefile.wib import WIB
from triage.bundles.custody_table import custody_grid
from triage.bundles.documents import custody_log, report_document
from triage.bundles.facts import BundleFacts
from triage.bundles.graph import case_graph
from triage.bundles.grids import (
    article_grid,
    evidence_grid,
    picture_rows,
    related_grid,
    takedown_grid,
)
from triage.bundles.pages import OFFICE_NAME, PRINCIPAL, readme_page
from triage.bundles.papers import list_papers
from triage.bundles.tables import encode_json
from triage.printing import render_pdf
from verifier.archive import write_archive
from verifier.bag import CUSTODY, DECLARATION, FINGERPRINTS, PAYLOAD_MANIFEST, REPORT, ROOT, SIGNATURE, TAG_MANIFEST
from verifier.checking import FORMAT, INNER, INNER_SIGNATURE
from verifier.package import ANNEX_NAMESPACES
from verifier.signatures import NAMESPACE, fingerprint

Progress = Callable[[int, int], None]
"""Told after each step: steps done, steps in all."""

DATA = "data/"
GRAPH = "data/case.jsonld"

_GRIDS = {
    "05_daftar_bukti": evidence_grid,
    "08_rantai_penguasaan": custody_grid,
    "09_keterkaitan": related_grid,
    "10_permintaan_takedown": takedown_grid,
    "11_indikasi_pasal": article_grid,
}
_WITHOUT_JSON = {"08_rantai_penguasaan"}
"""The custody log is there as JSON lines, which are what is verified."""


def build_bundle(
    facts: BundleFacts, private: Ed25519PrivateKey, on_progress: Progress = lambda _done, _all: None
) -> bytes:
    """``bukti.zip``: the bag with its signature over the tag manifest. Equal facts and key, equal bytes.

    ``facts.bundle_id`` and ``facts.approved`` must be there: ``ValueError`` otherwise, for nothing leaves unapproved.
    ``on_progress`` is told after each paper, and when the bag is signed. Raises ``PrintingError``.
    """
    if facts.bundle_id is None or facts.approved is None:
        raise ValueError("a bundle needs an id and an approval")
    signed_by = fingerprint(private.public_key().public_bytes_raw())
    facts = replace(facts, case=replace(facts.case, key_fingerprint=signed_by))
    payload = {**_papers(facts, on_progress), **_tables(facts), **_documents(facts)}
    tags = _tags(facts, private, payload)
    tag_manifest = _manifest(tags)
    signature = sign(private, tag_manifest, NAMESPACE).encode()
    files = {**payload, **tags, TAG_MANIFEST: tag_manifest, SIGNATURE: signature}
    bundle = write_archive((ROOT + name, content) for name, content in files.items())
    steps = len(list_papers(facts)) + 1
    on_progress(steps, steps)
    return bundle


def package_bundle(bundle: bytes, private: Ed25519PrivateKey) -> bytes:
    """What is handed over: ``bukti.zip`` and, beside it, the signature over all of it."""
    signature = sign(private, bundle, NAMESPACE).encode()
    return write_archive([(INNER, bundle), (INNER_SIGNATURE, signature)])


def _papers(facts: BundleFacts, on_progress: Progress) -> dict[str, bytes]:
    papers, printed = list_papers(facts), {}
    for done, named in enumerate(papers, start=1):
        printed[DATA + named.name] = render_pdf(named.paper, facts.made_at)
        on_progress(done, len(papers) + 1)
    return printed


def _tables(facts: BundleFacts) -> dict[str, bytes]:
    files = {}
    for stem, make in _GRIDS.items():
        grid = make(facts)
        files[f"{DATA}{stem}.csv"] = grid.to_csv()
        if stem not in _WITHOUT_JSON:
            files[f"{DATA}{stem}.json"] = grid.to_json()
    return files


def _documents(facts: BundleFacts) -> dict[str, bytes]:
    document = report_document(facts)
    files = {
        REPORT: encode_json(document),
        CUSTODY: custody_log(facts),
        GRAPH: encode_json(case_graph(facts)),
        f"{DATA}README_verifikasi.txt": readme_page(document, facts.case.key_fingerprint).encode(),
    }
    if facts.wish.fingerprints_reason:
        files[FINGERPRINTS] = encode_json(picture_rows(facts))
    return files


def _tags(facts: BundleFacts, private: Ed25519PrivateKey, payload: Mapping[str, bytes]) -> dict[str, bytes]:
    public = private.public_key()
    return {
        "bagit.txt": DECLARATION,
        "bag-info.txt": _bag_info(facts, payload),
        PAYLOAD_MANIFEST: _manifest(payload),
        "allowed_signers": f"{allowed_signers_line(PRINCIPAL, public, f'{NAMESPACE},{ANNEX_NAMESPACES}')}\n".encode(),
        "kunci_kantor.pub": f"{public_line(public, PRINCIPAL)}\n".encode(),
    }


def _bag_info(facts: BundleFacts, payload: Mapping[str, bytes]) -> bytes:
    fields = {
        "Source-Organization": OFFICE_NAME,
        "External-Identifier": facts.case_code,
        "Internal-Sender-Identifier": str(facts.bundle_id),
        "Bagging-Date": facts.made_at.astimezone(WIB).date().isoformat(),
        "Bag-Software-Agent": f"Suluh ({FORMAT})",
        "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items()).encode()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()
