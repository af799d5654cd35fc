"""The declarative base: constraint names, enums by value, times that are always UTC and aware."""

from __future__ import annotations

import enum
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, LargeBinary, MetaData, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC; naive values are refused. SQLite, which knows no zone, keeps it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times with ``ValueError``."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone")
        moved = value.astimezone(UTC)
        return moved.replace(tzinfo=None) if dialect.name == "sqlite" else moved

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(members: Any) -> list[str]:
    return [member.value for member in members]


class Base(DeclarativeBase):
    """Base of all tables. Plain: each web application builds its own extension on it.

    The registry is written out because Flask-SQLAlchemy copies this class and SQLAlchemy refuses a copy that has both
    a registry and a ``type_annotation_map`` of its own.
    """

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            enum.Enum: Enum(enum.Enum, native_enum=False, length=64, values_callable=_values),
            datetime: UtcDateTime(),
            bytes: LargeBinary(),
            uuid.UUID: Uuid(),
        },
    )
