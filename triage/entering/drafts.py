"""What a person is writing down and has not filed: sealed to the office, one a person, shown to that person alone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from casefile.boxes import derive
from casefile.contents import ENTERING_NOTE, encode_json
from casefile.database import begin_write
from casefile.models import EnteringDraft
from casefile.questions import Filled
from casefile.sealing import seal_note
from triage.casework import Doing
from triage.reader import Reader

NAME_BYTES = 32


@dataclass(frozen=True)
class EnteringForm:
    """A form being filled. ``name`` (64 hex digits) stays with it: filed twice under one name it is one report."""

    filled: Filled = field(default_factory=Filled)
    name: str = field(default_factory=lambda: secrets.token_hex(NAME_BYTES))
    saved_at: datetime | None = None

    @property
    def digest(self) -> str:
        """Hex; equal for equal contents."""
        return hashlib.sha256(encode_json(dict(self.filled.values))).hexdigest()

    @property
    def form_tag(self) -> bytes:
        """32 bytes for ``casefile.filing``."""
        return derive(bytes.fromhex(self.name), "entered form")


def is_form_name(text: str) -> bool:
    """Whether ``text`` can be the name of a form."""
    return len(text) == 2 * NAME_BYTES and all(letter in "0123456789abcdef" for letter in text)


def find_draft(session: Session, reader: Reader) -> EnteringForm | None:
    """The reader's own draft; None also where it does not open."""
    row = session.get(EnteringDraft, reader.staff_id)
    stored = None if row is None else reader.open_values(row.box, row.epoch, ENTERING_NOTE, row.staff_id)
    if row is None or stored is None:
        return None
    return EnteringForm(Filled(stored["isi"]), stored["formulir"], row.saved_at)


def save_draft(session: Session, form: EnteringForm, doing: Doing) -> None:
    """Keep what was typed, whatever is wrong with it, in the place of the person's draft. The caller commits."""
    begin_write(session)
    row = session.get(EnteringDraft, doing.staff_id)
    if row is None:
        row = EnteringDraft(staff_id=doing.staff_id)
        session.add(row)
    typed = encode_json({"isi": dict(form.filled.values), "formulir": form.name})
    row.saved_at, row.epoch = doing.now, doing.office.epoch
    row.box = seal_note(doing.office.office, typed, ENTERING_NOTE, doing.staff_id.bytes)
    session.flush()


def discard_draft(session: Session, doing: Doing) -> None:
    """Erase the person's draft; none is fine. The caller commits."""
    begin_write(session)
    session.execute(delete(EnteringDraft).where(EnteringDraft.staff_id == doing.staff_id))
