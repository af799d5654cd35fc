"""What the pages about evidence bundles share: sentences, ways back, attachments, what one browser is reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.database import begin_write
from casefile.errors import CustodyError, KeyFileError, SignatureError, UnsealError
from casefile.models import Case
from casefile.sealed_sessions import BUNDLE_DRAFTS
from triage.browser import sealed_session
from triage.bundles import BundleBar, BundleBarredError, BundleFacts, decode_facts, encode_facts, get_bundle
from triage.bundles.decisions import refuse_withdrawn
from triage.casework import get_case
from triage.errors import MissingKeyError, WrongStateError
from triage.extensions import db, desk

DRAFT_LIFETIME = timedelta(minutes=30)
"""How long one browser may read what it opened."""
CANNOT_BUILD = (UnsealError, CustodyError, SignatureError, MissingKeyError, KeyFileError)


@dataclass(frozen=True)
class Reading:
    """What one browser opened for a bundle. ``is_chosen`` once a form was filled, ``facts.bundle_id`` once asked."""

    facts: BundleFacts
    is_chosen: bool


def keep_reading(reading: Reading) -> None:
    """Keep what was opened where only this browser's cookie opens it, in place of what it read before. Commits."""
    session, now = db.session(), desk().clock()
    session.rollback()
    begin_write(session)
    case_id = get_case(session, reading.facts.case_code).id
    values = {"facts": encode_facts(reading.facts).decode(), "is_chosen": reading.is_chosen}
    key, until = sealed_session().cookie_key, now + DRAFT_LIFETIME
    BUNDLE_DRAFTS.save(session, key, values, until, case_id=case_id)
    session.commit()


def find_reading(code: str, bundle_id: UUID | None) -> Reading | None:
    """What this browser opened for this case and bundle, if its time is not over and nothing was withdrawn.

    Raises ``BundleBarredError`` when something was.
    """
    session = db.session()
    session.rollback()
    values = BUNDLE_DRAFTS.load(session, sealed_session().cookie_key, desk().clock())
    if values is None:
        return None
    facts = decode_facts(values["facts"].encode())
    if (facts.case_code, facts.bundle_id) != (code, bundle_id):
        return None
    refuse_withdrawn(session, get_case(session, code).id)
    session.rollback()
    return Reading(facts, values["is_chosen"])


def choose(reading: Reading, facts: BundleFacts) -> None:
    """Keep what was chosen. Commits."""
    keep_reading(replace(reading, facts=facts, is_chosen=True))


def drop_reading() -> None:
    """Erase what this browser opened, in the caller's transaction."""
    BUNDLE_DRAFTS.drop(db.session(), sealed_session().cookie_key)


def code_of(bundle_id: UUID) -> str:
    """The case's code."""
    session = db.session()
    code = session.get_one(Case, get_bundle(session, bundle_id).case_id).code
    session.rollback()
    return code


def not_now(code: str, error: BundleBarredError | WrongStateError) -> ResponseReturnValue:
    """Back to the list, with the rule that stands in the way."""
    db.session.rollback()
    if isinstance(error, BundleBarredError):
        flash(bar_sentence(error.bar))
    else:
        flash(_("Langkah ini sudah lewat. Lihat keadaan berkasnya di bawah."))
    return redirect(url_for("bundles.show", code=code), code=303)


def failed(code: str) -> ResponseReturnValue:
    """Back to the list: something did not open or does not fit; nothing has left."""
    db.session.rollback()
    flash(_("Berkas gagal dibuat. Tidak ada yang terkirim."))
    return redirect(url_for("bundles.show", code=code), code=303)


def too_late(code: str) -> ResponseReturnValue:
    """Back to the list: what was opened is gone."""
    db.session.rollback()
    flash(_("Waktu membaca habis. Buka lagi dari awal."))
    return redirect(url_for("bundles.show", code=code), code=303)


def attachment(content: bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def bar_sentence(bar: BundleBar) -> str:
    """The rule that stands in the way, as a person is told."""
    return {
        BundleBar.SAME_PERSON: _("Anda yang meminta berkas ini. Orang lain harus memutuskan."),
        BundleBar.WITHDRAWN: _("Pelapor menarik laporannya. Tidak ada yang boleh dikirim."),
        BundleBar.NO_CONSENT: _("Pelapor tidak memberi izin ke polisi di formulir. Pilih dasar lain."),
        BundleBar.ALREADY_REQUESTED: _("Sudah ada permintaan untuk kasus ini yang menunggu keputusan."),
        BundleBar.NOT_FILLED_IN: _("Isi penerima, tujuan, dan dasar."),
        BundleBar.ANNEX_NOT_WHOLE: _("Lampiran identitas: isi nama penyidik, kuncinya, dan isinya."),
        BundleBar.ANNEX_NO_CONSENT: _("Lampiran identitas: centang bahwa pelapor setuju, atau kosongkan lampiran."),
        BundleBar.AGE_KEY: _("Kunci age salah. Bentuknya age1, lalu 58 huruf kecil atau angka."),
        BundleBar.NOTHING_LEFT: _("Centang paling sedikit satu isi."),
        BundleBar.FINGERPRINTS_REASON: _("Tulis alasan menyertakan sidik gambar."),
        BundleBar.NOT_YOURS: _("Hanya yang meminta bisa menarik permintaan ini."),
        BundleBar.NO_BUILDER: _("Mesin penyusun sedang mati. Beri tahu pengelola, lalu coba lagi."),
    }[bar]
