"""Articles of law at the desk: who keeps them, what a check is, and what a case's page shows of them."""

from __future__ import annotations

import re
from datetime import date

from casefile.articles import Article
from casefile.submission import Answers, Submission
from casefile.vocabulary import HarmKind, StaffRole, WhenHappened
from tests.triage.conftest import DeskRoom, Person, hidden
from triage.administration.articles import fitting_articles

PAGE = "/pengaturan/pasal"
FORM = {"law": "UU 12/2022", "article": "Pasal 14", "kinds": ["DOXING"], "valid_from": "2022-05-09", "note": "Baru"}


def press(person: Person, page: str, deed: str = "", **form: object) -> object:
    return person.post(page + deed, page, version=hidden(person.get(page).text, "version"), **form)


def test_an_article_is_kept_checked_and_brought_back(desk: DeskRoom) -> None:
    sari, rina = desk.seat("sari", StaffRole.SUPERVISOR), desk.seat("rina")
    page = f"{PAGE}/pdp-65-2"
    assert "belum diperiksa ahli hukum" in rina.get(PAGE).text
    assert "Simpan" not in rina.get(page).text
    for path in (page, f"{page}/periksa", f"{page}/lepas", f"{page}/kembalikan", f"{PAGE}/baru"):
        assert rina.post(path, PAGE, version=0, **FORM).status_code == 403
    press(sari, page, "/periksa", verified_by="Lestari, S.H.")
    assert "Lestari, S.H." in rina.get(page).text
    press(sari, page, **FORM)
    assert "Diperiksa: <b>belum diperiksa" in rina.get(page).text, "a changed article is not checked any more"
    stale = sari.post(page, page, version=1, **{**FORM, "note": "Lain"})
    assert stale.status_code == 409
    assert "rekan mengubah pasal ini" in stale.text
    assert "Lain</textarea>" in stale.text, "what was typed stays in the form"
    press(sari, page, "/lepas")
    assert "Pasal 65" not in re.search(r"<tbody>.*?</tbody>", rina.get(PAGE).text, re.DOTALL)[0]
    press(sari, page, "/kembalikan", number=1)
    assert "Lestari, S.H." in rina.get(page).text
    assert "<del>" in rina.get(page).text
    assert desk.acts().count("kept_changed") == 4
    for wrong in ({**FORM, "law": ""}, {**FORM, "valid_to": "besok"}, {**FORM, "valid_to": "2020-01-01"}):
        assert press(sari, f"{PAGE}/baru", **wrong).status_code == 422
    made = press(sari, f"{PAGE}/baru", **FORM).headers["Location"]
    assert "UU 12/2022, Pasal 14" in sari.get(made).text
    assert sari.get(f"{PAGE}/tidak-ada").status_code == 404


def test_a_case_shows_folded_what_may_fit_and_says_that_it_concludes_nothing(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    answers = Answers(kinds=frozenset({HarmKind.TRAFFICKING_OFFER}), happened=WhenHappened.TODAY)
    page = rina.get(f"/kasus/{desk.code(desk.report(Submission(answers=answers, story='Tawaran kerja.')))}").text
    box = re.search(r'<details class="why articles">.*?</details>', page, re.DOTALL)[0]
    assert "UU 21/2007 (TPPO)" in box
    assert "Pasal 455" in box
    assert "Indikasi pasal, bukan kesimpulan hukum" in box


def test_days_on_which_it_can_have_happened_decide() -> None:
    old = Article("old", "UU 1", "1", frozenset({HarmKind.DOXING}), None, date(2026, 1, 1))
    new = Article("new", "UU 2", "1", frozenset({HarmKind.DOXING}), date(2026, 1, 2))
    found = {
        happened: [one.code for one in fitting_articles(answers, date(2026, 1, 5), (old, new))]
        for happened in (WhenHappened.TODAY, WhenHappened.THIS_WEEK, WhenHappened.LONGER, None)
        if (answers := Answers(kinds=frozenset({HarmKind.DOXING}), happened=happened))
    }
    assert found[WhenHappened.TODAY] == ["new"]
    assert found[WhenHappened.THIS_WEEK] == found[WhenHappened.LONGER] == found[None] == ["old", "new"]
