"""Programs that a test runs and that Python does not bring."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

IS_CI = os.environ.get("CI") == "true"


def find_program(name: str) -> str:
    """The path of a program, or what the variable of its name in capitals says. Skips without it; in CI that fails."""
    path = os.environ.get(name.upper()) or shutil.which(name)
    if path is None:
        if IS_CI:
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed")
    return path


def read_pdf(pdf: bytes, *options: str) -> str:
    """The text of a PDF as ``pdftotext`` finds it."""
    command = (find_program("pdftotext"), *options, "-", "-")
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
