"""The index sees what the database holds, and compares as the rules say."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.contents import BlindedTag, WorkerPayload
from casefile.errors import UnsealError
from casefile.fingerprints import PictureFingerprints
from casefile.models import Report, WorkerEnvelope
from casefile.sealing import seal_worker_envelope
from casefile.submission import Answers, Picture
from casefile.vocabulary import Channel, IdentifierKind, MatchClass
from casefile.wib import local_date
from tests.factories import NOON
from tests.worker.conftest import Workshop, damage_envelope
from worker.matching import MOST_PER_CLASS, Features, ReportIndex, find_matches
from worker.matching.index import BATCH, WINDOW, open_payload

EXAMPLE = PictureFingerprints(
    sha256=b"s" * 32, pdq=bytes(32), pdq_quality=100, phash=bytes(8), width=360, height=640, byte_count=1000
)


def payload(*pictures: PictureFingerprints, tag: bytes | None = None, may_compare: bool = True) -> WorkerPayload:
    return WorkerPayload(
        received_at=NOON,
        answers=Answers(),
        may_compare=may_compare,
        pictures=tuple(Picture(picture) for picture in pictures),
        tags=() if tag is None else (BlindedTag(IdentifierKind.PHONE, tag),),
    )


def other_file(picture: PictureFingerprints = EXAMPLE, *, bits: int = 0, quality: int = 100) -> PictureFingerprints:
    """Another file whose PDQ value is ``bits`` away."""
    pdq = (int.from_bytes(picture.pdq) ^ ((1 << bits) - 1)).to_bytes(32)
    return replace(picture, sha256=secrets.token_bytes(32), pdq=pdq, pdq_quality=quality)


def store(session: Session, workshop: Workshop, *payloads: WorkerPayload) -> list[UUID]:
    reports = [uuid.uuid4() for _ in payloads]
    day = local_date(NOON)
    session.add_all(
        Report(id=report, received_on=day, channel=Channel.WEB, form_tag=report.bytes) for report in reports
    )
    session.flush()
    for report, contents in zip(reports, payloads, strict=True):
        box = seal_worker_envelope(workshop.office.worker.pair.public, contents.to_bytes(), report)
        session.add(WorkerEnvelope(report_id=report, box=box))
        session.flush()
    return reports


def found_by_last(workshop: Workshop, *payloads: WorkerPayload) -> list[tuple[UUID, MatchClass]]:
    """What the last report finds among the others, as positions."""
    with workshop.owner() as session:
        reports = store(session, workshop, *payloads)
        index = ReportIndex(workshop.office.worker)
        index.refresh(session)
        features = Features.of(payloads[-1], workshop.office.worker.identifier_key)
        findings = find_matches(index, reports[-1], features)
    return [(reports.index(finding.report_id), finding.match_class) for finding in findings]


@pytest.mark.parametrize(("bits", "is_found"), [(0, True), (31, True), (32, False)])
def test_a_picture_up_to_31_bits_away_is_near(workshop: Workshop, bits: int, is_found: bool) -> None:
    found = found_by_last(workshop, payload(EXAMPLE), payload(other_file(bits=bits)))
    assert found == ([(0, MatchClass.DUPLICATE)] if is_found else [])


@pytest.mark.parametrize(("older", "newer"), [(49, 100), (100, 49), (49, 49)])
def test_pictures_with_too_little_structure_are_not_near(workshop: Workshop, older: int, newer: int) -> None:
    payloads = payload(other_file(quality=older)), payload(other_file(quality=newer))
    assert found_by_last(workshop, *payloads) == []
    assert found_by_last(workshop, payload(other_file(quality=50)), payload(other_file(quality=50))) != []


def test_equal_files_are_the_same_whatever_their_quality(workshop: Workshop) -> None:
    blank = replace(EXAMPLE, pdq_quality=0)
    assert found_by_last(workshop, payload(blank), payload(blank)) == [(0, MatchClass.SAME_FILE)]


def test_equal_values_of_different_kinds_of_identifiers_are_not_equal(workshop: Workshop) -> None:
    phone = payload(tag=b"t" * 32)
    url = replace(phone, tags=(BlindedTag(IdentifierKind.URL, b"t" * 32),))
    assert found_by_last(workshop, url, phone) == []
    assert found_by_last(workshop, phone, phone) == [(0, MatchClass.SAME_ACCOUNT)]


def test_a_report_does_not_find_itself(workshop: Workshop) -> None:
    assert found_by_last(workshop, payload(EXAMPLE, EXAMPLE, other_file(), tag=b"t" * 32)) == []


def test_a_flood_gives_each_report_a_bounded_number_of_findings_oldest_first(workshop: Workshop) -> None:
    flood = [payload(EXAMPLE) for _ in range(MOST_PER_CLASS + 5)]
    assert found_by_last(workshop, *flood) == [(number, MatchClass.SAME_FILE) for number in range(MOST_PER_CLASS)]


def test_of_many_near_pictures_the_nearest_are_kept(workshop: Workshop) -> None:
    far = [payload(other_file(bits=20)) for _ in range(MOST_PER_CLASS)]
    near = payload(other_file(bits=1))
    found = found_by_last(workshop, *far, near, payload(EXAMPLE))
    assert len(found) == MOST_PER_CLASS
    assert found[0] == (len(far), MatchClass.DUPLICATE)


def test_a_refresh_reads_only_what_is_new_and_more_than_one_batch(workshop: Workshop) -> None:
    index = ReportIndex(workshop.office.worker)
    with workshop.owner() as session:
        reports = store(session, workshop, *[payload()] * (BATCH + 3))
        assert index.refresh(session) == len(reports)
        assert index.refresh(session) == 0
        store(session, workshop, payload())
        assert index.refresh(session) == 1
        assert len(index) == len(reports) + 1
        assert session.scalar(select(func.count()).select_from(WorkerEnvelope)) > WINDOW


def test_a_damaged_envelope_is_passed_over_once_and_counted(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    index = ReportIndex(workshop.office.worker)
    damaged = workshop.report()
    damage_envelope(workshop, damaged)
    sound = workshop.report(now=NOON + timedelta(minutes=1))
    with workshop.owner() as session:
        assert index.refresh(session) == 2
        assert index.refresh(session) == 0
    assert (damaged in index, sound in index) == (False, True)
    assert index.unreadable == {damaged}
    assert caplog.text.count("does not open") == 1
    assert str(damaged) not in caplog.text


def test_an_envelope_moved_to_another_report_does_not_open(workshop: Workshop) -> None:
    box = seal_worker_envelope(workshop.office.worker.pair.public, payload().to_bytes(), uuid.UUID(int=1))
    assert open_payload(workshop.office.worker, box, uuid.UUID(int=1)) == payload()
    with pytest.raises(UnsealError, match="does not open"):
        open_payload(workshop.office.worker, box, uuid.UUID(int=2))


@pytest.mark.parametrize("contents", [b"", b"[]", b"{}", b"\xff", b'{"received_at": 1}', b"[" * 100_000])
def test_an_envelope_with_other_contents_does_not_open(workshop: Workshop, contents: bytes) -> None:
    box = seal_worker_envelope(workshop.office.worker.pair.public, contents, uuid.UUID(int=1))
    with pytest.raises(UnsealError, match="malformed"):
        open_payload(workshop.office.worker, box, uuid.UUID(int=1))
