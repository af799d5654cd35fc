"""SSH signatures: ours and OpenSSH's are the same bytes, and nothing else passes."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.errors import SealingError, SignatureError
from casefile.sshsig import BEGIN, END, allowed_signers_line, public_from_line, public_line, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
OTHER = Ed25519PrivateKey.generate()
NAMESPACE = "suluh-bundle@v1"
MESSAGE = b"manifest\n"


def _ssh_keygen(*arguments: str, message: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", "-Y", *arguments], input=message, capture_output=True, check=False)


def _openssh_verifies(folder: Path, armored: str, message: bytes, namespace: str = NAMESPACE) -> bool:
    signers, signature = folder / "allowed_signers", folder / "manifest.sig"
    signers.write_text(allowed_signers_line("kantor@suluh", PUBLIC, NAMESPACE) + "\n")
    signature.write_text(armored)
    checked = _ssh_keygen(
        "verify", "-f", str(signers), "-I", "kantor@suluh", "-n", namespace, "-s", str(signature),
        message=message,
    )  # fmt: skip
    return checked.returncode == 0


def _openssh_signs(folder: Path, message: bytes) -> str:
    private = folder / "id_ed25519"
    private.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    private.chmod(0o600)
    signed = _ssh_keygen("sign", "-f", str(private), "-n", NAMESPACE, message=message)
    assert signed.returncode == 0, signed.stderr
    return signed.stdout.decode()


@pytest.mark.parametrize("message", [b"", MESSAGE, bytes(range(256)) * 500])
def test_openssh_verifies_what_we_sign(tmp_path: Path, message: bytes) -> None:
    assert _openssh_verifies(tmp_path, sign(KEY, message, NAMESPACE), message)


def test_openssh_refuses_another_message_namespace_or_signer(tmp_path: Path) -> None:
    armored = sign(KEY, MESSAGE, NAMESPACE)
    assert not _openssh_verifies(tmp_path, armored, MESSAGE + b" ")
    assert not _openssh_verifies(tmp_path, armored, MESSAGE, namespace="file")
    assert not _openssh_verifies(tmp_path, sign(OTHER, MESSAGE, NAMESPACE), MESSAGE)


@pytest.mark.parametrize("message", [b"", MESSAGE, bytes(range(256)) * 500])
def test_openssh_writes_the_very_same_signature(tmp_path: Path, message: bytes) -> None:
    armored = _openssh_signs(tmp_path, message)
    assert armored == sign(KEY, message, NAMESPACE)
    verify(armored, message, NAMESPACE, PUBLIC)


@settings(deadline=None)
@given(st.binary(max_size=500), st.text(min_size=1, max_size=20))
def test_what_is_signed_verifies(message: bytes, namespace: str) -> None:
    verify(sign(KEY, message, namespace), message, namespace, PUBLIC)


@settings(deadline=None)
@given(st.data())
def test_no_flipped_bit_in_a_signature_goes_unseen(data: st.DataObject) -> None:
    blob = bytearray(_blob_of(sign(KEY, MESSAGE, NAMESPACE)))
    bit = data.draw(st.integers(min_value=0, max_value=8 * len(blob) - 1))
    blob[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SignatureError):
        verify(_armored(bytes(blob)), MESSAGE, NAMESPACE, PUBLIC)


def test_another_message_namespace_or_key_does_not_verify() -> None:
    armored = sign(KEY, MESSAGE, NAMESPACE)
    for message, namespace, public in [
        (MESSAGE + b"\0", NAMESPACE, PUBLIC),
        (MESSAGE, "suluh-keys@v1", PUBLIC),
        (MESSAGE, NAMESPACE, OTHER.public_key()),
    ]:
        with pytest.raises(SignatureError):
            verify(armored, message, namespace, public)


def test_naming_the_right_key_does_not_help_another_signer() -> None:
    ours, theirs = (_blob_of(sign(key, MESSAGE, NAMESPACE)) for key in (KEY, OTHER))
    with pytest.raises(SignatureError):
        verify(_armored(ours[:-64] + theirs[-64:]), MESSAGE, NAMESPACE, PUBLIC)


@pytest.mark.parametrize(
    "armored",
    [
        "",
        "ssh-ed25519 AAAA",
        f"{BEGIN}\n{END}\n",
        f"{BEGIN}\n!!!!\n{END}\n",
        f"{BEGIN}\nA\n{END}\n",
        f"{BEGIN}\nAAAA\n{END}\n",
        f"{BEGIN}\n{base64.b64encode(b'SSHSIG').decode()}\n{END}\n",
        sign(KEY, MESSAGE, NAMESPACE).replace(END, ""),
        sign(KEY, MESSAGE, NAMESPACE) + "more",
        "more" + sign(KEY, MESSAGE, NAMESPACE),
    ],
)
def test_what_is_no_signature_is_a_signature_error(armored: str) -> None:
    with pytest.raises(SignatureError):
        verify(armored, MESSAGE, NAMESPACE, PUBLIC)


def test_bytes_after_the_signature_are_refused() -> None:
    with pytest.raises(SignatureError):
        verify(_armored(_blob_of(sign(KEY, MESSAGE, NAMESPACE)) + b"\0"), MESSAGE, NAMESPACE, PUBLIC)


def test_windows_line_ends_are_forgiven() -> None:
    verify(sign(KEY, MESSAGE, NAMESPACE).replace("\n", "\r\n"), MESSAGE, NAMESPACE, PUBLIC)


def test_a_signature_error_is_a_sealing_error() -> None:
    assert issubclass(SignatureError, SealingError)


def test_a_public_line_reads_back() -> None:
    line = public_line(PUBLIC, "suluh root")
    assert line.startswith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI")
    assert line.endswith(" suluh root")
    assert public_from_line(line + "\n") == PUBLIC


def test_ssh_keygen_reads_our_public_line(tmp_path: Path) -> None:
    path = tmp_path / "root.pub"
    path.write_text(public_line(PUBLIC, "suluh-root") + "\n")
    shown = subprocess.run(["ssh-keygen", "-lf", str(path)], capture_output=True, check=True)
    assert b"256 SHA256:" in shown.stdout
    assert b"suluh-root (ED25519)" in shown.stdout


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 !!!!",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 " + base64.b64encode(bytes(51)).decode(),
        public_line(PUBLIC, "").replace("ssh-ed25519", "ssh-rsa"),
        public_line(PUBLIC, "")[:-4],
    ],
)
def test_another_line_is_no_public_key(line: str) -> None:
    with pytest.raises(SignatureError):
        public_from_line(line)


def test_an_allowed_signers_line_names_principal_and_namespace() -> None:
    line = allowed_signers_line("kantor@suluh", PUBLIC, NAMESPACE)
    assert line == f'kantor@suluh namespaces="{NAMESPACE}" {public_line(PUBLIC, "")}'
    assert "\n" not in line


def _blob_of(armored: str) -> bytes:
    return base64.b64decode("".join(armored.splitlines()[1:-1]))


def _armored(blob: bytes) -> str:
    return f"{BEGIN}\n{base64.b64encode(blob).decode()}\n{END}\n"


def test_the_helper_that_alters_signatures_leaves_a_good_one_good() -> None:
    public: Ed25519PublicKey = PUBLIC
    verify(_armored(_blob_of(sign(KEY, MESSAGE, NAMESPACE))), MESSAGE, NAMESPACE, public)
