"""The letter as a paper: what is asked of whom, on what basis, by when, for which addresses. Indonesian."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from babel.dates import format_date, format_time

from casefile.vocabulary import YesNoUnknown
from casefile.wib import WIB
from triage.bundles.pages import OFFICE_NAME
from triage.printing import Block, Bullets, Facts, Heading, Paper, Signatures, Table, Text
from triage.takedown_letters.contents import ExtraRequest, LetterContents, reference_of

CHILD_WORDS: dict[YesNoUnknown, str] = {
    YesNoUnknown.YES: "ya",
    YesNoUnknown.NO: "tidak",
    YesNoUnknown.UNKNOWN: "tidak diketahui",
}
_COLUMNS = ("No", "Alamat", "Akun", "Diketahui kantor")
_WIDTHS = (0.06, 0.54, 0.22, 0.18)
_EXTRAS: dict[ExtraRequest, str] = {
    ExtraRequest.PRESERVE: "Sebelum itu, simpan datanya untuk polisi: unggahan, akun, dan catatan aksesnya.",
    ExtraRequest.NO_NOTICE: "Jangan beri tahu pengunggah tentang permintaan ini.",
}


def compose(letter_id: UUID, contents: LetterContents) -> Paper:
    """The paper that leaves."""
    title = "Tagihan permintaan menurunkan konten" if contents.follows else "Permintaan menurunkan konten"
    subtitle = "MENDESAK: gambar seksual anak" if contents.is_urgent else "RAHASIA"
    return Paper(title, f"{reference_of(letter_id)}, rahasia", tuple(_blocks(letter_id, contents)), subtitle)


def list_requests(contents: LetterContents) -> tuple[str, ...]:
    """What is asked, one sentence each."""
    extras = (_EXTRAS[extra] for extra in ExtraRequest if extra in contents.extras)
    return ("Turunkan atau tutup akses ke semua alamat di bawah, juga salinannya di layanan Anda.", *extras)


def long_day(on: date) -> str:
    """``26 November 2026``."""
    return format_date(on, "d MMMM yyyy", locale="id")


def long_moment(moment: datetime) -> str:
    """``26 November 2026 pukul 10.00 WIB``."""
    local = moment.astimezone(WIB)
    return f"{long_day(local.date())} pukul {format_time(local, 'HH.mm', tzinfo=WIB, locale='id')} WIB"


def _blocks(letter_id: UUID, contents: LetterContents) -> Iterator[Block]:
    yield Facts(
        (
            ("Nomor", reference_of(letter_id)),
            ("Tanggal", long_day(contents.made_on)),
            ("Kepada", contents.recipient_name),
            ("Dari", OFFICE_NAME),
            ("Petugas", contents.officer),
        )
    )
    if contents.follows:
        yield Text(_says_first(contents))
    yield Heading("Yang diminta")
    yield Bullets((*list_requests(contents), "Jawab kami dengan hasil untuk tiap alamat dan nomor tiketnya."))
    yield Heading("Jenis konten")
    yield Facts((("Kategori Anda", contents.category), ("Anak terlihat", CHILD_WORDS[contents.shows_child])))
    yield Heading("Dasar")
    yield Bullets(contents.laws)
    yield Text("Pasal yang disebut adalah indikasi, bukan kesimpulan hukum.")
    yield Heading("Batas waktu")
    yield Text(f"{contents.hours} jam sejak surat ini diterima ({contents.deadline_law}).")
    yield Heading("Alamat")
    rows = tuple(
        (str(number), line.address, line.account or "–", long_day(line.seen_on))
        for number, line in enumerate(contents.lines, start=1)
    )
    yield Table(_COLUMNS, rows, _WIDTHS)
    yield Text(_no_picture(contents))
    yield Signatures((("Petugas", contents.officer),))


def _says_first(contents: LetterContents) -> str:
    first, deadline = contents.follows, contents.first_deadline
    if first is None or deadline is None:
        return ""
    ticket = f", nomor tiket {first.ticket}" if first.ticket else ""
    return (
        f"Surat ini menagih surat {reference_of(first.id)} yang dikirim {long_moment(first.sent_at)}{ticket}."
        f" Batas waktunya lewat pada {long_moment(deadline)}."
        " Kami belum mendapat kabar bahwa alamat di bawah sudah turun."
    )


def _no_picture(contents: LetterContents) -> str:
    said = "Gambar tidak dilampirkan: kantor ini tidak menyimpan gambar."
    return f"{said} Jangan minta, salin, atau kirimkan gambarnya." if contents.is_urgent else said
