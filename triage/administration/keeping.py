"""Writing the values of ``casefile.kept``: each change is a new version, on the office's custody chain, reversible.

Functions that write begin their own write transaction and leave the commit to the caller. ``Doing.version`` is the
number of the version that was on the screen, 0 where nobody had kept one; another number raises ``ChangedError`` and
writes nothing. The custody log names kind, key, number and the digest of the body, never the body.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.custody import OFFICE_CHAIN, Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.kept import (
    SHIPPED,
    Body,
    Item,
    Version,
    body_digest,
    encode_body,
    find_newest,
    list_differences,
    list_versions,
)
from casefile.models import KeptVersion
from casefile.vocabulary import CustodyAction, KeptKind
from triage.casework import Doing
from triage.errors import ChangedError, NotFoundError


@dataclass(frozen=True)
class PastVersion:
    """One version with what differs from the one before it: name, value before, value after."""

    version: Version
    differences: tuple[tuple[str, object, object], ...]


def keep(session: Session, item: Item, body: Body, doing: Doing) -> Version | None:
    """Keep a value. Returns the new version, None where it is what counts already. Raises ``ChangedError``."""
    newest = lock_item(session, item, doing)
    current = item.shipped if newest is None else None if newest.is_removed else newest.body
    if current is not None and dict(current) == dict(body):
        return None
    return write_version(session, item.kind, next_version(item, newest, body, doing))


def remove(session: Session, item: Item, doing: Doing) -> None:
    """Take a value out of use. Raises ``ChangedError``, and ``NotFoundError`` where there is no such value."""
    newest = lock_item(session, item, doing)
    body = item.shipped if newest is None else newest.body
    if body is None:
        raise NotFoundError
    if newest is None or not newest.is_removed:
        write_version(session, item.kind, replace(next_version(item, newest, body, doing), is_removed=True))


def restore(session: Session, item: Item, number: int, doing: Doing) -> None:
    """Bring a value back to what it was in version ``number``, 0 being what came with Suluh: one more change.

    Raises ``ChangedError``, and ``NotFoundError`` where there is no such version.
    """
    newest = lock_item(session, item, doing)
    body = get_body(session, item, number)
    write_version(session, item.kind, replace(next_version(item, newest, body, doing), restores=number))


def get_body(session: Session, item: Item, number: int) -> Body:
    """What a value was in version ``number``, 0 being what came with Suluh. Raises ``NotFoundError``."""
    bodies = {SHIPPED: item.shipped, **{one.number: one.body for one in list_versions(session, item)}}
    if (body := bodies.get(number)) is None:
        raise NotFoundError
    return body


def list_past(session: Session, item: Item) -> list[PastVersion]:
    """What was done to a value, newest first; the first change is compared with what came with Suluh."""
    versions = list_versions(session, item)
    before = [*(one.body for one in versions[1:]), item.shipped]
    return [
        PastVersion(version, tuple(list_differences(earlier, version.body)))
        for version, earlier in zip(versions, before, strict=False)
    ]


def write_version(session: Session, kind: KeptKind, version: Version) -> Version:
    """Add a version as it is, with its custody entry, named after the person whose act made it count.

    Raises ``ChangedError`` when another person wrote that number first.
    """
    add_version(session, kind, version)
    detail = {
        "kind": kind.value,
        "key": version.key,
        "number": version.number,
        "act": version.act.value,
        "digest": body_digest(version.body),
    }
    actor = staff_actor(version.confirmed_by or version.changed_by)
    append_entry(session, OFFICE_CHAIN, Act(CustodyAction.KEPT_CHANGED, actor, version.changed_at, detail))
    return version


def add_version(session: Session, kind: KeptKind, version: Version) -> None:
    """Add a version whose custody entry somebody else writes. Raises ``ChangedError`` as ``write_version``."""
    row = {
        "kind": kind,
        "key": version.key,
        "number": version.number,
        "body": encode_body(version.body),
        "changed_by": version.changed_by,
        "confirmed_by": version.confirmed_by,
        "changed_at": version.changed_at,
        "is_removed": version.is_removed,
        "restores": version.restores,
    }
    try:
        session.execute(insert(KeptVersion).values(row))
    except IntegrityError as error:
        raise ChangedError from error


def next_version(item: Item, newest: Version | None, body: Body, doing: Doing) -> Version:
    """The version after ``newest``, made by the acting person now."""
    number = (newest.number if newest else SHIPPED) + 1
    return Version(item.key, number, body, doing.staff_id, None, doing.now, is_removed=False, restores=None)


def lock_item(session: Session, item: Item, doing: Doing) -> Version | None:
    """Begin a write transaction; the item's newest version, if it is the one that was seen. Raises ``ChangedError``."""
    begin_write(session)
    newest = find_newest(session, item)
    if doing.version is not None and doing.version != (newest.number if newest else SHIPPED):
        raise ChangedError
    return newest
