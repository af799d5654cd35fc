"""What stands in a referral as rows of words, what each shared part means, and what is still missing."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from casefile.directory import freshness
from casefile.models import DirectoryEntry
from casefile.vocabulary import Freshness, ReferralAct, SharedPart
from casefile.wording import N_
from triage.papers_in_words import Difference, Row
from triage.phrases import day, word
from triage.referrals import Bar, Plan

PART_HINTS: dict[SharedPart, str] = {
    SharedPart.SUMMARY: N_("Jenis, usia, tempat, dan ancaman dalam satu kalimat."),
    SharedPart.KINDS: N_("Semua jenis yang dicentang pelapor."),
    SharedPart.AGE: N_("Kelompok usia, bukan tanggal lahir."),
    SharedPart.GENDER: N_("Dua jawaban yang mungkin dilewati pelapor."),
    SharedPart.PLATFORMS: N_("Nama aplikasi atau situs, tanpa alamat."),
    SharedPart.RELATION: N_("Misalnya mantan atau guru. Bisa membuat orang dikenali."),
    SharedPart.DISTRICT: N_("Kecamatan tempat tinggal. Bisa membuat orang dikenali."),
    SharedPart.NEEDS: N_("Bantuan yang dicentang pelapor."),
    SharedPart.CONTACT: N_("Nomor atau alamat, jam, dan sapaan. Penerima bisa menghubungi langsung."),
    SharedPart.URGENCY: N_("Tingkat dan alasannya. Yang menyangkut laporan lain dan perasaan tidak ikut."),
    SharedPart.FEELING: N_("Bisa memuat pikiran mengakhiri hidup. Pilih hanya bila penerima perlu tahu."),
    SharedPart.STORY: N_("Semua kata pelapor, juga tambahannya. Bisa memuat nama. Baca dulu di pratinjau."),
    SharedPart.ADDRESSES: N_("Persis seperti ditulis pelapor. Bisa memuat akun yang mengalami."),
    SharedPart.FINGERPRINTS: N_("Hanya jumlahnya. Sidik dan gambar tidak pernah ikut."),
}

BAR_SENTENCES: dict[Bar, str] = {
    Bar.NO_BASIS: N_("Belum ada dasar. Draf bisa disimpan, belum bisa dikirim."),
    Bar.NO_CONSENT: N_("Pelapor belum memberi izin untuk bidang ini. Belum bisa dikirim."),
    Bar.NOT_ON_FORM: N_("Formulir tidak menanyakan izin untuk bidang ini. Tanyakan lewat percakapan."),
    Bar.TAKEN_BACK: N_("Pelapor mengubah izinnya setelah itu dan tidak menyebut bidang ini. Tanyakan lagi."),
    Bar.NO_NOTE: N_("Tulis alasan atau bunyi izin di bawah dasarnya."),
    Bar.NOT_POLICE: N_("Kewajiban Pasal 41 hanya untuk polisi. Pilih dasar lain."),
    Bar.NOT_APPROVED: N_("Menunggu persetujuan penyelia lain, karena pelapor belum memberi izin."),
}

ASKED: dict[ReferralAct, str] = {
    ReferralAct.ACCEPTED: N_("Keterangan (boleh kosong)"),
    ReferralAct.REFUSED: N_("Mengapa ditolak?"),
    ReferralAct.DONE: N_("Apa hasilnya?"),
    ReferralAct.WITHDRAWN: N_("Mengapa ditarik?"),
    ReferralAct.TOLD: N_("Bagaimana penerima diberi tahu? (boleh kosong)"),
}
"""What the form of an outcome asks for; one that is not here asks nothing."""

DEEDS: dict[ReferralAct, str] = {
    ReferralAct.ACCEPTED: N_("Catat: diterima"),
    ReferralAct.REFUSED: N_("Catat: ditolak"),
    ReferralAct.DONE: N_("Catat: selesai"),
    ReferralAct.WITHDRAWN: N_("Tarik rujukan"),
    ReferralAct.RESUMED: N_("Batalkan langkah terakhir"),
    ReferralAct.TOLD: N_("Catat: penerima sudah diberi tahu"),
    ReferralAct.DISCARDED: N_("Buang draf"),
}
"""Buttons."""


def put_in_words(plan: Plan) -> list[Row]:
    """The filled parts of a draft, in the order of its form."""
    rows = [
        Row(_("Penerima"), _lines(plan.recipient)),
        Row(_("Bidang"), (target_word(plan),)),
        Row(_("Yang diminta"), _lines(plan.purpose)),
        Row(_("Keterangan untuk penerima"), _lines(plan.account)),
        Row(_("Data yang dibagikan"), tuple(word(part) for part in SharedPart if part in plan.parts)),
        Row(_("Dasar"), ((word(plan.basis),) if plan.basis else ()) + _lines(plan.basis_note)),
    ]
    return [row for row in rows if row.lines]


def list_differences(now: Plan | None, typed: Plan) -> list[Difference]:
    """The parts in which two states of a draft differ."""
    old = {row.label: row.lines for row in put_in_words(now)} if now else {}
    new = {row.label: row.lines for row in put_in_words(typed)}
    found = [Difference(name, old.get(name, ()), new.get(name, ())) for name in dict.fromkeys([*new, *old])]
    return [one for one in found if one.now != one.typed]


def target_word(plan: Plan) -> str:
    """The recipient's field of work."""
    return word(plan.target) if plan.target else _("Bidang lain")


def checked_word(entry: DirectoryEntry, today: date) -> str:
    """How far an entry of the directory may be trusted."""
    if entry.verified_on is None:
        return word(Freshness.UNCHECKED)
    return _("%(state)s, %(day)s", state=word(freshness(entry.verified_on, today)), day=day(entry.verified_on))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())
