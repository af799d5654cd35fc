"""The index sees what the database holds, and compares as the rules say."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from casefile.fingerprints.descriptions import UNIT
from casefile.fingerprints.sketches import Sketches
from casefile.models import IndexEntry, Report
from casefile.vocabulary import Channel, IdentifierKind, MatchClass
from casefile.wib import local_date
from tests.factories import NOON
from tests.worker.conftest import Workshop
from tests.worker.matching.layouts import cut, make_picture, make_sketches, moved, noisy
from worker.matching import (
    MOST_PER_CLASS,
    Candidate,
    Entry,
    Features,
    Finding,
    Found,
    PictureFeatures,
    PicturePair,
    Tag,
    choose_findings,
    entry_key,
    seal_entry,
    tables,
)
from worker.matching.index import BATCH
from worker.matching.votes import USUAL_LIMITS
from worker.recording import record_entry
from worker.runtime import Runtime, Turn, take_turn

EXAMPLE = PictureFeatures(1, sha256=b"s" * 32, pdq=bytes(32), quality=100)
SCREEN = make_sketches(1)
"""Ten lines and sixteen points."""


def features(*pictures: PictureFeatures, tag: Tag | None = None) -> Features:
    numbered = tuple(replace(picture, number=number) for number, picture in enumerate(pictures, start=1))
    return Features(numbered, frozenset() if tag is None else frozenset({tag}))


def other_file(*, bits: int = 0, quality: int = 100) -> PictureFeatures:
    """Another file without sketches whose PDQ value is ``bits`` away from that of ``EXAMPLE``."""
    pdq = (int.from_bytes(EXAMPLE.pdq) ^ ((1 << bits) - 1)).to_bytes(32)
    return replace(EXAMPLE, sha256=secrets.token_bytes(32), pdq=pdq, quality=quality)


def seen_again(seed: int) -> Features:
    """A new file with the screen on it, a few bits of every element changed."""
    return features(make_picture(noisy(SCREEN, seed)))


def new_report(session: Session) -> UUID:
    report = uuid.uuid4()
    session.add(Report(id=report, received_on=local_date(NOON), channel=Channel.WEB, form_tag=report.bytes))
    session.flush()
    return report


def arrive(turn: Turn, compared: Features) -> tuple[UUID, Found]:
    """What the worker does with a new report, and what it found."""
    report = new_report(turn.session)
    turn.index.refresh(turn.session)
    found = turn.index.compare(report, compared, turn.shelf)
    record_entry(turn, report, Entry(compared, found.groups))
    return report, found


def withdraw(turn: Turn, report: UUID) -> None:
    """What withdrawing leaves of a report's entry."""
    turn.session.execute(delete(IndexEntry).where(IndexEntry.report_id == report))
    turn.session.execute(insert(IndexEntry).inline().values(report_id=report, box=None))


@contextmanager
def turn_of(workshop: Workshop, runtime: Runtime | None = None) -> Iterator[Turn]:
    """A turn as the database's owner, who may write reports too."""
    used = runtime or workshop.runtime
    owner = Runtime(workshop.database.engine(), used.secrets, used.public_keys, used.root_key)
    owner.index = used.index
    with take_turn(owner, NOON) as turn:
        yield turn
        turn.session.commit()


def found_by_last(workshop: Workshop, *arriving: Features) -> list[tuple[int, MatchClass]]:
    """What the last report finds among the others, as positions."""
    reports: list[UUID] = []
    findings: tuple[Finding, ...] = ()
    with turn_of(workshop, workshop.new_runtime()) as turn:
        for one in arriving:
            report, found = arrive(turn, one)
            reports.append(report)
            findings = choose_findings(found.candidates)
    return [(reports.index(finding.report_id), finding.match_class) for finding in findings]


def others(found: Found) -> set[UUID]:
    return {candidate.report_id for candidate in found.candidates}


@pytest.mark.parametrize(("bits", "is_found"), [(0, True), (31, True), (32, False)])
def test_a_picture_without_sketches_up_to_31_bits_away_is_alike(workshop: Workshop, bits: int, is_found: bool) -> None:
    found = found_by_last(workshop, features(EXAMPLE), features(other_file(bits=bits)))
    assert found == ([(0, MatchClass.SAME_PICTURE)] if is_found else [])


@pytest.mark.parametrize(("older", "newer"), [(49, 100), (100, 49), (49, 49)])
def test_pictures_with_too_little_structure_are_not_near(workshop: Workshop, older: int, newer: int) -> None:
    arriving = features(other_file(quality=older)), features(other_file(quality=newer))
    assert found_by_last(workshop, *arriving) == []


def test_pictures_with_just_enough_structure_are_near(workshop: Workshop) -> None:
    found = found_by_last(workshop, features(other_file(quality=50)), features(other_file(quality=50)))
    assert found == [(0, MatchClass.SAME_PICTURE)]


def test_equal_files_are_the_same_whatever_their_quality(workshop: Workshop) -> None:
    blank = features(replace(EXAMPLE, quality=0))
    assert found_by_last(workshop, blank, blank) == [(0, MatchClass.SAME_FILE)]


def test_the_same_screen_is_a_duplicate_and_a_stranger_is_nothing(workshop: Workshop) -> None:
    stranger = features(make_picture(make_sketches(2)))
    assert found_by_last(workshop, stranger, seen_again(1), seen_again(2)) == [(1, MatchClass.DUPLICATE)]


def test_a_part_of_a_screen_is_found_by_what_it_shows(workshop: Workshop) -> None:
    part = moved(cut(SCREEN, slice(0, 5), slice(0, 0)), 1, 0, 0, size=(2048, UNIT // 2))
    part = replace(part, size=(UNIT, UNIT))
    assert found_by_last(workshop, seen_again(1), features(make_picture(part))) != []


def test_equal_values_of_different_kinds_of_identifiers_are_not_equal(workshop: Workshop) -> None:
    phone, url = (features(tag=Tag(kind, b"t" * 16)) for kind in (IdentifierKind.PHONE, IdentifierKind.URL))
    assert found_by_last(workshop, url, phone) == []


def test_equal_numbers_are_the_same_account(workshop: Workshop) -> None:
    phone = features(tag=Tag(IdentifierKind.PHONE, b"t" * 16))
    assert found_by_last(workshop, phone, phone) == [(0, MatchClass.SAME_ACCOUNT)]


def test_a_report_does_not_find_itself(workshop: Workshop) -> None:
    own = features(EXAMPLE, EXAMPLE, other_file(), make_picture(SCREEN), tag=Tag(IdentifierKind.PHONE, b"t" * 16))
    assert found_by_last(workshop, own) == []
    with turn_of(workshop) as turn:
        report, _ = arrive(turn, own)
        turn.index.refresh(turn.session)
        found = turn.index.compare(report, own, turn.shelf)
    assert report in turn.index
    assert report not in others(found)


def test_candidates_come_in_the_order_in_which_they_arrived(workshop: Workshop) -> None:
    tag = Tag(IdentifierKind.PHONE, b"t" * 16)
    with turn_of(workshop) as turn:
        reports = [arrive(turn, features(EXAMPLE, tag=tag))[0] for _ in range(5)]
        _, found = arrive(turn, features(EXAMPLE, tag=tag))
    assert [candidate.report_id for candidate in found.candidates] == reports


def test_a_flood_gives_each_report_a_bounded_number_of_findings_oldest_first(workshop: Workshop) -> None:
    flood = [features(EXAMPLE) for _ in range(MOST_PER_CLASS + 5)]
    assert MOST_PER_CLASS == 10
    assert found_by_last(workshop, *flood) == [(number, MatchClass.SAME_FILE) for number in range(MOST_PER_CLASS)]


def test_of_many_alike_pictures_the_strongest_are_kept(workshop: Workshop) -> None:
    parts = [features(make_picture(noisy(SCREEN, seed, line_bits=12))) for seed in range(2)]
    sharp = features(make_picture(SCREEN))
    found = found_by_last(workshop, *parts, sharp, features(make_picture(SCREEN)))
    assert found[0] == (2, MatchClass.DUPLICATE)
    weak = [Candidate(uuid.UUID(int=n), (PicturePair(1, 1, MatchClass.WEAK, score=2.0),)) for n in range(15)]
    strong = Candidate(uuid.UUID(int=99), (PicturePair(1, 1, MatchClass.WEAK, score=2.5),))
    findings = choose_findings([*weak, strong])
    assert [finding.report_id.int for finding in findings] == [99, *range(9)]


def test_a_flood_keeps_few_pictures_in_the_tables_and_is_still_found(workshop: Workshop) -> None:
    with turn_of(workshop) as turn:
        arrived = [arrive(turn, seen_again(seed)) for seed in range(40)]
        turn.index.refresh(turn.session)
        _, found = arrive(turn, seen_again(41))
    assert len(turn.index) == 40
    assert turn.index._tables.compared == USUAL_LIMITS.kept_of_group == 16
    assert len({group for _, one in arrived for group in one.groups}) == 1
    assert found.groups == arrived[0][1].groups
    assert {finding.match_class for finding in choose_findings(found.candidates)} == {MatchClass.DUPLICATE}


def test_when_all_compared_pictures_of_a_flood_are_withdrawn_the_others_are_found_at_once(workshop: Workshop) -> None:
    with turn_of(workshop) as turn:
        reports = [arrive(turn, seen_again(seed))[0] for seed in range(20)]
        turn.index.refresh(turn.session)
        for report in reports[: USUAL_LIMITS.kept_of_group]:
            withdraw(turn, report)
        _, found = arrive(turn, seen_again(50))
    assert others(found) <= set(reports[16:])
    assert others(found) != set()


def test_while_one_compared_picture_of_a_flood_is_left_it_is_found(workshop: Workshop) -> None:
    with turn_of(workshop) as turn:
        reports = [arrive(turn, seen_again(seed))[0] for seed in range(20)]
        turn.index.refresh(turn.session)
        for report in reports[: USUAL_LIMITS.kept_of_group - 1]:
            withdraw(turn, report)
        _, found = arrive(turn, seen_again(50))
    assert others(found) == {reports[15]}


def test_strangers_are_groups_of_their_own_and_the_same_file_is_one(workshop: Workshop) -> None:
    with turn_of(workshop) as turn:
        groups = [arrive(turn, features(make_picture(make_sketches(seed))))[1].groups for seed in range(5)]
        same = [arrive(turn, features(EXAMPLE))[1].groups for _ in range(3)]
    assert len(set(groups)) == 5
    assert len(set(same)) == 1


def test_what_a_thousandfold_picture_shows_does_not_become_common_by_it(workshop: Workshop) -> None:
    with turn_of(workshop) as turn:
        for seed in range(30):
            arrive(turn, seen_again(seed))
        _, found = arrive(turn, seen_again(99))
    agreements = [pair.agreement for candidate in found.candidates for pair in candidate.pictures]
    assert {agreement and agreement.rarity for agreement in agreements} == {100}


def test_lines_that_everybody_has_say_nothing(workshop: Workshop) -> None:
    common = make_sketches(7, lines=3, points=0)
    with turn_of(workshop) as turn:
        for seed in range(14):
            arrive(turn, features(make_picture(with_lines_of(make_sketches(100 + seed, 10, 0), common))))
        _, found = arrive(turn, features(make_picture(with_lines_of(make_sketches(200, 10, 0), common))))
    assert found.candidates == ()


def with_lines_of(sketches: Sketches, common: Sketches) -> Sketches:
    """The same screen, its first lines being those of ``common``."""
    count = len(common.line_bits)
    return replace(
        sketches,
        line_boxes=np.concatenate([common.line_boxes, sketches.line_boxes[count:]]),
        line_bits=np.concatenate([common.line_bits, sketches.line_bits[count:]]),
    )


def test_a_withdrawn_report_is_gone_from_every_index_that_refreshes(workshop: Workshop) -> None:
    tag = Tag(IdentifierKind.PHONE, b"t" * 16)
    compared = features(EXAMPLE, make_picture(SCREEN), tag=tag)
    with turn_of(workshop) as turn:
        report, _ = arrive(turn, compared)
        turn.index.refresh(turn.session)
        assert report in turn.index
        withdraw(turn, report)
        _, found = arrive(turn, compared)
        assert report not in turn.index
        assert others(found) == set()
        tables = turn.index._tables
        sketches = (rows.table for rows in (tables._lines, tables._points, tables._pdq))
        kept = b"".join(table._bits.tobytes() for table in (*sketches, tables._files))
        assert EXAMPLE.sha256 not in kept
        assert SCREEN.line_bits[0].tobytes() not in kept


def test_a_refresh_reads_only_what_is_new_and_more_than_one_batch(workshop: Workshop) -> None:
    nothing, key = Entry(features(), ()), entry_key(workshop.office.worker)
    with turn_of(workshop, workshop.new_runtime()) as turn:
        reports = [new_report(turn.session) for _ in range(BATCH + 3)]
        rows = [{"report_id": report, "box": seal_entry(key, nothing, report)} for report in reports]
        turn.session.execute(insert(IndexEntry), rows)
        assert turn.index.refresh(turn.session) == len(reports)
        assert turn.index.refresh(turn.session) == 0
        arrive(turn, features())
        assert turn.index.refresh(turn.session) == 1
        assert len(turn.index) == len(reports) + 1


def test_after_a_refresh_everything_lies_in_tables_so_that_no_child_has_to_put_it_there(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "TAIL", 8)
    with turn_of(workshop) as turn:
        for number in range(12):
            arrive(turn, replace(seen_again(number), tags=frozenset({Tag(IdentifierKind.PHONE, bytes([number] * 16))})))
    with turn_of(workshop, workshop.new_runtime()) as turn:
        assert turn.index.refresh(turn.session) == 12
        held = turn.index
        parts = held._tables._files, held._tables._lines.table, held._reports._tags.table
        assert [part._covered for part in parts] == [len(part) for part in parts]


@pytest.mark.parametrize("how", ["altered", "moved"])
def test_an_entry_that_does_not_open_is_passed_over_once_and_counted(
    workshop: Workshop, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    key = entry_key(workshop.office.worker)
    with turn_of(workshop) as turn:
        bad = new_report(turn.session)
        sealed = seal_entry(key, Entry(seen_again(1), (b"g" * 16,)), bad if how == "altered" else uuid.uuid4())
        broken = sealed[:-1] + bytes([sealed[-1] ^ 1]) if how == "altered" else sealed
        turn.session.execute(insert(IndexEntry).values(report_id=bad, box=broken))
        sound, _ = arrive(turn, seen_again(2))
        assert turn.index.refresh(turn.session) == 1
        assert turn.index.refresh(turn.session) == 0
    assert (bad in turn.index, sound in turn.index) == (False, True)
    assert turn.index.unreadable == {bad}
    assert caplog.text.count("does not open") == 1
    assert str(bad) not in caplog.text


def test_a_report_whose_entry_was_damaged_meanwhile_is_left_out_and_keeps_nobody_back(workshop: Workshop) -> None:
    with turn_of(workshop) as turn:
        damaged, _ = arrive(turn, seen_again(1))
        sound, _ = arrive(turn, seen_again(2))
        turn.index.refresh(turn.session)
        turn.session.execute(IndexEntry.__table__.update().where(IndexEntry.report_id == damaged).values(box=b"x" * 99))
        _, found = arrive(turn, seen_again(3))
    assert others(found) == {sound}
