"""What one process of the portal holds while it runs: settings, keys, the picture reader, the guess limiter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app

from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.sandbox import PictureReader
from casefile.keyring import IntakeSecrets, load_public_keys, load_root_key
from casefile.settings import IntakeSettings
from intake.state import DraftSessions
from intake.submission import SubmissionKeys
from intake.throttle import GuessLimiter
from intake.uploads import Reader, StrictReader

EXTENSION = "suluh"


@dataclass(frozen=True)
class Portal:
    """``reader`` starts its helper process with the first picture, so after any fork of this process."""

    settings: IntakeSettings
    keys: SubmissionKeys
    sessions: DraftSessions
    reader: Reader
    sketch_key: SketchKey
    guesses: GuessLimiter = field(default_factory=GuessLimiter)

    @property
    def calm_cookie(self) -> str:
        """The name of the cookie that is set for a while after a quick exit."""
        return "__Host-t" if self.settings.secure_cookies else "t"


def load_keys(settings: IntakeSettings) -> SubmissionKeys:
    """Read the key files once. Raises ``KeyFileError``."""
    office = load_public_keys(settings.public_keys, load_root_key(settings.root_key))
    return SubmissionKeys(office, IntakeSecrets.load(settings.secrets))


def make_reader(settings: IntakeSettings) -> Reader:
    """A picture reader that obeys ``SULUH_CONFINEMENT``."""
    return StrictReader(PictureReader()) if settings.requires_confinement else PictureReader()


def attach(app: Flask, portal: Portal) -> None:
    """Make ``portal`` the one that ``current_portal`` and the templates find."""
    app.extensions[EXTENSION] = portal
    app.jinja_env.globals["exit_url"] = lambda: portal.settings.exit_url


def current_portal() -> Portal:
    """The portal of the application that serves this request."""
    return cast(Portal, current_app.extensions[EXTENSION])
