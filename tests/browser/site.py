"""A portal that a browser can open: real HTTP and a real database in this process, with the office's key at hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, abort
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from casefile.contents import CONTENTS_KIND, CONTENTS_PART, ReportContents
from casefile.database import open_engine
from casefile.models import KeySlot, Message, Receipt, ReportPart
from casefile.receipts import ReceiptKeys, derive_receipt_keys
from casefile.sealing import seal_message
from casefile.settings import IntakeSettings
from casefile.submission import Submission
from casefile.unsealing import open_data_key, open_part
from casefile.vocabulary import Author, SlotRole
from casefile.wib import local_date
from intake.extensions import db
from intake.factory import create_app
from intake.portal import current_portal
from tests.factories import Office
from tests.operations.processes import free_ports


class _Quiet(WSGIRequestHandler):
    """Keeps connections open, as the real server does, and prints nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name of the overridden one
        """Nothing."""


@dataclass(frozen=True)
class Site:
    """``/rusak/500`` and the like fail with that status, behind the handlers of every other page.

    ``bare`` is the address of a page of one word, as light as a page can be.
    """

    address: str
    outside: str
    office: Office
    database_url: str

    @property
    def bare(self) -> str:
        return f"{self.address}/kosong"

    def submission(self, code: str) -> Submission:
        """The report of a code, as the office reads it."""
        with self._session() as session:
            report_id = session.get_one(Receipt, self._keys(code).tag).report_id
            slot = session.get_one(KeySlot, (report_id, SlotRole.OFFICE, self.office.public.epoch))
            data_key = open_data_key(self.office.epoch, slot.wrapped, SlotRole.OFFICE, report_id)
            part = session.get_one(ReportPart, (report_id, CONTENTS_PART))
            opened = open_part(data_key, part.box, report_id, CONTENTS_PART, CONTENTS_KIND)
        return ReportContents.from_bytes(opened).submission

    def reply(self, code: str, words: str) -> None:
        """Answer the report of a code, as the desk does."""
        keys = self._keys(code)
        with self._session() as session:
            report_id = session.get_one(Receipt, keys.tag).report_id
            number = len(session.scalars(select(Message).where(Message.report_id == report_id)).all()) + 1
            readers = {"office": self.office.epoch.public, "reporter": keys.pair.public}
            boxes = {
                f"{reader}_box": seal_message(key, words.encode(), report_id, number, reader)
                for reader, key in readers.items()
            }
            sent_on = local_date(datetime.now(UTC))
            session.add(
                Message(report_id=report_id, number=number, author=Author.OFFICE, sent_on=sent_on, epoch=1, **boxes)
            )
            session.commit()

    def _keys(self, code: str) -> ReceiptKeys:
        secrets = self.office.intake
        return derive_receipt_keys(code, secrets.instance_salt, secrets.receipt_pepper)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        engine = open_engine(self.database_url)
        with Session(engine) as session:
            yield session
        engine.dispose()


@contextmanager
def serve(database: Path, office: Office, **settings: str) -> Iterator[Site]:
    """The portal on ``database``, a migrated SQLite file, until the end of the block, with more settings."""
    (port,) = free_ports(1)
    address, url = f"http://127.0.0.1:{port}", f"sqlite:///{database}"
    outside = settings.get("SULUH_EXIT_URL", f"{address}/healthz")
    fixed = {"SULUH_INTAKE_DATABASE_URL": url, "SULUH_EXIT_URL": outside, "SULUH_OCR": "off"}
    env = {**office.environment, **fixed, **settings}
    app = create_app(IntakeSettings.from_env(env))
    app.add_url_rule("/rusak/<int:status>", view_func=_fail)
    app.add_url_rule("/kosong", view_func=_bare)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(address, outside, office, url)
    server.shutdown()
    thread.join()
    server.server_close()
    _close(app)


def _fail(status: int) -> str:
    abort(status)


def _bare() -> str:
    return '<!doctype html><html lang="id"><title>Layanan Warga</title><p>Halo</html>'


def _close(app: Flask) -> None:
    with app.app_context():
        current_portal().reader.close()
        db.engine.dispose()
