"""Large arrays in maps of their own, so that what the tables outgrow goes back to the system.

The C library keeps freed arrays of up to 32 MiB in its heap (mallopt(3)), where tables that grow leave holes. With a
limit of 1 MiB an index of 150,000 pictures took 23 MiB beside its tables, not 84.
"""

from __future__ import annotations

import ctypes

_MMAP_THRESHOLD = -3
"""``M_MMAP_THRESHOLD`` of glibc's malloc.h."""
_LARGE = 1 << 20


def give_back_large_arrays() -> bool:
    """From here on, for this process and those that it forks; False where the C library is not glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_MMAP_THRESHOLD, _LARGE))
