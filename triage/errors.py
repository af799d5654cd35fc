"""What can go wrong at the desk, each with what the page needs to say it.

::

    SuluhError
    └── TriageError
        ├── SignInError          name, password, code or account do not allow a sign-in; never says which
        ├── PasswordRuleError    a new password is too short or too easily guessed
        ├── UsernameTakenError   an account of that name exists
        ├── LastOfRoleError      the only administrator cannot be put out of service
        ├── LastKeyError         nobody else could open some reports any more
        ├── OwnAccountError      nobody gives a role to themselves
        ├── BoundsError          a value lies outside what it may be
        ├── SamePersonError      a second person has to confirm
        ├── MissingKeyError      nobody has granted this person the key of that epoch
        ├── NotFoundError        no such case, match, account or job
        ├── NothingFreeError     there is no case to take
        ├── TakenError           another person holds the case
        ├── PausedError          the person who would get a case pauses
        ├── ChangedError         what was opened has changed since
        └── WrongStateError      the case does not allow this act any more
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from casefile.errors import SuluhError


class TriageError(SuluhError):
    """Root of the desk's errors; never raised itself."""


class SignInError(TriageError):
    """The sign-in is refused. Deliberately without a reason."""


class PasswordRuleError(TriageError):
    """A new password breaks the rules of ``triage.passwords``."""


class UsernameTakenError(TriageError):
    """An account of that name exists."""


class LastOfRoleError(TriageError):
    """The only active administrator cannot be put out of service."""


class LastKeyError(TriageError):
    """Nobody else in service could open some of the office's reports any more."""


class OwnAccountError(TriageError):
    """Nobody changes their own role."""


class BoundsError(TriageError):
    """A value lies outside of its bounds. ``name`` is the value's."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class SamePersonError(TriageError):
    """What one person proposed is confirmed by another."""


class MissingKeyError(TriageError):
    """The person has not been granted the epoch's key."""


class NotFoundError(TriageError):
    """There is no such row."""


class NothingFreeError(TriageError):
    """No case of a view is free."""


class TakenError(TriageError):
    """Another person holds the case since ``since``."""

    def __init__(self, holder_id: UUID, since: datetime) -> None:
        self.holder_id = holder_id
        self.since = since
        super().__init__("held by another person")


class PausedError(TriageError):
    """Those who would get a case pause: ``staff_ids``."""

    def __init__(self, staff_ids: frozenset[UUID]) -> None:
        self.staff_ids = staff_ids
        super().__init__("somebody pauses")


class ChangedError(TriageError):
    """Somebody else changed the row since it was opened."""


class WrongStateError(TriageError):
    """The state of the row does not allow this act."""
