"""Daily anchors at the desk: the list, signing with the office's key, and the sheet for the binder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.anchor_checks import list_wrong_roots
from casefile.anchors import NAMESPACE, sheet_code, statement
from casefile.custody import OFFICE_CHAIN, Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.errors import CustodyError
from casefile.models import Anchor, AnchorSignature, AnchorStamp
from casefile.sshsig import sign
from casefile.vocabulary import CustodyAction
from casefile.wib import WIB
from triage.bundles import signing_key
from triage.casework import Doing
from triage.errors import NotFoundError
from triage.printing import Facts, Heading, Paper, Signatures, Text
from verifier.signatures import fingerprint

MOST_LISTED = 62
_GROUP = 8


@dataclass(frozen=True)
class AnchorLine:
    """One day. What is said of a signature or a stamp is None until there is one."""

    day: date
    made_at: datetime
    is_late: bool
    chains: int
    root: bytes
    signed_by: UUID | None
    signed_at: datetime | None
    signing_key: bytes | None
    stamped_at: datetime | None


def list_anchor_days(session: Session) -> list[AnchorLine]:
    """The newest days first, at most ``MOST_LISTED``."""
    return [_line(row) for row in session.execute(_lines().order_by(Anchor.day.desc()).limit(MOST_LISTED))]


def get_anchor_day(session: Session, day: date) -> AnchorLine:
    """Raises ``NotFoundError``."""
    row = session.execute(_lines().where(Anchor.day == day)).first()
    if row is None:
        raise NotFoundError
    return _line(row)


def count_unsigned(session: Session) -> int:
    """Anchors that nobody has signed."""
    return session.scalar(select(func.count()).select_from(Anchor).where(_is_unsigned())) or 0


def sign_anchors(session: Session, doing: Doing) -> int:
    """Sign every anchor that has no signature; commits, and returns how many. Nothing where a colleague was quicker.

    What would be signed is computed anew first. Raises ``CustodyError`` when a root is not that of its chains, and
    ``MissingKeyError`` and ``SignatureError`` when the person cannot sign for the office.
    """
    private = signing_key(doing)
    unsigned = select(Anchor.day, Anchor.chains, Anchor.root).where(_is_unsigned()).order_by(Anchor.day)
    waiting = session.execute(unsigned).all()
    if list_wrong_roots(session, {row.day for row in waiting}):
        raise CustodyError(1)
    session.rollback()
    begin_write(session)
    days = [row.day for row in session.execute(unsigned) if row in waiting]
    for row in (row for row in waiting if row.day in days):
        signature = sign(private, statement(row.day, row.chains, row.root), NAMESPACE)
        values = {"signing_key": doing.office.signing, "signature": signature, "signed_at": doing.now}
        session.add(AnchorSignature(day=row.day, staff_id=doing.staff_id, **values))
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        return 0
    if days:
        detail = {"days": [day.isoformat() for day in days]}
        act = Act(CustodyAction.ANCHOR_SIGNED, staff_actor(doing.staff_id), doing.now, detail)
        append_entry(session, OFFICE_CHAIN, act)
    session.commit()
    return len(days)


def anchor_paper(line: AnchorLine, signer: str | None) -> Paper:
    """The sheet for the binder. ``signer``: the name of who signed, None where nobody has."""
    return Paper(
        title="Jangkar harian catatan",
        subtitle=f"Hari {line.day:%d-%m-%Y} (WIB)",
        reference=f"Jangkar {line.day.isoformat()}",
        code=sheet_code(line.day, line.root),
        blocks=(
            Facts(
                (
                    ("Hari", f"{line.day:%d-%m-%Y}"),
                    ("Jumlah rantai", str(line.chains)),
                    ("Dibuat", _time(line.made_at) + (" (terlambat)" if line.is_late else "")),
                    ("Ditandatangani", f"{signer or '–'}, {_time(line.signed_at)}" if line.signed_at else "belum"),
                    ("Sidik kunci kantor", fingerprint(line.signing_key) if line.signing_key else "–"),
                    ("Stempel waktu", _time(line.stamped_at) if line.stamped_at else "belum ada"),
                )
            ),
            Heading("Akar (SHA-256)"),
            Text("\n".join(group_root(line.root))),
            Text(
                "Akar ini mewakili catatan terakhir semua rantai pada akhir hari itu. Simpan lembar ini di map. "
                "Bila catatan di komputer kelak diubah atau dipotong, akarnya tidak cocok lagi dengan lembar ini."
            ),
            Text("Cara memeriksa: suluh custody verify --anchor, lalu isi kode QR atau akar di atas."),
            Signatures((("Petugas bukti", ""), ("Penyelia", ""))),
        ),
    )


def group_root(root: bytes) -> tuple[str, str]:
    """The root in two lines of four groups, to be read aloud."""
    groups = [root.hex()[start : start + _GROUP] for start in range(0, 2 * len(root), _GROUP)]
    return " ".join(groups[: len(groups) // 2]), " ".join(groups[len(groups) // 2 :])


def _lines() -> Select[Any]:
    return (
        select(
            Anchor.day,
            Anchor.made_at,
            Anchor.is_late,
            Anchor.chains,
            Anchor.root,
            AnchorSignature.staff_id,
            AnchorSignature.signed_at,
            AnchorSignature.signing_key,
            AnchorStamp.stamped_at,
        )
        .outerjoin(AnchorSignature, AnchorSignature.day == Anchor.day)
        .outerjoin(AnchorStamp, AnchorStamp.day == Anchor.day)
    )


def _line(row: Row[Any]) -> AnchorLine:
    return AnchorLine(*row)


def _is_unsigned() -> ColumnElement[bool]:
    return Anchor.day.not_in(select(AnchorSignature.day))


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(WIB):%d-%m-%Y %H.%M} WIB"
