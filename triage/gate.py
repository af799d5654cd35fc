"""The gate before every view: a form must be ours, a person signed in, the role entitled. Closed by default."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.globals import current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from casefile.models import EpochGrant, StaffMember
from casefile.vocabulary import StaffRole
from triage.browser import Stage, carries_token, sealed_session, visitor
from triage.casework import Doing
from triage.errors import SignInError
from triage.extensions import db, desk
from triage.pausing import is_paused
from triage.permissions import PUBLIC_ENDPOINTS, Permission, allows, permission_of
from triage.queue.pages import Desktop
from triage.reader import Reader, open_grants
from triage.signing_in import pass_second_factor
from triage.unsaved import keeps_text, show_unsaved

_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
_WITH_GRANTS = (
    select(StaffMember, EpochGrant.epoch, EpochGrant.wrapped)
    .outerjoin(EpochGrant, EpochGrant.staff_id == StaffMember.id)
    .where(StaffMember.id == bindparam("staff"))
)


@dataclass(frozen=True)
class Person:
    """The signed-in person. ``paused_until`` is None unless the person pauses now."""

    staff_id: UUID
    display_name: str
    role: StaffRole
    reader: Reader = field(repr=False)
    has_key_map: bool = False
    is_trained: bool = False
    paused_until: datetime | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the person's role holds the permission."""
        return allows(self.role, permission)


def guard() -> ResponseReturnValue | None:
    """Runs before every request; returns an answer where the view must not run.

    Ends the transaction in which the session was read (``SealedSessions.ends_reading``): a view may begin to write.
    """
    if "\0" in request.path:
        abort(404)
    if request.endpoint is None:
        return None
    is_ours = request.method in _HARMLESS or carries_token(request.form.get("csrf", ""))
    if request.endpoint in PUBLIC_ENDPOINTS:
        db.session.rollback()
        return None if is_ours else _start_again(_("Halaman ini terlalu lama terbuka. Coba lagi."))
    view = current_app.view_functions[request.endpoint]
    person = _load_person(desk().clock())
    db.session.rollback()
    if person is None:
        sealed_session().clear()
        if keeps_text(view):
            return show_unsaved()
        return _start_again(_("Sesi berakhir. Silakan masuk lagi.") if request.cookies else None)
    if not is_ours and not keeps_text(view):
        abort(400)
    permission = permission_of(view)
    if permission is None or not person.may(permission):
        abort(403)
    g.person = person
    return None if is_ours else show_unsaved()


def person() -> Person:
    """The signed-in person; only in views behind the gate."""
    return cast("Person", g.person)


def signed_in_person() -> Person | None:
    """The signed-in person where there may be none: in what every page shows."""
    return cast("Person | None", g.get("person"))


def doing(version: int | None = None) -> Doing:
    """The signed-in person acting now, on the version of a case that was on the screen."""
    return Doing(person().reader, desk().office, desk().clock(), version)


def desktop() -> Desktop:
    """The signed-in person looking at the queue now."""
    return Desktop(person().reader, desk().shelf, desk().clock())


def confirm_second_factor(code: str) -> bool:
    """Ask for the second factor again before a grave act. A wrong or used code counts as a failed attempt."""
    now = desk().clock()
    who = visitor(now)
    if who is None:
        return False
    try:
        pass_second_factor(db.session(), who.staff_id, who.seed, code, now)
    except SignInError:
        return False
    return True


def _load_person(now: datetime) -> Person | None:
    who = visitor(now)
    if who is None or who.stage is not Stage.IN or not sealed_session().is_stored:
        return None
    rows = db.session().execute(_WITH_GRANTS, {"staff": who.staff_id}).all()
    staff = rows[0][0] if rows else None
    if staff is None or not staff.is_active:
        return None
    grants = [(epoch, wrapped) for _, epoch, wrapped in rows if wrapped is not None]
    reader = open_grants(grants, staff.id, who.seed) if staff.role.reads_reports else Reader(staff.id, {})
    return _person(staff, reader, now)


def _person(staff: StaffMember, reader: Reader, now: datetime) -> Person:
    return Person(
        staff_id=staff.id,
        display_name=staff.display_name,
        role=staff.role,
        reader=reader,
        has_key_map=staff.has_key_map,
        is_trained=staff.is_trained,
        paused_until=staff.paused_until if is_paused(staff, now) else None,
    )


def _start_again(message: str | None) -> ResponseReturnValue:
    if message:
        flash(message)
    return redirect(url_for("signing_in.password"), code=303)
