"""A seccomp allow-list written as the kernel reads it, so that no library has to be installed for it.

What is left to the process: memory, the clock, its signals, the sockets it already holds, and the end. Everything else
(open, write, socket, fork, execve, ptrace...) fails with EPERM. Numbers are the kernel's system call tables
(asm/unistd_64.h for x86-64, asm-generic/unistd.h for arm64); the program is classic BPF, see seccomp(2).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from typing import NamedTuple


class _Machine(NamedTuple):
    """The kernel's name for an architecture (linux/audit.h) and the system calls allowed on it."""

    audit_arch: int
    allowed: tuple[int, ...]


_X86_64 = {
    "close": 3,
    "fstat": 5,
    "mmap": 9,
    "mprotect": 10,
    "munmap": 11,
    "brk": 12,
    "rt_sigaction": 13,
    "rt_sigprocmask": 14,
    "rt_sigreturn": 15,
    "sched_yield": 24,
    "mremap": 25,
    "madvise": 28,
    "getpid": 39,
    "sendto": 44,
    "recvfrom": 45,
    "exit": 60,
    "gettimeofday": 96,
    "sigaltstack": 131,
    "gettid": 186,
    "futex": 202,
    "restart_syscall": 219,
    "clock_gettime": 228,
    "exit_group": 231,
    "getrandom": 318,
}

_ARM64 = {
    "close": 57,
    "fstat": 80,
    "exit": 93,
    "exit_group": 94,
    "futex": 98,
    "clock_gettime": 113,
    "sched_yield": 124,
    "restart_syscall": 128,
    "sigaltstack": 132,
    "rt_sigaction": 134,
    "rt_sigprocmask": 135,
    "rt_sigreturn": 139,
    "gettimeofday": 169,
    "getpid": 172,
    "gettid": 178,
    "sendto": 206,
    "recvfrom": 207,
    "brk": 214,
    "munmap": 215,
    "mremap": 216,
    "mmap": 222,
    "mprotect": 226,
    "madvise": 233,
    "getrandom": 278,
}

_MACHINES = {
    "x86_64": _Machine(0xC000003E, tuple(_X86_64.values())),
    "aarch64": _Machine(0xC00000B7, tuple(_ARM64.values())),
}

_LOAD_WORD = 0x20
_JUMP_IF_EQUAL = 0x15
_JUMP_IF_AT_LEAST = 0x35
_RETURN = 0x06

_NUMBER_OFFSET = 0
_ARCH_OFFSET = 4
_X32_BIT = 0x40000000

_KILL_PROCESS = 0x80000000
_FAIL = 0x00050000 | errno.EPERM
_ALLOW = 0x7FFF0000

_PR_SET_SECCOMP = 22
_MODE_FILTER = 2


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def install_filter(libc: ctypes.CDLL) -> bool:
    """Put this process under the allow-list for good; True if the kernel agreed. Needs PR_SET_NO_NEW_PRIVS before."""
    machine = _MACHINES.get(platform.machine())
    if platform.system() != "Linux" or machine is None:
        return False
    program = _compile(machine)
    instructions = ctypes.create_string_buffer(b"".join(program), 8 * len(program))
    header = _FilterProgram(len(program), ctypes.addressof(instructions))
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(header), 0, 0) == 0)


def _compile(machine: _Machine) -> list[bytes]:
    """Return the program: another architecture's calls kill, listed calls pass, every other call fails."""
    count = len(machine.allowed)
    return [
        _instruction(_LOAD_WORD, _ARCH_OFFSET),
        _instruction(_JUMP_IF_EQUAL, machine.audit_arch, if_true=1),
        _instruction(_RETURN, _KILL_PROCESS),
        _instruction(_LOAD_WORD, _NUMBER_OFFSET),
        _instruction(_JUMP_IF_AT_LEAST, _X32_BIT, if_true=count),
        *(
            _instruction(_JUMP_IF_EQUAL, number, if_true=count - position)
            for position, number in enumerate(machine.allowed)
        ),
        _instruction(_RETURN, _FAIL),
        _instruction(_RETURN, _ALLOW),
    ]


def _instruction(code: int, operand: int, *, if_true: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, 0, operand)
