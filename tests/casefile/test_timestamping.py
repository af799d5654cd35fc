"""Stamps of an outside authority: only a digest leaves, and nothing but the right stamp passes."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.der import sort_certificates
from casefile.errors import SettingsError, TimestampError
from casefile.settings import BuilderSettings, WorkerSettings
from casefile.timestamping import REPLY_LIMIT, TimestampAuthority, check_stamp, load_authority, stamp
from tests.tsa import LocalAuthority, Signer, make_signer, serve

MESSAGE = b"-----BEGIN SSH SIGNATURE-----\n"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return make_signer(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def tsa(signer: Signer) -> Iterator[LocalAuthority]:
    with serve(signer) as local:
        yield local


@pytest.fixture(scope="module")
def token(signer: Signer) -> bytes:
    with serve(signer) as local:
        return stamp(local.authority, MESSAGE)


def test_a_stamp_says_when_and_openssl_says_the_same(signer: Signer, token: bytes) -> None:
    at = check_stamp(signer.roots_pem, MESSAGE, token)
    assert at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert signer.openssl_verifies(MESSAGE, token)


def test_only_a_digest_and_a_random_number_leave(tsa: LocalAuthority) -> None:
    stamp(tsa.authority, MESSAGE)
    stamp(tsa.authority, MESSAGE)
    first, second = tsa.queries
    digest = hashlib.sha256(MESSAGE).digest()
    assert digest in first
    assert digest in second
    assert first != second
    assert len(first) <= 32 + 64
    said = " ".join(" ".join(pair) for pair in tsa.asked_with[0].items()).lower()
    assert "suluh" not in said
    assert "python" not in said


def test_whoever_asks_may_have_a_loop_of_its_own(tsa: LocalAuthority) -> None:
    async def ask() -> bytes:
        return stamp(tsa.authority, MESSAGE)

    with ThreadPoolExecutor(max_workers=1) as apart:
        token = apart.submit(asyncio.run, ask()).result()
    assert check_stamp(tsa.authority.certificates, MESSAGE, token)


def test_a_stamp_fits_one_message_and_one_authority(signer: Signer, token: bytes, tmp_path: Path) -> None:
    stranger = make_signer(tmp_path)
    for certificates, message in ((signer.roots_pem, MESSAGE + b" "), (stranger.roots_pem, MESSAGE)):
        with pytest.raises(TimestampError):
            check_stamp(certificates, message, token)
        assert not signer.openssl_verifies(MESSAGE + b" ", token)
    assert check_stamp(stranger.roots_pem + signer.roots_pem, MESSAGE, token)


@pytest.mark.parametrize("certificates", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_an_authority_without_a_root_certificate_is_said(certificates: bytes, token: bytes) -> None:
    with pytest.raises(TimestampError, match="certificates"):
        check_stamp(certificates, MESSAGE, token)
    with pytest.raises(TimestampError, match="certificates"):
        stamp(TimestampAuthority("http://127.0.0.1:9/", certificates), MESSAGE)


def test_an_authority_is_what_the_settings_name_or_none(signer: Signer) -> None:
    for process in (WorkerSettings, BuilderSettings):
        plain = process.from_env({})
        assert load_authority(plain.tsa_url, plain.tsa_certificates) is None
        named = process.from_env({"SULUH_TSA_URL": "http://a/", "SULUH_TSA_CERTIFICATES": str(signer.roots_file)})
        found = load_authority(named.tsa_url, named.tsa_certificates)
        assert found == TimestampAuthority("http://a/", signer.roots_pem)
        with pytest.raises(SettingsError, match="SULUH_TSA_URL"):
            process.from_env({"SULUH_TSA_URL": "ftp://a/"})
    with pytest.raises(TimestampError, match=r"none\.pem cannot be read"):
        load_authority("http://a/", signer.folder / "none.pem")
    with pytest.raises(TimestampError, match="not a PEM file"):
        load_authority("http://a/", signer.folder / "tsa.cnf")


def test_a_leaf_alone_is_no_root(signer: Signer, token: bytes) -> None:
    with pytest.raises(TimestampError, match="root"):
        check_stamp(signer.certificate.public_bytes(Encoding.PEM), MESSAGE, token)


def test_a_certificate_that_had_expired_is_refused(tsa: LocalAuthority, signer: Signer, tmp_path: Path) -> None:
    expired = make_signer(tmp_path, good_for=(timedelta(days=-9), timedelta(days=-2)), like=signer)
    tsa.answer = lambda query: (200, expired.reply(query))
    with pytest.raises(TimestampError, match="expired"):
        stamp(tsa.authority, MESSAGE)


def test_a_certificate_for_another_purpose_is_refused(tsa: LocalAuthority, signer: Signer, tmp_path: Path) -> None:
    """Same key, issuer and serial number, so that the signature over the stamp itself is good."""
    mail = make_signer(tmp_path, purpose=ExtendedKeyUsageOID.EMAIL_PROTECTION, like=signer)
    while len(_der(mail)) != len(_der(signer)):
        mail = make_signer(tmp_path, purpose=ExtendedKeyUsageOID.EMAIL_PROTECTION, like=signer)
    tsa.answer = lambda query: (200, signer.reply(query).replace(_der(signer), _der(mail)))
    with pytest.raises(TimestampError, match="purpose"):
        stamp(tsa.authority, MESSAGE)


def test_an_authority_that_sends_several_certificates_in_any_order_is_understood(
    tsa: LocalAuthority, signer: Signer
) -> None:
    """OpenSSL sends them as they come, and the library wants them sorted, as DER does."""
    sent: list[bytes] = []

    def answer(query: bytes) -> tuple[int, bytes]:
        sent.append(signer.reply(query, with_root=True))
        return 200, sent[-1]

    tsa.answer = answer
    token = stamp(tsa.authority, MESSAGE)
    with pytest.raises(TimestampError, match="not a timestamp"):
        check_stamp(signer.roots_pem, MESSAGE, sent[-1])
    assert token == sort_certificates(sent[-1])
    assert check_stamp(signer.roots_pem, MESSAGE, token)
    assert signer.openssl_verifies(MESSAGE, token)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=80))
def test_what_is_no_reply_is_not_sorted(noise: bytes) -> None:
    assert sort_certificates(noise) == noise


def test_an_earlier_answer_to_the_same_question_is_refused(tsa: LocalAuthority, token: bytes) -> None:
    tsa.answer = lambda _: (200, token)
    with pytest.raises(TimestampError, match="Nonce"):
        stamp(tsa.authority, MESSAGE)


def test_what_is_no_stamp_is_said(tsa: LocalAuthority, signer: Signer) -> None:
    for answer, sentence in (
        (lambda query: (500, signer.reply(query)), "status 500"),
        (lambda _: (302, b""), "status 302"),
        (lambda _: (200, b""), "not a timestamp"),
        (lambda query: (200, signer.reply(query)[:-40]), "not a timestamp"),
        (lambda _: (200, b"<html>please sign in</html>"), "not a timestamp"),
        (lambda _: (200, bytes(REPLY_LIMIT + 1)), "too long"),
    ):
        tsa.answer = answer
        with pytest.raises(TimestampError, match=sentence):
            stamp(tsa.authority, MESSAGE)


def test_it_is_not_sent_on_to_another_address(tsa: LocalAuthority, signer: Signer) -> None:
    with serve(signer) as other:
        tsa.answer, tsa.headers = lambda _: (307, b""), {"Location": other.url}
        with pytest.raises(TimestampError, match="status 307"):
            stamp(tsa.authority, MESSAGE)
        assert other.queries == []


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"])
def test_an_authority_that_says_nothing_or_a_byte_at_a_time_is_not_waited_for(signer: Signer, said: bytes) -> None:
    with drip(said) as url:
        before = time.monotonic()
        with pytest.raises(TimestampError, match=r"within 0\.3 seconds"):
            stamp(TimestampAuthority(url, signer.roots_pem), MESSAGE, seconds=0.3)
        assert time.monotonic() - before < 5


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://unknown.invalid/", "nowhere", "http://[/", "ftp://a/"])
def test_an_authority_that_is_not_there_is_said(signer: Signer, url: str) -> None:
    with pytest.raises(TimestampError, match="cannot be reached"):
        stamp(TimestampAuthority(url, signer.roots_pem), MESSAGE)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_damaged_stamp_is_refused_or_says_what_it_said(signer: Signer, token: bytes, data: st.DataObject) -> None:
    """Bytes that no signature covers may change; what the stamp says may not, and nothing but our error comes out."""
    damaged = bytearray(token[: data.draw(st.integers(1, len(token)))])
    for _ in range(data.draw(st.integers(0, 2))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        at = check_stamp(signer.roots_pem, MESSAGE, bytes(damaged))
    except TimestampError:
        return
    assert at == check_stamp(signer.roots_pem, MESSAGE, token)


def _der(signer: Signer) -> bytes:
    return signer.certificate.public_bytes(Encoding.DER)


@contextmanager
def drip(said: bytes) -> Iterator[str]:
    """A server that says ``said`` and then, if that is something, one more byte every tenth of a second."""
    is_over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def answer() -> None:
        caller = listener.accept()[0]
        with caller:
            caller.sendall(said)
            while not is_over.wait(0.1):
                if said:
                    try:
                        caller.sendall(b"a")
                    except OSError:
                        return

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        is_over.set()
        thread.join()
        listener.close()
