"""The portal for a WSGI server: ``gunicorn intake.wsgi:app``."""

import os

from casefile.settings import IntakeSettings
from intake.factory import create_app
from intake.load import SHARED
from web.heap import settle

app = create_app(IntakeSettings.from_env(os.environ), SHARED)
settle()
