"""From a signed bundle to the one file that is handed over: packed with what lies beside it, and encrypted."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pyrage
import pyzipper

from casefile.receipts import WORDS
from casefile.sshsig import sign
from triage.bundles.annex import annex_paper
from triage.bundles.sealed_build import Material
from triage.printing import render_pdf
from verifier.archive import read_archive, write_archive
from verifier.bag import ROOT, SIGNATURE, TIMESTAMP
from verifier.package import ANNEX, ANNEX_SIGNATURE, INNER, INNER_SIGNATURE, annex_namespace
from verifier.signatures import NAMESPACE

PASSPHRASE_WORDS = 6
"""66 bits: spoken over the telephone, and never sent with the file."""


@dataclass(frozen=True)
class Sealed:
    """An encrypted file, and the 32-byte digest of the package in it; no ``passphrase`` where an age key opens it."""

    name: str
    content: bytes = field(repr=False)
    opened: bytes = field(repr=False)
    passphrase: str = field(default="", repr=False)


def read_signature(bundle: bytes) -> bytes:
    """The office's signature in ``bukti.zip``, over which a timestamp is asked for."""
    return read_archive(bundle)[ROOT + SIGNATURE]


def add_stamp(bundle: bytes, token: bytes) -> bytes:
    """``bukti.zip`` with the timestamp beside the signature that it is for."""
    return write_archive({**read_archive(bundle), ROOT + TIMESTAMP: token}.items())


def pack(bundle: bytes, material: Material, made_at: datetime) -> bytes:
    """The package before encryption: ``bukti.zip`` with its signature, the sealed annex with its own."""
    files = {INNER: bundle, INNER_SIGNATURE: sign(material.signing, bundle, NAMESPACE).encode()}
    if material.annex is not None:
        pdf = render_pdf(annex_paper(material.annex, material.facts), made_at)
        annex = pyrage.encrypt(pdf, [pyrage.x25519.Recipient.from_str(material.annex.age_key)])
        signature = sign(material.signing, annex, annex_namespace(bundle)).encode()
        files |= {ANNEX: annex, ANNEX_SIGNATURE: signature}
    return write_archive(files.items())


def encrypt(package: bytes, name: str, age_key: str) -> Sealed:
    """To the unit's ``age_key``; without one an AES-256 ZIP with a new passphrase (AE-2). ``name`` ends in .zip."""
    opened = hashlib.sha256(package).digest()
    if age_key:
        recipient = pyrage.x25519.Recipient.from_str(age_key)
        return Sealed(f"{name}.age", pyrage.encrypt(package, [recipient]), opened)
    passphrase = new_passphrase()
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES) as outer:
        outer.setpassword(passphrase.encode())
        outer.setencryption(pyzipper.WZ_AES, nbits=256)
        outer.writestr(name, package)
    return Sealed(f"{name.removesuffix('.zip')}.aes.zip", buffer.getvalue(), opened, passphrase)


def new_passphrase(randbelow: Callable[[int], int] = secrets.randbelow) -> str:
    """Six Indonesian words, one space between them, all small letters."""
    return " ".join(WORDS[randbelow(len(WORDS))] for _ in range(PASSPHRASE_WORDS))
