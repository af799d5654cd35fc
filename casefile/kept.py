"""Values that staff keep in the browser, in versions: message templates, articles, rule values, spans of keeping.

A value has a kind, a key and a body of plain JSON values. Versions are only ever added and the newest counts. What
comes with Suluh lies in files beside the code and stands where nobody has kept another: an upgrade renews those, and
never a value that a person has changed (decision 18). Writing is the desk's part: ``triage.administration.keeping``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from casefile.models import KeptVersion
from casefile.vocabulary import KeptAct, KeptKind

Body = Mapping[str, Any]
"""Plain JSON values by name."""

SHIPPED = 0
"""The number that stands for what came with Suluh, in forms and in ``Version.restores``."""


@dataclass(frozen=True)
class Item:
    """A value that may be kept: its kind, its key, and what came with Suluh under it, if anything did."""

    kind: KeptKind
    key: str
    shipped: Body | None = None


@dataclass(frozen=True)
class Version:
    """One version. A ``body`` says what the value was, also where ``is_removed`` takes it out of use."""

    key: str
    number: int
    body: Body
    changed_by: UUID
    confirmed_by: UUID | None
    changed_at: datetime
    is_removed: bool
    restores: int | None

    @property
    def act(self) -> KeptAct:
        """What this version did."""
        if self.is_removed:
            return KeptAct.REMOVED
        if self.restores is not None:
            return KeptAct.RESTORED
        return KeptAct.ADDED if self.number == 1 else KeptAct.EDITED


def encode_body(body: Body) -> str:
    """Canonical JSON: sorted keys, no spaces, so that equal values are equal bytes."""
    return json.dumps(dict(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def body_digest(body: Body) -> str:
    """SHA-256 of the canonical form, in hex: what the custody log says of a value."""
    return hashlib.sha256(encode_body(body).encode()).hexdigest()


def find_newest(session: Session, item: Item) -> Version | None:
    """The version that counts, or None where nobody has kept one."""
    row = session.scalars(_versions(item).limit(1)).first()
    return None if row is None else _read(row)


def find_body(session: Session, item: Item) -> Body | None:
    """What counts: the newest version, else what came with Suluh; None where there is nothing, or it was removed."""
    newest = find_newest(session, item)
    if newest is None:
        return item.shipped
    return None if newest.is_removed else newest.body


def list_newest(session: Session, kind: KeptKind) -> dict[str, Version]:
    """The version that counts of every value of the kind, by key; removed ones too."""
    newest = (
        select(KeptVersion.key, func.max(KeptVersion.number).label("number"))
        .where(KeptVersion.kind == kind)
        .group_by(KeptVersion.key)
        .subquery()
    )
    same = (KeptVersion.key == newest.c.key) & (KeptVersion.number == newest.c.number)
    rows = session.scalars(select(KeptVersion).join(newest, same).where(KeptVersion.kind == kind))
    return {row.key: _read(row) for row in rows}


def list_versions(session: Session, item: Item) -> list[Version]:
    """Everything that was ever kept of an item, newest first; without what came with Suluh."""
    return [_read(row) for row in session.scalars(_versions(item))]


def in_use(session: Session, kind: KeptKind, shipped: Mapping[str, Body]) -> dict[str, Body]:
    """The bodies that count, by key: what came with Suluh, with what staff changed, added and removed."""
    bodies = dict(shipped)
    for key, version in list_newest(session, kind).items():
        if version.is_removed:
            bodies.pop(key, None)
        else:
            bodies[key] = version.body
    return bodies


def list_differences(before: Body | None, after: Body) -> list[tuple[str, Any, Any]]:
    """Name, value before and value after of each part in which two bodies differ, in the order of their names."""
    known = before or {}
    names = sorted(known.keys() | after.keys())
    return [(name, known.get(name), after.get(name)) for name in names if known.get(name) != after.get(name)]


def _versions(item: Item) -> Select[tuple[KeptVersion]]:
    chosen = select(KeptVersion).where(KeptVersion.kind == item.kind, KeptVersion.key == item.key)
    return chosen.order_by(KeptVersion.number.desc())


def _read(row: KeptVersion) -> Version:
    return Version(
        key=row.key,
        number=row.number,
        body=json.loads(row.body),
        changed_by=row.changed_by,
        confirmed_by=row.confirmed_by,
        changed_at=row.changed_at,
        is_removed=row.is_removed,
        restores=row.restores,
    )
