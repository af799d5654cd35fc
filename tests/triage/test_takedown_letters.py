"""Letters that ask for a takedown: what was ticked and nothing else, on consent, on record, with their clocks."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from casefile.additions import Material
from casefile.contents import ReportContents
from casefile.custody import list_entries
from casefile.models import Case, ReportPart, Takedown, TakedownLetter
from casefile.submission import Answers, Consents, Submission
from casefile.takedown_recipients import find_recipient, list_recipients
from casefile.vocabulary import (
    AdditionKind,
    AgeBand,
    CaseStatus,
    CustodyAction,
    District,
    HarmKind,
    Need,
    Platform,
    ReferralBasis,
    ReferralTarget,
    StaffRole,
    TakedownTarget,
    YesNoUnknown,
)
from tests.contracts.test_stolen_copy import dump_database
from tests.english import expect_english
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person, hidden
from triage.additions import OpenedAddition, OpenedReport, take_together
from triage.clocks import takedown_ends_at
from triage.printing import Table, Text
from triage.takedown_letters import (
    ExtraRequest,
    FirstLetter,
    LetterBar,
    LetterBarredError,
    LetterContents,
    LetterLine,
    TakedownConsent,
    check_basis,
    compose,
    consent_of,
    list_addresses,
    reference_of,
    to_csv,
    to_json,
)

KOMDIGI = Consents(referrals=frozenset({ReferralTarget.KOMDIGI}), text_version="id-1")
NOBODY = Consents(text_version="id-1")
STORY = "Mantanku mengunggahnya dari kos Melati."
POST = "https://www.instagram.com/p/Cx12345abcd/"
CHANNEL = "https://t.me/kanalcontoh/77"
FORMULA = "=HYPERLINK(1)"
ANSWERS = Answers(
    kinds=frozenset({HarmKind.NCII_SPREAD, HarmKind.DOXING}),
    age=AgeBand.FROM_18,
    platforms=frozenset({Platform.INSTAGRAM}),
    needs=frozenset({Need.TAKEDOWN}),
    district=District.TEBET,
)
SENT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
LETTER = LetterContents(
    recipient="instagram",
    recipient_name="Instagram (Meta)",
    target=TakedownTarget.PLATFORM,
    category="Non-consensual intimate images",
    laws=("UU 12/2022 (TPKS) Pasal 68",),
    shows_child=YesNoUnknown.UNKNOWN,
    is_urgent=False,
    hours=24,
    deadline_law="Permenkominfo 5/2020 Pasal 15",
    extras=frozenset(ExtraRequest),
    lines=(LetterLine(uuid4(), POST, "", date(2026, 11, 25)), LetterLine(uuid4(), FORMULA, "", date(2026, 11, 25))),
    officer="Rina",
    made_on=date(2026, 11, 26),
    basis=ReferralBasis.SPOKEN,
    basis_note="Lewat telepon kemarin",
)


def opened(answers: Answers, consents: Consents, *, newer: Consents | None = None) -> OpenedReport:
    """A report as the desk opens it, with newer choices where there are any."""
    sent = ReportContents(make_submission(answers=answers, consents=consents, addresses=(POST,)), "")
    report = take_together(sent, [])
    if newer is None:
        return report
    choice = OpenedAddition(2, AdditionKind.CONSENT, date(2026, 11, 26))
    return replace(report, submission=replace(report.submission, consents=newer), additions=(choice,))


def told(consents: Consents = KOMDIGI, **changed: object) -> Submission:
    given = {"answers": ANSWERS, "addresses": (POST, CHANNEL, FORMULA), "consents": consents, **changed}
    return make_submission(story=STORY, **given)


def where(desk: DeskRoom, report: UUID) -> str:
    return f"/kasus/{desk.code(report)}/hapus-konten/surat"


def choose(person: Person, page: str, **form: object) -> str:
    """The form with the report's addresses."""
    answer = person.post(f"{page}/pilih", page, **form)
    assert answer.status_code == 200, answer.text
    return answer.text


def make(person: Person, page: str, shown: str | None = None, **form: object) -> TestResponse:
    """Send the form, with consent on the form and 24 hours unless told else."""
    chosen = shown or choose(person, page)
    given = {"baru": hidden(chosen, "baru"), "izin": "consent", "mendesak": "tidak", **form}
    return person.post(page, page, **given)


def send(person: Person, letter: str, *, minutes_ago: int = 0, **form: str) -> TestResponse:
    """Note that a letter was sent."""
    at = person.clock.now + timedelta(hours=7) - timedelta(minutes=minutes_ago)
    given = {"versi": hidden(person.get(letter).text, "versi"), "pada": at.strftime("%Y-%m-%dT%H:%M"), **form}
    return person.post(f"{letter}/kirim", letter, **given)


def take(person: Person, letter: str, form: str) -> TestResponse:
    return person.post(f"{letter}/unduh", letter, bentuk=form)


def acts(desk: DeskRoom, report: UUID) -> list[tuple[str, dict[str, str]]]:
    """What the chain says of takedowns, oldest first."""
    with desk.owner() as session:
        bodies = [json.loads(entry.body) for entry in list_entries(session, report)]
    return [(body["action"], body.get("detail", {})) for body in bodies if body["action"].startswith("takedown")]


def count(desk: DeskRoom, table: type) -> int:
    with desk.owner() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_every_recipient_says_where_its_facts_come_from_and_has_words_for_children_and_for_grown_ups() -> None:
    recipients = list_recipients()
    assert {one.platform for one in recipients} - {None} == {
        Platform.INSTAGRAM,
        Platform.FACEBOOK,
        Platform.TIKTOK,
        Platform.X,
        Platform.TELEGRAM,
    }
    for one in recipients:
        assert one.source
        assert one.asks_for
        assert find_recipient(one.key) is one
        assert (one.platform is None) is (one.target is TakedownTarget.KOMDIGI)
        for hours, urgent in ((one.usual_hours, False), (one.urgent_hours, True)):
            assert SENT + timedelta(hours=hours) == takedown_ends_at(SENT, is_urgent=urgent), "the desk's clock agrees"
        assert one.categories[one.suggest_category(frozenset(), shows_child=True)].is_for_children
        grown = one.categories[one.suggest_category(frozenset({HarmKind.NCII_SPREAD}), shows_child=False)]
        assert not grown.is_for_children_alone
        assert set(one.child_laws).isdisjoint(one.list_laws(shows_child=False))
    assert find_recipient("unknown") is None


@pytest.mark.parametrize(
    ("agreed", "needs", "newer", "covered"),
    [
        (KOMDIGI, {Need.TAKEDOWN}, None, set(TakedownTarget)),
        (KOMDIGI, set(), None, set(TakedownTarget)),
        (NOBODY, {Need.TAKEDOWN}, None, {TakedownTarget.PLATFORM}),
        (NOBODY, {Need.POLICE}, None, set()),
    ],
)
def test_whom_a_form_allows_to_be_asked(
    agreed: Consents, needs: set[Need], newer: None, covered: set[TakedownTarget]
) -> None:
    assert consent_of(opened(replace(ANSWERS, needs=frozenset(needs)), agreed)).targets == covered


def test_choices_that_do_not_open_or_take_komdigi_back_allow_nobody() -> None:
    unreadable = opened(ANSWERS, NOBODY, newer=NOBODY)
    assert consent_of(unreadable) == TakedownConsent(frozenset(), 2)
    readable = replace(unreadable.additions[0], choices=object())
    taken_back = replace(opened(ANSWERS, KOMDIGI, newer=NOBODY), additions=(readable,))
    assert consent_of(taken_back).targets == frozenset(), "who takes back Komdigi takes back the platforms too"
    kept = replace(unreadable, additions=(readable,))
    assert consent_of(kept).targets == {TakedownTarget.PLATFORM}, "nothing was taken back"


@pytest.mark.parametrize(
    ("covered", "basis", "note", "bar"),
    [
        ({TakedownTarget.KOMDIGI}, ReferralBasis.CONSENT, "", LetterBar.NO_CONSENT),
        ({TakedownTarget.PLATFORM}, ReferralBasis.CONSENT, "", None),
        (set(), ReferralBasis.SPOKEN, "Lewat telepon", None),
        (set(), ReferralBasis.SPOKEN, "", LetterBar.NO_NOTE),
        ({TakedownTarget.PLATFORM}, ReferralBasis.DUTY, "Pasal 41", LetterBar.NO_CONSENT),
    ],
)
def test_a_letter_needs_consent(
    covered: set[TakedownTarget], basis: ReferralBasis, note: str, bar: LetterBar | None
) -> None:
    consent = TakedownConsent(frozenset(covered), 1)
    if bar is None:
        check_basis(consent, TakedownTarget.PLATFORM, basis, note)
        return
    with pytest.raises(LetterBarredError) as refused:
        check_basis(consent, TakedownTarget.PLATFORM, basis, note)
    assert refused.value.bar is bar


@pytest.mark.parametrize(
    ("line", "owner", "account"),
    [
        (POST, "instagram", ""),
        (CHANNEL, "telegram", "kanalcontoh"),
        ("https://twitter.com/akun_itu/status/123456789", "x", "akun_itu"),
        ("https://m.facebook.com/nama.orang", "facebook", "namaorang"),
        ("https://www.threads.net/@nama.orang", "instagram", "nama.orang"),
        ("@akun_lawan", "instagram", "akun_lawan"),
        ("https://instagram.com.contoh.example/p/1", "", ""),
        ("di grup sekolah", "", ""),
    ],
)
def test_an_address_belongs_to_the_platform_that_its_text_names(line: str, owner: str, account: str) -> None:
    report = opened(ANSWERS, KOMDIGI)
    sent = replace(report.as_sent, addresses=(line,))
    (found,) = list_addresses(replace(report, as_sent=sent), date(2026, 11, 25))
    assert (found.platform_key, found.account, found.seen_on) == (owner, account, date(2026, 11, 25))


def test_each_address_stands_once_with_the_day_on_which_the_office_learned_of_it() -> None:
    report, later = opened(ANSWERS, KOMDIGI), date(2026, 11, 27)
    added = OpenedAddition(1, AdditionKind.MATERIAL, date(2026, 11, 26), material=Material(addresses=(POST, CHANNEL)))
    found = list_addresses(replace(report, additions=(added,)), date(2026, 11, 25), [CHANNEL, "@lain"], later)
    assert [(one.text, one.seen_on.day) for one in found] == [(POST, 25), (CHANNEL, 26), ("@lain", 27)]


def test_a_letter_survives_its_sealed_form_and_asks_for_what_was_ticked() -> None:
    first = FirstLetter(uuid4(), SENT, "T-1")
    reminder = replace(LETTER, follows=first, sent_at=SENT, ticket="T-2")
    for one in (LETTER, reminder):
        assert LetterContents.from_json(json.loads(json.dumps(one.to_json()))) == one
    number = uuid4()
    words = repr(compose(number, reminder))
    for said in (
        reference_of(number),
        f"menagih surat {reference_of(first.id)} yang dikirim 26 November 2026 pukul 10.00 WIB, nomor tiket T-1",
        "lewat pada 27 November 2026 pukul 10.00 WIB",
        "simpan datanya untuk polisi",
        "Jangan beri tahu pengunggah",
    ):
        assert said in words
    bare = compose(number, replace(LETTER, extras=frozenset()))
    assert "polisi" not in repr(bare)
    assert "pengunggah" not in repr(bare)
    assert LETTER.basis_note not in repr(bare), "how consent was given stays in the office"
    assert [len(block.rows) for block in bare.blocks if isinstance(block, Table)] == [2]
    urgent = compose(number, replace(LETTER, is_urgent=True, hours=4, shows_child=YesNoUnknown.YES))
    assert urgent.subtitle == "MENDESAK: gambar seksual anak"
    assert any(isinstance(block, Text) and block.text.startswith("4 jam sejak") for block in urgent.blocks)


def test_the_table_holds_no_formula_and_says_the_same_in_both_forms() -> None:
    number = uuid4()
    data = to_csv(LETTER)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row["alamat"] for row in rows] == [POST, f"'{FORMULA}"]
    said = json.loads(to_json(number, LETTER))
    assert (said["nomor"], said["menagih"], said["batas_jam"]) == (reference_of(number), None, 24)
    assert [row["alamat"] for row in said["alamat"]] == [POST, FORMULA]
    assert {key: rows[0][key] for key in ("jenis_konten", "anak_terlihat", "mendesak")} == {
        "jenis_konten": "Non-consensual intimate images",
        "anak_terlihat": "tidak diketahui",
        "mendesak": "tidak",
    }


def test_only_ticked_addresses_leave_and_their_clocks_run_from_sending(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(told())
    page = where(desk, report)
    shown = choose(rina, page, alamat_lain="@lain.lagi\n@lain.lagi")
    assert 'name="ke-instagram" value="' + POST in shown
    assert 'name="ke-instagram" value="' + CHANNEL not in shown, "that is another platform's"
    assert "@lain.lagi" in shown
    assert not re.findall(r'type="checkbox" name="ke-[^"]*"[^>]* checked', shown), "nothing is ticked at first"
    form = {"ke-instagram": [POST, "https://asing.example/bukan-laporan"], "ke-aduan-konten": [POST]}
    assert make(rina, page, shown, **form).status_code == 303
    assert make(rina, page, shown, **form).status_code == 303, "a form sent twice makes each letter once"
    assert count(desk, TakedownLetter) == 2
    assert count(desk, Takedown) == 0, "a letter that was not sent starts no clock"
    letters = re.findall(rf'href="({page}/[0-9a-f-]+)"><b translate="no">([^<]*)', rina.get(page).text)
    letter = next(path for path, name in letters if name.startswith("Instagram"))
    seen = unescape(rina.get(letter).text)
    for words in (POST, "Non-consensual intimate images", "UU 12/2022 (TPKS), Pasal 14 ayat (1) huruf b", "24 jam"):
        assert words in seen
    assert "UU 27/2022" not in seen, "an article for another kind of the report stays out"
    pdf, table, values = (take(rina, letter, form) for form in ("pdf", "csv", "json"))
    assert pdf.data.startswith(b"%PDF")
    assert "attachment" in table.headers["Content-Disposition"]
    for data in (table.data, values.data):
        assert POST.encode() in data
        for kept_back in (CHANNEL, "asing.example", "lain.lagi", STORY, "Melati", "Tebet", desk.code(report)):
            assert kept_back.encode() not in data
    assert send(rina, letter, minutes_ago=-60).status_code == 422, "not in the future"
    assert send(rina, letter, minutes_ago=30, tiket="T-99").status_code == 303
    case = unescape(rina.get(f"/kasus/{desk.code(report)}").text)
    for words in ("dilaporkan ke Instagram (Meta)", "tiket T-99", "Buka suratnya"):
        assert words in case
    assert [(act, "form" in detail) for act, detail in acts(desk, report)] == [
        *[("takedown_letter_made", False)] * 2,
        *[("takedown_letter_taken", True)] * 3,
        ("takedown_asked", False),
        ("takedown_letter_sent", False),
    ]
    stolen = dump_database(desk.workshop.database)
    for words in (b"Cx12345abcd", b"T-99", b"Non-consensual"):
        assert words not in stolen
    assert "Rina mengirim surat hapus konten." in rina.get(f"/kasus/{desk.code(report)}/riwayat").text


def test_what_is_late_is_asked_for_again_naming_the_first_letter(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(told())
    page = where(desk, report)
    letter = make(rina, page, **{"ke-aduan-konten": [POST, CHANNEL]}).headers["Location"]
    assert rina.post(f"{letter}/tagih", letter, baru=uuid4()).status_code == 409, "not before it was sent"
    sent_at = desk.clock.now
    assert send(rina, letter, tiket="T-7").status_code == 303
    assert "Buat surat tagihan" not in rina.get(letter).text
    with desk.owner() as session:
        gone = session.scalars(select(Takedown.id).limit(1)).one()
    code = desk.code(report)
    rina.post(f"/kasus/{code}/hapus-konten/{gone}", letter, versi=1, hasil="removed")
    desk.clock.advance(hours=23)
    rina.sign_in()
    assert rina.post(f"{letter}/tagih", page, baru=uuid4()).status_code == 409, "not before its time has passed"
    desk.clock.advance(hours=2)
    rina.sign_in()
    assert "Waktunya lewat untuk 1 alamat" in rina.get(page).text
    assert "Tagih lagi" in rina.get(f"/kasus/{code}").text
    new = hidden(rina.get(letter).text, "baru")
    reminder = rina.post(f"{letter}/tagih", letter, baru=new).headers["Location"]
    assert rina.post(f"{letter}/tagih", letter, baru=new).headers["Location"] == reminder
    seen = unescape(rina.get(reminder).text)
    first = reference_of(UUID(letter.rpartition("/")[2]))
    local = (sent_at + timedelta(hours=7)).strftime("%H.%M")
    assert f"menagih surat {first}" in seen
    assert f"pukul {local} WIB, nomor tiket T-7" in seen, "the time is said in WIB"
    assert (POST in seen) is not (CHANNEL in seen), "what is gone is not asked for again"
    assert send(rina, reminder).status_code == 303
    assert count(desk, Takedown) == 2, "a reminder starts no clock of its own"
    assert [act for act, _ in acts(desk, report)][-2:] == ["takedown_letter_made", "takedown_letter_sent"]


def test_without_consent_nothing_is_made_and_consent_taken_back_stops_what_was(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(told(NOBODY, answers=replace(ANSWERS, age=AgeBand.SKIPPED)))
    page, case = where(desk, report), rina.get(f"/kasus/{desk.code(report)}").text
    assert "StopNCII.org: 18 tahun ke atas" in case, "both where the age is not known"
    assert "Take It Down: gambar dari sebelum usia 18" in case
    komdigi = {"ke-aduan-konten": [POST]}
    refused = make(rina, page, **komdigi)
    assert refused.status_code == 409
    assert "Pelapor belum memberi izin untuk penerima ini." in refused.text
    assert f'value="{POST}" checked' in refused.text, "what was ticked stays ticked"
    assert make(rina, page, izin="spoken", **komdigi).status_code == 422, "words need a note"
    assert make(rina, page, izin="duty", catatan_izin="Pasal 41", **komdigi).status_code == 422
    assert make(rina, page).status_code == 422, "no address"
    assert count(desk, TakedownLetter) == 0
    spoken = make(rina, page, izin="spoken", catatan_izin="Rahasiacatatan: lewat telepon", **komdigi)
    letter = spoken.headers["Location"]
    assert b"Rahasiacatatan" not in dump_database(desk.workshop.database)
    assert b"Rahasiacatatan" not in take(rina, letter, "json").data
    desk.workshop.choose(report, NOBODY)
    for answer in (take(rina, letter, "pdf"), send(rina, letter)):
        assert answer.status_code == 409
        assert "Pelapor mengubah izinnya setelah surat dibuat." in answer.text
    assert count(desk, Takedown) == 0
    desk.workshop.choose(report, KOMDIGI)
    assert send(rina, letter).status_code == 303, "and again with it"
    desk.workshop.choose(report, NOBODY)
    assert take(rina, letter, "json").status_code == 200, "it has left already"


def test_a_child_goes_the_urgent_way_with_the_recipients_own_words(desk: DeskRoom) -> None:
    child = replace(ANSWERS, age=AgeBand.FROM_13, platforms=frozenset())
    rina, report = desk.seat("rina"), desk.report(told(answers=child))
    page = where(desk, report)
    shown = choose(rina, page)
    assert re.search(r'name="mendesak" value="ya" checked', shown)
    form = {"mendesak": "ya", "ke-telegram": [CHANNEL], "jenis-telegram": "1"}
    letter = make(rina, page, shown, **form).headers["Location"]
    seen = unescape(rina.get(letter).text)
    for words in ("MENDESAK: gambar seksual anak", "Child abuse", "4 jam sejak", "UU 44/2008", "Belum diperiksa."):
        assert words in seen
    (row,) = json.loads(take(rina, letter, "json").data)["alamat"]
    assert (row["anak_terlihat"], row["mendesak"]) == ("ya", "ya, 4 jam")
    send(rina, letter)
    with desk.owner() as session:
        asked_at = session.scalars(select(Takedown.asked_at)).one()
    ends = (asked_at + timedelta(hours=11)).strftime("%H.%M")
    assert f"sampai {ends} WIB" in re.sub(r"besok ", "", rina.get(letter).text)
    case = rina.get(f"/kasus/{desk.code(report)}").text
    assert "Take It Down: gambar dari sebelum usia 18" in case
    assert "StopNCII.org: 18 tahun ke atas" not in case


def test_a_letter_can_be_discarded_until_it_is_sent_and_all_go_with_the_report(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(told())
    page, code = where(desk, report), desk.code(report)
    letter = make(rina, page, **{"ke-instagram": [POST]}).headers["Location"]
    assert rina.post(f"{letter}/buang", letter).status_code == 303
    assert count(desk, TakedownLetter) == 0
    assert rina.get(letter).status_code == 404
    kept = make(rina, page, **{"ke-instagram": [POST]}).headers["Location"]
    other = desk.code(desk.report(told()))
    assert rina.get(kept.replace(code, other)).status_code == 404, "another case's letter"
    shown = choose(rina, page)
    send(rina, kept)
    twice = rina.post(f"{kept}/kirim", kept, versi=1, pada="2026-01-01T00:00")
    assert (twice.status_code, count(desk, Takedown)) == (303, 1), "noted twice is noted once"
    assert rina.post(f"{kept}/buang", kept).status_code == 409
    assert "Batas mengadu" in rina.get(f"/kasus/{code}").text
    desk.workshop.withdraw(report)
    assert make(rina, page, shown, **{"ke-telegram": [CHANNEL]}).status_code == 303
    assert count(desk, TakedownLetter) == 1, "nothing is made once the reporter has asked for erasure"
    assert take(rina, kept, "csv").status_code == 409
    assert "Batas mengadu" not in rina.get(f"/kasus/{code}").text, "nobody complains on the word of what is gone"
    desk.workshop.run()
    assert "Batas mengadu" not in rina.get(f"/kasus/{code}").text
    assert (count(desk, TakedownLetter), count(desk, Takedown)) == (0, 0)
    assert "surat baru tidak bisa dibuat" in rina.get(page).text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_of_a_closed_case_nothing_is_opened_and_old_letters_can_be_read(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report(told())
    page = where(desk, report)
    letter = make(rina, page, **{"ke-instagram": [POST]}).headers["Location"]
    with desk.owner() as session:
        session.execute(update(Case).values(status=CaseStatus.CLOSED, closed_at=desk.clock.now))
        session.commit()
    before = desk.acts(report)
    assert rina.post(f"{page}/pilih", page).status_code == 303
    assert take(rina, letter, "pdf").status_code == 409
    assert desk.acts(report) == before
    assert POST in rina.get(letter).text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_counsellors_and_supervisors_write_letters_and_meet_no_indonesian_in_english(desk: DeskRoom) -> None:
    report = desk.report(told())
    page = where(desk, report)
    officer, admin = desk.seat("bukti", StaffRole.EVIDENCE_OFFICER), desk.seat("admin", StaffRole.ADMINISTRATOR)
    for person in (officer, admin):
        assert person.get(page).status_code == 403
        assert person.post(f"{page}/pilih", "/akun").status_code == 403
    sari = desk.seat("sari", StaffRole.SUPERVISOR)
    sari.post("/bahasa", "/akun", language="en")
    shown = choose(sari, page)
    expect_english(make(sari, page, shown).text)
    letter = make(sari, page, shown, **{"ke-saman": [POST]}).headers["Location"]
    send(sari, letter)
    desk.clock.advance(hours=25)
    sari.sign_in()
    sari.post(f"{letter}/tagih", letter, baru=hidden(sari.get(letter).text, "baru"))
    case = sari.get(f"/kasus/{desk.code(report)}").text
    assert "StopNCII.org: 18 and over" in case
    for seen in (sari.get(page).text, sari.get(letter).text, case):
        expect_english(seen)
    with desk.owner() as session:
        part = session.scalars(select(ReportPart).where(ReportPart.report_id == report)).one()
        part.box = part.box[:-1] + bytes([part.box[-1] ^ 1])
        session.commit()
    assert sari.post(f"{page}/pilih", page).status_code == 303, "a damaged report is said to be, and nothing is shown"
    assert CustodyAction.READ_FAILED in desk.acts(report)
