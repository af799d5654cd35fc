"""What one process of the portal holds while it runs: settings, keys, the picture reader, what it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app

from casefile.directory import dial
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.sandbox import PictureReader
from casefile.fingerprints.words import can_read
from casefile.hotlines import HOTLINES
from casefile.keyring import IntakeSecrets, load_public_keys, load_root_key
from casefile.settings import IntakeSettings
from casefile.vocabulary import PictureFault
from intake.load import Load
from intake.proofs import ProofKeys
from intake.state import DraftSessions
from intake.submission import SubmissionKeys
from intake.throttle import Limiter, guess_limiter
from intake.uploads import Reader, StrictReader
from intake.wordreader import ReaderWithWords, WordReader

EXTENSION = "suluh"


@dataclass(frozen=True)
class Portal:
    """``reader`` and ``words`` start what they need with the first picture, so after any fork of this process."""

    settings: IntakeSettings
    keys: SubmissionKeys
    sessions: DraftSessions
    reader: Reader
    words: WordReader
    sketch_key: SketchKey
    load: Load
    proof_keys: ProofKeys
    guesses: Limiter = field(default_factory=guess_limiter)

    @property
    def calm_cookie(self) -> str:
        """The name of the cookie that is set for a while after a quick exit."""
        return "__Host-t" if self.settings.secure_cookies else "t"


def load_keys(settings: IntakeSettings) -> SubmissionKeys:
    """Read the key files once. Raises ``KeyFileError``."""
    office = load_public_keys(settings.public_keys, load_root_key(settings.root_key))
    return SubmissionKeys(office, IntakeSecrets.load(settings.secrets))


def make_reader(settings: IntakeSettings, words: WordReader) -> Reader:
    """A picture reader that obeys ``SULUH_CONFINEMENT``, and has text read as ``SULUH_OCR`` says, if it can be."""
    reader = StrictReader(PictureReader()) if settings.requires_confinement else PictureReader()
    return ReaderWithWords(reader, words) if settings.reads_words and can_read() else reader


def attach(app: Flask, portal: Portal) -> None:
    """Make ``portal`` the one that ``current_portal`` and the templates find."""
    app.extensions[EXTENSION] = portal
    app.jinja_env.globals.update(
        exit_url=lambda: portal.settings.exit_url, hotlines=HOTLINES, picture_faults=tuple(PictureFault)
    )
    app.jinja_env.filters["dial"] = dial


def current_portal() -> Portal:
    """The portal of the application that serves this request."""
    return cast(Portal, current_app.extensions[EXTENSION])
