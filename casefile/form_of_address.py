"""How Indonesian texts address whoever reads them: "Anda", and "kamu" where the person harmed is under 18."""

from __future__ import annotations

import re

_YOU = re.compile(r"(^|[.!?…]\s+)?\bAnda\b")


def speak_to_child(text: str) -> str:
    """The Indonesian text with "kamu" in the place of "Anda", capital where a sentence begins."""
    return _YOU.sub(lambda found: f"{found[1]}Kamu" if found[1] is not None else "kamu", text)
