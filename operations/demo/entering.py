"""Reports of a demonstration that came by telephone, in person or by WhatsApp: filed as staff file them."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.custody import Act, staff_actor, start_chains
from casefile.database import begin_write
from casefile.filing import Arrival, FilingKeys, insert_reports, seal_report
from casefile.models import StaffMember
from casefile.origin import Origin
from casefile.submission import Consents, Submission
from casefile.vocabulary import Channel, CustodyAction, Lane, LegalBasis, StaffRole
from casefile.wib import day_start, local_date
from operations.demo.scenarios import SCENARIOS
from operations.demo.stories import tell
from triage.permissions import Permission, allows

REPORTS_PER_ENTERED = 20
"""So many of the portal's for each that staff entered."""

_CAME = ((Channel.HOTLINE, 0), (Channel.WALK_IN, 2), (Channel.WHATSAPP, 0))
"""How they came, and how many days before today."""
_TEXT_VERSION = "meja-1"
_TAG_BYTES = 32


@dataclass(frozen=True)
class EnteredReport:
    """One report that staff wrote down, ``days_ago`` days before it was filed; 0: its hour is known."""

    submission: Submission = field(repr=False)
    channel: Channel
    days_ago: int


def plan_entered(reports: int, seed: int) -> list[EnteredReport]:
    """What staff enter beside so many reports of the portal: none for few, three at most, equal for equal seeds."""
    rng = random.Random(f"suluh demo entered {seed}")
    chosen = _CAME[: reports // REPORTS_PER_ENTERED]
    return [_plan(rng, channel, days_ago) for channel, days_ago in chosen]


def find_entering_staff(session: Session) -> UUID | None:
    """Somebody in service who may enter reports; None before there is an account."""
    roles = [role for role in StaffRole if allows(role, Permission.REPORT_ENTER)]
    staff = select(StaffMember.id).where(StaffMember.is_active, StaffMember.role.in_(roles))
    return session.scalar(staff.order_by(StaffMember.username).limit(1))


def file_entered(
    session: Session, planned: Sequence[EnteredReport], keys: FilingKeys, staff_id: UUID, now: datetime
) -> None:
    """Seal the reports, and write them with their jobs and first custody entries. Commits."""
    sealed = [
        (one, seal_report(one.submission, keys, _arrival(one, now), secrets.token_bytes(_TAG_BYTES))) for one in planned
    ]
    begin_write(session)
    insert_reports(session, [report for _, report in sealed], now, Lane.USUAL)
    for one, report in sealed:
        detail = {"channel": one.channel.value, "code": False}
        received = Act(CustodyAction.RECEIVED, staff_actor(staff_id), now, detail)
        start_chains(session, [report.report_id], received)
    session.commit()


def _plan(rng: random.Random, channel: Channel, days_ago: int) -> EnteredReport:
    scenario = rng.choice(SCENARIOS)
    submission = Submission(
        answers=scenario.answers,
        story=tell(rng, scenario.theme),
        consents=Consents(text_version=_TEXT_VERSION),
        origin=Origin(channel, LegalBasis.SPOKEN_CONSENT),
    )
    return EnteredReport(submission, channel, days_ago)


def _arrival(one: EnteredReport, now: datetime) -> Arrival:
    on = local_date(now) - timedelta(days=one.days_ago)
    return Arrival(one.channel, on, day_start(on) if one.days_ago else now)
