"""SSH signatures (OpenSSH, PROTOCOL.sshsig) with Ed25519: ``ssh-keygen -Y verify`` checks what we sign."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casefile.boxes import lp
from casefile.errors import SignatureError

BEGIN = "-----BEGIN SSH SIGNATURE-----"
END = "-----END SSH SIGNATURE-----"

_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_ALGORITHM = b"ssh-ed25519"
_DIGEST = b"sha512"
_LINE = 70
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_ARMOR = re.compile(rf"\s*{BEGIN}\n([A-Za-z0-9+/=\n]+)\n{END}\s*")


def sign(private: Ed25519PrivateKey, message: bytes, namespace: str) -> str:
    """An armored signature over ``message``, good in one namespace only. Same input, same text."""
    signature = private.sign(_signed_bytes(message, namespace))
    text = base64.b64encode(_blob(private.public_key(), signature, namespace)).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return "\n".join([BEGIN, *lines, END, ""])


def verify(armored: str, message: bytes, namespace: str, public: Ed25519PublicKey) -> None:
    """Raises ``SignatureError`` unless ``public`` signed these bytes in this namespace, with SHA-512."""
    blob = _unarmored(armored)
    signature = blob[-_SIGNATURE_BYTES:]
    if blob != _blob(public, signature, namespace):
        raise SignatureError("the signature is by another key, for another purpose or malformed")
    try:
        public.verify(signature, _signed_bytes(message, namespace))
    except InvalidSignature:
        raise SignatureError("the signature does not fit the content") from None


def public_line(public: Ed25519PublicKey, comment: str) -> str:
    """``ssh-ed25519 AAAA... comment``, as in a ``.pub`` file, without a line break."""
    return f"ssh-ed25519 {base64.b64encode(_public_blob(public)).decode()} {comment}".strip()


def public_from_line(line: str) -> Ed25519PublicKey:
    """The inverse of ``public_line``. Raises ``SignatureError``."""
    fields = line.split()
    try:
        blob = base64.b64decode(fields[1], validate=True) if fields[:1] == ["ssh-ed25519"] else b""
        public = Ed25519PublicKey.from_public_bytes(blob[-_KEY_BYTES:])
    except (IndexError, ValueError):
        raise SignatureError("not a line with an ssh-ed25519 key") from None
    if blob != _public_blob(public):
        raise SignatureError("not a line with an ssh-ed25519 key")
    return public


def allowed_signers_line(principal: str, public: Ed25519PublicKey, namespace: str) -> str:
    """One line of the file that ``ssh-keygen -Y verify -f`` takes, without a line break."""
    return f'{principal} namespaces="{namespace}" {public_line(public, "")}'


def _public_blob(public: Ed25519PublicKey) -> bytes:
    return lp(_ALGORITHM, public.public_bytes_raw())


def _blob(public: Ed25519PublicKey, signature: bytes, namespace: str) -> bytes:
    fields = lp(_public_blob(public), namespace.encode(), b"", _DIGEST, lp(_ALGORITHM, signature))
    return _MAGIC + _VERSION + fields


def _signed_bytes(message: bytes, namespace: str) -> bytes:
    return _MAGIC + lp(namespace.encode(), b"", _DIGEST, hashlib.sha512(message).digest())


def _unarmored(armored: str) -> bytes:
    match = _ARMOR.fullmatch(armored.replace("\r\n", "\n"))
    if match is None:
        raise SignatureError("not an SSH signature")
    try:
        return base64.b64decode(match.group(1).replace("\n", ""), validate=True)
    except binascii.Error:
        raise SignatureError("not an SSH signature") from None
