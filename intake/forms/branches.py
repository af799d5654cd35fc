"""Who is told of other places as well, because the unit is for women and children of South Jakarta."""

from __future__ import annotations

from casefile.vocabulary import AgeBand, Audience, District, Gender
from intake.forms.draft import Draft

_ADULT = {band.value for band in AgeBand if not band.is_child} - {AgeBand.SKIPPED.value}


def also_elsewhere(draft: Draft) -> tuple[Audience, ...]:
    """For whom further places are named: an adult man, somebody who lives outside of South Jakarta, both, nobody.

    Every report is taken all the same. A witness is not asked about the person harmed.
    """
    if draft.is_witness:
        return ()
    is_adult_man = draft.one("gender") == Gender.MALE and draft.one("usia") in _ADULT
    is_outside = draft.one("wilayah") == District.OUTSIDE
    return tuple(
        audience for audience, holds in ((Audience.MEN, is_adult_man), (Audience.OUTSIDE, is_outside)) if holds
    )
