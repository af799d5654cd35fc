"""Letters that ask Komdigi or a platform to take addresses down: ticked one by one, on the reporter's consent.

``contents`` holds what stands in a letter, ``consent`` says what allows it, ``choosing`` tells which addresses there
are and whose, ``paper`` and ``table`` make of it what leaves, ``opening`` and ``writing`` keep it. Suluh sends nothing
by itself: staff send the letter and note that (docs/decisions/0024-takedown-packets.md).
"""

from triage.takedown_letters.choosing import ChosenAddress, list_addresses
from triage.takedown_letters.consent import LetterBar, LetterBarredError, TakedownConsent, check_basis, consent_of
from triage.takedown_letters.contents import (
    REQUEST_LABELS,
    ExtraRequest,
    FirstLetter,
    LetterContents,
    LetterLine,
    reference_of,
)
from triage.takedown_letters.opening import OpenedLetter, get_letter, list_letters
from triage.takedown_letters.paper import compose
from triage.takedown_letters.table import to_csv, to_json
from triage.takedown_letters.writing import (
    Reminder,
    Sending,
    Taking,
    discard_letter,
    letter_id_for,
    log_taken,
    make_letters,
    make_reminder,
    send_letter,
    takedown_ids,
)

__all__ = [
    "REQUEST_LABELS",
    "ChosenAddress",
    "ExtraRequest",
    "FirstLetter",
    "LetterBar",
    "LetterBarredError",
    "LetterContents",
    "LetterLine",
    "OpenedLetter",
    "Reminder",
    "Sending",
    "TakedownConsent",
    "Taking",
    "check_basis",
    "compose",
    "consent_of",
    "discard_letter",
    "get_letter",
    "letter_id_for",
    "list_addresses",
    "list_letters",
    "log_taken",
    "make_letters",
    "make_reminder",
    "reference_of",
    "send_letter",
    "takedown_ids",
    "to_csv",
    "to_json",
]
