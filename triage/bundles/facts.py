"""What a bundle is made of, as frozen values: equal facts give equal bytes. ``triage.bundles.gathering`` finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from casefile.articles import Article
from casefile.submission import Submission
from casefile.vocabulary import DutyOutcome, MatchClass, ReferralTarget, TakedownState, TakedownTarget, Urgency
from triage.additions import OpenedAddition
from triage.bundles.codec import decode_value, encode_value
from triage.bundles.wish import BundleWish


@dataclass(frozen=True)
class CustodyRecord:
    """One entry of a chain as it leaves: ``previous`` and ``digest`` are 32 bytes."""

    number: int
    previous: bytes
    body: str
    digest: bytes


@dataclass(frozen=True)
class ConsentState:
    """What the reporter agreed to from the day ``since`` on. Under which text; nothing where it does not open."""

    since: date
    may_compare: bool
    referrals: frozenset[ReferralTarget]
    text_version: str
    is_open: bool = True


@dataclass(frozen=True)
class ReportFacts:
    """One report: its id, the day it came, how it stands (opened by ``triage.reading``), its whole custody chain.

    ``submission`` holds what was added later too, its first ``sent_pictures`` came with the report; ``additions`` says
    what came on which day, ``consents`` every state of the consents, oldest first.
    """

    report_id: UUID
    received_on: date
    submission: Submission = field(repr=False)
    custody: tuple[CustodyRecord, ...]
    additions: tuple[OpenedAddition, ...] = field(default=(), repr=False)
    consents: tuple[ConsentState, ...] = field(default=(), repr=False)
    sent_pictures: int = 0


@dataclass(frozen=True)
class Officer:
    """Who acted and when (UTC): the custody log's pseudonym and the name that people use."""

    staff_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True)
class Risk:
    """The case's level and the worker's reasons, pairs of code and points."""

    level: Urgency
    is_set_by_person: bool
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RelatedCase:
    """Another case that this one was linked to, by its code alone. ``decided_by`` is None where a rule linked them."""

    code: str
    match_class: MatchClass
    decided_at: datetime
    decided_by: UUID | None


@dataclass(frozen=True)
class TakedownRequest:
    """One address that somebody was asked to take down, and what became of it."""

    address: str = field(repr=False)
    target: TakedownTarget
    recipient: str
    ticket: str
    is_urgent: bool
    asked_at: datetime
    state: TakedownState
    settled_on: date | None


@dataclass(frozen=True)
class Duty:
    """What the office decided on its duty to report (UU 12/2022 art. 41). Its reason stays with the office."""

    outcome: DutyOutcome
    decided_on: date
    decided_by: UUID


@dataclass(frozen=True)
class CaseFacts:
    """What the office knows and did about the case beside its reports.

    ``staff`` gives the name of everybody whom the custody log calls by a pseudonym; ``key_fingerprint`` is that of
    the office's signing key; ``software`` names what made the bundle.
    """

    related: tuple[RelatedCase, ...] = ()
    takedowns: tuple[TakedownRequest, ...] = field(default=(), repr=False)
    articles: tuple[Article, ...] = ()
    known_on: date | None = None
    duty: Duty | None = None
    staff: tuple[tuple[UUID, str], ...] = ()
    key_fingerprint: str = ""
    software: str = "Suluh"


@dataclass(frozen=True)
class BundleFacts:
    """Everything that goes into one bundle. ``bundle_id`` and ``approved`` are None in a preview before they exist."""

    bundle_id: UUID | None
    case_code: str
    wish: BundleWish = field(repr=False)
    requested: Officer
    approved: Officer | None
    made_at: datetime
    risk: Risk
    reports: tuple[ReportFacts, ...]
    case: CaseFacts = CaseFacts()


def encode_facts(facts: BundleFacts) -> bytes:
    """Canonical JSON, for the process that builds."""
    return encode_value(facts)


def decode_facts(stored: bytes) -> BundleFacts:
    """The inverse of ``encode_facts``. Raises ``ValueError``, ``KeyError`` or ``TypeError`` on another form."""
    return decode_value(BundleFacts, stored)
