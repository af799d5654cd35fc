"""A report is taken back: what was sent is erased, what the office did stays on record.

UU 27/2022 (PDP) gives the right to withdraw consent and to have one's data erased. Whoever holds the code asks behind
it; for whoever has none, two of the staff do (``triage.erasing``). Erased are, in one transaction: all
sealed parts, every key slot, all additions with every state of consents and contact, the conversation with every draft
of a reply and the day on which the code was last entered, fingerprints and blinded identifiers (the envelope, and what
the index keeps of it), what the queue showed (answers and reasons), why others were found alike (the reasons of its
matches), and what staff planned and set down about the case (tasks, remarks, addresses to be taken down, notes, safety
plan, risk assessment, services, referrals with what they shared), and evidence bundles that are read or built just now,
with every identity annex. Times are cut to the day.

What stays, and why:

- The rows of matches, without reasons, with their state and decisions. They are also the record of the *other*
  person's report; a decision stays reversible for ever and a link is not undone by a machine. The withdrawn report
  is never found again and no longer raises anybody's urgency.
- The custody chain: that a report existed, who read it and that it was erased, in codes and pseudonyms. It holds no
  content, and without it nobody could show that the erasure took place.
- What staff wrote in their own words about their decisions, sealed to the office, and bundles already handed over.
- The report's day, its case with level and closing day for statistics, the mark that it is erased, and the receipt, if
  there is one, with the state "withdrawn".
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.custody import REPORTER, SYSTEM, Act, append_entry
from casefile.models import (
    Addition,
    Bundle,
    BundleBuild,
    BundleDraft,
    Case,
    CaseRemark,
    CaseReport,
    ErasureRequest,
    HeldReply,
    KeySlot,
    Match,
    Message,
    Paper,
    PaperVersion,
    Receipt,
    Referral,
    ReferralStep,
    ReplyDraft,
    ReportPart,
    Takedown,
    TakedownLetter,
    Task,
    Withdrawal,
    WorkerEnvelope,
)
from casefile.sealing import seal_note
from casefile.submission import Answers
from casefile.vocabulary import CaseStatus, CustodyAction, PublicStatus
from casefile.wib import local_date, start_of_day
from worker.recording import replace_entry, seal_reasons
from worker.runtime import Turn

NOTHING_SHOWN = QueueSummary(
    answers=Answers(), may_compare=False, picture_count=0, incomparable_pictures=(), reasons=()
)


def erase_report(turn: Turn, report_id: UUID) -> None:
    """The effect of ``withdraw_report``.

    Right in any order: before the report was matched there is no case yet, and ``match_report`` makes none later.
    """
    session = turn.session
    withdrawal = session.get_one(Withdrawal, report_id)
    erase_words(session, report_id)
    erase_comparison(turn, report_id)
    withdrawn = {"status": PublicStatus.WITHDRAWN, "status_on": local_date(turn.now), "opened_on": None}
    session.execute(update(Receipt).where(Receipt.report_id == report_id).values(withdrawn))
    _end_case(turn, report_id)
    withdrawal.erased_on = withdrawal.erased_on or local_date(turn.now)
    if not withdrawal.through_desk:
        append_entry(session, report_id, Act(CustodyAction.WITHDRAWN, REPORTER, withdrawal.requested_on))
    append_entry(session, report_id, Act(CustodyAction.PURGED, SYSTEM, turn.now))


def erase_words(session: Session, report_id: UUID) -> None:
    """Erase the story, its keys, what was added, and the conversation."""
    for table in (ReportPart, KeySlot, Addition, HeldReply, Message):
        session.execute(delete(table).where(table.report_id == report_id))


def erase_comparison(turn: Turn, report_id: UUID) -> None:
    """Erase coded answers and fingerprints, and why others were found alike. The report is never found again."""
    turn.session.execute(delete(WorkerEnvelope).where(WorkerEnvelope.report_id == report_id))
    replace_entry(turn, report_id, None)
    turn.session.execute(insert(WorkerEnvelope).inline().values(report_id=report_id, box=None))
    _empty_matches(turn, report_id)


def _empty_matches(turn: Turn, report_id: UUID) -> None:
    own = select(Match).where(or_(Match.low_id == report_id, Match.high_id == report_id))
    for match in turn.session.scalars(own.with_for_update()):
        match.reasons_box = seal_reasons(match.id, (), turn.keys)
        match.epoch = turn.keys.epoch


def _end_case(turn: Turn, report_id: UUID) -> None:
    own = select(Case).join(CaseReport, CaseReport.case_id == Case.id).where(CaseReport.report_id == report_id)
    case = turn.session.scalars(own.with_for_update(of=Case)).one_or_none()
    if case is None:
        return
    erase_work(turn.session, case)
    turn.session.execute(delete(ErasureRequest).where(ErasureRequest.case_id == case.id))
    case.status, case.has_news = CaseStatus.WITHDRAWN, False
    case.claimed_by = case.claimed_at = case.claim_expires_at = None
    case.received_at, case.due_at = start_of_day(case.received_at), start_of_day(case.due_at)
    case.first_read_at = case.first_read_at and start_of_day(case.first_read_at)
    case.first_reply_at = case.first_reply_at and start_of_day(case.first_reply_at)
    case.closed_at = start_of_day(case.closed_at or turn.now)
    empty_summary(turn, case)


def erase_work(session: Session, case: Case) -> None:
    """Erase what staff planned and set down about a case."""
    papers = select(Paper.id).where(Paper.case_id == case.id)
    versions = delete(PaperVersion).where(PaperVersion.paper_id.in_(papers))
    session.execute(versions, execution_options={"synchronize_session": False})
    referrals = select(Referral.id).where(Referral.case_id == case.id)
    steps = delete(ReferralStep).where(ReferralStep.referral_id.in_(referrals))
    session.execute(steps, execution_options={"synchronize_session": False})
    _erase_bundles(session, case)
    for table in (ReplyDraft, Task, CaseRemark, Takedown, TakedownLetter, Paper, Referral):
        session.execute(delete(table).where(table.case_id == case.id))


def _erase_bundles(session: Session, case: Case) -> None:
    """Erase what was gathered for bundles of a case and not handed over yet. Nothing more can come of them."""
    own = select(Bundle.id).where(Bundle.case_id == case.id)
    builds = delete(BundleBuild).where(BundleBuild.bundle_id.in_(own))
    annexes = update(Bundle).where(Bundle.case_id == case.id).values(annex_box=None)
    for erasing in (builds, annexes, delete(BundleDraft).where(BundleDraft.case_id == case.id)):
        session.execute(erasing, execution_options={"synchronize_session": False})


def empty_summary(turn: Turn, case: Case) -> None:
    """Let the queue show nothing of the answers any more."""
    case.summary_box = seal_note(turn.keys.office, NOTHING_SHOWN.to_bytes(), SUMMARY_NOTE, case.id.bytes)
    case.summary_epoch = turn.keys.epoch
