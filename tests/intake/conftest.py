"""A portal on a real database with a real office, and a browser that fills its forms as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from casefile.settings import IntakeSettings
from intake.extensions import db
from intake.factory import create_app
from intake.portal import current_portal
from tests.conftest import Database
from tests.factories import Office, make_office
from tests.intake.browser import Browser


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "office")


@pytest.fixture
def make_app(database: Database, office: Office) -> Iterator[Callable[..., Flask]]:
    """Applications that sign in to the database as the portal does; extra settings as keyword arguments."""
    apps: list[Flask] = []

    def make(**extra: str) -> Flask:
        fixed = {"SULUH_INTAKE_DATABASE_URL": database.urls["intake"], "SULUH_OCR": "off"}
        env = {**office.environment, **fixed, **extra}
        app = create_app(IntakeSettings.from_env(env))
        apps.append(app)
        return app

    yield make
    for app in apps:
        with app.app_context():
            current_portal().reader.close()
            db.engine.dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app)
