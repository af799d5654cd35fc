"""What staff ask aloud and write down: the portal's questions on one page, and how the report came in.

Everybody is asked everything, since one page cannot follow the answers; what was left blank counts as skipped. No
picture is taken here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from casefile.filing import Arrival
from casefile.origin import Origin
from casefile.questions import (
    ABOUT_EVENTS,
    ABOUT_HELP,
    ABOUT_SAFETY,
    ABOUT_TRACES,
    CONSENTS,
    TICKED,
    Fault,
    Faults,
    Field,
    Filled,
    Values,
    Widget,
    make_submission,
    read_field,
    require_event,
    require_year,
)
from casefile.receipts import ReceiptKeys
from casefile.submission import Submission
from casefile.vocabulary import Channel, Consent, LegalBasis
from casefile.wib import day_start, local_date
from casefile.wording import N_

DAY = "tanggal_terima"
CODE = "buat_kode"
CONSENT_TEXT = "meja-1"
"""Names the texts that staff read out: those of ``casefile.questions.asked`` with the words of this module."""
LONGEST_BACK = timedelta(days=366)
"""How long ago a report may have been received. What is older belongs into the import of a register."""


def _everybody(_filled: Filled) -> bool:
    return True


def _ask(fields: tuple[Field, ...], changed: Mapping[str, Field] | None = None) -> tuple[Field, ...]:
    return tuple(replace((changed or {}).get(field.name, field), shown=_everybody) for field in fields)


def _reworded(fields: tuple[Field, ...], words: Mapping[str, tuple[str, str]]) -> dict[str, Field]:
    named = {field.name: field for field in fields}
    return {name: replace(named[name], label=label, help=hint) for name, (label, hint) in words.items()}


_ARRIVING = (
    Field(
        name="kanal",
        label=N_("Lewat mana laporan ini masuk?"),
        widget=Widget.RADIO,
        options=Channel,
        left_out=frozenset({Channel.WEB, Channel.REGISTER}),
    ),
)
_SAFETY = _reworded(
    ABOUT_SAFETY,
    {
        "aman_sekarang": (N_("Apakah Anda aman untuk bicara sekarang?"), ""),
        "peran": (N_("Siapa yang melapor?"), ""),
    },
)
_EVENTS = _reworded(
    ABOUT_EVENTS,
    {
        "cerita": (
            N_("Cerita, sedekat mungkin dengan kata-kata pelapor"),
            N_("Boleh singkat. Jangan tulis nama lengkap, NIK, atau alamat pelapor."),
        ),
    },
)
_AGREEING = (
    Field(
        name="dasar",
        label=N_("Dasar menyimpan laporan ini"),
        help=N_("Tanya dulu. Tanpa persetujuan hanya bila hukum atau nyawa menuntutnya."),
        plain=CONSENTS[0].plain,
        widget=Widget.RADIO,
        options=LegalBasis,
    ),
    *_ask(tuple(field for field in CONSENTS if field.name != Consent.PROCESSING)),
)


@dataclass(frozen=True)
class Section:
    """A part of the page."""

    name: str
    title: str
    fields: tuple[Field, ...]


SECTIONS = (
    Section("masuk", N_("Masuknya laporan"), _ARRIVING),
    Section("keadaan", N_("Keadaan sekarang"), _ask(ABOUT_SAFETY, _SAFETY)),
    Section("kejadian", N_("Apa yang terjadi"), _ask(ABOUT_EVENTS, _EVENTS)),
    Section("akun", N_("Akun dan tempat"), _ask(ABOUT_TRACES)),
    Section("bantuan", N_("Bantuan dan kontak"), _ask(ABOUT_HELP)),
    Section("izin", N_("Izin, dibacakan ke pelapor"), _AGREEING),
)
FIELDS = tuple(field for section in SECTIONS for field in section.fields)
TEXT_NAMES = tuple(field.name for field in FIELDS if field.widget.is_text)
"""Fields that hold words."""


@dataclass(frozen=True)
class EnteredReport:
    """A report as it was written down, without fault."""

    filled: Filled
    channel: Channel
    received_on: date
    wants_code: bool

    def submission(self) -> Submission:
        """What is sealed."""
        origin = Origin(self.channel, LegalBasis(self.filled.one("dasar")))
        return replace(make_submission(self.filled, FIELDS, CONSENT_TEXT), origin=origin)

    def arrival(self, now: datetime, receipt: ReceiptKeys | None) -> Arrival:
        """Of today, the clocks run from now; of an earlier day, from its beginning, so that nobody waits too long."""
        is_today = self.received_on == local_date(now)
        return Arrival(self.channel, self.received_on, now if is_today else day_start(self.received_on), receipt)


@dataclass(frozen=True)
class ReadForm:
    """What was typed, whatever is wrong with it; ``report`` is None where there are faults."""

    filled: Filled
    faults: Faults
    report: EnteredReport | None = None


def read_form(sent: Values, today: date) -> ReadForm:
    """Read the page. ``today`` is the day in Jakarta."""
    values, faults = keep_typed(sent), {}
    for asked in FIELDS:
        values.pop(asked.name, None)
        kept, fault = read_field(asked, [one for one in sent.get(asked.name, []) if one.strip()], today.year)
        if kept:
            values[asked.name] = kept
        if fault:
            faults[asked.name] = [fault]
    filled = Filled(values)
    received_on, wrong_day = _read_day(filled.one(DAY), today)
    faults = {**_rules(filled), **wrong_day, **faults}
    if faults or received_on is None:
        return ReadForm(filled, faults)
    report = EnteredReport(filled, Channel(filled.one("kanal")), received_on, filled.one(CODE) == TICKED)
    return ReadForm(filled, {}, report)


def keep_typed(sent: Values) -> dict[str, list[str]]:
    """The fields of the page as they were sent, without looking at them."""
    names = [DAY, CODE, *(field.name for field in FIELDS)]
    typed = {name: [one for one in sent.get(name, []) if one.strip()] for name in names}
    return {name: kept for name, kept in typed.items() if kept}


def _rules(filled: Filled) -> Faults:
    faults = {**_require_story_or_kind(filled), **require_year(filled)}
    if not filled.one("kanal"):
        faults["kanal"] = [Fault(N_("Pilih lewat mana laporan ini masuk."))]
    if not filled.one("dasar"):
        faults["dasar"] = [Fault(N_("Pilih dasar menyimpan laporan."))]
    return faults


def _require_story_or_kind(filled: Filled) -> Faults:
    """A witness too may tell a story here: somebody wrote it down."""
    return require_event(Filled({name: kept for name, kept in filled.values.items() if name != "peran"}))


def _read_day(typed: str, today: date) -> tuple[date | None, Faults]:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        return None, {DAY: [Fault(N_("Isi tanggal, misalnya 2026-11-23."))]}
    if day > today:
        return None, {DAY: [Fault(N_("Tanggal ini belum tiba."))]}
    if day < today - LONGEST_BACK:
        return None, {DAY: [Fault(N_("Paling lama setahun yang lalu."))]}
    return day, {}
