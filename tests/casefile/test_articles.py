"""Articles by kind and day of the act; those that come with Suluh are unchecked and cover every kind of the field."""

from __future__ import annotations

from datetime import date

from casefile.articles import Article, articles_for, shipped_articles
from casefile.vocabulary import HarmKind

OLD = Article("old", "UU 1", "Pasal 1", frozenset({HarmKind.DOXING}), date(2008, 1, 1), date(2026, 1, 1))
NEW = Article("new", "UU 2", "Pasal 1", frozenset({HarmKind.DOXING, HarmKind.HACKING}), date(2026, 1, 2))
OTHER = Article("other", "UU 0", "Pasal 1", frozenset({HarmKind.GROOMING}))


def codes(kinds: set[HarmKind], day: date | None) -> list[str]:
    return [one.code for one in articles_for(kinds, day, [NEW, OTHER, OLD])]


def test_the_day_of_the_act_decides_and_both_ends_count():
    assert codes({HarmKind.DOXING}, date(2026, 1, 1)) == ["old"]
    assert codes({HarmKind.DOXING}, date(2026, 1, 2)) == ["new"]
    assert codes({HarmKind.DOXING}, date(2007, 12, 31)) == []
    assert codes({HarmKind.DOXING, HarmKind.GROOMING}, date(2026, 5, 1)) == ["other", "new"]


def test_an_unknown_day_leaves_both_and_no_kind_leaves_none():
    assert codes({HarmKind.DOXING}, None) == ["old", "new"]
    assert codes(set(), None) == codes({HarmKind.UNSURE}, None) == []


def test_what_is_kept_comes_back_as_it_was():
    assert Article.from_body("old", OLD.to_body()) == OLD
    assert Article.from_body("x", {"law": "UU", "kinds": ["DOXING", "GONE"]}).kinds == {HarmKind.DOXING}


def test_what_comes_with_suluh_is_unchecked_and_knows_every_kind():
    shipped = [Article.from_body(code, body) for code, body in shipped_articles().items()]
    assert not any(one.verified_on or one.verified_by for one in shipped)
    assert all(one.law and one.article and one.valid_from for one in shipped)
    assert frozenset().union(*(one.kinds for one in shipped)) == set(HarmKind) - {HarmKind.OTHER, HarmKind.UNSURE}
    threats = articles_for({HarmKind.SEXTORTION}, date(2025, 6, 1), shipped)
    assert {"tpks-14-2", "ite-27b-2"} <= {one.code for one in threats}
    assert "kuhp-482-483" not in {one.code for one in threats}
