"""Secret files: made for their owner alone, refused when open to others, damaged or missing."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from casefile.errors import KeyFileError
from casefile.keyring import (
    IntakeSecrets,
    WorkerSecrets,
)

Secrets = type[IntakeSecrets] | type[WorkerSecrets]
both_kinds = pytest.mark.parametrize("kind", [IntakeSecrets, WorkerSecrets])


def test_intake_secrets_load_as_created(tmp_path: Path) -> None:
    created = IntakeSecrets.create(tmp_path / "intake" / "secrets.json")
    assert IntakeSecrets.load(tmp_path / "intake" / "secrets.json") == created
    assert len(created.instance_salt) == 16
    long_ones = {created.receipt_pepper, created.identifier_key, created.form_key}
    assert {len(value) for value in long_ones} == {32}
    assert len(long_ones) == 3


def test_worker_secrets_load_as_created(tmp_path: Path) -> None:
    created = WorkerSecrets.create(tmp_path / "worker" / "secrets.json")
    loaded = WorkerSecrets.load(tmp_path / "worker" / "secrets.json")
    assert loaded.pair.seed == created.pair.seed
    assert loaded.identifier_key == created.identifier_key
    assert len(loaded.identifier_key) == 32


@both_kinds
def test_a_new_secret_file_is_the_owners_alone(tmp_path: Path, kind: Secrets) -> None:
    path = tmp_path / "own" / "secrets.json"
    kind.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@both_kinds
def test_secrets_are_never_overwritten(tmp_path: Path, kind: Secrets) -> None:
    path = tmp_path / "own" / "secrets.json"
    kind.create(path)
    before = path.read_bytes()
    with pytest.raises(KeyFileError, match=r"secrets\.json exists already and is not overwritten"):
        kind.create(path)
    assert path.read_bytes() == before


@both_kinds
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o610, 0o666])
def test_a_secret_file_open_to_others_is_refused(tmp_path: Path, kind: Secrets, mode: int) -> None:
    path = tmp_path / "own" / "secrets.json"
    kind.create(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=r"secrets\.json is open to other users.*0600"):
        kind.load(path)


@both_kinds
@pytest.mark.parametrize("mode", [0o750, 0o705, 0o711])
def test_a_folder_open_to_others_is_refused(tmp_path: Path, kind: Secrets, mode: int) -> None:
    path = tmp_path / "own" / "secrets.json"
    kind.create(path)
    path.parent.chmod(mode)
    with pytest.raises(KeyFileError, match=r"own is open to other users.*0700"):
        kind.load(path)


@both_kinds
def test_no_secret_is_written_into_a_folder_open_to_others(tmp_path: Path, kind: Secrets) -> None:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o755)
    with pytest.raises(KeyFileError, match="own is open to other users"):
        kind.create(folder / "secrets.json")
    assert list(folder.iterdir()) == []


@both_kinds
def test_a_missing_secret_file_is_refused(tmp_path: Path, kind: Secrets) -> None:
    with pytest.raises(KeyFileError, match=r"secrets\.json cannot be read: No such file"):
        kind.load(tmp_path / "secrets.json")


@both_kinds
def test_a_folder_that_cannot_be_made_is_a_key_file_error(tmp_path: Path, kind: Secrets) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyFileError, match="cannot be written"):
        kind.create(tmp_path / "file" / "below" / "secrets.json")


@both_kinds
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"no json", b'{"identifier_key": "AAAA", "seed": "AAAA"}', b"\xff"]
)
def test_a_malformed_secret_file_is_refused_without_showing_it(tmp_path: Path, kind: Secrets, content: bytes) -> None:
    path = tmp_path / "own" / "secrets.json"
    kind.create(path)
    path.write_bytes(content)
    with pytest.raises(KeyFileError) as caught:
        kind.load(path)
    assert str(caught.value) == "secrets.json is malformed"


def test_a_secret_of_another_length_is_malformed(tmp_path: Path) -> None:
    path = tmp_path / "own" / "secrets.json"
    IntakeSecrets.create(path)
    fields = json.loads(path.read_text())
    path.write_text(json.dumps(fields | {"receipt_pepper": base64.b64encode(bytes(31)).decode()}))
    with pytest.raises(KeyFileError, match="malformed"):
        IntakeSecrets.load(path)


def test_secrets_do_not_show_in_repr(tmp_path: Path) -> None:
    assert repr(IntakeSecrets.create(tmp_path / "intake" / "secrets.json")) == "IntakeSecrets()"
    assert repr(WorkerSecrets.create(tmp_path / "worker" / "secrets.json")) == "WorkerSecrets()"
