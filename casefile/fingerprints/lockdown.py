"""Give up, for good, everything a process does not need to turn bytes into fingerprints.

A decoder that a hostile picture takes over finds no file, no network, no other process and little memory or time.
Every lock is a call of the kernel through ctypes, so nothing has to be installed; where a kernel lacks one, the others
still hold and ``Confinement`` says which.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
from dataclasses import asdict, dataclass

from casefile.fingerprints.seccomp import install_filter

_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38

_LANDLOCK_CREATE_RULESET = 444
_LANDLOCK_RESTRICT_SELF = 446
_LANDLOCK_ASK_VERSION = 1
_LANDLOCK_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_LANDLOCK_FILES_NEWEST = (1 << 16) - 1
_LANDLOCK_NETWORK_SINCE = 4
_LANDLOCK_NETWORK = 0b11


@dataclass(frozen=True)
class Limits:
    """What one picture may cost: memory in bytes of address space, processor and wall time in seconds."""

    address_bytes: int = 1 << 30
    processor_seconds: int = 10
    wall_seconds: float = 15.0
    open_files: int = 16


@dataclass(frozen=True)
class Confinement:
    """Which locks hold."""

    limits: bool
    undumpable: bool
    no_new_privileges: bool
    landlock: bool
    seccomp: bool

    @property
    def is_complete(self) -> bool:
        """True if a decoder that is taken over can neither reach a file nor make a system call of its choice."""
        return all(asdict(self).values())


class _LandlockRules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


def lock_down(limits: Limits) -> Confinement:
    """Lock this process for the rest of its life. Call it in a single-threaded process with its codecs loaded.

    Signals from the time limits end the process: SIGXCPU for processor time, SIGALRM for wall time.
    """
    limited = _set_limits(limits)
    if platform.system() != "Linux":
        return Confinement(limited, undumpable=False, no_new_privileges=False, landlock=False, seccomp=False)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return Confinement(
        limits=limited,
        undumpable=libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0,
        no_new_privileges=libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0,
        landlock=_forbid_files(libc),
        seccomp=install_filter(libc),
    )


def _set_limits(limits: Limits) -> bool:
    """Set them all; False where the system refuses one (macOS does not know a limit on address space)."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)
    caps = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CPU: limits.processor_seconds,
        resource.RLIMIT_AS: limits.address_bytes,
    }
    accepted = True
    for kind, cap in caps.items():
        try:
            resource.setrlimit(kind, (cap, cap))
        except (ValueError, OSError):
            accepted = False
    return accepted


def _forbid_files(libc: ctypes.CDLL) -> bool:
    """Apply a Landlock ruleset that allows nothing (linux/landlock.h); False on kernels without it."""
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_ASK_VERSION)
    if version < 1:
        return False
    files = _LANDLOCK_FILES.get(version, _LANDLOCK_FILES_NEWEST)
    has_network = version >= _LANDLOCK_NETWORK_SINCE
    rules = _LandlockRules(files, _LANDLOCK_NETWORK if has_network else 0)
    size = ctypes.sizeof(rules) if has_network else ctypes.sizeof(ctypes.c_uint64)
    ruleset = libc.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    return bool(ruleset >= 0 and libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0)
