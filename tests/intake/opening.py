"""Opens what the portal sealed, with the office's key."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.contents import CONTENTS_KIND, CONTENTS_PART, ReportContents
from casefile.models import Base, KeySlot, Report, ReportPart
from casefile.submission import Submission
from casefile.unsealing import open_data_key, open_part
from casefile.vocabulary import SlotRole
from tests.conftest import Database
from tests.factories import Office


def opened_submission(database: Database, office: Office) -> Submission:
    """The only report of the database, as the office reads it."""
    with Session(database.engine()) as session:
        report = session.scalars(select(Report)).one()
        slot = session.get_one(KeySlot, (report.id, SlotRole.OFFICE, office.public.epoch))
        data_key = open_data_key(office.epoch, slot.wrapped, SlotRole.OFFICE, report.id)
        part = session.get_one(ReportPart, (report.id, CONTENTS_PART))
        opened = open_part(data_key, part.box, report.id, CONTENTS_PART, CONTENTS_KIND)
    return ReportContents.from_bytes(opened).submission


def count(database: Database, table: type[Base]) -> int:
    """How many rows a table has."""
    with Session(database.engine()) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
