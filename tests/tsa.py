"""A timestamp authority on loopback: OpenSSL answers, so that stamps are checked by code that did not make them."""

from __future__ import annotations

import secrets
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from casefile.timestamping import TimestampAuthority

CONFIG = """
[ tsa ]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Signer:
    """A root, and a certificate of it for timestamps, below ``folder``."""

    folder: Path
    root_key: ec.EllipticCurvePrivateKey
    key: ec.EllipticCurvePrivateKey
    root: x509.Certificate
    certificate: x509.Certificate

    @property
    def roots_pem(self) -> bytes:
        """What ``SULUH_TSA_CERTIFICATES`` holds."""
        return self.root.public_bytes(Encoding.PEM)

    @property
    def roots_file(self) -> Path:
        """The file that ``SULUH_TSA_CERTIFICATES`` names."""
        return self.folder / "roots.pem"

    def reply(self, query: bytes, *, with_root: bool = False) -> bytes:
        """OpenSSL's answer to a query (DER to DER). ``with_root``: two certificates, not in DER's order."""
        (self.folder / "query.tsq").write_bytes(query)
        return run_openssl(
            "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "query.tsq",
            "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "reply.tsr",
            *(("-chain", "roots.pem") if with_root else ()),
            folder=self.folder, made="reply.tsr",
        )  # fmt: skip

    def openssl_verifies(self, message: bytes, token: bytes) -> bool:
        """The second opinion: ``openssl ts -verify``, at the time of the stamp."""
        (self.folder / "message").write_bytes(message)
        (self.folder / "token.tsr").write_bytes(token)
        command = ["openssl", "ts", "-verify", "-data", "message", "-in", "token.tsr", "-CAfile", "roots.pem"]
        return subprocess.run(command, cwd=self.folder, capture_output=True, check=False).returncode == 0


def make_signer(
    folder: Path,
    *,
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
    good_for: tuple[timedelta, timedelta] = (timedelta(days=-1), timedelta(days=30)),
    like: Signer | None = None,
) -> Signer:
    """A new authority. ``like`` one: a certificate for the same key, with the same issuer and serial number."""
    folder.mkdir(parents=True, exist_ok=True)
    root_key, key = (like.root_key, like.key) if like else (_new_key(), _new_key())
    issuer = f"Akar {secrets.token_hex(3)}"
    if like:
        issuer = like.root.subject.rfc4514_string().removeprefix("CN=")
    root = like.root if like else _certify(issuer, root_key, issuer, root_key)
    usage = x509.ExtendedKeyUsage([purpose])
    serial = like.certificate.serial_number if like else None
    certificate = _certify("Penanda waktu uji", key, issuer, root_key, usage=usage, good_for=good_for, serial=serial)
    for name, content in {
        "roots.pem": root.public_bytes(Encoding.PEM),
        "tsa.pem": certificate.public_bytes(Encoding.PEM),
        "tsa.key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "tsa.cnf": CONFIG.format(folder=folder).encode(),
        "serial": b"01\n",
    }.items():
        (folder / name).write_bytes(content)
    return Signer(folder, root_key, key, root, certificate)


Answer = Callable[[bytes], tuple[int, bytes]]
"""From a query to a status and a body."""


@dataclass
class LocalAuthority:
    """What answers on loopback, and what it was asked. ``answer`` and ``headers`` may be changed while it runs."""

    signer: Signer
    url: str
    answer: Answer
    headers: dict[str, str] = field(default_factory=dict)
    queries: list[bytes] = field(default_factory=list)
    asked_with: list[dict[str, str]] = field(default_factory=list)

    @property
    def authority(self) -> TimestampAuthority:
        """As our own code takes it."""
        return TimestampAuthority(self.url, self.signer.roots_pem)


@contextmanager
def serve(signer: Signer) -> Iterator[LocalAuthority]:
    """Answer on a free port of loopback until the block ends."""
    local = LocalAuthority(signer, "", lambda query: (200, signer.reply(query)))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            local.queries.append(query)
            local.asked_with.append(dict(self.headers))
            status, body = local.answer(query)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            for name, value in local.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        local.url = f"http://127.0.0.1:{server.server_address[1]}/tsr"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield local
        finally:
            server.shutdown()
            thread.join()


def run_openssl(*arguments: str, folder: Path, made: str) -> bytes:
    """Run OpenSSL in ``folder``; what it wrote to ``made``."""
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return (folder / made).read_bytes()


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _certify(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    usage: x509.ExtendedKeyUsage | None = None,
    good_for: tuple[timedelta, timedelta] = (timedelta(days=-1), timedelta(days=30)),
    serial: int | None = None,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(now + good_for[0])
        .not_valid_after(now + good_for[1])
        .add_extension(x509.BasicConstraints(ca=usage is None, path_length=None), critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())
