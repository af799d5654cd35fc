"""Pictures become numbers: good ones stay, bad ones are named, and where none may come none is read."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.picture import fingerprint_picture
from casefile.models import WorkerEnvelope
from casefile.pictures import Picture
from tests.conftest import Database
from tests.factories import Office, draw_screenshot, keep_picture
from tests.intake.browser import Browser, Page
from tests.intake.opening import opened_submission
from worker.payloads import open_payload

HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(64)
REFUSALS = {
    b"ini bukan gambar": "Gambar 1 bukan JPG, PNG, atau WebP",
    HEIC: "Gambar 1 berformat HEIC. Ubah dulu ke JPG, atau lewati.",
    b"": "Gambar 1 kosong. Pilih lagi, atau lewati.",
    b"\x89PNG\r\n\x1a\n" + bytes(11 * 1024 * 1024): "Gambar 1 lebih dari 10 MB",
}


@pytest.fixture
def small() -> list[bytes]:
    return [draw_screenshot(seed, 240, 400) for seed in range(12)]


def at_pictures(visitor: Browser, **safety: str) -> Page:
    return visitor.send(visitor.begin(**safety), {"jenis": "SEKSTORSI"})


def test_fingerprints_of_the_original_bytes_are_sealed(
    visitor: Browser, database: Database, office: Office, small: list[bytes]
) -> None:
    page = visitor.send(at_pictures(visitor), {}, small[:2])
    assert page.path == "/a/4"
    visitor.finish()
    pictures = opened_submission(database, office).pictures
    assert pictures == tuple(Picture(fingerprint_picture(picture)) for picture in small[:2])
    assert pictures[0].fingerprints.sha256 == hashlib.sha256(small[0]).digest()


def test_the_worker_gets_sketches_of_the_same_pictures_under_the_offices_key(
    visitor: Browser, database: Database, office: Office, small: list[bytes]
) -> None:
    visitor.send(at_pictures(visitor), {}, small[:2])
    visitor.finish()
    with Session(database.engine()) as session:
        envelope = session.scalars(select(WorkerEnvelope)).one()
    payload = open_payload(office.worker, envelope.box or b"", envelope.report_id)
    key = SketchKey(office.intake.sketch_key)
    assert payload.pictures == tuple(keep_picture(picture, key) for picture in small[:2])


@pytest.mark.parametrize(("data", "sentence"), REFUSALS.items(), ids=range(len(REFUSALS)))
def test_a_bad_picture_is_named_beside_the_field(visitor: Browser, data: bytes, sentence: str) -> None:
    page = visitor.send(at_pictures(visitor), {"tautan": "@akun", "platform": ["x"]}, [data])
    assert page.path == "/a/3"
    assert page.text.count(sentence) == 2
    assert page.values["tautan"] == ["@akun"]
    assert page.values["platform"] == ["x"]


def test_the_good_pictures_beside_a_bad_one_stay(visitor: Browser, small: list[bytes]) -> None:
    page = visitor.send(at_pictures(visitor), {}, [small[0], b"nol", small[1]])
    assert "Gambar 2 bukan JPG, PNG, atau WebP" in page.text
    assert "Gambar 2 – selesai" in page.text
    page = visitor.send(page, {}, [b"nol"])
    assert "Gambar 3 bukan JPG" in page.text
    assert visitor.send(page).path == "/a/4"
    assert "2 sidik digital" in visitor.open("/a/5").text


def test_more_than_ten_are_refused_and_the_first_ten_stay(visitor: Browser, small: list[bytes]) -> None:
    page = visitor.send(at_pictures(visitor), {}, small)
    assert "Pilih paling banyak 10 gambar" in page.text
    assert "Gambar 10 – selesai" in page.text
    assert "Gambar 11 – selesai" not in page.text


def test_one_picture_can_be_taken_out_and_keeps_out(
    visitor: Browser, database: Database, office: Office, small: list[bytes]
) -> None:
    visitor.send(at_pictures(visitor), {}, small[:3])
    page = visitor.send(visitor.open("/a/3"), {"hapus": "2", "tautan": "@baru"})
    assert (page.path, page.values["tautan"]) == ("/a/3", ["@baru"])
    assert "Gambar 2 – selesai" in page.text
    assert "Gambar 3 – selesai" not in page.text
    visitor.send(page, {"hapus": "2"})
    visitor.send(visitor.open("/a/3"), {"hapus": "99"})
    assert visitor.send(visitor.open("/a/3"), {"hapus": "9" * 5000}).status == 200
    visitor.finish()
    digests = [picture.fingerprints.sha256 for picture in opened_submission(database, office).pictures]
    assert digests == [hashlib.sha256(small[index]).digest() for index in (0, 2)]


def test_the_same_file_twice_is_kept_once_with_a_plain_notice(visitor: Browser, small: list[bytes]) -> None:
    page = visitor.send(at_pictures(visitor), {}, [small[0], small[0]])
    assert page.path == "/a/4"
    assert "Gambar 2 sama dengan gambar 1." in page.text
    assert "sama dengan" not in visitor.open("/a/4").text
    page = visitor.send(visitor.open("/a/3"), {"langkah": "tambah"}, [small[0]])
    assert "Gambar 2 sama dengan gambar 1." in page.text
    assert "1 sidik digital" in visitor.open("/a/5").text


@pytest.mark.parametrize(
    "answers",
    [
        ({"usia": "lt13"}, {"jenis": "GROOMING"}),
        ({"usia": "16_17"}, {"jenis": "GROOMING"}),
        ({"peran": "melihat"}, {"jenis": "NCII_SEBAR"}),
        ({}, {"jenis": "MATERI_ANAK"}),
        ({}, {"jenis": "NCII_SEBAR", "anak_dalam_konten": "ya"}),
    ],
)
def test_a_forced_upload_is_refused_where_no_picture_may_come(
    visitor: Browser,
    database: Database,
    office: Office,
    small: list[bytes],
    answers: tuple[dict[str, str], dict[str, str]],
) -> None:
    safety, events = answers
    page = visitor.send(visitor.begin(**safety), events)
    assert "bukti" not in page.inputs
    page = visitor.send(page, {}, small[:1])
    assert page.path == "/a/3"
    assert "jangan kirim gambar" in page.text
    visitor.finish()
    assert opened_submission(database, office).pictures == ()


def test_pictures_sent_before_the_age_was_known_are_not_sent_on(
    visitor: Browser, database: Database, office: Office, small: list[bytes]
) -> None:
    visitor.send(at_pictures(visitor), {}, small[:1])
    visitor.send(visitor.open("/a"), {"usia": "16_17"})
    visitor.finish()
    assert opened_submission(database, office).pictures == ()


def test_a_picture_under_another_name_or_on_another_page_is_dropped(visitor: Browser, small: list[bytes]) -> None:
    page = visitor.begin()
    page = visitor.send(page, {"jenis": "DOXING"}, small[:1])
    assert page.path == "/a/3"
    assert "selesai" not in page.text
