"""Waiting for a condition, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


def wait_until(condition: Callable[[], Value], seconds: float) -> Value:
    """Ask again and again until ``condition`` gives something true, and return it; fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            message = f"{getattr(condition, '__name__', 'the condition')} did not come true within {seconds} seconds"
            raise AssertionError(message)
        time.sleep(0.02)
    return value
