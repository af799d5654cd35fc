"""What intake sealed for the worker opens for its own report and in its own form alone."""

from __future__ import annotations

import uuid

import pytest

from casefile.boxes import KeyPair
from casefile.contents import BlindedTag, WorkerPayload
from casefile.errors import UnsealError
from casefile.keyring import WorkerSecrets
from casefile.sealing import seal_worker_envelope
from casefile.submission import Answers
from casefile.vocabulary import IdentifierKind
from tests.factories import NOON, draw_screenshot, keep_picture
from worker.payloads import open_payload

SECRETS = WorkerSecrets(KeyPair.generate(), b"2" * 32)
PAYLOAD = WorkerPayload(
    received_at=NOON,
    answers=Answers(),
    may_compare=True,
    pictures=(keep_picture(draw_screenshot(1, 360, 640)),),
    tags=(BlindedTag(IdentifierKind.PHONE, b"t" * 32),),
)


def test_an_envelope_opens_with_the_sketches_in_it() -> None:
    box = seal_worker_envelope(SECRETS.pair.public, PAYLOAD.to_bytes(), uuid.UUID(int=1))
    opened = open_payload(SECRETS, box, uuid.UUID(int=1))
    assert opened == PAYLOAD
    assert opened.pictures[0].sketches


def test_an_envelope_moved_to_another_report_does_not_open() -> None:
    box = seal_worker_envelope(SECRETS.pair.public, PAYLOAD.to_bytes(), uuid.UUID(int=1))
    with pytest.raises(UnsealError, match="does not open"):
        open_payload(SECRETS, box, uuid.UUID(int=2))


@pytest.mark.parametrize("contents", [b"", b"[]", b"{}", b"\xff", b'{"received_at": 1}', b"[" * 100_000])
def test_an_envelope_with_other_contents_does_not_open(contents: bytes) -> None:
    box = seal_worker_envelope(SECRETS.pair.public, contents, uuid.UUID(int=1))
    with pytest.raises(UnsealError, match="malformed"):
        open_payload(SECRETS, box, uuid.UUID(int=1))
