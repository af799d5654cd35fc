"""What a bundle is made of, found at the desk: related cases under both consents, requests, decisions, consents."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from casefile.models import LinkDecision, Match
from casefile.submission import Answers, Consents, SafeContact
from casefile.vocabulary import (
    ContactWay,
    District,
    DutyOutcome,
    Feeling,
    HarmKind,
    LinkState,
    MatchClass,
    Need,
    ReferralTarget,
    TakedownState,
    TakedownTarget,
)
from tests.factories import make_submission
from tests.triage.bundle_world import WISH
from tests.triage.conftest import DeskRoom
from tests.triage.pair_world import join
from triage.bundles import Disclosure, gather_facts, read_case
from triage.bundles.facts import BundleFacts, Duty, RelatedCase
from triage.casework import Doing
from triage.reader import Reader
from triage.remarks import DutyDecision, decide_duty, set_known_day
from triage.takedowns import Asking, ask_takedown

TO_POLICE = Consents(referrals=frozenset({ReferralTarget.POLICE}), text_version="1")
TELLING = replace(
    make_submission(
        answers=Answers(
            kinds=frozenset({HarmKind.SEXTORTION}),
            feeling=Feeling.SUICIDAL,
            district=District.TEBET,
            needs=frozenset({Need.COUNSELLING}),
        ),
        consents=TO_POLICE,
    ),
    trusted_adult="Bibi Ratna",
    contact=SafeContact(way=ContactWay.WHATSAPP, address="0812"),
)


def doing(desk: DeskRoom, staff_id: UUID) -> Doing:
    office = desk.workshop.office
    return Doing(Reader(staff_id, {1: office.epoch}), office.public, desk.clock.now)


def facts_of(desk: DeskRoom, report: UUID, staff_id: UUID) -> BundleFacts:
    """As the desk's own role gathers them."""
    acting = doing(desk, staff_id)
    with Session(desk.workshop.database.engine("triage")) as session:
        contents = read_case(session, desk.code(report), acting)
        return gather_facts(session, Disclosure(desk.code(report), WISH, contents), acting)


def confirm(desk: DeskRoom, match_id: UUID, staff_id: UUID) -> None:
    with desk.owner() as session:
        session.execute(update(Match).where(Match.id == match_id).values(state=LinkState.LINKED))
        decided = {"state": LinkState.LINKED, "staff_id": staff_id, "decided_at": desk.clock.now}
        session.add(LinkDecision(id=uuid.uuid4(), match_id=match_id, **decided))
        session.commit()


def test_only_decided_or_equal_cases_are_named_and_only_where_both_agree(desk: DeskRoom) -> None:
    desk.add("rina")
    rina = desk.staff_id("rina")
    own, same_file, confirmed, waiting, same_account, declined, withdrawn, rejected = (
        desk.report(make_submission(consents=TO_POLICE)) for _ in range(8)
    )
    join(desk, own, same_file, MatchClass.SAME_FILE)
    join(desk, own, same_account, MatchClass.SAME_ACCOUNT)
    join(desk, own, waiting)
    for other in (confirmed, declined, withdrawn):
        confirm(desk, join(desk, other, own), rina)
    with desk.owner() as session:
        session.execute(update(Match).where(Match.id == join(desk, own, rejected)).values(state=LinkState.REJECTED))
        session.commit()
    desk.workshop.choose(declined, Consents(may_compare=False))
    desk.workshop.withdraw(withdrawn)
    desk.workshop.run()
    case = facts_of(desk, own, rina).case
    expected = (
        RelatedCase(desk.code(confirmed), MatchClass.DUPLICATE, desk.clock.now, rina),
        RelatedCase(desk.code(same_file), MatchClass.SAME_FILE, desk.clock.now, None),
    )
    assert case.related == tuple(sorted(expected, key=lambda one: one.code))
    assert (rina, "Rina") in case.staff
    desk.workshop.choose(own, Consents(may_compare=False, referrals=TO_POLICE.referrals))
    desk.workshop.run()
    assert facts_of(desk, own, rina).case.related == ()


def test_requests_decisions_and_consents_are_found_and_the_rest_stays(desk: DeskRoom) -> None:
    desk.add("rina")
    rina, report = desk.staff_id("rina"), desk.report(TELLING)
    code, acting = desk.code(report), doing(desk, rina)
    asked_at = desk.clock.now - timedelta(hours=1)
    asking = Asking("https://contoh.example/x", TakedownTarget.KOMDIGI, True, recipient="Komdigi", ticket="T-1")
    with Session(desk.workshop.database.engine("triage")) as session:
        for act in (
            partial(ask_takedown, session, code, uuid.uuid4(), asking, asked_at=asked_at),
            partial(decide_duty, session, code, DutyDecision(DutyOutcome.REPORTED, "alasan kantor")),
            partial(set_known_day, session, code, date(2026, 11, 1)),
        ):
            act(doing=acting)
            session.commit()
    desk.workshop.choose(report, replace(TO_POLICE, may_compare=False, text_version="2"))
    desk.workshop.choose(report, replace(TO_POLICE, may_compare=False, text_version="2"))
    facts = facts_of(desk, report, rina)
    (request,) = facts.case.takedowns
    assert (request.address, request.recipient, request.ticket) == (asking.address, "Komdigi", "T-1")
    assert (request.asked_at, request.state, request.is_urgent) == (asked_at, TakedownState.WAITING, True)
    duty = facts.case.duty
    assert isinstance(duty, Duty)
    assert (duty.outcome, duty.decided_by, facts.case.known_on) == (DutyOutcome.REPORTED, rina, date(2026, 11, 1))
    assert "tpks-14-2" in {article.code for article in facts.case.articles}
    assert [(one.may_compare, one.text_version) for one in facts.reports[0].consents] == [(True, "1"), (False, "2")]
    assert facts.case.software.startswith("Suluh ")
    assert facts.case.key_fingerprint.startswith("SHA256:")
    sent = facts.reports[0].submission
    assert (sent.trusted_adult, sent.contact, sent.story) == ("", SafeContact(), TELLING.story)
    assert sent.answers == Answers(kinds=TELLING.answers.kinds)
    assert "alasan kantor" not in repr(facts)

    with Session(desk.workshop.database.engine("triage")) as session:
        decide_duty(session, code, DutyDecision(None, "keliru"), acting)
        session.commit()
    assert facts_of(desk, report, rina).case.duty is None
