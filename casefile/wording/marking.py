"""Marking of Indonesian copy for extraction."""


def N_(msgid: str) -> str:  # noqa: N802 - the name by which Babel finds strings that are translated later
    """Return ``msgid`` unchanged; it is translated where it is shown, with the reader's language known."""
    return msgid
