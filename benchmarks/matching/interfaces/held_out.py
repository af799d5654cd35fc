"""The held-out interfaces: drawn after the thresholds were chosen, and on nothing that the other splits use."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.matching.interfaces import held_out_forms as forms
from benchmarks.matching.interfaces import held_out_pages as pages
from benchmarks.matching.interfaces import held_out_scenes as scenes
from benchmarks.matching.interfaces import held_out_talks as talks
from benchmarks.matching.interfaces.base import Interface, Phone, Scene
from benchmarks.matching.interfaces.held_out_base import DESKTOPS, FONTS, LYING, PHONES, SHEETS, SMALL_PHONES, TABLETS
from benchmarks.matching.speech import HELD_OUT, HELD_OUT_LETTERS, Speech


def _held_out(
    name: str,
    draw: Callable[[Scene], str],
    phones: tuple[Phone, ...] = PHONES,
    speech: Speech = HELD_OUT,
    **rest: object,
) -> Interface:
    """An interface of this split; ``rest`` as in ``Interface``."""
    return Interface(name, draw, "held-out", speech=speech, phones=phones, fonts=FONTS, **rest)  # type: ignore[arg-type]


_READ = {"comments": True, "top": True, "people": (4, 8)}
_FORM = {"words": False, "scrolls": False, "length": (1, 1)}

HELD_OUT_INTERFACES = (
    _held_out("server", talks.server, people=(4, 7)),
    _held_out("right_side", talks.right_side, people=(3, 6)),
    _held_out("big_letters", talks.big_letters, SMALL_PHONES, length=(12, 18)),
    _held_out("tablet", talks.tablet, TABLETS, wallpaper=True),
    _held_out("voices", talks.voices, length=(14, 20)),
    _held_out("game", scenes.game, LYING, hero=True, people=(4, 6), length=(14, 20)),
    _held_out("live", scenes.live, hero=True, people=(5, 9), comments=True, length=(14, 20)),
    _held_out("story", scenes.story, hero=True, scrolls=False, length=(4, 4)),
    _held_out("poster", scenes.poster, SHEETS, hero=True, **_FORM),
    _held_out("person_card", scenes.person_card, hero=True, words=False, scrolls=False, length=(2, 2)),
    _held_out("letters", pages.letters, DESKTOPS, HELD_OUT_LETTERS, top=True, length=(12, 15)),
    _held_out("article", pages.article, DESKTOPS, hero=True, length=(9, 14), **_READ),
    _held_out("reviews", pages.reviews, tiles=3, length=(12, 16), **_READ),
    _held_out("notes", pages.notes, top=True, length=(22, 28)),
    _held_out("wallet", forms.wallet, words=False, length=(1, 1)),
    _held_out("calls", forms.calls, **_FORM),
    _held_out("parcel", forms.parcel, **_FORM),
)
