"""Frozen values as canonical JSON and back, by their type hints: equal values, equal bytes.

Dataclasses become objects by field name, sets sorted lists, bytes hex, times ISO 8601.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Value = TypeVar("Value")

_UNIONS = (Union, types.UnionType)
_NUMBERS = (int, float, bool)
_FROM_TEXT: dict[type, Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: bytes.fromhex,
    UUID: UUID,
}


def encode_value(value: object) -> bytes:
    """UTF-8 JSON, keys sorted, no spaces. Raises ``TypeError`` for a type that is not read back."""
    return json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def decode_value(kind: type[Value], stored: bytes) -> Value:
    """The inverse of ``encode_value`` for a ``kind``. Raises ``ValueError``, ``KeyError`` or ``TypeError``."""
    value: Value = _typed(kind, json.loads(stored))
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _typed(hint: Any, plain: Any) -> Any:
    if inside := get_args(hint):
        return _typed_inside(get_origin(hint), inside, plain)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint(**{name: _typed(kind, plain[name]) for name, kind in _hints(hint).items()})
    if type(plain) is not (hint if hint in _NUMBERS else str):
        raise TypeError("a value is of another type")
    return _FROM_TEXT.get(hint, hint)(plain)


def _typed_inside(origin: Any, inside: tuple[Any, ...], plain: Any) -> Any:
    """What holds other values: an optional one, a set, a tuple of one kind or of several."""
    if origin in _UNIONS:
        kind = next(one for one in inside if one is not types.NoneType)
        return None if plain is None else _typed(kind, plain)
    if origin is frozenset:
        return frozenset(_typed(inside[0], one) for one in plain)
    hints = [inside[0]] * len(plain) if inside[-1] is Ellipsis else inside
    return tuple(_typed(hint, one) for hint, one in zip(hints, plain, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}
