"""Starts trainers in milliseconds: a process that has loaded everything forks one for each line.

    python nursery.py      reads lines `WARM RUN`, `START RUN`, `WAIT PID`; answers with a number

A forked trainer runs the shipped worker from its first line on; what is saved is to load torch,
to compile kernels and to prove the model, which the nursery did once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hope_core.training.member  # noqa: F401 - what takes seconds to load
from hope_core import worker

if TYPE_CHECKING:
    from collections.abc import Iterator


class Nursery:
    """The other end: starts trainers through a nursery process.

    Made by the fixture `nursery`, whose process ends with the test session.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def warm(self, run: Path) -> None:
        """Train a run in the nursery itself, so that its like will start at once."""
        assert self._ask(f"WARM {run}") == 0

    def start(self, run: Path) -> int:
        """Begin to train a run; the number of its trainer's process."""
        return self._ask(f"START {run}")

    def wait(self, pid: int) -> int:
        """Wait for a trainer's end; its exit code, negative for a signal."""
        return self._ask(f"WAIT {pid}")

    def train(self, run: Path) -> int:
        """Train a run to its end; the exit code."""
        return self.wait(self.start(run))

    def kill(self, pid: int, how: int = signal.SIGKILL) -> int:
        """End a trainer by a signal, and wait for it."""
        os.kill(pid, how)
        return self.wait(pid)

    def close(self) -> None:
        """End the nursery."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _ask(self, line: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def open_nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    try:
        yield nursery
    finally:
        nursery.close()


def bear(run: str) -> int:
    """Fork a trainer of this run; its number."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    with Path(os.devnull).open("r+b", buffering=0) as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    code = 70
    try:
        code = worker.main([run])
    finally:
        os._exit(code)


def serve() -> None:
    for line in sys.stdin:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "START":
            answer = bear(rest)
        elif word == "WARM":
            answer = worker.main([rest])
        else:
            _, status = os.waitpid(int(rest), 0)
            answer = os.waitstatus_to_exitcode(status)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
