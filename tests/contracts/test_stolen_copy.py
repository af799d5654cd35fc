"""A stolen copy of the database and of Redis shows nothing that twenty reporters wrote or received."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import MetaData, make_url, select
from sqlalchemy.orm import Session

from casefile.fingerprints.picture import fingerprint_picture
from casefile.models import Draft, OutboxRow
from casefile.submission import Submission
from tests.conftest import Database
from tests.factories import NOON, Office, draw_screenshot, keep_report, make_office, make_submission
from worker.queueing import enqueue_row, open_queue

REPORTS = 20
ADDRESSES = ("https://instagram.com/akun.rahasia{n}?igsh=abc", "@penguntit_{n}", "0812-3456-78{n:02}")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "office")


def submissions() -> list[Submission]:
    return [
        make_submission(
            draw_screenshot(n, 360, 640),
            story=f"Ceritaunik{n} tentang mantan yang mengancam lewat pesan.",
            addresses=tuple(address.format(n=n) for address in ADDRESSES),
        )
        for n in range(REPORTS)
    ]


def secrets_of(n: int, code: str) -> list[bytes]:
    """Everything that must not be found for report ``n``, as it might lie about: text, hex, or raw bytes."""
    picture = fingerprint_picture(draw_screenshot(n, 360, 640))
    raw = [picture.sha256, picture.pdq, picture.phash]
    words = [f"ceritaunik{n}", f"akun.rahasia{n}", f"penguntit_{n}", f"81234567{8}{n:02}", code, code.replace(" ", "")]
    return [word.lower().encode() for word in words] + raw + [value.hex().encode() for value in raw]


def dump_database(database: Database) -> bytes:
    """All rows of all tables as text and hex and, on SQLite, the files as they lie on the disk."""
    tables = MetaData()
    engine = database.engine()
    tables.reflect(engine)
    found: list[bytes] = []
    with engine.connect() as connection:
        for table in tables.tables.values():
            for row in connection.execute(select(table)):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
                found += [value.hex().encode() for value in row if isinstance(value, bytes)]
    if database.kind == "sqlite":
        path = Path(make_url(database.owner_url).database or "")
        found += [file.read_bytes() for file in path.parent.glob(path.name + "*")]
    return b"\n".join(found).lower()


def dump_redis(redis_url: str) -> bytes:
    """All keys and values, serialised by the server itself."""
    client = Redis.from_url(redis_url)
    keys = list(client.scan_iter())
    dumped = [key + b" " + (client.dump(key) or b"") for key in keys]
    fields = [
        json.dumps({k.decode("latin-1"): v.decode("latin-1") for k, v in client.hgetall(key).items()}).encode()
        for key in keys
        if client.type(key) == b"hash"
    ]
    client.close()
    return b"\n".join(dumped + fields).lower()


def test_no_word_address_fingerprint_or_code_lies_in_a_stolen_copy(
    database: Database, redis_url: str, office: Office
) -> None:
    with Session(database.engine("intake")) as session:
        codes = [keep_report(session, office, submission).code for submission in submissions()]
    queue = open_queue(redis_url)
    with Session(database.engine("worker")) as session:
        for row in session.scalars(select(OutboxRow)):
            enqueue_row(queue, row)
    stolen = dump_database(database) + dump_redis(redis_url)
    assert b"match_report" in stolen, "the dump must hold what is there to be found"
    found = [secret for n, code in enumerate(codes) for secret in secrets_of(n, code) if secret in stolen]
    assert found == []


def test_the_search_finds_what_is_planted(database: Database) -> None:
    planted = fingerprint_picture(draw_screenshot(0, 360, 640)).pdq
    with Session(database.engine()) as session:
        session.add(Draft(tag=b"t" * 32, box=planted, expires_at=NOON))
        session.commit()
    assert any(secret in dump_database(database) for secret in secrets_of(0, "kode yang tidak ada 0000"))
