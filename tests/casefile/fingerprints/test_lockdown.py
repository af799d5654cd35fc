"""What a locked-down process can still do: nothing that matters. Each act is tried in a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = str(Path(__file__).resolve().parents[3])

FORBIDDEN = {
    "open a file to read": "os.open('/etc/passwd', os.O_RDONLY)",
    "open a file to write": "os.open('new', os.O_CREAT | os.O_WRONLY)",
    "write to an open file": "os.write(opened, b'x')",
    "read from an open file": "os.read(opened, 1)",
    "list a folder": "os.listdir('/')",
    "look at a file": "os.stat('/etc/passwd')",
    "remove a file": "os.unlink('opened')",
    "make a socket": "socket.socket()",
    "connect a socket": "held.connect(('127.0.0.1', 9))",
    "send through a socket elsewhere": "socket.send_fds(pair, [b'x'], [0])",
    "fork": "os.fork() or os._exit(0)",
    "start a thread": "threading.Thread(target=int).start()",
    "run a program": "os.execv('/bin/true', ['true'])",
    "signal another process": "os.kill(os.getppid(), 0)",
    "trace another process": "call('ptrace', 16, os.getppid(), 0, 0)",
    "raise its own limits": "resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))",
    "reserve two gibibytes": "bytearray(2 << 30)",
}

WITHOUT_SECCOMP = {
    "open a file to read": "os.open('/etc/passwd', os.O_RDONLY)",
    "open a file to write": "os.open('new', os.O_CREAT | os.O_WRONLY)",
    "write to an open file": "os.write(opened, b'x')",
    "list a folder": "os.listdir('/')",
    "reserve two gibibytes": "bytearray(2 << 30)",
    "open many files": "[os.dup(opened) for _ in range(17)]",
}
"""What the other locks stop by themselves, so that one of them missing does not open everything."""

PROGRAM = """
import ctypes, json, os, resource, signal, socket, threading
from dataclasses import asdict
from casefile.fingerprints import lockdown

opened = os.open('opened', os.O_CREAT | os.O_RDWR)
held = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
pair, far_end = socket.socketpair()
libc = ctypes.CDLL(None, use_errno=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

def call(name, *arguments):
    if getattr(libc, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)

def attempt():
    {act}
    return 'done'

def main():
    locks = {lock}
    try:
        outcome = attempt()
    except (OSError, RuntimeError, MemoryError, ValueError) as error:
        outcome = type(error).__name__
    pair.sendall(json.dumps([outcome, locks]).encode())
    os._exit(0)

child = os.fork()
if child == 0:
    main()
pair.close()
_, status = os.waitpid(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), far_end.recv(1000).decode()]))
"""

LOCK = "asdict(lockdown.lock_down(lockdown.Limits()))"
LOCK_BRIEFLY = "asdict(lockdown.lock_down(lockdown.Limits(processor_seconds=1)))"
LOCK_WITHOUT_SECCOMP = f"setattr(lockdown, 'install_filter', lambda libc: False) or {LOCK}"


def run(act: str, lock: str, folder: Path) -> tuple[int, str, dict[str, bool]]:
    """Run ``act`` after ``lock``; return the exit code, the error it met or ``done``, and the locks that held."""
    finished = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM.replace("{act}", act).replace("{lock}", lock)],
        cwd=folder,
        env={"PYTHONPATH": ROOT, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, said = json.loads(finished.stdout)
    outcome, locks = json.loads(said) if said else ("", {})
    return code, outcome, locks


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_locked_process_cannot(name: str, tmp_path: Path) -> None:
    code, outcome, locks = run(FORBIDDEN[name], LOCK, tmp_path)
    assert all(locks.values())
    assert code == 0
    assert outcome in {"PermissionError", "RuntimeError", "MemoryError", "ValueError"}


@pytest.mark.parametrize("name", WITHOUT_SECCOMP)
def test_the_other_locks_hold_without_seccomp(name: str, tmp_path: Path) -> None:
    code, outcome, locks = run(WITHOUT_SECCOMP[name], LOCK_WITHOUT_SECCOMP, tmp_path)
    assert [name for name, holds in locks.items() if not holds] == ["seccomp"]
    assert code == 0
    assert outcome in {"PermissionError", "OSError", "MemoryError"}


@pytest.mark.parametrize("name", ["open a file to read", "write to an open file", "fork", "reserve two gibibytes"])
def test_the_same_acts_succeed_without_locks(name: str, tmp_path: Path) -> None:
    _, outcome, _ = run(FORBIDDEN[name], "{}", tmp_path)
    assert outcome == "done"


def test_a_locked_process_that_spins_is_ended_by_its_processor_limit(tmp_path: Path) -> None:
    code, outcome, _ = run("while True: pass", LOCK_BRIEFLY, tmp_path)
    assert -code in {signal.SIGXCPU, signal.SIGKILL}
    assert outcome == ""


def test_a_locked_process_that_waits_is_ended_by_the_wall_clock(tmp_path: Path) -> None:
    lock = LOCK.replace("Limits()", "Limits(wall_seconds=0.1)")
    code, _, _ = run("pair.recv(1)", lock, tmp_path)
    assert -code == signal.SIGALRM


def test_a_locked_process_can_still_compute_and_answer(tmp_path: Path) -> None:
    code, outcome, _ = run("sum(bytearray(64 << 20))", LOCK, tmp_path)
    assert (code, outcome) == (0, "done")
