"""What the recipient of a bundle checks it with, handed out beside it and never inside it."""

from __future__ import annotations

import hashlib
from functools import cache

from flask import Blueprint
from flask.typing import ResponseReturnValue

from triage.permissions import Permission, requires
from triage.views.bundle_page import attachment
from verifier.packing import build_page, build_pyz

blueprint = Blueprint("verifiers", __name__)


@blueprint.get("/alat/verify.pyz")
@requires(Permission.BUNDLE_SEE)
def program() -> ResponseReturnValue:
    """The program, for whoever has Python."""
    return attachment(_program(), "application/zip", "verify.pyz")


@blueprint.get("/alat/verify.html")
@requires(Permission.BUNDLE_SEE)
def page() -> ResponseReturnValue:
    """The page, to be opened from disk. Never shown by the desk itself."""
    return attachment(_page(), "application/octet-stream", "verify.html")


def digests() -> dict[str, str]:
    """SHA-256 of both files as hex, by file name, for the paper that goes with them."""
    files = {"verify.pyz": _program(), "verify.html": _page()}
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


@cache
def _program() -> bytes:
    return build_pyz()


@cache
def _page() -> bytes:
    return build_page()
