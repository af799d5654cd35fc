"""What a reporter's browser session holds, with a type for each part. The session itself is a sealed row.

=========  =====================================  =========================
key        part                                   kept
=========  =====================================  =========================
isian      ``Draft``: the form being filled       30 minutes from last use, at most 2 hours
kode       ``SentReport``: the code to copy       10 minutes, once
balasan    ``OpenThread``: an opened thread       10 minutes from last use, at most 2 hours
tambahan   ``Draft``: what is being added         as long as the thread is open
kabar      notices for the next page             until it is shown
bahasa     language, where it was switched        as long as the rest
=========  =====================================  =========================
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self, cast

from flask import Flask, Request, session
from sqlalchemy.exc import SQLAlchemyError

from casefile.boxes import KeyPair, derive
from casefile.receipts import ReceiptKeys
from casefile.vocabulary import ContactWay
from intake.forms import Draft, Fault, also_elsewhere
from web.sessions import SealedSession, SealedSessions

DRAFT_LIFETIME = timedelta(minutes=30)
CODE_LIFETIME = timedelta(minutes=10)
THREAD_LIFETIME = timedelta(minutes=10)
LONGEST = timedelta(hours=2)
"""From the beginning of a form, or from the code that opened a thread."""
COOKIE_NAME = "s"

_DRAFT, _CODE, _THREAD, _NOTICES, _LANGUAGE = "isian", "kode", "balasan", "kabar", "bahasa"
_ADDITION = "tambahan"
_SECRETS = (_DRAFT, _CODE, _THREAD, _ADDITION)
_UNTIL, _FORM, _BEGUN = "sampai", "formulir", "mulai"
_FORM_BYTES = 32


class LostSession(SealedSession):
    """Stands for a session that could not be read: ``fault`` says why. Empty, and never stored."""

    def __init__(self, fault: SQLAlchemyError) -> None:
        super().__init__(b"", {}, is_stored=False)
        self.fault = fault


class DraftSessions(SealedSessions):
    """Keeps a row no longer than what lies in it may be seen; a lost database does not close the plain pages."""

    def open_session(self, app: Flask, request: Request) -> SealedSession:
        """As ``SealedSessions``, with a ``LostSession`` where the database fails."""
        try:
            return super().open_session(app, request)
        except SQLAlchemyError as fault:
            return LostSession(fault)

    def lifetime_of(self, values: Mapping[str, Any]) -> timedelta:
        """Until the last deadline in it, but no longer than it may lie unused."""
        deadlines = [_deadline(values, part) for part in _SECRETS if part in values]
        return min(self.lifetime, max(deadlines) - datetime.now(UTC)) if deadlines else self.lifetime


@dataclass(frozen=True)
class SentReport:
    """What the page with the code needs to know of the report that was sent.

    ``also_for`` are values of ``Audience``: for whom that page names further places.
    """

    code: str
    is_child: bool
    is_suicidal: bool
    is_in_danger: bool
    has_contact: bool
    also_for: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, sent: Draft, code: str) -> Self:
        """What stays of a form when it was sent."""
        has_contact = not sent.is_witness and sent.one("kontak") not in {"", ContactWay.NONE}
        also_for = [one.value for one in also_elsewhere(sent)]
        return cls(code, sent.is_child, sent.is_suicidal, sent.is_in_danger, has_contact, also_for)

    def __repr__(self) -> str:
        return "SentReport()"


def browser_session() -> SealedSession:
    """Flask's session under its own type."""
    return cast(SealedSession, session)


def is_empty() -> bool:
    """Nothing is remembered of this browser, or its row could not be read."""
    return not session


def require() -> None:
    """Raises the database's error where the session could not be read."""
    opened = browser_session()
    if isinstance(opened, LostSession):
        raise opened.fault


def expire(now: datetime) -> None:
    """Drop the parts of the session that are over, and all of it when nothing else is left."""
    over = [part for part in _SECRETS if part in session and _deadline(session, part) <= now]
    for part in over:
        del session[part]
    if over and not any(part in session for part in _SECRETS):
        session.clear()


def draft() -> Draft | None:
    """The form being filled, or None where none was begun."""
    stored = session.get(_DRAFT)
    return None if stored is None else Draft.from_json(stored)


def keep_draft(kept: Draft, now: datetime) -> None:
    """Put the form into the session. The first time names it and sets its end."""
    begun = session.get(_DRAFT) or {
        _FORM: secrets.token_hex(_FORM_BYTES),
        _UNTIL: (now + LONGEST).isoformat(),
    }
    session[_DRAFT] = {**kept.to_json(), _FORM: begun[_FORM], _UNTIL: begun[_UNTIL]}


def form_tag() -> bytes:
    """32 bytes that name the form being filled: the same for two presses of one button, another for the next form.

    They come from a secret inside the sealed draft and stay the same when the browser gets a new cookie.
    """
    return derive(bytes.fromhex(session[_DRAFT][_FORM]), "form")


def form_end() -> datetime:
    """When the form being filled is over at the latest."""
    return _deadline(session, _DRAFT)


def form_begun() -> datetime:
    """When its first page was sent."""
    return form_end() - LONGEST


def end_draft() -> None:
    """Forget the form being filled."""
    session.pop(_DRAFT, None)


def sent_report() -> SentReport | None:
    """The report that was just sent, while its code may be shown."""
    stored = session.get(_CODE)
    return None if stored is None else SentReport(**{k: v for k, v in stored.items() if k != _UNTIL})


def replace_draft(sent: SentReport, now: datetime) -> None:
    """The form was sent: nothing of it stays but what the page with the code shows."""
    session.pop(_DRAFT, None)
    session[_CODE] = {**asdict(sent), _UNTIL: (now + CODE_LIFETIME).isoformat()}


def receipt_keys() -> ReceiptKeys | None:
    """The keys of the thread that is open."""
    stored = session.get(_THREAD)
    if stored is None:
        return None
    seed = base64.b64decode(stored["kunci"])
    return ReceiptKeys(bytes.fromhex(stored["tanda"]), KeyPair.from_seed(seed))


def keep_receipt_keys(keys: ReceiptKeys, now: datetime) -> None:
    """Open a thread, or keep it open for another while."""
    begun = session.get(_THREAD, {}).get(_BEGUN, now.isoformat())
    session[_THREAD] = {
        "tanda": keys.tag.hex(),
        "kunci": base64.b64encode(keys.pair.seed).decode(),
        _BEGUN: begun,
        _UNTIL: min(now + THREAD_LIFETIME, datetime.fromisoformat(begun) + LONGEST).isoformat(),
    }


def end_thread() -> None:
    """Forget the keys of the open thread, and what was being added."""
    session.pop(_THREAD, None)
    session.pop(_ADDITION, None)


def addition() -> Draft | None:
    """What is being added to the open thread's report, or None where nothing was begun."""
    stored = session.get(_ADDITION)
    return None if stored is None else Draft.from_json(stored)


def keep_addition(kept: Draft) -> None:
    """Put what is being added into the session, for as long as the thread is open. The first time names it."""
    name = session.get(_ADDITION, {}).get(_FORM) or secrets.token_hex(_FORM_BYTES)
    session[_ADDITION] = {**kept.to_json(), _FORM: name, _UNTIL: session[_THREAD][_UNTIL]}


def addition_tag() -> bytes:
    """32 bytes that name what is being added, as ``form_tag`` does."""
    return derive(bytes.fromhex(session[_ADDITION][_FORM]), "addition")


def end_addition() -> None:
    """Forget what was being added."""
    session.pop(_ADDITION, None)


def leave_notices(notices: list[Fault]) -> None:
    """Sentences for the next page that this browser opens."""
    if notices:
        session[_NOTICES] = [[notice.message, dict(notice.params)] for notice in notices]


def take_notices() -> list[Fault]:
    """The sentences that an earlier request left; they are shown once."""
    return [Fault(message, params) for message, params in session.pop(_NOTICES, [])]


def language() -> str | None:
    """The language that was chosen, if one was. Needs no session to be there."""
    return session.get(_LANGUAGE) if session else None


def choose_language(code: str) -> None:
    """Remember a language for this session."""
    session[_LANGUAGE] = code


def _deadline(values: Mapping[str, Any], part: str) -> datetime:
    return datetime.fromisoformat(values[part][_UNTIL])
