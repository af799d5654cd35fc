"""The desk for gunicorn: ``gunicorn triage.wsgi:app``."""

from __future__ import annotations

import os

from casefile.settings import TriageSettings
from triage.factory import create_app
from web.heap import settle

app = create_app(TriageSettings.from_env(os.environ))
settle()
