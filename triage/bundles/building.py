"""Making the file: ordered at the desk, made by the builder in a process of its own, whole or not at all.

The outbox row of a build says how it stands: open while it waits or is made, set aside when it failed, done with the
package. The builder's effect is one transaction: the package sealed to the office, the custody entry, the settled job.
Before it there is nothing but a count of steps; killed at any point, the job runs again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.contents import PACKAGE_NOTE
from casefile.custody import SYSTEM, Act, append_entry
from casefile.database import begin_write
from casefile.errors import UnsealError
from casefile.models import Bundle, BundleBuild, OutboxRow
from casefile.outbox import fail_job, find_open_job, settle_job, start_job
from casefile.sealing import seal_note
from casefile.vocabulary import BundleState, CustodyAction, OutboxState
from triage.bundles.decisions import lock_bundle, refuse_withdrawn
from triage.bundles.delivering import add_stamp, encrypt, pack, read_signature
from triage.bundles.errors import BundleBarredError
from triage.bundles.handing_over import sheet_paper
from triage.bundles.package import build_bundle
from triage.bundles.sealed_build import Material, Package, open_material
from triage.bundles.stamping import owe_stamp, stamp_now
from triage.bundles.workbench import Workbench, installed
from triage.casework import list_report_ids
from triage.printing import PrintingError, render_pdf

FINISHING_STEPS = 2
"""After the papers: signed and stamped, then encrypted."""
Progress = Callable[[int, int], None]


class BuildState(StrEnum):
    """How a build stands."""

    WAITING = "waiting"
    FAILED = "failed"
    READY = "ready"


@dataclass(frozen=True)
class BuildView:
    """A build as the desk shows it; ``steps_all`` is 0 before it began."""

    state: BuildState
    steps_done: int
    steps_all: int


@dataclass(frozen=True)
class Built:
    """Everything that one build came to. ``token`` is None without a timestamp."""

    package: Package = field(repr=False)
    bundle_digest: bytes
    signature: bytes = field(repr=False)
    token: bytes | None = field(repr=False)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the encrypted file."""
        return hashlib.sha256(self.package.content).digest()


def find_build(session: Session, bundle_id: UUID) -> BuildView | None:
    """The build of a bundle, or None where none was ordered or its package was downloaded."""
    found = select(BundleBuild, OutboxRow.state).outerjoin(OutboxRow, OutboxRow.id == BundleBuild.id)
    row = session.execute(found.where(BundleBuild.bundle_id == bundle_id)).one_or_none()
    if row is None:
        return None
    build, state = row
    return BuildView(_state_of(build, state), build.steps_done, build.steps_all)


def build_bundle_job(outbox_id: str) -> None:
    """Make one bundle.

    Given up is what would fail again: sealed to an earlier builder, whose key died with it, or a paper that cannot be
    set. All else is noted by the process and tried again.
    """
    bench, row_id = installed(), UUID(outbox_id)
    box = _begin(bench, row_id)
    if box is None:
        return
    try:
        material = open_material(bench.pair, box, row_id)
        built = make_file(bench, material, lambda done, all_: _tell(bench, row_id, done, all_))
    except (UnsealError, PrintingError) as error:
        _give_up(bench, row_id, type(error).__name__)
        return
    _finish(bench, row_id, built)


def make_file(bench: Workbench, material: Material, on_progress: Progress) -> Built:
    """Build, sign, stamp, encrypt; all of it in memory."""
    reached = 0

    def told(done: int, all_: int) -> None:
        nonlocal reached
        reached = all_ + FINISHING_STEPS
        on_progress(done, reached)

    facts = material.facts
    bundle = build_bundle(facts, material.signing, told)
    signature = read_signature(bundle)
    token = stamp_now(bench.authority, signature)
    if token is not None:
        bundle = add_stamp(bundle, token)
    on_progress(reached - 1, reached)
    name = f"berkas-{facts.case_code}-{facts.bundle_id.hex[:8] if facts.bundle_id else ''}.zip"
    sealed = encrypt(pack(bundle, material, facts.made_at), name, facts.wish.age_key)
    digest = hashlib.sha256(bundle).digest()
    sheet = render_pdf(sheet_paper(facts, sealed, digest, material.signing.public_key()), facts.made_at)
    on_progress(reached, reached)
    return Built(Package(sealed.name, sealed.content, sealed.passphrase, sheet), digest, signature, token)


def _state_of(build: BundleBuild, state: OutboxState | None) -> BuildState:
    if build.package_box is not None:
        return BuildState.READY
    return BuildState.WAITING if state is OutboxState.OPEN else BuildState.FAILED


def _begin(bench: Workbench, row_id: UUID) -> bytes | None:
    """What is to be built; None when it is done, given up or erased."""
    with Session(bench.engine) as session:
        begin_write(session)
        row, build = find_open_job(session, row_id), session.get(BundleBuild, row_id)
        if row is None:
            return None
        if build is None or build.box is None:
            settle_job(row, datetime.now(UTC))
            session.commit()
            return None
        start_job(row, datetime.now(UTC))
        box = build.box
        session.commit()
    return box


def _tell(bench: Workbench, row_id: UUID, done: int, all_: int) -> None:
    with Session(bench.engine) as session:
        begin_write(session)
        step = update(BundleBuild).where(BundleBuild.id == row_id)
        session.execute(step.values(steps_done=done, steps_all=all_))
        session.commit()


def _give_up(bench: Workbench, row_id: UUID, fault: str) -> None:
    with Session(bench.engine) as session:
        begin_write(session)
        row, build = find_open_job(session, row_id), session.get(BundleBuild, row_id)
        if row is not None:
            fail_job(row, fault, datetime.now(UTC), is_final=True)
        if build is not None:
            build.box = None
        session.commit()


def _finish(bench: Workbench, row_id: UUID, built: Built) -> None:
    """Keep the package and put it on record, in one transaction, unless the report was withdrawn meanwhile."""
    office, now = bench.office(), datetime.now(UTC)
    with Session(bench.engine) as session:
        begin_write(session)
        row, build = find_open_job(session, row_id), session.get(BundleBuild, row_id)
        if row is None:
            return
        settle_job(row, now)
        bundle = _still_wanted(session, build)
        if bundle is None or build is None:
            session.commit()
            return
        build.box, build.epoch = None, office.epoch
        build.package_box = seal_note(office.office, built.package.to_bytes(), PACKAGE_NOTE, row_id.bytes)
        _log_built(session, bundle, built, now)
        if bench.authority is not None and built.token is None:
            owe_stamp(session, bundle, built.signature, now)
        session.commit()


def _still_wanted(session: Session, build: BundleBuild | None) -> Bundle | None:
    """The bundle, locked, as long as it may leave; otherwise the build is erased."""
    if build is None:
        return None
    bundle = lock_bundle(session, build.bundle_id)
    try:
        refuse_withdrawn(session, bundle.case_id)
    except BundleBarredError:
        session.delete(build)
        return None
    return bundle if bundle.state is BundleState.APPROVED and bundle.exported_at is None else None


def _log_built(session: Session, bundle: Bundle, built: Built, now: datetime) -> None:
    detail = {
        "bundle": str(bundle.id),
        "sha256": built.digest.hex(),
        "bukti_sha256": built.bundle_digest.hex(),
        "stamped": built.token is not None,
    }
    for report_id in list_report_ids(session, bundle.case_id):
        append_entry(session, report_id, Act(CustodyAction.BUNDLE_BUILT, SYSTEM, now, detail))
