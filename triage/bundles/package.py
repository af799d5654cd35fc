"""From facts to bytes: a signed BagIt bag in a canonical ZIP (RFC 8493). Nothing is written to disk."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casefile.sshsig import allowed_signers_line, public_line, sign
from casefile.wib import WIB
from triage.bundles.documents import custody_log, encode_document, evidence_table, report_document
from triage.bundles.facts import BundleFacts
from triage.bundles.pages import OFFICE_NAME, PRINCIPAL, readme_page, summary_page
from verifier.archive import write_archive
from verifier.bag import CUSTODY, DECLARATION, PAYLOAD_MANIFEST, REPORT, ROOT, SIGNATURE, TAG_MANIFEST
from verifier.checking import FORMAT, INNER, INNER_SIGNATURE
from verifier.signatures import NAMESPACE, fingerprint


def build_bundle(facts: BundleFacts, private: Ed25519PrivateKey) -> bytes:
    """``bukti.zip``: the bag with its signature over the tag manifest. Equal facts and key, equal bytes.

    ``facts.bundle_id`` and ``facts.approved`` must be there: ``ValueError`` otherwise, for nothing leaves unapproved.
    """
    if facts.bundle_id is None or facts.approved is None:
        raise ValueError("a bundle needs an id and an approval")
    payload = _payload(facts, private)
    tags = _tags(facts, private, payload)
    tag_manifest = _manifest(tags)
    signature = sign(private, tag_manifest, NAMESPACE).encode()
    files = {**payload, **tags, TAG_MANIFEST: tag_manifest, SIGNATURE: signature}
    return write_archive((ROOT + name, content) for name, content in files.items())


def package_bundle(bundle: bytes, private: Ed25519PrivateKey) -> bytes:
    """What is handed over: ``bukti.zip`` and, beside it, the signature over all of it."""
    signature = sign(private, bundle, NAMESPACE).encode()
    return write_archive([(INNER, bundle), (INNER_SIGNATURE, signature)])


def _payload(facts: BundleFacts, private: Ed25519PrivateKey) -> dict[str, bytes]:
    document = report_document(facts)
    signed_by = fingerprint(private.public_key().public_bytes_raw())
    return {
        REPORT: encode_document(document),
        CUSTODY: custody_log(facts),
        "data/daftar_bukti.csv": evidence_table(facts),
        "data/ringkasan.txt": summary_page(document).encode(),
        "data/README_verifikasi.txt": readme_page(document, signed_by).encode(),
    }


def _tags(facts: BundleFacts, private: Ed25519PrivateKey, payload: Mapping[str, bytes]) -> dict[str, bytes]:
    public = private.public_key()
    return {
        "bagit.txt": DECLARATION,
        "bag-info.txt": _bag_info(facts, payload),
        PAYLOAD_MANIFEST: _manifest(payload),
        "allowed_signers": f"{allowed_signers_line(PRINCIPAL, public, NAMESPACE)}\n".encode(),
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
