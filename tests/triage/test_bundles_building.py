"""The making of a bundle by a process of its own: whole or not at all, once, and again after a failure."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from redis import Redis
from sqlalchemy import select, update

from casefile.additions import Material
from casefile.boxes import KeyPair
from casefile.models import Base, BundleBuild, BundleDraft, OutboxRow
from casefile.queueing import open_queue
from casefile.submission import Submission
from casefile.vocabulary import JobName, OutboxState
from tests.factories import make_submission
from tests.faults.conftest import horses_of
from tests.triage.bundle_flow import ON_ONE_DATABASE, TO_POLICE, Room, make_room
from tests.triage.conftest import DeskRoom
from tests.waiting import wait_until
from triage.bundles.leaving import leaving_reports
from triage.bundles.sealed_build import open_material
from worker import relay

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
STORY = "Ceritaunik tentang mantan yang mengancam lewat pesan."


def telling() -> Submission:
    return make_submission(consents=TO_POLICE, story=STORY, addresses=("@akunrahasia",))


@pytest.fixture
def approved(desk: DeskRoom) -> Room:
    room = make_room(desk, telling())
    room.ask()
    room.approve(room.sari)
    return room


def builds(room: Room) -> list[BundleBuild]:
    with room.desk.owner() as session:
        return list(session.scalars(select(BundleBuild)))


@ON_ONE_DATABASE
def test_pressed_twice_it_is_made_once_and_no_builder_is_said(approved: Room) -> None:
    assert "Mesin penyusun sedang mati" in approved.act(approved.bima, "susun").text
    assert builds(approved) == []
    for who in (approved.bima, approved.sari):
        assert "Sedang disusun" in approved.order(who).text
    assert len(approved.rows(OutboxState.OPEN)) == 1
    approved.work()
    assert "Berkas siap" in approved.order(approved.sari).text
    assert approved.bundle_acts() == ["requested", "approved", "ordered", "built"]


@ON_ONE_DATABASE
def test_a_builder_that_was_started_anew_gives_up_and_the_button_is_there_again(approved: Room) -> None:
    approved.order()
    approved.work(pair=KeyPair.generate())
    page = approved.bima.get(f"/berkas/{approved.bundle().id}/susunan").text
    assert "Berkas belum jadi. Tidak ada yang keluar. Persetujuan masih berlaku." in page
    assert [build.box for build in builds(approved)] == [None]
    assert "Gagal disusun" in approved.rina.get(approved.path).text
    assert approved.download().status_code == 303
    approved.order()
    approved.work()
    assert approved.download().status_code == 200
    assert approved.bundle_acts() == ["requested", "approved", "ordered", "ordered", "built", "exported"]


@ON_ONE_DATABASE
def test_what_the_reporter_adds_after_the_request_stays_in_the_office(approved: Room) -> None:
    approved.desk.workshop.add(approved.report_id, Material(story="Kabar sesudahnya.", addresses=("@sesudahnya",)))
    approved.order()
    (ordered,) = builds(approved)
    facts = open_material(approved.pair, ordered.box, ordered.id).facts
    (report,) = leaving_reports(facts)
    assert report.story == STORY
    assert [address for _, address in report.addresses] == ["@akunrahasia"]
    assert report.additions == ()
    assert report.left_out == ("tambahan/2", "alamat/2")


def test_a_withdrawal_erases_what_is_read_and_what_is_built(approved: Room) -> None:
    approved.act(approved.bima, "periksa")
    approved.open_form()
    approved.order()
    approved.desk.workshop.withdraw(approved.report_id)
    approved.desk.workshop.run()
    with approved.desk.owner() as session:
        assert session.scalars(select(BundleDraft)).all() == session.scalars(select(BundleBuild)).all() == []
    approved.work()
    assert approved.rows(OutboxState.OPEN) == []
    assert "built" not in approved.bundle_acts()
    assert "menarik laporannya" in approved.order().text


@ON_ONE_DATABASE
def test_a_stolen_copy_shows_nothing_of_a_bundle_at_any_step(desk: DeskRoom, redis_url: str) -> None:
    room = make_room(desk, telling())
    room.ask(recipient="Unit Kenanga", annex_investigator="Aiptu Melati", annex_agreed="ya", **annex_form())
    room.act(room.sari, "periksa")
    stored = dump_database(room)
    room.act(room.sari, "setujui", code=room.sari.code())
    room.order()
    hand_out(room, redis_url)
    with Redis.from_url(redis_url) as client:
        in_redis = dump_redis(client)
    assert str(attempt(room).id).encode() in in_redis
    stored += dump_database(room)
    room.work()
    stored += dump_database(room)
    room.download()
    passphrase = room.passphrase()
    stored += dump_database(room)
    words = ("Ceritaunik", "akunrahasia", "Unit Kenanga", "Aiptu Melati", "Sekar Arum", passphrase, "%PDF")
    assert [word for word in words if word.encode() in stored] == []
    assert [word for word in (*words, str(room.report_id), str(room.bundle().id)) if word.encode() in in_redis] == []


def annex_form() -> dict[str, str]:
    return {"annex_age_key": str(pyrage.x25519.Identity.generate().to_public()), "annex_nama": "Sekar Arum"}


def dump_database(room: Room) -> bytes:
    """Every value of every table."""
    with room.desk.owner() as session:
        rows = [row for table in Base.metadata.sorted_tables for row in session.execute(table.select())]
    return b" ".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)


def dump_redis(client: Redis) -> bytes:
    """Every value of every key."""
    kinds = {b"hash": client.hgetall, b"list": lambda key: client.lrange(key, 0, -1), b"set": client.smembers}
    return b" ".join(repr(kinds.get(client.type(key), client.type)(key)).encode() + key for key in client.scan_iter())


@contextmanager
def real_builder(room: Room, redis_url: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``python -m triage.builder`` as the desk's role."""
    workshop = room.desk.workshop
    own = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SULUH_")},
        **workshop.office.environment,
        "SULUH_DATABASE_URL": workshop.database.urls["triage"],
        "SULUH_REDIS_URL": redis_url,
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "triage.builder"],
            env=own, cwd=ROOT, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        wait_until(room.key_file.exists, PATIENCE)
        yield process
    finally:
        for pid in horses_of(process):
            os.kill(pid, signal.SIGKILL)
        process.kill()
        process.wait()


def hand_out(room: Room, redis_url: str) -> None:
    """The relay's own step, as if every rest were over."""
    with room.desk.owner() as session:
        session.execute(update(OutboxRow).where(OutboxRow.state == OutboxState.OPEN).values(leased_until=None))
        session.commit()
    queue = open_queue(redis_url)
    relay.hand_out(room.desk.workshop.runtime.engine, queue, datetime.now(UTC) + timedelta(minutes=5))
    queue.connection.close()


def steps(room: Room) -> int:
    return builds(room)[0].steps_done


def attempt(room: Room) -> OutboxRow:
    """The newest."""
    return [row for row in room.desk.workshop.rows() if row.job is JobName.BUILD_BUNDLE][-1]


def forget_fault(room: Room) -> None:
    with room.desk.owner() as session:
        session.execute(update(OutboxRow).values(fault=None))
        session.execute(update(BundleBuild).values(steps_done=0))
        session.commit()


def test_killed_at_any_point_nothing_is_half_made_and_nothing_unlogged(
    approved: Room, redis_url: str, tmp_path: Path
) -> None:
    log, path = tmp_path / "log", f"/berkas/{approved.bundle().id}/susunan"
    with real_builder(approved, redis_url, log) as builder:
        approved.act(approved.bima, "susun")
        points: list[Callable[[], bool]] = [lambda: True, lambda: steps(approved) >= 1, lambda: steps(approved) >= 12]
        for is_there in points:
            hand_out(approved, redis_url)
            (horse,) = wait_until(lambda: horses_of(builder), PATIENCE)
            wait_until(is_there, PATIENCE)
            os.kill(horse, signal.SIGKILL)
            wait_until(lambda: attempt(approved).fault == "WorkHorseKilled" and not horses_of(builder), PATIENCE)
            assert [build.package_box for build in builds(approved)] == [None]
            assert approved.bundle_acts() == ["requested", "approved", "ordered"]
            assert "Sedang disusun" in approved.bima.get(path).text
            forget_fault(approved)
    stale = approved.key_file.read_bytes()
    with real_builder(approved, redis_url, log) as builder:
        wait_until(lambda: approved.key_file.read_bytes() != stale, PATIENCE)
        hand_out(approved, redis_url)
        wait_until(lambda: attempt(approved).state is OutboxState.SET_ASIDE, PATIENCE)
        assert "Penyusunan gagal" in approved.bima.get(path).text
        approved.act(approved.bima, "susun")
        hand_out(approved, redis_url)
        wait_until(lambda: "Berkas siap" in approved.bima.get(path).text, PATIENCE)
        builder.terminate()
        assert builder.wait(PATIENCE) == 0
    assert not approved.key_file.exists()
    assert approved.download().status_code == 200
    assert approved.bundle_acts() == ["requested", "approved", "ordered", "ordered", "built", "exported"]
    assert STORY.encode() not in log.read_bytes()
    assert b"Traceback" not in log.read_bytes()
