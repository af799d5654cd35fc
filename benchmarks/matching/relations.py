"""Which pictures of a corpus belong together, from what each of them shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from benchmarks.matching.pictures import overlap

STOCK = ("sticker", "meme")
PHOTOGRAPHS = ("content", "avatar", "wallpaper")

Record = dict[str, object]
Pair = dict[str, str]


def related(pictures: list[Record]) -> list[Pair]:
    """All related pairs; a pair comes once for each way in which it is related."""
    found = {*_same(pictures), *_marked(pictures)}
    return [{"a": a, "b": b, "kind": kind} for a, b, kind in sorted(found)]


def _same(pictures: list[Record]) -> Iterable[tuple[str, str, str]]:
    """Twins, and screens of the same conversation."""
    for field in ("twins", "conversation"):
        groups: dict[object, list[Record]] = defaultdict(list)
        for picture in pictures:
            if picture.get(field) is not None:
                groups[picture[field]].append(picture)
        for group in groups.values():
            for one, other in combinations(group, 2):
                same_owner = one.get("owner") == other.get("owner")
                kind = "twin" if field == "twins" else "scroll" if same_owner else "same_conversation_other_phone"
                yield _pair(one, other, kind)


def _marked(pictures: list[Record]) -> Iterable[tuple[str, str, str]]:
    """Screens that show the same template, sticker, joke or photograph."""
    holders: dict[str, list[tuple[Record, str, str]]] = defaultdict(list)
    for picture in pictures:
        for mark in picture["marks"]:  # type: ignore[attr-defined]
            role, _, key = mark.partition(":")
            group = key.partition("#")[0] if role in PHOTOGRAPHS else mark
            holders[group].append((picture, role, key))
    for group in holders.values():
        for (one, role, key), (other, other_role, other_key) in combinations(group, 2):
            if one is other or _one_story(one, other):
                continue
            if role in PHOTOGRAPHS and not overlap(key, other_key):
                continue
            yield _pair(one, other, _kind(role, other_role))


def _one_story(one: Record, other: Record) -> bool:
    """Whether both are screens of the same conversation, which says all."""
    return one.get("conversation") is not None and one.get("conversation") == other.get("conversation")


def _kind(role: str, other_role: str) -> str:
    """What it means that both show the same."""
    if role == "template":
        return "template"
    return "shared_photo" if role == other_role == "content" else "stock"


def _pair(one: Record, other: Record, kind: str) -> tuple[str, str, str]:
    """The pair in a fixed order."""
    first, second = sorted((str(one["name"]), str(other["name"])))
    return first, second, kind
