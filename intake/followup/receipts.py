"""Which report a code opens, and whether it may still be written to."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import Receipt, Withdrawal
from casefile.receipts import ReceiptKeys
from intake.receipts import name_receipt


def knows_receipt(session: Session, keys: ReceiptKeys) -> bool:
    """Whether there is a report under this receipt. Same work for a known and an unknown one; ends no transaction."""
    return find_receipt(session, keys) is not None


def find_receipt(session: Session, keys: ReceiptKeys) -> Receipt | None:
    """The receipt's row, named in the transaction."""
    name_receipt(session, keys.tag)
    return session.scalars(select(Receipt).where(Receipt.tag == keys.tag)).one_or_none()


def is_leaving(session: Session, receipt: Receipt) -> bool:
    """The report was withdrawn, or is to be erased in a moment, or was kept as long as it is kept."""
    return receipt.status.is_final or session.get(Withdrawal, receipt.report_id) is not None


def begin_writing(session: Session, keys: ReceiptKeys) -> UUID | None:
    """Begin a write transaction on the receipt's report; None, and none begun, where nothing more may be written.

    That is so for an unknown receipt, and from the moment on when erasure was asked for: nothing may arrive after it.
    """
    begin_write(session)
    receipt = find_receipt(session, keys)
    if receipt is None or is_leaving(session, receipt):
        session.rollback()
        return None
    return receipt.report_id
