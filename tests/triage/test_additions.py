"""At the desk: what a reporter added opens with the story and with its custody entry, and the newest choice counts."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from casefile.additions import Material, Place, seal_material
from casefile.boxes import KeyPair
from casefile.custody import list_entries
from casefile.models import Addition
from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.vocabulary import (
    AgeBand,
    ContactWay,
    FingerprintSource,
    Gender,
    MatchClass,
    ReferralTarget,
    ReporterRole,
    Spread,
)
from tests.factories import draw_screenshot, keep_picture, make_submission
from tests.triage.bundle_world import make_facts
from tests.triage.conftest import DeskRoom, Person
from triage.additions import OpenedReport
from triage.bundles import BundleBarredError, BundleBasis, list_papers
from triage.bundles.documents import report_document
from triage.bundles.grids import evidence_grid
from triage.bundles.wish import check_basis
from triage.printing import Quote, Text
from triage.reader import Reader
from triage.reading import BUNDLE, STORY, read_report
from triage.same_reporter import weigh_same_reporter

PICTURE = draw_screenshot(1, 360, 640)
ADDED = Material(story="Tadi malam dia kembali.", addresses=("@akun_baru_contoh",), pictures=(keep_picture(PICTURE),))
POLICE = Consents(referrals=frozenset({ReferralTarget.POLICE}), text_version="id-1")
TAKEN_BACK = Consents(may_compare=False, text_version="en-1")
HOURS = SafeContact(way=ContactWay.WHATSAPP, address="0812-0000-1111", hours="siang", greeting="Bunga")


def opened(desk: DeskRoom, report: UUID, purpose: str = STORY, later: KeyPair | None = None) -> OpenedReport:
    """As the desk's own role reads it, for somebody with the key of the first epoch and perhaps of the second."""
    name = f"pembaca{secrets.token_hex(4)}"
    desk.add(name)
    reader = Reader(desk.staff_id(name), {1: desk.workshop.office.epoch, **({2: later} if later else {})})
    with Session(desk.workshop.database.engine("triage")) as session:
        return read_report(session, report, reader, desk.clock.now, purpose)


def story(person: Person, code: str) -> str:
    return person.post(f"/kasus/{code}/cerita", f"/kasus/{code}").text


def test_an_addition_is_news_and_opens_with_the_story_on_record(desk: DeskRoom) -> None:
    report = desk.report()
    rina, code = desk.seat("rina"), desk.code(report)
    rina.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    desk.workshop.add(report, ADDED)
    desk.workshop.run()
    assert "kabar atau pesan baru dari pelapor" in rina.get("/antrean/kasus-saya").text
    page = rina.get(f"/kasus/{code}").text
    assert "1 belum dibaca" in page
    assert "akun_baru_contoh" not in page
    page = story(rina, code)
    for shown in ("Tambahan dari pelapor", "Tadi malam dia kembali.", "@akun_baru_contoh", "1 sidik digital"):
        assert shown in page
    with desk.owner() as session:
        detail = [json.loads(entry.body).get("detail", {}) for entry in list_entries(session, report)][-1]
        assert session.get_one(Addition, (report, 2)).is_read
    assert detail == {"purpose": "story", "additions": 2}
    assert "kabar atau pesan baru dari pelapor" not in rina.get("/antrean/kasus-saya").text
    assert "belum dibaca" not in rina.get(f"/kasus/{code}").text
    desk.workshop.choose(report, POLICE)
    desk.workshop.run()
    page = rina.get(f"/kasus/{code}/percakapan").text
    assert page.index("Pelapor menambahkan sesuatu") < page.index("Pelapor mengubah izin atau kontak")
    assert "belum dibaca" in page
    assert "kabar atau pesan baru dari pelapor" not in rina.get("/antrean/kasus-saya").text
    assert "Pelapor menambahkan sesuatu" in rina.get(f"/kasus/{code}/riwayat").text


def test_the_newest_contact_and_consents_are_shown_with_their_history(desk: DeskRoom) -> None:
    report = desk.report(make_submission(consents=POLICE))
    rina, code = desk.seat("rina"), desk.code(report)
    desk.workshop.choose(report, TAKEN_BACK, HOURS)
    desk.workshop.run()
    page = story(rina, code)
    for shown in ("0812-0000-1111", "siang", "sapaan: Bunga", "Riwayat izin dan kontak: 2 kali", "teks en-1"):
        assert shown in page
    assert "belum ada izin" in page
    assert "tidak mengizinkan pembandingan" in page


def test_a_bundle_obeys_the_newest_consent_and_one_that_does_not_open_agrees_to_nothing(desk: DeskRoom) -> None:
    report = desk.report(make_submission(consents=POLICE))
    check_basis(BundleBasis.FORM_CONSENT, [opened(desk, report, BUNDLE).submission])
    desk.workshop.choose(report, TAKEN_BACK)
    with pytest.raises(BundleBarredError):
        check_basis(BundleBasis.FORM_CONSENT, [opened(desk, report, BUNDLE).submission])
    desk.workshop.choose(report, POLICE)
    check_basis(BundleBasis.FORM_CONSENT, [opened(desk, report, BUNDLE).submission])
    desk.workshop.choose(report, TAKEN_BACK)
    with desk.owner() as session:
        session.execute(update(Addition).where(Addition.number == 4).values(box=b"damaged"))
        session.commit()
    with pytest.raises(BundleBarredError):
        check_basis(BundleBasis.FORM_CONSENT, [opened(desk, report, BUNDLE).submission])


def test_nothing_that_was_added_is_missing_from_a_bundle(desk: DeskRoom) -> None:
    report = desk.report(make_submission(addresses=("@lama_contoh",)))
    desk.workshop.add(report, ADDED)
    desk.workshop.add(report, Material(story="Ini rusak"))
    with desk.owner() as session:
        session.execute(update(Addition).where(Addition.number == 3).values(box=b"damaged"))
        session.commit()
    found = opened(desk, report, BUNDLE)
    facts = make_facts(found.submission)
    facts = replace(facts, reports=(replace(facts.reports[0], additions=found.material),))
    document = report_document(facts)
    (told,) = document["laporan"]
    assert [one["isi"] for one in told["akun_dan_alamat"]["daftar"]] == ["@lama_contoh", "@akun_baru_contoh"]
    sha256 = keep_picture(PICTURE).fingerprints.sha256.hex()
    assert [one["sha256"] for one in told["bukti"]] == [sha256]
    assert [(one["no"], one["terbuka"]) for one in told["tambahan_pelapor"]] == [(2, True), (3, False)]
    assert told["tambahan_pelapor"][0]["uraian_pelapor"] == ADDED.story
    rows = evidence_grid(facts).rows
    assert [row[2] for row in rows if sha256 in row] == ["L1 gambar 1"]
    assert [row[2] for row in rows if "@akun_baru_contoh" in row] == ["L1 alamat 2"]
    chronology = list_papers(facts)[2].paper.blocks
    assert Quote("Tadi malam dia kembali.") in chronology
    assert any("tidak dapat dibuka" in block.text for block in chronology if isinstance(block, Text))


def test_an_addition_of_a_later_epoch_opens_for_whoever_holds_that_key(desk: DeskRoom) -> None:
    report = desk.report()
    later = KeyPair.generate()
    keys = replace(desk.workshop.office.public, epoch=2, office=later.public)
    sealed = seal_material(keys, Place(report, 2, desk.clock.now.date()), Material(story="Baru"), ())
    with desk.owner() as session:
        session.execute(insert(Addition).values(**sealed, form_tag=b"t" * 32))
        session.commit()
    assert [one.is_open for one in opened(desk, report).material] == [False]
    (added,) = opened(desk, report, later=later).material
    assert added.material == Material(story="Baru")


SELF = Answers(role=ReporterRole.SELF, age=AgeBand.FROM_18, spread=Spread.NOT_YET)
FILE, TOLD = {MatchClass.SAME_FILE}, {MatchClass.SAME_DIGEST}


@pytest.mark.parametrize(
    ("one", "other", "classes", "is_asked"),
    [
        (SELF, SELF, FILE, True),
        (SELF, SELF, TOLD, True),
        (SELF, replace(SELF, age=AgeBand.SKIPPED), FILE, True),
        (SELF, replace(SELF, spread=Spread.CLOSED_GROUP), FILE, True),
        (SELF, SELF, {MatchClass.DUPLICATE}, False),
        (SELF, replace(SELF, role=ReporterRole.WITNESS), FILE, False),
        (SELF, replace(SELF, role=ReporterRole.SKIPPED), FILE, False),
        (SELF, replace(SELF, spread=Spread.PUBLIC), FILE, False),
        (SELF, replace(SELF, age=AgeBand.FROM_25), FILE, False),
        (replace(SELF, gender=Gender.FEMALE), replace(SELF, gender=Gender.MALE), FILE, False),
    ],
)
def test_the_same_reporter_is_suspected_only_where_nothing_speaks_plainly_against_it(
    one: Answers, other: Answers, classes: set[MatchClass], *, is_asked: bool
) -> None:
    found = weigh_same_reporter(one, other, classes)
    assert (found is not None) is is_asked
    assert weigh_same_reporter(other, one, classes) == found
    if found is not None:
        assert found.speaks_for
        assert found.against


def read_by(source: FingerprintSource) -> Submission:
    submission = make_submission(PICTURE, answers=SELF)
    return replace(submission, pictures=tuple(replace(one, source=source) for one in submission.pictures))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (FingerprintSource.SERVER, "Berkas gambar sama persis, byte demi byte."),
        (FingerprintSource.DEVICE, "Sidik berkas gambar sama persis, menurut ponsel."),
    ],
)
def test_a_lost_code_is_a_question_at_the_desk_and_opens_nothing_old(
    desk: DeskRoom, source: FingerprintSource, reason: str
) -> None:
    first, second = desk.report(read_by(source)), desk.report(read_by(source))
    rina = desk.seat("rina")
    one, other = desk.code(first), desk.code(second)
    assert "Mungkin pelapor yang sama?" in rina.get(f"/kasus/{other}/keterkaitan").text
    page = rina.get(f"/kasus/{other}/keterkaitan/{one}").text
    assert reason in page
    assert "bisa memegang berkas yang sama" in page
    desk.workshop.choose(first, TAKEN_BACK)
    desk.workshop.run()
    assert "Mungkin pelapor yang sama?" not in rina.get(f"/kasus/{other}/keterkaitan").text
