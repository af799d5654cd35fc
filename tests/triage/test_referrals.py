"""Referrals: nothing leaves but what was ticked and read, nothing without a basis, and every step is on record."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html import unescape
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from casefile.additions import Material
from casefile.contents import REFERRAL_NOTE
from casefile.custody import list_entries
from casefile.models import Referral, ReferralStep, ReplyDraft
from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.unsealing import open_note
from casefile.vocabulary import (
    AgeBand,
    ContactWay,
    CustodyAction,
    District,
    Feeling,
    HarmKind,
    Platform,
    ReasonCode,
    ReferralAct,
    ReferralBasis,
    ReferralState,
    ReferralTarget,
    SharedPart,
    StaffRole,
    Urgency,
)
from tests.contracts.test_stolen_copy import dump_database
from tests.english import expect_english
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person, hidden
from triage.casework import Doing
from triage.errors import ChangedError, WrongStateError
from triage.reader import Reader
from triage.referrals import Bar, ConsentStand, Plan, Sharing, compose, find_bar
from triage.referrals.following import replay
from triage.referrals.letter import Letter
from triage.referrals.writing import Ready, send_referral

PSYCHOLOGIST = Consents(referrals=frozenset({ReferralTarget.PSYCHOLOGIST}), text_version="id-1")
NOBODY = Consents(text_version="id-1")
STORY = "Mantanku memotret di kos Melati."
LAWYER = "Yayasan Contoh Rahasia"
ASKS = "Tolong dampingi di sidang"
ANSWERS = Answers(
    kinds=frozenset({HarmKind.SEXTORTION}),
    age=AgeBand.FROM_18,
    platforms=frozenset({Platform.INSTAGRAM}),
    district=District.TEBET,
    feeling=Feeling.SUICIDAL,
)


def report_with(desk: DeskRoom, consents: Consents) -> UUID:
    told = make_submission(answers=ANSWERS, story=STORY, addresses=("@akun_lawan",), consents=consents)
    return desk.report(told)


def draft(person: Person, code: str, **fields: object) -> str:
    """Fill in and send the form of a new referral; the address of the referral."""
    page = f"/kasus/{code}/rujukan/baru"
    given = {"penerima": LAWYER, "bidang": "psikolog", "tujuan": ASKS, "dasar": "consent", **fields}
    answer = person.post(page, page, nomor=hidden(person.get(page).text, "nomor"), **given)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def send(person: Person, referral: str, shown: str | None = None) -> object:
    """Send what the preview (or ``shown``) shows."""
    page = shown or person.post(f"{referral}/pratinjau", referral).text
    return person.post(f"{referral}/kirim", referral, version=hidden(page, "version"), surat=hidden(page, "surat"))


def follow(person: Person, referral: str, act: str, words: str = "", version: str | None = None) -> object:
    seen = version or hidden(person.get(referral).text, "version")
    return person.post(f"{referral}/langkah", referral, version=seen, langkah=act, keterangan=words)


def letter_on(page: str) -> str:
    return unescape(re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)[1])


def digest_of(letter: str, officer: str) -> str:
    """What the form of a preview carries where it has a button to send."""
    body = letter.partition(f"Petugas    : {officer}\n")[2].rstrip("\n")
    return sha256(body.encode()).hexdigest()


def only_row(desk: DeskRoom) -> Referral:
    with desk.owner() as session:
        return session.scalars(select(Referral)).one()


def details(desk: DeskRoom, report: UUID, action: CustodyAction) -> list[dict[str, str]]:
    with desk.owner() as session:
        bodies = [json.loads(entry.body) for entry in list_entries(session, report)]
    return [body.get("detail", {}) for body in bodies if body["action"] == action]


def test_only_what_was_ticked_and_read_leaves_and_every_step_is_on_record(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), report_with(desk, PSYCHOLOGIST)
    code = desk.code(report)
    empty = rina.get(f"/kasus/{code}/rujukan/baru").text
    assert empty.count('type="checkbox"') == len(SharedPart)
    assert 'type="checkbox" checked' not in re.sub(r'name="\w+" value="\w+" ?', "", empty)
    assert "Boleh diteruskan ke: Psikolog" in empty
    referral = draft(rina, code, bagi=["age", "addresses"])
    shown = rina.post(f"{referral}/pratinjau", referral).text
    letter = letter_on(shown)
    for words in (LAWYER, ASKS, "Kelompok usia:", "18–24", "@akun_lawan", code, "Rina"):
        assert words in letter
    for words in (STORY, "Tebet", "Instagram", "pemerasan", "mengakhiri hidup", "Tingkat"):
        assert words not in letter
    assert send(rina, referral, shown).status_code == 303
    kept = rina.get(f"{referral}/surat").text
    assert letter_on(kept) == letter, "what is kept is what was read"
    with desk.owner() as session:
        sent = session.scalars(select(ReferralStep).where(ReferralStep.act == ReferralAct.SENT)).one()
    opened = open_note(desk.workshop.office.epoch, sent.box, REFERRAL_NOTE, sent.id.bytes)
    assert json.loads(opened)["letter"] == letter
    row = only_row(desk)
    assert (row.state, row.sent_on, row.choices_number) == (ReferralState.SENT, sent.done_on, 1)
    assert details(desk, report, CustodyAction.REFERRAL_SENT) == [{"referral": str(row.id), "basis": "consent"}]
    assert {"purpose": "referral"} in details(desk, report, CustodyAction.READ)
    stolen = dump_database(desk.workshop.database)
    for words in (LAWYER, ASKS, "akun_lawan"):
        assert words.encode() not in stolen
    assert "Rina mengirim rujukan." in rina.get(f"/kasus/{code}/riwayat").text
    assert send(rina, referral, shown).status_code == 303, "a form sent twice changes nothing"
    assert len(details(desk, report, CustodyAction.REFERRAL_SENT)) == 1


def test_an_outcome_needs_its_words_can_be_taken_back_and_counts_as_open_until_then(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), report_with(desk, PSYCHOLOGIST)
    code = desk.code(report)
    referral = draft(rina, code)
    send(rina, referral)
    case = rina.get(f"/kasus/{code}").text
    assert "Dikirim, menunggu jawaban: 1" in case
    assert "rujukan yang belum selesai: 1" in case
    assert follow(rina, referral, "refused").status_code == 422
    stale = hidden(rina.get(referral).text, "version")
    assert follow(rina, referral, "accepted").status_code == 303
    late = follow(rina, referral, "withdrawn", "Salah penerima rahasia", stale)
    assert late.status_code == 409
    assert ">Salah penerima rahasia</textarea>" in late.text.replace("\n", ""), "what was typed is kept"
    assert follow(rina, referral, "done", "Sudah didampingi tiga kali").status_code == 303
    row = only_row(desk)
    assert (row.state, row.answered_on, row.ended_on) == (ReferralState.DONE, row.sent_on, row.sent_on)
    assert "rujukan yang belum selesai" not in rina.get(f"/kasus/{code}").text
    assert b"didampingi" not in dump_database(desk.workshop.database)
    assert follow(rina, referral, "resumed").status_code == 303
    row = only_row(desk)
    assert (row.state, row.answered_on, row.ended_on) == (ReferralState.ACCEPTED, row.sent_on, None)
    assert follow(rina, referral, "refused", "x").status_code == 409, "not possible from here"
    assert follow(rina, referral, "withdrawn", "Pelapor pindah kota").status_code == 303
    page = rina.get(referral).text
    for words in ("Sudah didampingi tiga kali", "Langkah terakhir dibatalkan", "Pelapor pindah kota"):
        assert words in page, "nothing is overwritten"
    assert only_row(desk).state is ReferralState.WITHDRAWN


def test_without_consent_a_draft_waits_and_asking_keeps_what_was_begun(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), report_with(desk, NOBODY)
    code = desk.code(report)
    talk = f"/kasus/{code}/percakapan"
    referral = draft(rina, code)
    assert "Pelapor belum memberi izin untuk bidang ini." in rina.get(referral).text
    shown = rina.post(f"{referral}/pratinjau", referral).text
    assert "saya menyerahkannya sendiri" not in shown
    form = {"version": hidden(rina.get(referral).text, "version"), "surat": digest_of(letter_on(shown), "Rina")}
    assert rina.post(f"{referral}/kirim", referral, **form).status_code == 409
    assert only_row(desk).state is ReferralState.DRAFT
    rina.post(f"{talk}/draf", talk, text="Kalimat saya sendiri")
    for _ in range(2):
        assert rina.post(f"/kasus/{code}/rujukan/minta-izin", referral).status_code == 303
    box = rina.get(talk).text
    assert box.index("Kalimat saya sendiri") < box.index("kami perlu izin Anda")
    assert box.count("kami perlu izin Anda") == 1
    with desk.owner() as session:
        assert session.scalar(select(func.count()).select_from(ReplyDraft)) == 1
    desk.workshop.choose(report, PSYCHOLOGIST)
    assert send(rina, referral).status_code == 303
    assert only_row(desk).choices_number == 2
    desk.workshop.choose(report, replace(PSYCHOLOGIST, may_compare=False))
    points = "Pelapor mengubah izin setelah rujukan dikirim."
    assert points in rina.get(f"/kasus/{code}").text
    assert "beri tahu penerima" not in rina.get(f"/kasus/{code}/rujukan").text
    assert points not in rina.get(f"/kasus/{code}").text, "who looked saw that it still holds"


def test_consent_taken_back_bars_sending_and_asks_to_tell_who_has_it(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), report_with(desk, PSYCHOLOGIST)
    code = desk.code(report)
    tell = "Pelapor menarik izin: beri tahu penerima."
    sent, spoken = draft(rina, code), draft(rina, code, bidang="lain", dasar="spoken", alasan_dasar="Lewat telepon")
    waiting = draft(rina, code)
    send(rina, sent)
    read = rina.post(f"{spoken}/pratinjau", spoken).text
    assert "saya menyerahkannya sendiri" in read, "words count where the form does not ask"
    desk.workshop.choose(report, NOBODY)
    assert "Pelapor mengubah izin setelah rujukan dikirim." in rina.get(f"/kasus/{code}").text
    assert rina.get(f"/kasus/{code}/rujukan").text.count(tell) == 1
    assert tell in rina.get(sent).text
    assert send(rina, spoken, read).status_code == 409, "what was said before does not outlive a newer choice"
    assert "belum memberi izin" in rina.post(f"{waiting}/pratinjau", waiting).text
    assert follow(rina, sent, "told", "Lewat telepon kantor").status_code == 303
    assert tell not in rina.get(sent).text
    assert "Pelapor mengubah izin setelah" not in rina.get(f"/kasus/{code}").text
    kept = {"penerima": LAWYER, "bidang": "lain", "tujuan": "Lain", "dasar": "spoken"}
    seen = hidden(rina.get(f"{spoken}/ubah").text, "version")
    rina.post(f"{spoken}/ubah", spoken, version=seen, alasan_dasar="Lewat telepon", **kept)
    assert "Tanyakan lagi." in rina.get(spoken).text, "another edit does not renew it"
    seen = hidden(rina.get(f"{spoken}/ubah").text, "version")
    rina.post(f"{spoken}/ubah", spoken, version=seen, alasan_dasar="Ditanya lagi hari ini", **kept)
    assert send(rina, spoken).status_code == 303


def test_the_duty_to_report_needs_a_reason_the_police_and_another_supervisor(desk: DeskRoom) -> None:
    rina, tuti = desk.seat("rina", StaffRole.SUPERVISOR), desk.seat("tuti", StaffRole.SUPERVISOR)
    budi, code = desk.seat("budi"), desk.code(report_with(desk, NOBODY))
    duty = {"penerima": LAWYER, "tujuan": ASKS, "dasar": "duty", "alasan_dasar": "Anak dalam bahaya", "bagi": "age"}
    referral = draft(rina, code, **duty)
    assert "hanya untuk polisi" in rina.get(referral).text
    seen = hidden(rina.get(f"{referral}/ubah").text, "version")
    rina.post(f"{referral}/ubah", referral, version=seen, bidang="polisi", **duty)

    def approve(person: Person, code: str, shown: str) -> int:
        form = {"version": hidden(shown, "version"), "surat": hidden(shown, "surat"), "code": code}
        return person.post(f"{referral}/setujui", referral, **form).status_code

    own = rina.post(f"{referral}/pratinjau", referral).text
    assert "Setujui surat ini" not in own
    assert "Setujui surat ini" not in budi.post(f"{referral}/pratinjau", referral).text
    shown = tuti.post(f"{referral}/pratinjau", referral).text
    assert "Anak dalam bahaya" in shown
    assert "Anak dalam bahaya" not in letter_on(shown)
    assert approve(rina, rina.code(), shown) == 403, "nobody approves what they wrote"
    assert approve(budi, budi.code(), shown) == 403
    assert approve(tuti, "000000", shown) == 403
    assert send(budi, referral, shown).status_code == 409
    assert approve(tuti, tuti.code(), shown) == 303
    seen = hidden(budi.get(f"{referral}/ubah").text, "version")
    budi.post(f"{referral}/ubah", referral, version=seen, bidang="polisi", **{**duty, "bagi": ["age", "story"]})
    assert "Menunggu persetujuan penyelia lain" in budi.get(referral).text, "a change needs a new yes"
    assert approve(tuti, tuti.code(), tuti.post(f"{referral}/pratinjau", referral).text) == 303
    assert STORY in letter_on(budi.post(f"{referral}/pratinjau", referral).text)
    assert send(budi, referral).status_code == 303
    assert "Disetujui orang kedua" in budi.get(referral).text


def test_a_yes_is_to_one_letter_and_not_to_what_the_reporter_adds_later(desk: DeskRoom) -> None:
    rina, tuti = desk.seat("rina"), desk.seat("tuti", StaffRole.SUPERVISOR)
    report = report_with(desk, NOBODY)
    duty = {"bidang": "polisi", "dasar": "duty", "alasan_dasar": "Anak dalam bahaya", "bagi": "story"}
    referral = draft(rina, desk.code(report), **duty)

    def approve() -> int:
        shown = tuti.post(f"{referral}/pratinjau", referral).text
        form = {"version": hidden(shown, "version"), "surat": hidden(shown, "surat"), "code": tuti.code()}
        return tuti.post(f"{referral}/setujui", referral, **form).status_code

    assert approve() == 303
    desk.workshop.add(report, Material(story="Tadi malam dia datang."))
    shown = rina.post(f"{referral}/pratinjau", referral).text
    form = {"version": hidden(rina.get(referral).text, "version"), "surat": digest_of(letter_on(shown), "Rina")}
    assert rina.post(f"{referral}/kirim", referral, **form).status_code == 409
    assert only_row(desk).state is ReferralState.DRAFT
    assert approve() == 303
    assert send(rina, referral).status_code == 303


def test_what_happens_between_reading_and_sending_stops_it(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), report_with(desk, PSYCHOLOGIST)
    code, office = desk.code(report), desk.workshop.office
    draft(rina, code)
    row = only_row(desk)
    doing = Doing(Reader(desk.staff_id("rina"), {1: office.epoch}), office.public, desk.clock.now, row.version)
    ready = Ready(Letter("Surat", "ab"), ConsentStand(PSYCHOLOGIST.referrals, 1))

    def fails(expected: type[Exception]) -> None:
        with desk.owner() as session, pytest.raises(expected):
            send_referral(session, code, row.id, ready, doing)

    desk.workshop.choose(report, NOBODY)
    fails(ChangedError)
    desk.workshop.withdraw(report)
    fails(WrongStateError)
    assert only_row(desk).state is ReferralState.DRAFT


def test_two_drafts_of_one_referral_meet_and_what_changed_since_the_preview_is_read_again(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), report_with(desk, PSYCHOLOGIST)
    code = desk.code(report)
    referral = draft(rina, code, bagi="story")
    fields = {"penerima": LAWYER, "bidang": "psikolog", "dasar": "consent", "bagi": "story"}
    seen = hidden(budi.get(f"{referral}/ubah").text, "version")
    assert rina.post(f"{referral}/ubah", referral, version=seen, tujuan="Kata Rina", **fields).status_code == 303
    clash = budi.post(f"{referral}/ubah", referral, version=seen, tujuan="Kata Budi", **fields)
    assert clash.status_code == 409
    table = clash.text[clash.text.index("<table>") : clash.text.index("</table>")]
    assert "Kata Rina" in table
    assert "Kata Budi" in table
    assert LAWYER not in table, "what is equal is not shown as different"
    again = hidden(clash.text, "version")
    assert budi.post(f"{referral}/ubah", referral, version=again, tujuan="Kata Budi", **fields).status_code == 303
    shown = budi.post(f"{referral}/pratinjau", referral).text
    desk.workshop.add(report, Material(story="Tadi malam dia datang."))
    answer = send(budi, referral, shown)
    assert answer.status_code == 409
    assert "Tadi malam dia datang." in letter_on(answer.text)
    assert send(budi, referral, answer.text).status_code == 303
    assert follow(budi, referral, "discarded").status_code == 409, "what left is not discarded"


def test_a_discarded_draft_and_a_withdrawn_report_leave_nothing_to_read(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), report_with(desk, PSYCHOLOGIST)
    code, other = desk.code(report), desk.code(report_with(desk, PSYCHOLOGIST))
    thrown, kept = draft(rina, code), draft(rina, code)
    assert rina.get(kept.replace(code, other)).status_code == 404, "a referral stays in its case"
    assert follow(rina, thrown, "discarded").status_code == 303
    assert "Isinya sudah dihapus." in rina.get(thrown).text
    with desk.owner() as session:
        boxes = session.execute(
            select(ReferralStep.box).join(Referral).where(Referral.state == ReferralState.DISCARDED)
        ).all()
    assert [box for (box,) in boxes] == [None, None]
    send(rina, kept)
    desk.workshop.withdraw(report)
    assert rina.get(kept).status_code == 409, "from the moment on in which the reporter asked"
    desk.workshop.run()
    with desk.owner() as session:
        assert session.scalar(select(func.count()).select_from(Referral)) == 0
        assert session.scalar(select(func.count()).select_from(ReferralStep)) == 0
    assert CustodyAction.REFERRAL_SENT in desk.acts(report)


def test_the_pages_are_for_counsellors_in_english_too_and_a_wrong_form_is_kept(desk: DeskRoom) -> None:
    rina, officer = desk.seat("rina"), desk.seat("dewi", StaffRole.EVIDENCE_OFFICER)
    code = desk.code(report_with(desk, PSYCHOLOGIST))
    referral = draft(rina, code, bagi=["contact", "urgency"])
    assert officer.get(referral).status_code == 403
    assert "rujukan" not in officer.get(f"/kasus/{code}").text
    page = f"/kasus/{code}/rujukan/baru"
    place = re.search(r'<option translate="no" value="([^"]+)"', rina.get(page).text)[1]
    both = rina.post(page, page, nomor=str(uuid4()), lembaga=place, penerima=LAWYER, tujuan=ASKS, bidang="lain")
    assert both.status_code == 422
    assert f'value="{LAWYER}"' in both.text
    known = draft(rina, code, lembaga=place, penerima="")
    assert "Telepon dulu sebelum menyerahkan." in rina.get(known).text, "nobody has checked the entry"
    rina.post("/bahasa", f"/kasus/{code}", language="en")
    for shown in (f"/kasus/{code}/rujukan", page, referral, known, f"{referral}/ubah"):
        expect_english(rina.get(shown).text)
    expect_english(rina.post(f"{referral}/pratinjau", referral).text)
    send(rina, referral)
    expect_english(rina.get(f"{referral}/surat").text)
    expect_english(rina.get(referral).text)


def plan(basis: ReferralBasis | None, target: ReferralTarget | None = ReferralTarget.POLICE, note: str = "x") -> Plan:
    return Plan(recipient="A", purpose="B", target=target, basis=basis, basis_note=note, choices_number=3)


@pytest.mark.parametrize(
    ("drafted", "targets", "number", "bar"),
    [
        (plan(None), {ReferralTarget.POLICE}, 3, Bar.NO_BASIS),
        (plan(ReferralBasis.CONSENT), {ReferralTarget.POLICE}, 3, None),
        (plan(ReferralBasis.CONSENT), {ReferralTarget.LPSK}, 3, Bar.NO_CONSENT),
        (plan(ReferralBasis.CONSENT), None, 0, Bar.NO_CONSENT),
        (plan(ReferralBasis.CONSENT, None), {ReferralTarget.POLICE}, 3, Bar.NOT_ON_FORM),
        (plan(ReferralBasis.SPOKEN, None), set(), 3, None),
        (plan(ReferralBasis.SPOKEN, None, ""), set(), 3, Bar.NO_NOTE),
        (plan(ReferralBasis.SPOKEN, None), {ReferralTarget.POLICE}, 4, Bar.TAKEN_BACK),
        (plan(ReferralBasis.SPOKEN), {ReferralTarget.POLICE}, 4, None),
        (plan(ReferralBasis.DUTY), set(), 9, Bar.NOT_APPROVED),
        (plan(ReferralBasis.DUTY, note=""), set(), 9, Bar.NO_NOTE),
        (plan(ReferralBasis.DUTY, ReferralTarget.LPSK), set(), 9, Bar.NOT_POLICE),
    ],
)
def test_what_is_missing_before_sending(
    drafted: Plan, targets: set[ReferralTarget] | None, number: int, bar: Bar | None
) -> None:
    stand = ConsentStand(None if targets is None else frozenset(targets), number)
    assert find_bar(drafted, stand, is_approved=False) is bar
    assert find_bar(plan(ReferralBasis.DUTY), stand, is_approved=True) is None


def test_an_undone_step_is_as_if_it_had_not_been() -> None:
    first, later = date(2026, 11, 1), date(2026, 11, 9)
    acts = [ReferralAct.DRAFTED, ReferralAct.DRAFTED, ReferralAct.APPROVED, ReferralAct.SENT, ReferralAct.TOLD]
    sent = [(ReferralState.DRAFT, first), (ReferralState.SENT, first)]
    assert replay((act, first) for act in acts) == sent
    undone = [(ReferralAct.WITHDRAWN, later), (ReferralAct.RESUMED, later)]
    assert replay([*((act, first) for act in acts), *undone]) == sent


SAID = {
    SharedPart.KINDS: "pemerasan",
    SharedPart.AGE: "18–24",
    SharedPart.PLATFORMS: "Instagram",
    SharedPart.DISTRICT: "Tebet",
    SharedPart.CONTACT: "0812-0000-1111",
    SharedPart.FEELING: "mengakhiri hidup",
    SharedPart.STORY: STORY,
    SharedPart.ADDRESSES: "@akun_lawan",
    SharedPart.URGENCY: "Darurat",
}


@pytest.mark.parametrize("part", SharedPart)
def test_each_part_tells_its_own_and_no_letter_tells_of_another_report(part: SharedPart) -> None:
    contact = SafeContact(way=ContactWay.WHATSAPP, address="0812-0000-1111")
    told = Submission(answers=ANSWERS, story=STORY, addresses=("@akun_lawan",), contact=contact)
    reasons = ((ReasonCode.SUICIDAL, 0), (ReasonCode.SAME_ACCOUNT, 3), (ReasonCode.DEMANDS, 2))
    drafted = Plan(recipient="A", purpose="B", parts=frozenset({part}))
    text = compose(drafted, Sharing("K-1", Urgency.P0, reasons, told), "Rina", date(2026, 11, 23)).text
    assert f"{part}" not in text, "only words, no codes"
    others = {other: words for other, words in SAID.items() if other is not part and part is not SharedPart.SUMMARY}
    assert {other for other, words in others.items() if words in text} == set()
    assert SAID.get(part, "DATA YANG DIBAGIKAN") in text
    assert "kasus lain" not in text.lower()
    assert max(len(line) for line in text.split("\n")) <= 80
