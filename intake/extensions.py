"""Flask extensions of the portal, made here once and bound to the application in the factory."""

from __future__ import annotations

from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from casefile.models import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
csrf = CSRFProtect()  # type: ignore[no-untyped-call]
babel = Babel()  # type: ignore[no-untyped-call]
