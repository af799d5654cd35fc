"""What is loaded once is not gone through again."""

from __future__ import annotations

import gc

from web.heap import settle


def test_what_is_loaded_is_left_out_of_later_collections() -> None:
    loaded: list[list[int]] = [[] for _ in range(1000)]
    assert any(one is loaded for one in gc.get_objects())
    settle()
    try:
        assert gc.get_freeze_count() > len(loaded)
        assert not any(one is loaded for one in gc.get_objects())
    finally:
        gc.unfreeze()
