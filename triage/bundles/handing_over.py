"""At the desk: ordering the file of an approved bundle, and taking it, once.

Functions that write begin their own write transaction and leave the commit to the caller.
"""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casefile.contents import PACKAGE_NOTE, SHEET_NOTE
from casefile.errors import UnsealError
from casefile.models import Bundle, BundleBuild, Case, OutboxRow
from casefile.outbox import add_job
from casefile.sealing import seal_note
from casefile.vocabulary import BundleState, CustodyAction, JobName, OutboxState
from triage.bundles.builder_key import read_key
from triage.bundles.choosing import hold_back_new
from triage.bundles.decisions import get_bundle, lock_bundle, refuse_barred
from triage.bundles.delivering import Sealed
from triage.bundles.errors import BundleBar, BundleBarredError
from triage.bundles.export import Disclosure, gather_facts, read_case, signing_key
from triage.bundles.facts import BundleFacts
from triage.bundles.sealed_build import Material, Package, seal_material
from triage.bundles.wish import check_basis
from triage.casework import Doing, list_report_ids, log_case
from triage.errors import WrongStateError
from triage.printing import Facts, Paper, Signatures, Text
from verifier.signatures import fingerprint


def order_build(session: Session, bundle_id: UUID, builder_key: Path, doing: Doing) -> None:
    """Hand an approved bundle to the builder: what it is made of is sealed to the builder's key and put on record.

    Does nothing while a build waits or is ready; one that failed is made anew. Raises ``BundleBarredError`` when a
    report or consent was withdrawn or no builder runs, ``WrongStateError`` unless approved and not yet downloaded,
    ``CustodyError``, ``SignatureError``, ``MissingKeyError``, ``KeyFileError``, and as ``read_report``.
    """
    bundle = get_bundle(session, bundle_id)
    _refuse_unready(bundle)
    refuse_barred(session, bundle, doing.reader)
    builder, private = read_key(builder_key), signing_key(doing)
    if builder is None:
        raise BundleBarredError(BundleBar.NO_BUILDER)
    code = session.get_one(Case, bundle.case_id).code
    contents = read_case(session, code, doing)
    bundle = lock_bundle(session, bundle_id)
    _refuse_unready(bundle)
    wish = refuse_barred(session, bundle, doing.reader)
    check_basis(wish.basis, [opened.submission for opened in contents.values()])
    if _clear_failed(session, bundle_id):
        return
    facts = hold_back_new(gather_facts(session, Disclosure(code, wish, contents, bundle), doing))
    log_case(session, bundle.case_id, CustodyAction.BUNDLE_ORDERED, doing, {"bundle": str(bundle_id)})
    build_id = add_job(session, JobName.BUILD_BUNDLE, list_report_ids(session, bundle.case_id)[0], doing.now)
    box = seal_material(builder, Material(facts, private, wish.annex), build_id)
    session.add(_new_build(build_id, bundle_id, box, doing))


def take_package(session: Session, bundle_id: UUID, doing: Doing) -> Package:
    """The finished file, once: it is on record, and erased here, before a byte leaves.

    Raises ``WrongStateError`` when there is no finished file (any more), ``BundleBarredError`` when a report or consent
    was withdrawn, ``UnsealError`` when it does not open.
    """
    bundle = lock_bundle(session, bundle_id)
    _refuse_unready(bundle)
    refuse_barred(session, bundle, doing.reader)
    build = session.scalar(select(BundleBuild).where(BundleBuild.bundle_id == bundle_id))
    if build is None or build.package_box is None:
        raise WrongStateError
    opened = doing.reader.open_note(build.package_box, build.epoch, PACKAGE_NOTE, build.id)
    if opened is None:
        raise UnsealError("the package does not open")
    package = Package.from_bytes(opened)
    bundle.exported_at, bundle.digest = doing.now, hashlib.sha256(package.content).digest()
    bundle.annex_box = None
    bundle.handover_box = seal_note(doing.office.office, package.sheet, SHEET_NOTE, bundle_id.bytes)
    bundle.handover_epoch = doing.office.epoch
    session.execute(delete(BundleBuild).where(BundleBuild.id == build.id))
    detail = {"bundle": str(bundle_id), "sha256": bundle.digest.hex()}
    log_case(session, bundle.case_id, CustodyAction.BUNDLE_EXPORTED, doing, detail)
    return package


def open_sheet(bundle: Bundle, doing: Doing) -> bytes | None:
    """The sheet that is signed when the file changes hands, as PDF; None before the download or without the key."""
    if bundle.handover_box is None or bundle.handover_epoch is None:
        return None
    return doing.reader.open_note(bundle.handover_box, bundle.handover_epoch, SHEET_NOTE, bundle.id)


def sheet_paper(facts: BundleFacts, sealed: Sealed, bundle_digest: bytes, public: Ed25519PublicKey) -> Paper:
    """What both sides sign: which file, by which digests, under whose key. It names nobody harmed."""
    digest = hashlib.sha256(sealed.content).hexdigest()
    opens_with = "kunci age penerima" if facts.wish.age_key else "kata sandi enam kata, disampaikan lisan"
    rows = (
        ("Kasus", facts.case_code),
        ("Berkas", str(facts.bundle_id)),
        ("Penerima", facts.wish.recipient),
        ("Nama file", sealed.name),
        ("Ukuran", f"{len(sealed.content)} byte"),
        ("SHA-256 file", digest),
        ("SHA-256 setelah dibuka", sealed.opened.hex()),
        ("SHA-256 bukti.zip", bundle_digest.hex()),
        ("Dibuka dengan", opens_with),
        ("Sidik kunci kantor", fingerprint(public.public_bytes_raw())),
    )
    return Paper(
        title="Lembar serah terima berkas",
        reference=f"Serah terima · {facts.case_code}",
        blocks=(
            Text("Kedua pihak mencocokkan SHA-256 file sebelum tanda tangan."),
            Facts(rows),
            Signatures((("Yang menyerahkan", ""), ("Yang menerima", ""))),
        ),
        code=f"SULUH1:sha256:{bundle_digest.hex().upper()}",
    )


def _refuse_unready(bundle: Bundle) -> None:
    if bundle.state is not BundleState.APPROVED or bundle.exported_at is not None:
        raise WrongStateError


def _clear_failed(session: Session, bundle_id: UUID) -> bool:
    """Whether a build waits or is ready; one that failed is erased, so that it can be made anew."""
    build = session.scalar(select(BundleBuild).where(BundleBuild.bundle_id == bundle_id).with_for_update())
    if build is None:
        return False
    row = session.get(OutboxRow, build.id)
    if build.package_box is not None or (row is not None and row.state is OutboxState.OPEN):
        return True
    session.delete(build)
    session.flush()
    return False


def _new_build(build_id: uuid.UUID, bundle_id: UUID, box: bytes, doing: Doing) -> BundleBuild:
    return BundleBuild(
        id=build_id,
        bundle_id=bundle_id,
        ordered_by=doing.staff_id,
        ordered_at=doing.now,
        box=box,
        steps_done=0,
        steps_all=0,
        epoch=doing.office.epoch,
    )
