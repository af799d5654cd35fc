"""A request to stop that comes while the installation is still being prepared."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_remembered() -> Iterator[Callable[[], bool]]:
    """Within the block SIGINT and SIGTERM are remembered and interrupt nothing; a second one interrupts at once.

    Yields what tells whether one came. An interrupt that is raised wherever the program stands may be raised where it
    is swallowed, in a destructor or a callback, and everything would start all the same.
    """
    came: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        if came:
            raise KeyboardInterrupt
        came.append(number)

    before = {number: signal.signal(number, remember) for number in STOP_SIGNALS}
    try:
        yield lambda: bool(came)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
