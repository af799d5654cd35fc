"""What of a session counts as changed."""

from __future__ import annotations

from web.sessions import SealedSession


def test_a_list_that_grew_in_place_is_a_change_and_leaves_what_was_loaded_as_it_was() -> None:
    session = SealedSession(bytes(32), {"said": ["satu"]}, is_stored=True)
    assert not session.modified
    session["said"].append("dua")
    assert session.modified
    assert session.loaded == {"said": ["satu"]}
    session.modified = False
    session["said"].append("tiga")
    assert session.modified
