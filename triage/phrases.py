"""What pages say of times, levels and reasons: small functions that templates call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from babel.dates import format_date, format_timedelta
from flask_babel import get_locale

from casefile.models import Case
from casefile.submission import Answers
from casefile.vocabulary import (
    Channel,
    ClosingReason,
    CustodyAction,
    HarmKind,
    MatchClass,
    PaperKind,
    ReasonCode,
    Urgency,
)
from casefile.wib import WIB, local_date, start_of_day
from casefile.wording import label
from triage.translating import gettext as _


def word(member: StrEnum) -> str:
    """A member of a closed list, in the reader's language."""
    return _(label(member))


def words(members: Iterable[StrEnum]) -> str:
    """Several members, in the order of their list, with commas."""
    chosen = set(members)
    kind = type(next(iter(chosen))) if chosen else None
    return ", ".join(word(member) for member in kind if member in chosen) if kind else ""


def reason_word(code: str) -> str:
    """A reason of an urgency; one that this version does not know is shown as it is."""
    try:
        return word(ReasonCode(code))
    except ValueError:
        return code


def level_word(value: str) -> str:
    """The level with this value, in words; another text as it is."""
    return word(Urgency(value)) if value in set(Urgency) else value


def closing_word(value: str) -> str:
    """The reason for closing with this value, in words; another text as it is."""
    return word(ClosingReason(value)) if value in set(ClosingReason) else value


def clock(moment: datetime) -> str:
    """Hours and minutes in WIB."""
    return f"{moment.astimezone(WIB):%H.%M}"


def day(value: date) -> str:
    """A date, written out."""
    return format_date(value, "d MMMM yyyy", locale=get_locale())


def moment(value: datetime, now: datetime) -> str:
    """A time as near as needed: only the clock for today."""
    local = value.astimezone(WIB).date()
    if local == local_date(now):
        return clock(value)
    if local == local_date(now) + timedelta(days=1):
        return _("besok %(clock)s", clock=clock(value))
    return f"{format_date(local, 'd MMM', locale=get_locale())} {clock(value)}"


def past(value: datetime, now: datetime) -> str:
    """When something happened; the day alone where a case, once closed, keeps no more."""
    return day(value.astimezone(WIB).date()) if value == start_of_day(value) else moment(value, now)


def span(duration: timedelta) -> str:
    """A length of time in one unit: 12 menit."""
    whole = max(duration, timedelta(seconds=1))
    return format_timedelta(whole, threshold=1.2, locale=get_locale())


def ago(value: datetime, now: datetime) -> str:
    """12 menit lalu."""
    return _("%(span)s lalu", span=span(now - value))


def due(case: Case, now: datetime) -> str:
    """Until when a person must have acted, or by how much that is missed."""
    if case.first_reply_at is not None:
        return _("sudah dibalas")
    if case.due_at < now:
        return _(
            "terlambat %(span)s, seharusnya sebelum %(due)s", span=span(now - case.due_at), due=moment(case.due_at, now)
        )
    return _("balas sebelum %(due)s", due=moment(case.due_at, now))


def act_word(action: str) -> str:
    """An act of the custody log; one that this version does not know is shown as it is."""
    try:
        return word(CustodyAction(action))
    except ValueError:
        return action


def act_detail(detail: Mapping[str, Any]) -> str:
    """What an entry adds to its act, where people can use it: what matched, from which level to which, why closed."""
    known: tuple[tuple[str, type[StrEnum]], ...] = (
        ("class", MatchClass),
        ("from", Urgency),
        ("to", Urgency),
        ("reason", ClosingReason),
        ("channel", Channel),
        ("paper", PaperKind),
    )
    said = []
    for key, kind in known:
        try:
            said.append(word(kind(detail[key])))
        except (KeyError, ValueError):
            continue
    return " → ".join(said)


def act_time(written: str) -> str:
    """When an entry says it was: a day for reporters, day and clock time for staff."""
    value = datetime.fromisoformat(written)
    if len(written) == len("2026-11-23"):
        return day(value.date())
    return f"{format_date(value.astimezone(WIB).date(), 'd MMM', locale=get_locale())} {clock(value)}"


def headline(answers: Answers) -> str:
    """What happened, in one line: the kinds that were ticked."""
    return words(answers.kinds) or word(HarmKind.UNSURE)
