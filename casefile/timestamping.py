"""Timestamps by an outside authority (RFC 3161): proof that bytes existed at a time, by a clock that is not ours.

What leaves is one request: a SHA-256 digest and a random number. No name, no address of ours, no content.
"""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from casefile.der import sort_certificates
from casefile.errors import TimestampError

REQUEST_TYPE = "application/timestamp-query"
SECONDS = 15.0
"""The whole call, name lookup to last byte. A document must not wait longer for an authority."""
REPLY_LIMIT = 64 * 1024
"""Bytes of a reply. Real ones have 1 to 10 kB."""

_ABOUT_CERTIFICATE = re.compile(r'Verify error: ([^"]+)')
_HEADERS = {"Content-Type": REQUEST_TYPE, "User-Agent": "timestamp-client", "Accept-Encoding": "identity"}


@dataclass(frozen=True)
class TimestampAuthority:
    """Where stamps are asked for, and the PEM certificates that its signer must lead to (roots; issuers between)."""

    url: str
    certificates: bytes


def load_authority(url: str, certificates: Path) -> TimestampAuthority | None:
    """The authority of the settings, None where ``url`` is empty. Raises ``TimestampError`` for an unusable file."""
    if not url:
        return None
    try:
        pem = certificates.read_bytes()
    except OSError as error:
        raise TimestampError(f"the certificates in {certificates.name} cannot be read: {error.strerror}") from None
    read_roots(pem)
    return TimestampAuthority(url, pem)


def stamp(authority: TimestampAuthority, message: bytes, seconds: float = SECONDS) -> bytes:
    """A stamp over ``message``: the reply (DER ``TimeStampResp``), checked. Takes ``seconds`` at most.

    Raises ``TimestampError`` when no good answer came; another attempt later may succeed.
    """
    read_roots(authority.certificates)
    request = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()
    asked = _ask(authority.url, request.as_bytes(), seconds)
    with ThreadPoolExecutor(max_workers=1) as apart:  # whoever calls may have a loop of its own
        reply = sort_certificates(apart.submit(asyncio.run, asked).result())
    _check(authority.certificates, message, reply, request.nonce)
    return reply


def check_stamp(certificates: bytes, message: bytes, token: bytes) -> datetime:
    """The time (aware UTC) at which ``message`` was stamped, by an authority that leads to ``certificates`` (PEM).

    ``token`` is what ``stamp`` returned. Certificates must have been good at the stamp's time, not today. Raises
    ``TimestampError``.
    """
    return _check(certificates, message, token, None)


def read_roots(pem: bytes) -> tuple[list[x509.Certificate], list[x509.Certificate]]:
    """Roots and other certificates of a PEM file. Raises ``TimestampError`` when it holds no root."""
    try:
        found = list(dict.fromkeys(x509.load_pem_x509_certificates(pem)))
    except ValueError:
        raise TimestampError("the authority's certificates are not a PEM file") from None
    roots = [certificate for certificate in found if certificate.subject == certificate.issuer]
    if not roots:
        raise TimestampError("the authority's certificates hold no root certificate")
    return roots, [certificate for certificate in found if certificate not in roots]


def _check(certificates: bytes, message: bytes, token: bytes, nonce: int | None) -> datetime:
    roots, between = read_roots(certificates)
    builder = VerifierBuilder(roots=roots, intermediates=between, nonce=nonce)
    try:
        reply: TimeStampResponse = decode_timestamp_response(token)
    except ValueError:
        raise TimestampError("the authority's answer is not a timestamp") from None
    try:
        builder.build().verify_message(reply, message)
        return reply.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise TimestampError(f"the timestamp does not hold: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    """The library's reason; of OpenSSL's stack of errors only what it says of the certificate."""
    found = _ABOUT_CERTIFICATE.search(str(error))
    if found is not None:
        return found.group(1)
    return "its signature is not good" if "ErrorStack" in str(error) else str(error)


async def _ask(url: str, request: bytes, seconds: float) -> bytes:
    try:
        async with asyncio.timeout(seconds):
            return await _post(url, request, seconds)
    except TimeoutError:
        raise TimestampError(f"the authority did not answer within {seconds:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise TimestampError(f"the authority cannot be reached: {type(error).__name__}") from None


async def _post(url: str, request: bytes, seconds: float) -> bytes:
    """Raises ``TimestampError``; never follows to another address, never reads past the limit."""
    async with (
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=seconds) as client,
        client.stream("POST", url, content=request, headers=_HEADERS) as answer,
    ):
        if answer.status_code != httpx.codes.OK:
            raise TimestampError(f"the authority answered with status {answer.status_code}")
        reply = bytearray()
        async for part in answer.aiter_raw():
            reply += part
            if len(reply) > REPLY_LIMIT:
                raise TimestampError("the authority's answer is too long")
    return bytes(reply)
