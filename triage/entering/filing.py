"""Filing what staff wrote down, through the same rows as a report of the portal."""

from __future__ import annotations

from sqlalchemy.orm import Session

from casefile.custody import Act, staff_actor, start_chains
from casefile.database import begin_write
from casefile.filing import FilingKeys, insert_reports, seal_report
from casefile.keyring import EntryKeys
from casefile.receipts import derive_receipt_keys, new_receipt_code
from casefile.vocabulary import CustodyAction, Lane
from triage.casework import Doing
from triage.entering.drafts import discard_draft
from triage.entering.form import EnteredReport


def enter_report(session: Session, report: EnteredReport, keys: EntryKeys, form_tag: bytes, doing: Doing) -> str | None:
    """Seal and insert a report with its job and first custody entry; the person's draft is gone with it.

    Returns the code for the reporter, stored nowhere in clear, or None where none was wanted. The caller commits. A
    form that was filed already raises SQLAlchemy's ``IntegrityError``. The slow derivation happens before the write.
    """
    code = new_receipt_code() if report.wants_code else None
    receipt = derive_receipt_keys(code, keys.instance_salt, keys.receipt_pepper) if code else None
    arrival = report.arrival(doing.now, receipt)
    filing = FilingKeys(doing.office, keys.identifier_key)
    sealed = seal_report(report.submission(), filing, arrival, form_tag)
    begin_write(session)
    insert_reports(session, [sealed], doing.now, Lane.USUAL)
    detail = {"channel": report.channel.value, "code": code is not None}
    received = Act(CustodyAction.RECEIVED, staff_actor(doing.staff_id), doing.now, detail)
    start_chains(session, [sealed.report_id], received)
    discard_draft(session, doing)
    return code
