"""The package that is handed over: ``bukti.zip``, its signature, and the identity annex where there is one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from verifier.archive import read_archive
from verifier.findings import Fault, Unable

INNER = "bukti.zip"
INNER_SIGNATURE = "bukti.zip.sig"
ANNEX = "identitas.pdf.age"
ANNEX_SIGNATURE = "identitas.pdf.age.sig"
ANNEX_NAMESPACES = "suluh-annex@*"
"""All of ``annex_namespace``, as a pattern for ``allowed_signers``."""

_AGE_FORMS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
_AES_ENTRY = b"PK\x03\x04"
_AES_METHOD = 99
"""WinZip's AES (APPNOTE 6.3.10, appendix E)."""


class Package(NamedTuple):
    """What was handed over. ``signature`` is None for a ``bukti.zip`` that came alone."""

    is_whole: bool
    bundle: bytes
    signature: bytes | None
    annex: bytes | None = None
    annex_signature: bytes = b""


def annex_namespace(bundle: bytes) -> str:
    """The namespace in which an annex is signed: good for the bundle with these bytes (``bukti.zip``) alone."""
    return f"suluh-annex@{hashlib.sha256(bundle).hexdigest()}"


def open_package(archive: bytes, detached: bytes | None) -> Package:
    """The parts of a package, or of a ``bukti.zip`` with the signature that lies beside it.

    Raises ``Unable`` for a file that is still encrypted, ``Fault`` for one of another form.
    """
    _check_unlocked(archive)
    outer = read_archive(archive)
    if INNER not in outer:
        return Package(is_whole=False, bundle=archive, signature=detached)
    _check_parts(outer)
    return Package(
        is_whole=True,
        bundle=outer[INNER],
        signature=outer[INNER_SIGNATURE],
        annex=outer.get(ANNEX),
        annex_signature=outer.get(ANNEX_SIGNATURE, b""),
    )


def _check_parts(outer: Mapping[str, bytes]) -> None:
    needed = {INNER, INNER_SIGNATURE}
    if set(outer) not in (needed, needed | {ANNEX, ANNEX_SIGNATURE}):
        raise Fault("package_form")


def _check_unlocked(archive: bytes) -> None:
    if archive.startswith(_AGE_FORMS):
        raise Unable("locked_age")
    if (
        archive[:4] == _AES_ENTRY
        and archive[6:7]
        and archive[6] & 1
        and int.from_bytes(archive[8:10], "little") == _AES_METHOD
    ):
        raise Unable("locked_zip")
