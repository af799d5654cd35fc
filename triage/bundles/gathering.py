"""Finding what a bundle is made of: rows and sealed notes of one case, opened with the person's key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import version
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.articles import Article, articles_for, list_articles
from casefile.custody import list_entries, staff_actor, verify_chain
from casefile.models import Case, LinkDecision, Match, Report, StaffMember
from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.vocabulary import CaseStatus, LinkState, MatchClass, RemarkKind
from triage.additions import OpenedReport
from triage.bundles.facts import (
    CaseFacts,
    ConsentState,
    CustodyRecord,
    Duty,
    Officer,
    RelatedCase,
    ReportFacts,
    Risk,
    TakedownRequest,
)
from triage.casework import Doing, list_overrides
from triage.links.pairs import list_outlines
from triage.queue import open_summary
from triage.reader import Reader
from triage.remarks import Remark, list_remarks, newest
from triage.takedowns import TakedownRow, list_takedowns
from verifier.signatures import fingerprint

_STAFF = staff_actor(UUID(int=0)).partition(":")[0] + ":"


def gather_reports(session: Session, contents: Mapping[UUID, OpenedReport]) -> tuple[ReportFacts, ...]:
    """The reports' facts in the order of ``contents``. Raises ``CustodyError`` when a chain is broken."""
    return tuple(_report(session, report_id, opened) for report_id, opened in contents.items())


def gather_risk(session: Session, case: Case, reader: Reader) -> Risk:
    """The case's level, whether a person set it, and the reasons that the reader's key opens."""
    summary = open_summary(case, reader)
    return Risk(case.level, bool(list_overrides(session, case.id)), summary.reasons if summary else ())


def gather_case(session: Session, case: Case, reports: Sequence[ReportFacts], doing: Doing) -> CaseFacts:
    """What the office knows and did about the case, as far as the person's key opens it."""
    remarks = list_remarks(session, case.id, doing.reader)
    known = newest(remarks, RemarkKind.KNOWN)
    related, duty = _related(session, case, doing.reader), _duty(newest(remarks, RemarkKind.DUTY))
    takedowns = list_takedowns(session, case.id, doing.reader, doing.now)
    named = {*_actors(reports), *(one.decided_by for one in related if one.decided_by)}
    return CaseFacts(
        related=related,
        takedowns=tuple(_takedowns(takedowns)),
        articles=_articles(session, reports),
        known_on=known.known_on if known else None,
        duty=duty,
        staff=_names(session, {*named, duty.decided_by} if duty else named),
        key_fingerprint=fingerprint(doing.office.signing),
        software=f"Suluh {version('suluh')}",
    )


def name_officer(session: Session, staff_id: UUID, at: datetime) -> Officer:
    """The officer's name as it stands in the accounts."""
    return Officer(staff_id, session.get_one(StaffMember, staff_id).display_name, at)


def _report(session: Session, report_id: UUID, opened: OpenedReport) -> ReportFacts:
    received_on = session.get_one(Report, report_id).received_on
    return ReportFacts(
        report_id,
        received_on,
        _for_police(opened.submission),
        _custody(session, report_id),
        opened.material,
        tuple(_consents(opened, received_on)),
        len(opened.as_sent.pictures),
    )


def _for_police(sent: Submission) -> Submission:
    """Without what never leaves, so that the process that builds does not hold it either."""
    answers = {name: getattr(Answers(), name) for name in ("feeling", "needs", "district", "safe_now")}
    return replace(sent, answers=replace(sent.answers, **answers), trusted_adult="", contact=SafeContact())


def _custody(session: Session, report_id: UUID) -> tuple[CustodyRecord, ...]:
    entries = list_entries(session, report_id)
    verify_chain(report_id, entries)
    return tuple(CustodyRecord(entry.number, entry.previous, entry.body, entry.digest) for entry in entries)


def _consents(opened: OpenedReport, received_on: date) -> Iterator[ConsentState]:
    """Every state that differs from the one before; what cannot be read may be a withdrawal, and counts as one."""
    states = [(received_on, opened.as_sent.consents, True)]
    for later in reversed(opened.choices):
        agreed = later.choices.consents if later.choices else Consents(may_compare=False)
        states.append((later.added_on, agreed, later.choices is not None))
    before: Consents | None = None
    for since, agreed, is_open in states:
        if agreed != before:
            yield ConsentState(since, agreed.may_compare, agreed.referrals, agreed.text_version, is_open)
        before = agreed


def _related(session: Session, case: Case, reader: Reader) -> tuple[RelatedCase, ...]:
    """Linked cases alone, and only where both reporters are known to agree and neither has withdrawn."""
    if not _may_be_named(case, reader):
        return ()
    outlines = [one for one in list_outlines(session, case.id) if one.state is LinkState.LINKED]
    others = {one.id: one for one in session.scalars(select(Case).where(Case.id.in_([o.other_id for o in outlines])))}
    found = [
        RelatedCase(outline.other_code, match_class, decision.decided_at, decision.staff_id)
        for outline in outlines
        if _may_be_named(others[outline.other_id], reader)
        for match_class, decision in _standing(session, outline.match_ids)
    ]
    return tuple(sorted(found, key=lambda one: (one.code, one.match_class)))


def _may_be_named(case: Case, reader: Reader) -> bool:
    summary = open_summary(case, reader)
    return case.status is not CaseStatus.WITHDRAWN and summary is not None and summary.may_compare


def _standing(session: Session, match_ids: Sequence[UUID]) -> Iterator[tuple[MatchClass, LinkDecision]]:
    """Of each linked match a person confirmed, or that equal files made, the newest decision that linked it."""
    rows = (
        select(Match.match_class, LinkDecision)
        .join(LinkDecision, LinkDecision.match_id == Match.id)
        .where(Match.id.in_(match_ids), Match.state == LinkState.LINKED)
        .where(LinkDecision.state == LinkState.LINKED, LinkDecision.undoes.is_(None))
        .order_by(LinkDecision.decided_at, LinkDecision.id)
    )
    newest_of: dict[MatchClass, LinkDecision] = {}
    for match_class, decision in session.execute(rows).tuples():
        if decision.staff_id is not None or match_class is MatchClass.SAME_FILE:
            newest_of[match_class] = decision
    return iter(newest_of.items())


def _takedowns(rows: Sequence[TakedownRow]) -> Iterator[TakedownRequest]:
    for row in sorted(rows, key=lambda row: (row.asked_at, row.id)):
        if row.asking is not None:
            asked = row.asking
            yield TakedownRequest(
                asked.address,
                asked.target,
                asked.recipient,
                asked.ticket,
                asked.is_urgent,
                row.asked_at,
                row.state,
                row.settled_on,
            )


def _articles(session: Session, reports: Sequence[ReportFacts]) -> tuple[Article, ...]:
    """All that may fit the kinds: the day of the act is not known, so each article comes with its days of validity."""
    kinds = {kind for report in reports for kind in report.submission.answers.kinds}
    return articles_for(kinds, None, list_articles(session))


def _duty(remark: Remark | None) -> Duty | None:
    decided = remark.duty if remark else None
    if remark is None or decided is None or decided.outcome is None:
        return None
    return Duty(decided.outcome, remark.said_on, remark.staff_id)


def _actors(reports: Sequence[ReportFacts]) -> Iterator[UUID]:
    for report in reports:
        for entry in report.custody:
            actor = str(json.loads(entry.body)["actor"])
            if actor.startswith(_STAFF):
                yield UUID(actor.removeprefix(_STAFF))


def _names(session: Session, staff_ids: set[UUID]) -> tuple[tuple[UUID, str], ...]:
    rows = select(StaffMember.id, StaffMember.display_name).where(StaffMember.id.in_(staff_ids))
    return tuple(sorted((staff_id, name) for staff_id, name in session.execute(rows)))
