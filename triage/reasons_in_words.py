"""Why a pair is suggested, in words: which pictures, what agrees, how rare that is, and what speaks against it.

No figure here is a probability; the page shows counts and plain words, never a percentage or a fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from casefile.contents import Agreement, MatchReason
from casefile.vocabulary import MatchClass
from triage.labels import MATCH_CAUTIONS
from triage.links import STRENGTH
from triage.phrases import word

MOST_SHOWN = 4
"""Pairs of pictures that are written out for one class, the strongest first; the rest is counted."""

NEARLY_SAME = 8
"""Distance of 256 bits up to which two pictures differ by re-encoding alone; beyond it they are called alike."""
ALIKE = 31
"""Distance of 256 bits up to which Meta, who made PDQ, calls two pictures alike; beyond it nothing is said."""

ONLY_HERE = 100
"""Rarity of what occurs in no other group of reports."""
RARE = 40
"""Rarity from which what agrees is called rare: in at most four groups, by the weight that the worker gives."""

HALF = 50
"""Percent of a picture below which its share is named as something that speaks against the pair."""


@dataclass(frozen=True)
class PictureWords:
    """Two pictures: which, what speaks for the suggestion, and what against it."""

    where: str
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class ClassWords:
    """One class of agreement. ``more`` counts pairs of pictures that are not written out."""

    title: str
    caution: str
    pictures: tuple[PictureWords, ...]
    more: int


def explain(reasons: Iterable[MatchReason], cases: tuple[str, str]) -> list[ClassWords]:
    """The reasons of a pair by class, the strongest class first; ``cases`` name the two cases in the reasons' order."""
    by_class: dict[MatchClass, list[MatchReason]] = {}
    for reason in reasons:
        by_class.setdefault(reason.match_class, []).append(reason)
    return [_explain_class(one, by_class[one], cases) for one in STRENGTH if one in by_class]


def _explain_class(match_class: MatchClass, reasons: list[MatchReason], cases: tuple[str, str]) -> ClassWords:
    title = word(match_class)
    pictured = sorted((reason for reason in reasons if reason.low_picture and reason.high_picture), key=_weight)
    return ClassWords(
        title=title[0].upper() + title[1:],
        caution=_(MATCH_CAUTIONS[match_class]),
        pictures=tuple(_explain_pictures(reason, cases) for reason in pictured[:MOST_SHOWN]),
        more=max(0, len(pictured) - MOST_SHOWN),
    )


def _weight(reason: MatchReason) -> tuple[int, int, int]:
    found = reason.agreement or Agreement()
    agreeing = found.lines + found.pieces + found.points + found.words + found.is_inside
    return (-agreeing, reason.low_picture or 0, reason.high_picture or 0)


def _explain_pictures(reason: MatchReason, cases: tuple[str, str]) -> PictureWords:
    own = _("gambar %(number)s di %(case)s", number=reason.low_picture, case=cases[0])
    other = _("gambar %(number)s di %(case)s", number=reason.high_picture, case=cases[1])
    where = _("%(one)s dan %(other)s", one=own, other=other)
    where = where[0].upper() + where[1:]
    if reason.agreement is None:
        return PictureWords(where, (), ())
    speaks_for = (*_inside(reason.agreement, own, other), *_speaks_for(reason.agreement))
    return PictureWords(where, speaks_for, tuple(_against(reason.agreement, own, other)))


def _inside(found: Agreement, own: str, other: str) -> Iterable[str]:
    for inner, outer, bits in ((own, other, found.low_in_high), (other, own, found.high_in_low)):
        if bits is not None:
            said = _("%(inner)s tampak di dalam %(outer)s", inner=inner, outer=outer)
            yield said[0].upper() + said[1:]


def _counted(found: Agreement) -> Iterable[str]:
    if found.lines:
        yield _("%(count)s baris teks", count=found.lines)
    if found.pieces:
        yield _("%(count)s potongan baris teks", count=found.pieces)
    if found.words:
        yield _("%(count)s kelompok kata", count=found.words)
    if found.points:
        yield _("%(count)s titik foto", count=found.points)


def _speaks_for(found: Agreement) -> Iterable[str]:
    counted = list(_counted(found))
    if counted:
        yield _("Yang sama: %(things)s", things=", ".join(counted))
    is_anything = bool(counted) or found.is_inside
    if is_anything and found.rarity >= ONLY_HERE:
        yield _("Isi yang sama itu tidak ada di laporan lain")
    elif is_anything and found.rarity >= RARE:
        yield _("Isi yang sama itu jarang di laporan lain")
    if found.distance is not None and found.distance <= ALIKE:
        yield _("Gambar utuhnya hampir sama") if found.distance <= NEARLY_SAME else _("Gambar utuhnya mirip")


def _against(found: Agreement, own: str, other: str) -> Iterable[str]:
    if found.other_lines:
        yield _("%(count)s baris di tempat yang sama berbeda isinya", count=found.other_lines)
    yield from _small_shares(found, own, other)
    has_text = bool(found.lines or found.pieces or found.words)
    if (has_text or found.points or found.is_inside) and found.rarity < RARE:
        yield _("Isi yang sama itu sering muncul di laporan lain")
    if found.points and not has_text:
        yield _("Hanya bagian foto yang cocok, tidak ada teks")
    elif has_text and not found.points and not found.is_inside:
        yield _("Hanya teks yang cocok, tidak ada bagian foto")
    elif not has_text and found.is_inside:
        yield _("Hanya gambar di dalam gambar yang cocok")
    elif not has_text:
        yield _("Hanya tampilan gambar utuh yang dibandingkan")


def _small_shares(found: Agreement, own: str, other: str) -> Iterable[str]:
    if not (found.lines or found.pieces or found.points):
        return
    small = [name for name, share in ((own, found.low_share), (other, found.high_share)) if share < HALF]
    if len(small) > 1:
        yield _("Kurang dari separuh kedua gambar yang cocok")
    elif small:
        yield _("Kurang dari separuh %(picture)s yang cocok", picture=small[0])
