"""A stolen copy of the database and of Redis shows nothing that twenty reporters wrote or received."""

from __future__ import annotations

import base64
import json
import logging
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import MetaData, make_url, select
from sqlalchemy.orm import Session

from casefile.contents import CONTENTS_KIND, CONTENTS_PART, ReportContents
from casefile.fingerprints.sketches import Sketches
from casefile.fingerprints.values import MOST_INSETS
from casefile.models import Draft, IndexEntry, KeySlot, OutboxRow, ReportPart
from casefile.pictures import Picture
from casefile.queueing import enqueue_row, open_queue
from casefile.submission import Submission
from casefile.unsealing import open_data_key, open_part
from casefile.vocabulary import SlotRole
from tests.conftest import Database
from tests.factories import NOON, Office, draw_screenshot, keep_picture, keep_report, make_office, make_submission
from worker.jobs import match_report
from worker.runtime import Runtime, install

REPORTS = 20
ADDRESSES = ("https://instagram.com/akun.rahasia{n}?igsh=abc", "@penguntit_{n}", "0812-3456-78{n:02}")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "office")


def submissions() -> list[Submission]:
    filled = [
        make_submission(
            draw_screenshot(n, 360, 640),
            story=f"Ceritaunik{n} tentang mantan yang mengancam lewat pesan.",
            addresses=tuple(address.format(n=n) for address in ADDRESSES),
        )
        for n in range(REPORTS)
    ]
    return [replace(one, pictures=(picture_of(n),)) for n, one in enumerate(filled)]


def picture_of(n: int) -> Picture:
    """A screenshot with a photograph in it, as far as its fingerprints say."""
    insets = tuple(sha256(bytes([n, number])).digest() for number in range(MOST_INSETS))
    return replace(keep_picture(draw_screenshot(n, 360, 640)), insets=insets)


def bits_of(picture: Picture) -> list[bytes]:
    """Every value by which a picture could be found again, as it might lie about: raw, in hex or in base64."""
    values = picture.fingerprints
    assert picture.sketches is not None
    sketches = Sketches.from_bytes(picture.sketches)
    raw = [values.sha256, values.pdq, values.phash, picture.sketches[7:39]]
    raw += [row.tobytes() for row in (*sketches.line_bits, *sketches.point_bits)]
    raw += picture.insets
    packed = base64.b64encode(picture.sketches)
    in_base64 = [*(base64.b64encode(value)[:10] for value in raw), packed[20:60], packed[-40:]]
    return [value.lower() for value in (*raw, *(value.hex().encode() for value in raw), *in_base64)]


def secrets_of(n: int, code: str) -> list[bytes]:
    """Everything that must not be found for report ``n``."""
    words = [f"ceritaunik{n}", f"akun.rahasia{n}", f"penguntit_{n}", f"81234567{8}{n:02}", code, code.replace(" ", "")]
    return [word.lower().encode() for word in words] + bits_of(picture_of(n))


def match_all(database: Database, office: Office) -> None:
    """What the worker does with every report."""
    keys = office.folder / "keys" / "office.json"
    install(Runtime(database.engine("worker"), office.worker, keys, office.root_public))
    with Session(database.engine()) as session:
        rows = session.scalars(select(OutboxRow.id)).all()
    for row in rows:
        match_report(str(row))


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


def test_no_word_address_fingerprint_sketch_or_code_lies_in_a_stolen_copy(
    database: Database, redis_url: str, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Session(database.engine("intake")) as session:
        codes = [keep_report(session, office, submission).code for submission in submissions()]
    queue = open_queue(redis_url)
    with Session(database.engine("worker")) as session:
        for row in session.scalars(select(OutboxRow)):
            enqueue_row(queue, row)
    match_all(database, office)
    with Session(database.engine()) as session:
        boxes = session.scalars(select(IndexEntry.box)).all()
    assert len(boxes) == REPORTS
    dumped = dump_database(database)
    stolen = dumped + dump_redis(redis_url) + caplog.text.encode().lower()
    assert b"match_report" in stolen, "the dump must hold what is there to be found"
    assert all(box and box.lower() in dumped for box in boxes), "and the worker's own table"
    found = [secret for n, code in enumerate(codes) for secret in secrets_of(n, code) if secret in stolen]
    assert found == []


def test_what_the_office_opens_holds_no_sketch(database: Database, office: Office) -> None:
    with Session(database.engine("intake")) as session:
        report = keep_report(session, office, submissions()[0]).report_id
    with Session(database.engine()) as session:
        slot = session.get_one(KeySlot, (report, SlotRole.OFFICE, office.public.epoch))
        part = session.get_one(ReportPart, (report, CONTENTS_PART))
    data_key = open_data_key(office.epoch, slot.wrapped, SlotRole.OFFICE, report)
    opened = open_part(data_key, part.box, report, CONTENTS_PART, CONTENTS_KIND)
    assert ReportContents.from_bytes(opened).submission.pictures == (picture_of(0).without_sketches(),)
    values = picture_of(0).fingerprints
    shown = [value for value in bits_of(picture_of(0)) if value in opened.lower()]
    assert shown == [value.hex().encode() for value in (values.sha256, values.pdq, values.phash)]


def test_the_search_finds_what_is_planted(database: Database) -> None:
    values = bits_of(picture_of(0))
    assert len(values) > 60
    assert picture_of(0).insets[1].hex().encode() in values
    with Session(database.engine()) as session:
        session.add(Draft(tag=b"t" * 32, box=b"|".join(values), expires_at=NOON))
        session.commit()
    dumped = dump_database(database)
    assert [value for value in secrets_of(0, "kode yang tidak ada 0000")[6:] if value not in dumped] == []
