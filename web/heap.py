"""Python's collector of unreachable objects, told what it need not look through."""

from __future__ import annotations

import gc


def settle() -> None:
    """What the process has loaded by now lives as long as the process: no later collection goes through it again.

    Call once, when the application is built. Without it a full collection, which falls into some request, goes through
    every object of every library.
    """
    gc.collect()
    gc.freeze()
