"""Code that a stranger would like to have called."""

from __future__ import annotations

import os
from pathlib import Path


def leave_mark(*_: object) -> None:
    """Make the file that ``SULUH_TEST_MARK`` names."""
    Path(os.environ["SULUH_TEST_MARK"]).touch()
