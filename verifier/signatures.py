"""SSH signatures (OpenSSH, PROTOCOL.sshsig), Ed25519 with SHA-512, and fingerprints as ``ssh-keygen -l`` shows them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from verifier.ed25519 import KEY_BYTES, SIGNATURE_BYTES, is_valid
from verifier.findings import Fault

NAMESPACE = "suluh-bundle@v1"

_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"
_LINE = 70
_ALGORITHM = b"ssh-ed25519"
_FINGERPRINT = re.compile(r"(?:SHA256:)?([A-Za-z0-9+/]{43})=?")


def signer(armored: bytes, message: bytes, name: str, namespace: str = NAMESPACE) -> bytes:
    """The 32-byte public key that signed ``message`` in that namespace. Raises ``Fault`` unless the signature holds.

    ``name`` is that of the signature's file. Only the one armored form that ``ssh-keygen`` and Suluh write is taken, so
    that no bit of the file is free.
    """
    between = _between(namespace)
    blob = _unarmored(armored)
    signature = blob[-SIGNATURE_BYTES:]
    public = blob[-SIGNATURE_BYTES - len(between) - KEY_BYTES : -SIGNATURE_BYTES - len(between)]
    if blob != _blob(public, between, signature):
        raise Fault("signature_malformed", name=name)
    digest = hashlib.sha512(message).digest()
    signed = b"SSHSIG" + _lp(namespace.encode()) + _lp(b"") + _lp(b"sha512") + _lp(digest)
    if not is_valid(public, signature, signed):
        raise Fault("signature_wrong", name=name)
    return public


def is_key_line(line: bytes, public: bytes) -> bool:
    """Whether the content of a ``.pub`` file is that of ``public``, whatever comment follows."""
    return line.split()[:2] == [_ALGORITHM, base64.b64encode(_key_blob(public))]


def fingerprint(public: bytes) -> str:
    """``SHA256:`` and 43 characters, as ``ssh-keygen -l`` shows a key of 32 bytes."""
    digest = hashlib.sha256(_key_blob(public)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def read_fingerprint(typed: str) -> str | None:
    """The fingerprint as ``fingerprint`` writes it, with or without its prefix; None when it is none."""
    match = _FINGERPRINT.fullmatch(typed.strip())
    return "SHA256:" + match.group(1) if match else None


def _lp(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def _key_blob(public: bytes) -> bytes:
    return _lp(_ALGORITHM) + _lp(public)


def _between(namespace: str) -> bytes:
    """What lies between the public key and the 64 bytes of the signature: all of it is fixed."""
    head = (_lp(namespace.encode()), _lp(b""), _lp(b"sha512"))
    inner = _lp(_ALGORITHM) + SIGNATURE_BYTES.to_bytes(4, "big")
    return b"".join(head) + (len(inner) + SIGNATURE_BYTES).to_bytes(4, "big") + inner


def _blob(public: bytes, between: bytes, signature: bytes) -> bytes:
    return b"SSHSIG" + (1).to_bytes(4, "big") + _lp(_key_blob(public)) + between + signature


def _unarmored(armored: bytes) -> bytes:
    """The bytes inside, or none where the form is another one."""
    try:
        lines = armored.decode("ascii").split("\n")
        blob = base64.b64decode("".join(lines[1:-2]), validate=True)
    except (UnicodeDecodeError, binascii.Error):
        return b""
    text = base64.b64encode(blob).decode()
    written = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return blob if lines == [_BEGIN, *written, _END, ""] else b""
