"""Making a letter, noting that it was sent, reminding, discarding. Nothing leaves Suluh by itself.

As in ``triage.casework``, what writes locks the case and leaves the commit to the caller. Consent is looked at when a
letter is made, and again when it is sent or reminded of.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casefile.contents import TAKEDOWN_LETTER_NOTE, encode_json
from casefile.models import Case, TakedownLetter
from casefile.sealing import seal_note
from casefile.vocabulary import CustodyAction
from casefile.wib import local_date
from triage.casework import Doing, lock_unfinished, log_case
from triage.errors import ChangedError, NotFoundError, WrongStateError
from triage.referrals.opening import newest_choices, refuse_erased
from triage.takedown_letters.consent import LetterBar, LetterBarredError, TakedownConsent, check_basis
from triage.takedown_letters.contents import FirstLetter, LetterContents
from triage.takedown_letters.opening import OpenedLetter, open_letter
from triage.takedowns import Asking, add_takedown, list_takedowns


@dataclass(frozen=True)
class Sending:
    """When a letter was sent, and the recipient's number for it, if it gave one.

    ``consent``, here and below, is needed where the reporter chose anew after the letter was made.
    """

    at: datetime
    ticket: str = ""
    consent: TakedownConsent | None = None


@dataclass(frozen=True)
class Reminder:
    """The id of a letter that asks again, made with the form, and who signs it."""

    id: UUID
    officer: str
    consent: TakedownConsent | None = None


@dataclass(frozen=True)
class Taking:
    """As what kind of file a letter is taken."""

    kind: str
    consent: TakedownConsent | None = None


def make_letters(
    session: Session,
    code: str,
    letters: Iterable[tuple[UUID, LetterContents]],
    consent: TakedownConsent,
    doing: Doing,
) -> None:
    """Keep letters, each under an id that was made with the form: a form sent twice makes each letter once.

    ``consent`` is what the report says that was opened for it. Raises ``LetterBarredError`` where a letter's basis does
    not allow it, ``ChangedError`` when the reporter chose anew meanwhile, ``WrongStateError`` for a finished case or a
    withdrawn report, ``NotFoundError``.
    """
    case = _lock(session, code, doing)
    if newest_choices(session, case.id) != consent.number:
        raise ChangedError
    for letter_id, contents in letters:
        check_basis(consent, contents.target, contents.basis, contents.basis_note)
        known = session.get(TakedownLetter, letter_id)
        if known is not None and known.case_id != case.id:
            raise NotFoundError
        if known is None:
            _keep(session, case, letter_id, replace(contents, choices_number=consent.number), doing)


def send_letter(session: Session, code: str, letter_id: UUID, sending: Sending, doing: Doing) -> None:
    """Note that a letter was sent: from now on every address on it has its clock. A reminder changes no clock.

    Noting it twice is noting it once. Raises ``LetterBarredError`` where consent was taken back, ``ChangedError``, and
    as ``make_letters``.
    """
    case = _lock(session, code, doing)
    row, letter = _open(session, case, letter_id, doing)
    if row.sent_on is not None:
        return
    contents = _get_contents(letter)
    if row.version != doing.version:
        raise ChangedError
    refuse_taken_back(newest_choices(session, case.id), contents, sending.consent)
    if contents.follows is None:
        for line in contents.lines:
            asking = Asking(
                line.address,
                contents.target,
                contents.is_urgent,
                recipient=contents.recipient_name,
                letter_id=row.id,
                ticket=sending.ticket,
            )
            add_takedown(session, case.id, line.takedown_id, asking, doing, asked_at=sending.at)
        log_case(session, case.id, CustodyAction.TAKEDOWN_ASKED, doing, {"letter": str(row.id)})
    _seal(row, replace(contents, sent_at=sending.at, ticket=sending.ticket), doing)
    row.sent_on = local_date(sending.at)
    _log(session, row, CustodyAction.TAKEDOWN_LETTER_SENT, doing)


def make_reminder(session: Session, code: str, letter_id: UUID, new: Reminder, doing: Doing) -> None:
    """A letter that asks again for those addresses of a sent letter that wait after their time has passed.

    Raises ``WrongStateError`` where nothing is late, and as ``send_letter``.
    """
    case = _lock(session, code, doing)
    if session.get(TakedownLetter, new.id) is not None:
        return
    row, letter = _open(session, case, letter_id, doing)
    contents = _get_contents(letter)
    if contents.sent_at is None or contents.follows is not None:
        raise WrongStateError
    number = newest_choices(session, case.id)
    refuse_taken_back(number, contents, new.consent)
    late = {one.id for one in letter.late_rows(list_takedowns(session, case.id, doing.reader, doing.now))}
    if not late:
        raise WrongStateError
    reminder = replace(
        contents,
        lines=tuple(line for line in contents.lines if line.takedown_id in late),
        officer=new.officer,
        made_on=local_date(doing.now),
        follows=FirstLetter(row.id, contents.sent_at, contents.ticket),
        choices_number=number,
        sent_at=None,
        ticket="",
    )
    _keep(session, case, new.id, reminder, doing)


def discard_letter(session: Session, code: str, letter_id: UUID, doing: Doing) -> None:
    """Erase a letter that was never sent. Raises ``WrongStateError`` once it was, and as ``make_letters``."""
    case = _lock(session, code, doing)
    row, _ = _open(session, case, letter_id, doing)
    if row.sent_on is not None:
        raise WrongStateError
    session.delete(row)
    _log(session, row, CustodyAction.TAKEDOWN_LETTER_DISCARDED, doing)


def log_taken(session: Session, code: str, letter_id: UUID, taking: Taking, doing: Doing) -> None:
    """Put on record that a letter leaves as a file. Raises as ``send_letter``.

    One that was sent may be taken again, also where consent was taken back since: it has left already.
    """
    case = _lock(session, code, doing)
    row, letter = _open(session, case, letter_id, doing)
    contents = _get_contents(letter)
    if row.sent_on is None:
        refuse_taken_back(newest_choices(session, case.id), contents, taking.consent)
    log_case(session, case.id, CustodyAction.TAKEDOWN_LETTER_TAKEN, doing, {"letter": str(row.id), "form": taking.kind})


def refuse_taken_back(number: int, contents: LetterContents, consent: TakedownConsent | None) -> None:
    """Raises ``LetterBarredError`` where newer choices than the letter's leave its recipient out.

    ``number`` is that of the newest choices. Raises ``ChangedError`` where ``consent`` does not know them.
    """
    if number == contents.choices_number:
        return
    if consent is None or consent.number != number:
        raise ChangedError
    if not consent.covers(contents.target):
        raise LetterBarredError(LetterBar.TAKEN_BACK)


def _lock(session: Session, code: str, doing: Doing) -> Case:
    case = lock_unfinished(session, code, doing.on(None))
    refuse_erased(session, case.id)
    return case


def _open(session: Session, case: Case, letter_id: UUID, doing: Doing) -> tuple[TakedownLetter, OpenedLetter]:
    row = session.get(TakedownLetter, letter_id, with_for_update=True)
    if row is None or row.case_id != case.id:
        raise NotFoundError
    return row, open_letter(row, doing.reader)


def _get_contents(letter: OpenedLetter) -> LetterContents:
    if letter.contents is None:
        raise WrongStateError
    return letter.contents


def _keep(session: Session, case: Case, letter_id: UUID, contents: LetterContents, doing: Doing) -> None:
    row = TakedownLetter(
        id=letter_id, case_id=case.id, staff_id=doing.staff_id, made_on=local_date(doing.now), sent_on=None
    )
    _seal(row, contents, doing)
    session.add(row)
    session.flush()
    _log(session, row, CustodyAction.TAKEDOWN_LETTER_MADE, doing)


def _seal(row: TakedownLetter, contents: LetterContents, doing: Doing) -> None:
    plain = encode_json(contents.to_json())
    row.box = seal_note(doing.office.office, plain, TAKEDOWN_LETTER_NOTE, row.id.bytes)
    row.epoch = doing.office.epoch


def _log(session: Session, row: TakedownLetter, action: CustodyAction, doing: Doing) -> None:
    log_case(session, row.case_id, action, doing, {"letter": str(row.id)})


def letter_id_for(form_id: UUID, recipient: str) -> UUID:
    """The id of the letter to one recipient that a form makes."""
    return uuid.uuid5(form_id, recipient)


def takedown_ids(form_id: UUID, recipient: str, addresses: Sequence[str]) -> list[UUID]:
    """The ids of a letter's rows, in the order of its addresses."""
    return [uuid.uuid5(form_id, f"{recipient} {address}") for address in addresses]
