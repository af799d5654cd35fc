"""A case with fixed ids, keys and times, as values and as rows: what both databases must make the same bytes of."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version

from sqlalchemy.orm import Session

from casefile.additions import Material
from casefile.articles import Article, articles_for, shipped_articles
from casefile.boxes import KeyPair
from casefile.contents import BUNDLE_NOTE, CONTENTS_KIND, CONTENTS_PART, SUMMARY_NOTE, QueueSummary, ReportContents
from casefile.custody import GENESIS, REPORTER, SYSTEM, Act, append_entry, entry_digest, staff_actor
from casefile.fingerprints import PictureFingerprints
from casefile.keyring import OfficePublicKeys, office_signing_key
from casefile.models import Bundle, Case, CaseReport, Epoch, KeySlot, Receipt, Report, ReportPart, StaffMember
from casefile.pictures import Picture
from casefile.sealing import new_data_key, seal_data_key, seal_note, seal_part
from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.vocabulary import (
    AdditionKind,
    AgeBand,
    BundleState,
    CaseStatus,
    Channel,
    ContactWay,
    CustodyAction,
    District,
    DutyOutcome,
    Feeling,
    FingerprintSource,
    HarmKind,
    MatchClass,
    Need,
    OriginalKept,
    Platform,
    PublicStatus,
    ReferralTarget,
    Relation,
    ReporterRole,
    SlotRole,
    StaffRole,
    TakedownState,
    TakedownTarget,
    Threat,
    Urgency,
)
from triage.additions import OpenedAddition
from triage.bundles import BundleBasis, BundleFacts, BundleWish, RequestedAction
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
from triage.casework import Doing
from triage.reader import Reader
from verifier.signatures import fingerprint

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Monday, 12.00 WIB."""
ASKED_AT, APPROVED_AT = NOW - timedelta(hours=2), NOW - timedelta(hours=1)

EPOCH = KeyPair.from_seed(bytes(range(96)))
SIGNING = office_signing_key(EPOCH.seed)
STRANGER = office_signing_key(bytes(96))
OFFICE = OfficePublicKeys(
    epoch=1,
    office=EPOCH.public,
    recovery=EPOCH.public,
    worker=EPOCH.public,
    signing=SIGNING.public_key().public_bytes_raw(),
    issued_on=date(2026, 11, 1),
)

ASKER, DECIDER, REPORT_ID, CASE_ID, BUNDLE_ID = (uuid.UUID(int=number) for number in range(1, 6))
CASE_CODE = "K-2411"
WISH = BundleWish("Unit PPA Polres Metro Jakarta Selatan", "Laporan polisi\nmenyusul", BundleBasis.FORM_CONSENT)
REASONS = (("deadline_24_h", 0), ("suicidal", 0), ("demands", 2), ("same_account", 1))
PRINTS = PictureFingerprints(
    sha256=bytes(range(32)),
    pdq=b"\xa5" * 32,
    pdq_quality=90,
    phash=b"\x5a" * 8,
    width=720,
    height=1280,
    byte_count=4096,
)

SUBMISSION = Submission(
    answers=Answers(
        kinds=frozenset({HarmKind.SEXTORTION, HarmKind.THREAT_TO_SPREAD}),
        role=ReporterRole.SELF,
        age=AgeBand.FROM_18,
        threat=Threat.WITHIN_24_H,
        original_kept=OriginalKept.OWN_PHONE,
        platforms=frozenset({Platform.INSTAGRAM}),
        relation=Relation.EX_PARTNER,
        feeling=Feeling.SUICIDAL,
        needs=frozenset({Need.COUNSELLING}),
        district=District.TEBET,
    ),
    story="Ia meminta uang.\nKalau tidak, semua teman akan tahu.",
    addresses=("@akun.contoh", '=HYPERLINK("http://contoh.example","buka")', "+62 812 0000 0000"),
    trusted_adult="Bibi Ratna",
    known_since="minggu lalu",
    contact=SafeContact(way=ContactWay.WHATSAPP, address="0812 1111 2222"),
    consents=Consents(referrals=frozenset({ReferralTarget.POLICE}), text_version="1"),
    pictures=(Picture(PRINTS), Picture(replace(PRINTS, sha256=b"\xee" * 32), FingerprintSource.DEVICE)),
)

_READ = {"purpose": "bundle"}
ACTS = (
    Act(CustodyAction.RECEIVED, REPORTER, date(2026, 11, 22)),
    Act(CustodyAction.MATCHED, SYSTEM, ASKED_AT),
    Act(CustodyAction.BUNDLE_REQUESTED, staff_actor(ASKER), ASKED_AT, {"bundle": str(BUNDLE_ID)}),
    Act(CustodyAction.BUNDLE_APPROVED, staff_actor(DECIDER), APPROVED_AT, {"bundle": str(BUNDLE_ID)}),
)
READ_ACT = Act(CustodyAction.READ, staff_actor(DECIDER), NOW, _READ)


def doing(staff_id: uuid.UUID, now: datetime = NOW) -> Doing:
    """A person with the office's key."""
    return Doing(Reader(staff_id, {1: EPOCH}), OFFICE, now)


def chain_of(report_id: uuid.UUID, *acts: Act) -> tuple[CustodyRecord, ...]:
    """A whole custody chain as values."""
    entries: list[CustodyRecord] = []
    for number, act in enumerate(acts, start=1):
        previous, body = (entries[-1].digest if entries else GENESIS), act.to_body()
        entries.append(CustodyRecord(number, previous, body, entry_digest(report_id, number, previous, body)))
    return tuple(entries)


def make_facts(submission: Submission = SUBMISSION) -> BundleFacts:
    """What ``keep_case`` and an export of its bundle by the decider come to."""
    received_on, agreed = date(2026, 11, 22), submission.consents
    report = ReportFacts(
        REPORT_ID,
        received_on,
        submission,
        chain_of(REPORT_ID, *ACTS, READ_ACT),
        consents=(ConsentState(received_on, agreed.may_compare, agreed.referrals, agreed.text_version),),
        sent_pictures=len(submission.pictures),
    )
    shipped = [Article.from_body(code, body) for code, body in shipped_articles().items()]
    return BundleFacts(
        bundle_id=BUNDLE_ID,
        case_code=CASE_CODE,
        wish=WISH,
        requested=Officer(ASKER, "Rina", ASKED_AT),
        approved=Officer(DECIDER, "Sari", APPROVED_AT),
        made_at=NOW,
        risk=Risk(Urgency.P1, False, REASONS),
        reports=(report,),
        case=CaseFacts(
            articles=articles_for(submission.answers.kinds, None, shipped),
            staff=((ASKER, "Rina"), (DECIDER, "Sari")),
            key_fingerprint=fingerprint(SIGNING.public_key().public_bytes_raw()),
            software=f"Suluh {version('suluh')}",
        ),
    )


LATER = Material(
    story="Semalam ia kirim lagi 😭",
    platform_other="gim Naga Hijau",
    addresses=("https://contoh.example/sebar/" + "a1b2c3d4" * 12,),
    pictures=(Picture(replace(PRINTS, sha256=b"\xdd" * 32), FingerprintSource.DEVICE),),
)
SECOND_ID = uuid.UUID(int=6)


def make_rich_facts() -> BundleFacts:
    """Two reports, an addition, a change of consent, and everything else that a bundle can tell."""
    facts, first = make_facts(), make_facts().reports[0]
    later_on = date(2026, 11, 23)
    submission = replace(
        SUBMISSION,
        platform_other=LATER.platform_other,
        addresses=(*SUBMISSION.addresses, *LATER.addresses),
        pictures=(*SUBMISSION.pictures, *LATER.pictures),
    )
    taken_back = ConsentState(later_on, False, frozenset({ReferralTarget.POLICE}), "2")
    second = replace(
        first,
        report_id=SECOND_ID,
        submission=Submission(answers=Answers(role=ReporterRole.WITNESS), story="Saya melihat unggahan itu."),
        custody=chain_of(SECOND_ID, *ACTS[:2]),
        consents=(),
        sent_pictures=0,
    )
    first = replace(
        first,
        submission=submission,
        additions=(OpenedAddition(2, AdditionKind.MATERIAL, later_on, LATER),),
        consents=(*first.consents, taken_back),
    )
    wish = replace(
        WISH,
        names_related=True,
        actions=(RequestedAction.POLICE_REPORT, RequestedAction.TEMPORARY_PROTECTION),
        letter_number="045/UPT/XI/2026",
    )
    takedowns = (
        TakedownRequest(
            "https://contoh.example/sebar",
            TakedownTarget.KOMDIGI,
            "Aduan Konten Komdigi",
            "TKT-77",
            True,
            ASKED_AT,
            TakedownState.REMOVED,
            later_on,
        ),
        TakedownRequest(
            "@akun.contoh", TakedownTarget.PLATFORM, "", "", False, APPROVED_AT, TakedownState.WAITING, None
        ),
    )
    case = replace(
        facts.case,
        related=(
            RelatedCase("K-3055", MatchClass.SAME_ACCOUNT, APPROVED_AT, ASKER),
            RelatedCase("K-3056", MatchClass.SAME_FILE, ASKED_AT, None),
        ),
        takedowns=takedowns,
        known_on=date(2026, 11, 15),
        duty=Duty(DutyOutcome.REPORTED, later_on, DECIDER),
    )
    return replace(facts, wish=wish, reports=(first, second), case=case)


def keep_case(session: Session, submission: Submission = SUBMISSION) -> None:
    """A case with one report and two people, without a bundle; committed."""
    session.add(Epoch(number=1, public_key=EPOCH.public.raw, started_on=date(2026, 11, 1)))
    session.add_all([_person(ASKER, "rina", StaffRole.COUNSELLOR), _person(DECIDER, "sari", StaffRole.SUPERVISOR)])
    session.add(Report(id=REPORT_ID, received_on=date(2026, 11, 22), channel=Channel.WEB, form_tag=b"form"))
    session.flush()
    data_key = new_data_key()
    stored = ReportContents(submission, EPOCH.public.to_text()).to_bytes()
    box = seal_part(data_key, stored, REPORT_ID, CONTENTS_PART, CONTENTS_KIND)
    slot = seal_data_key(EPOCH.public, data_key, SlotRole.OFFICE, REPORT_ID)
    session.add_all(
        [
            ReportPart(report_id=REPORT_ID, position=CONTENTS_PART, kind=CONTENTS_KIND, box=box),
            KeySlot(report_id=REPORT_ID, role=SlotRole.OFFICE, epoch=1, wrapped=slot),
            Receipt(tag=b"tag", report_id=REPORT_ID, status=PublicStatus.READ, status_on=date(2026, 11, 22)),
        ]
    )
    session.add(_case(submission))
    session.flush()
    session.add(CaseReport(report_id=REPORT_ID, case_id=CASE_ID))
    for act in ACTS[:2]:
        append_entry(session, REPORT_ID, act)
    session.commit()


def keep_approved_bundle(session: Session) -> None:
    """The bundle of ``make_facts``, approved and not yet exported, on top of ``keep_case``; committed."""
    bundle = Bundle(
        id=BUNDLE_ID,
        case_id=CASE_ID,
        state=BundleState.APPROVED,
        requested_by=ASKER,
        requested_at=ASKED_AT,
        purpose_box=seal_note(OFFICE.office, WISH.to_bytes(), BUNDLE_NOTE, BUNDLE_ID.bytes),
        epoch=1,
        decided_by=DECIDER,
        decided_at=APPROVED_AT,
    )
    session.add(bundle)
    for act in ACTS[2:]:
        append_entry(session, REPORT_ID, act)
    session.commit()


def _case(submission: Submission) -> Case:
    summary = QueueSummary(submission.answers, True, 2, (), REASONS)
    return Case(
        id=CASE_ID,
        code=CASE_CODE,
        status=CaseStatus.OPEN,
        level=Urgency.P1,
        floor=Urgency.P1,
        score=2,
        received_at=ASKED_AT,
        due_at=NOW,
        has_news=False,
        first_read_at=ASKED_AT,
        summary_box=seal_note(OFFICE.office, summary.to_bytes(), SUMMARY_NOTE, CASE_ID.bytes),
        summary_epoch=1,
    )


def _person(staff_id: uuid.UUID, username: str, role: StaffRole) -> StaffMember:
    return StaffMember(
        id=staff_id,
        username=username,
        display_name=username.title(),
        role=role,
        is_active=True,
        password_record="-",  # noqa: S106 - nobody signs in
        public_key=EPOCH.public.raw,
        seed_box=b"-",
        totp_counter=0,
        failed_attempts=0,
        created_at=ASKED_AT,
    )
