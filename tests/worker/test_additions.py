"""What a reporter adds is compared once, shows as news, and obeys what the reporter chose last."""

from __future__ import annotations

import uuid
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import delete, func, insert, select, update

from casefile.additions import Choices, Material, Place, seal_choices
from casefile.boxes import KeyPair
from casefile.contents import MATCH_NOTE, decode_reasons
from casefile.models import Addition, Case, CaseReport, IndexEntry, LinkDecision, Match, OutboxRow
from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.unsealing import open_note
from casefile.vocabulary import (
    AgeBand,
    CaseStatus,
    ContactWay,
    JobName,
    LinkState,
    MatchClass,
    OutboxState,
    Platform,
    Threat,
)
from tests.factories import NOON, draw_screenshot, keep_picture, make_submission, reencode
from tests.worker.conftest import Workshop
from worker import jobs
from worker.additions import note_additions
from worker.matching import Entry, Features, entry_key, list_features, open_entry
from worker.runtime import take_turn
from worker.sweep import sweep

SMALL = (360, 640)
PICTURE = draw_screenshot(1, *SMALL)
OTHER_PICTURE = draw_screenshot(2, *SMALL)
ANSWERS = Answers(age=AgeBand.FROM_25, platforms=frozenset({Platform.INSTAGRAM}))
ACCOUNT = Material(platforms=frozenset({Platform.INSTAGRAM}), addresses=("@rizky_contoh",))
ALIKE = {MatchClass.DUPLICATE, MatchClass.SAME_PICTURE}
ALLOWED, DECLINED = Consents(text_version="id-1"), Consents(may_compare=False, text_version="id-1")


def plain(*pictures: bytes, **more: object) -> Submission:
    return make_submission(*pictures, answers=ANSWERS, **more)  # type: ignore[arg-type]


def picture(data: bytes) -> Material:
    return Material(pictures=(keep_picture(data),))


def classes(workshop: Workshop) -> list[MatchClass]:
    return [match.match_class for match in workshop.matches()]


def entry_of(workshop: Workshop, report: UUID) -> Entry | None:
    with workshop.owner() as session:
        box = session.scalar(select(IndexEntry.box).where(IndexEntry.report_id == report))
    return None if box is None else open_entry(entry_key(workshop.office.worker), box, report)


def test_an_account_that_is_added_finds_earlier_reports_and_is_found_by_later_ones(workshop: Workshop) -> None:
    earlier = workshop.report(plain(addresses=("@rizky_contoh",)))
    report = workshop.report(plain())
    workshop.run()
    assert workshop.matches() == []
    workshop.add(report, ACCOUNT)
    workshop.run()
    assert classes(workshop) == [MatchClass.SAME_ACCOUNT]
    assert "linked_exact" in workshop.actions(earlier)
    later = workshop.report(plain(addresses=("@rizky_contoh",)))
    workshop.run(runtime=workshop.new_runtime())
    pairs = [{match.low_id, match.high_id} for match in workshop.matches()]
    assert {report, later} in pairs


def test_a_picture_that_is_added_takes_the_next_number_and_the_same_file_none(workshop: Workshop) -> None:
    report = workshop.report(plain(PICTURE))
    earlier = workshop.report(plain(OTHER_PICTURE))
    workshop.run()
    workshop.add(report, Material(pictures=(keep_picture(PICTURE), keep_picture(reencode(OTHER_PICTURE)))))
    workshop.run()
    (match,) = workshop.matches()
    assert match.match_class in ALIKE
    opened = open_note(workshop.office.epoch, match.reasons_box, MATCH_NOTE, match.id.bytes)
    numbers = [(reason.low_picture, reason.high_picture) for reason in decode_reasons(opened)]
    assert numbers == [(2, 1) if match.low_id == report else (1, 2)]
    entry = entry_of(workshop, report)
    assert entry is not None
    assert [one.number for one in entry.features.pictures] == [1, 2]
    assert workshop.summary(report).picture_count == 2
    assert earlier in {match.low_id, match.high_id}


def test_what_is_added_gives_more_reasons_to_a_suggestion_until_somebody_decided(workshop: Workshop) -> None:
    first = workshop.report(plain(PICTURE, OTHER_PICTURE))
    second = workshop.report(plain(reencode(PICTURE)))
    workshop.run()
    (match,) = workshop.matches()

    def count() -> int:
        (kept,) = workshop.matches()
        opened = open_note(workshop.office.epoch, kept.reasons_box, MATCH_NOTE, kept.id.bytes)
        return len(decode_reasons(opened))

    assert count() == 1
    workshop.add(second, picture(reencode(OTHER_PICTURE)))
    workshop.run()
    assert count() == 2
    decide(workshop, match.id, LinkState.SUGGESTED)
    workshop.add(first, picture(draw_screenshot(3, *SMALL)))
    workshop.add(second, picture(reencode(draw_screenshot(3, *SMALL))))
    workshop.run()
    assert count() == 2


def decide(workshop: Workshop, match_id: UUID, state: LinkState) -> None:
    """As the desk does, without a name."""
    with workshop.owner() as session:
        session.add(LinkDecision(id=uuid.uuid4(), match_id=match_id, state=state, decided_at=NOON))
        session.execute(update(Match).where(Match.id == match_id).values(state=state))
        session.commit()


@pytest.mark.parametrize("order", ["before", "after"])
def test_it_is_right_whether_the_report_was_matched_before_or_not(workshop: Workshop, order: str) -> None:
    earlier = workshop.report(plain(addresses=("@rizky_contoh",)))
    workshop.run()
    report = workshop.report(plain())
    if order == "after":
        workshop.run()
    workshop.add(report, ACCOUNT)
    by_job = {row.job: str(row.id) for row in workshop.rows(OutboxState.OPEN)}
    if order == "before":
        jobs.note_addition(by_job[JobName.NOTE_ADDITION])
        assert workshop.case(report) is None
    workshop.run()
    assert [{match.low_id, match.high_id} for match in workshop.matches()] == [{earlier, report}]
    acts = workshop.actions(report)
    assert (acts.count("reporter_added"), acts.count("linked_exact")) == (1, 1)
    case = workshop.case(report)
    assert case is not None
    assert case.has_news


def test_delivered_twice_or_begun_and_lost_it_has_its_effect_once(workshop: Workshop) -> None:
    workshop.report(plain(addresses=("@rizky_contoh",)))
    report = workshop.report(plain())
    workshop.run()
    workshop.add(report, ACCOUNT)
    workshop.add_job(JobName.NOTE_ADDITION, report)
    with take_turn(workshop.runtime, NOON) as turn:
        note_additions(turn, report)
        turn.session.rollback()
    assert workshop.matches() == []
    workshop.run()
    before = [(match.id, match.reasons_box) for match in workshop.matches()]
    with workshop.owner() as session:
        session.execute(update(Case).values(has_news=False))
        session.commit()
    workshop.add_job(JobName.NOTE_ADDITION, report)
    workshop.run()
    assert [(match.id, match.reasons_box) for match in workshop.matches()] == before
    assert workshop.actions(report).count("reporter_added") == 1
    case = workshop.case(report)
    assert case is not None
    assert not case.has_news
    with workshop.owner() as session:
        assert session.scalar(select(func.count()).select_from(IndexEntry)) == 2


def test_an_addition_whose_job_is_missing_is_noted_after_the_sweep(workshop: Workshop) -> None:
    report = workshop.report(plain())
    workshop.run()
    workshop.add(report, ACCOUNT)
    with workshop.owner() as session:
        session.execute(delete(OutboxRow))
        session.commit()
    assert sweep(workshop.runtime, NOON).resent == 1
    assert sweep(workshop.runtime, NOON).resent == 0
    workshop.run()
    assert workshop.actions(report)[-2:] == ["job_resent", "reporter_added"]


def test_a_closed_case_stays_closed_and_shows_the_news(workshop: Workshop) -> None:
    report = workshop.report(plain(addresses=()))
    workshop.run()
    with workshop.owner() as session:
        session.execute(update(Case).values(status=CaseStatus.CLOSED, closed_at=NOON, has_news=False))
        session.commit()
    workshop.add(report, replace(ACCOUNT, pictures=(keep_picture(PICTURE),)))
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert (case.status, case.has_news) == (CaseStatus.CLOSED, True)
    assert workshop.summary(report).picture_count == 1


def test_what_is_added_never_lowers_the_level_and_may_raise_another_case(workshop: Workshop) -> None:
    urgent = plain()
    urgent = replace(urgent, answers=replace(ANSWERS, threat=Threat.WITHIN_24_H))
    other, report = workshop.report(plain(addresses=("@rizky_contoh",))), workshop.report(urgent)
    workshop.run()
    before, beside = workshop.case(report), workshop.case(other)
    assert before is not None
    assert beside is not None
    workshop.add(report, ACCOUNT)
    workshop.run()
    after, raised = workshop.case(report), workshop.case(other)
    assert after is not None
    assert raised is not None
    assert (after.level, after.floor) == (before.level, before.floor)
    assert after.score >= before.score
    assert raised.score > beside.score


def test_additions_of_a_report_that_declined_comparing_neither_find_nor_are_found(workshop: Workshop) -> None:
    workshop.report(plain(addresses=("@rizky_contoh",)))
    report = workshop.report(plain(consents=DECLINED))
    workshop.run()
    workshop.add(report, replace(ACCOUNT, pictures=(keep_picture(PICTURE),)))
    workshop.run()
    workshop.report(plain(PICTURE, addresses=("@rizky_contoh",)))
    workshop.run()
    assert all(report not in {match.low_id, match.high_id} for match in workshop.matches())
    assert entry_of(workshop, report) is None
    case = workshop.case(report)
    assert case is not None
    assert case.has_news


def test_consent_taken_back_ends_comparing_and_removes_what_nobody_decided_on(workshop: Workshop) -> None:
    knowing = workshop.new_runtime()
    report, _, _, _ = (
        workshop.report(plain(file)) for file in (PICTURE, PICTURE, *(reencode(PICTURE, quality=q) for q in (50, 60)))
    )
    workshop.run(runtime=knowing)

    def of_report() -> dict[UUID, LinkState]:
        return {match.id: match.state for match in workshop.matches() if report in {match.low_id, match.high_id}}

    suggested = [match_id for match_id, state in of_report().items() if state is LinkState.SUGGESTED]
    assert (len(of_report()), len(suggested)) == (3, 2)
    with workshop.owner() as session:
        assert session.get_one(CaseReport, report).content_group is not None
    decide(workshop, suggested[0], LinkState.SUGGESTED)
    workshop.choose(report, DECLINED)
    workshop.run()
    assert sorted(of_report().values()) == [LinkState.LINKED, LinkState.SUGGESTED], "what a person left open is history"
    assert suggested[0] in of_report()
    assert not workshop.summary(report).may_compare
    assert workshop.actions(report)[-1] == "consent_changed"
    with workshop.owner() as session:
        assert session.get_one(CaseReport, report).content_group is None
    newcomer = workshop.report(plain(PICTURE))
    workshop.run(runtime=knowing)
    assert report not in knowing.index
    assert not [match for match in workshop.matches() if {match.low_id, match.high_id} == {report, newcomer}]


def test_consent_given_again_enters_the_report_again_with_what_was_added(workshop: Workshop) -> None:
    report = workshop.report(plain(PICTURE))
    workshop.run()
    workshop.choose(report, DECLINED)
    workshop.add(report, ACCOUNT)
    workshop.run()
    found = workshop.report(plain(reencode(PICTURE), addresses=("@rizky_contoh",)))
    workshop.run()
    assert workshop.matches() == []
    workshop.choose(report, ALLOWED)
    workshop.run()
    assert len(classes(workshop)) == len(ALIKE & set(classes(workshop))) + 1 == 2
    assert MatchClass.SAME_ACCOUNT in classes(workshop)
    assert all({match.low_id, match.high_id} == {report, found} for match in workshop.matches())
    assert workshop.actions(report).count("consent_changed") == 2


def test_a_new_contact_is_news_and_compares_nothing_anew(workshop: Workshop) -> None:
    report = workshop.report(plain(PICTURE))
    workshop.run()
    with workshop.owner() as session:
        numbers = session.scalars(select(IndexEntry.number)).all()
    workshop.choose(report, ALLOWED, SafeContact(way=ContactWay.WHATSAPP, address="0812"))
    workshop.run()
    with workshop.owner() as session:
        assert session.scalars(select(IndexEntry.number)).all() == numbers
    case = workshop.case(report)
    assert case is not None
    assert case.has_news


def test_of_two_changes_the_newer_counts_in_whatever_order_jobs_run(workshop: Workshop) -> None:
    report = workshop.report(plain(PICTURE))
    workshop.run()
    workshop.choose(report, DECLINED)
    workshop.choose(report, ALLOWED)
    for row in reversed(workshop.rows(OutboxState.OPEN)):
        jobs.note_addition(str(row.id))
    assert workshop.summary(report).may_compare
    assert entry_of(workshop, report) is not None


def test_an_addition_that_does_not_open_is_news_for_a_person_and_stops_nothing(workshop: Workshop) -> None:
    report = workshop.report(plain(addresses=("@rizky_contoh",)))
    workshop.run()
    workshop.add(report, ACCOUNT)
    with workshop.owner() as session:
        session.execute(update(Addition).where(Addition.number == 2).values(worker_box=b"damaged"))
        session.commit()
    workshop.run()
    case = workshop.case(report)
    assert case is not None
    assert case.has_news
    assert workshop.rows(OutboxState.SET_ASIDE) == []
    assert workshop.actions(report)[-1] == "reporter_added"


def test_erasure_takes_additions_and_all_choices_along(workshop: Workshop) -> None:
    report, other = workshop.report(plain(PICTURE)), workshop.report(plain())
    workshop.add(report, ACCOUNT)
    workshop.choose(report, DECLINED)
    workshop.run()
    workshop.withdraw(report)
    workshop.run()
    with workshop.owner() as session:
        assert set(session.scalars(select(Addition.report_id))) == {other}
    assert workshop.actions(report)[-2:] == ["withdrawn", "purged"]


@pytest.mark.parametrize("write", ["message", "addition"])
def test_what_arrives_in_the_moment_of_erasure_is_erased_too(workshop: Workshop, write: str) -> None:
    report = workshop.report(plain())
    workshop.run()
    workshop.withdraw(report)
    workshop.run()
    if write == "message":
        workshop.write_message(report)
    else:
        late = Choices(consents=ALLOWED)
        sealed = seal_choices(workshop.office.public, Place(report, 9, NOON.date()), late, KeyPair.generate().public)
        with workshop.owner() as session:
            session.execute(insert(Addition).values(**sealed, form_tag=b"t" * 32))
            session.commit()
    assert sweep(workshop.runtime, NOON).resent == 1
    workshop.run()
    with workshop.owner() as session:
        assert session.scalars(select(Addition)).all() == []
    assert sweep(workshop.runtime, NOON).resent == 0


def test_an_index_that_reads_an_entry_anew_holds_it_once(workshop: Workshop) -> None:
    runtime = workshop.new_runtime()
    report = workshop.report(plain(PICTURE, addresses=("@rizky_contoh",)))
    workshop.run(runtime=runtime)
    workshop.add(report, picture(OTHER_PICTURE))
    workshop.run(runtime=runtime)
    fresh = workshop.new_runtime()
    for index in (runtime.index, fresh.index):
        with workshop.runtime_session() as session:
            index.refresh(session)
        assert len(index) == 1
    asked = Features(list_features([keep_picture(reencode(PICTURE))]), frozenset())
    with take_turn(runtime, NOON) as turn:
        found = [index.compare(UUID(int=1), asked, turn.shelf).candidates for index in (runtime.index, fresh.index)]
        turn.session.rollback()
    assert [[one.report_id for one in candidates] for candidates in found] == [[report], [report]]
    assert found[0] == found[1]
