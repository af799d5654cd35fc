"""The office's public keys: good as the root signed them, refused in every other state."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.boxes import KeyPair
from casefile.errors import KeyFileError
from casefile.keyring import (
    KEYS_NAMESPACE,
    OfficePublicKeys,
    load_public_keys,
    load_root_key,
    office_signing_key,
    write_public_keys,
    write_root_key,
)
from casefile.sshsig import BEGIN, allowed_signers_line, sign

ROOT = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ROOT_PUBLIC = ROOT.public_key().public_bytes_raw()
INTRUDER = Ed25519PrivateKey.generate()
OFFICE, RECOVERY, WORKER = (KeyPair.generate() for _ in range(3))
KEYS = OfficePublicKeys(
    epoch=7,
    office=OFFICE.public,
    recovery=RECOVERY.public,
    worker=WORKER.public,
    signing=office_signing_key(OFFICE.seed).public_key().public_bytes_raw(),
    issued_on=date(2026, 11, 23),
)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "office.json"
    write_public_keys(path, KEYS, ROOT)
    return path


def test_signed_public_keys_load_as_written(published: Path) -> None:
    assert load_public_keys(published, ROOT_PUBLIC) == KEYS


def test_a_new_epoch_replaces_the_file_and_leaves_nothing_beside_it(published: Path) -> None:
    write_public_keys(published, replace(KEYS, epoch=8), ROOT)
    assert load_public_keys(published, ROOT_PUBLIC).epoch == 8
    assert [path.name for path in published.parent.iterdir()] == ["office.json"]


def test_public_keys_may_be_read_by_every_process(published: Path) -> None:
    assert published.stat().st_mode & 0o777 == 0o644


def test_openssh_verifies_the_key_file_cut_at_its_signature(published: Path, tmp_path: Path) -> None:
    body, armor = published.read_text().split(BEGIN)
    signers, signature = tmp_path / "signers", tmp_path / "office.json.sig"
    signers.write_text(allowed_signers_line("root", ROOT.public_key(), KEYS_NAMESPACE) + "\n")
    signature.write_text(BEGIN + armor)
    arguments = ["verify", "-f", str(signers), "-I", "root", "-n", KEYS_NAMESPACE, "-s", str(signature)]
    subprocess.run(["ssh-keygen", "-Y", *arguments], input=body.encode(), capture_output=True, check=True)


def _swap_office_key(path: Path) -> None:
    path.write_text(path.read_text().replace(OFFICE.public.to_text(), WORKER.public.to_text()))


def _flip_epoch(path: Path) -> None:
    path.write_text(path.read_text().replace('"epoch": 7', '"epoch": 6'))


def _drop_signature(path: Path) -> None:
    path.write_text(path.read_text().split(BEGIN)[0])


def _sign_with_own_key(path: Path) -> None:
    write_public_keys(path, replace(KEYS, office=WORKER.public), INTRUDER)


def _sign_for_another_purpose(path: Path) -> None:
    body = path.read_text().split(BEGIN)[0]
    path.write_text(body + sign(ROOT, body.encode(), "suluh-bundle@v1"))


def _put_text_before(path: Path) -> None:
    path.write_text("{}\n" + path.read_text())


def _put_text_after(path: Path) -> None:
    path.write_text(path.read_text() + "{}\n")


def _not_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe" + path.read_bytes())


@pytest.mark.parametrize(
    "damage",
    [
        _swap_office_key,
        _flip_epoch,
        _drop_signature,
        _sign_with_own_key,
        _sign_for_another_purpose,
        _put_text_before,
        _put_text_after,
        _not_text,
        Path.unlink,
        lambda path: path.write_text(""),
    ],
)
def test_public_keys_that_the_root_did_not_sign_are_refused(published: Path, damage: Callable[[Path], object]) -> None:
    damage(published)
    with pytest.raises(KeyFileError):
        load_public_keys(published, ROOT_PUBLIC)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_no_flipped_bit_in_the_signed_keys_goes_unseen(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("keys") / "office.json"
    write_public_keys(path, KEYS, ROOT)
    changed = bytearray(path.read_bytes())
    bit = data.draw(st.integers(min_value=0, max_value=8 * changed.index(BEGIN.encode()) - 1))
    changed[bit // 8] ^= 1 << bit % 8
    path.write_bytes(bytes(changed))
    with pytest.raises(KeyFileError):
        load_public_keys(path, ROOT_PUBLIC)


MALFORMED: dict[str, Callable[[dict[str, object]], object]] = {
    "no office key": lambda fields: fields.pop("office"),
    "short signing key": lambda fields: fields.update(signing=base64.b64encode(bytes(31)).decode()),
    "key that is none": lambda fields: fields.update(worker="AAAA"),
    "epoch that is no number": lambda fields: fields.update(epoch="7"),
    "no such day": lambda fields: fields.update(issued_on="2026-13-01"),
    "number for a key": lambda fields: fields.update(recovery=5),
}


@pytest.mark.parametrize("spoil", MALFORMED.values(), ids=MALFORMED.keys())
def test_signed_but_malformed_keys_are_refused(published: Path, spoil: Callable[[dict[str, object]], object]) -> None:
    fields = json.loads(published.read_text().split(BEGIN)[0])
    spoil(fields)
    body = json.dumps(fields) + "\n"
    published.write_text(body + sign(ROOT, body.encode(), KEYS_NAMESPACE))
    with pytest.raises(KeyFileError, match="signed but malformed"):
        load_public_keys(published, ROOT_PUBLIC)


def test_signed_text_that_is_no_json_object_is_refused(published: Path) -> None:
    for body in ("[]\n", "not json\n", ""):
        published.write_text(body + sign(ROOT, body.encode(), KEYS_NAMESPACE))
        with pytest.raises(KeyFileError, match="signed but malformed"):
            load_public_keys(published, ROOT_PUBLIC)


def test_the_pinned_root_key_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "root.pub"
    write_root_key(path, ROOT.public_key())
    assert load_root_key(path) == ROOT_PUBLIC


@pytest.mark.parametrize("text", ["", "ssh-rsa AAAA", "-----BEGIN OPENSSH PRIVATE KEY-----"])
def test_a_root_file_without_such_a_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "root.pub"
    path.write_text(text)
    with pytest.raises(KeyFileError, match=r"root\.pub"):
        load_root_key(path)


def test_a_missing_root_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="No such file"):
        load_root_key(tmp_path / "root.pub")
