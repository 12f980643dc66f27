"""Crew: starts the processes that train one run together on this machine, and ends them all.

It speaks torchrun's language (place.py) but is none: torchrun's store listens on every interface of
the machine, ours on 127.0.0.1 only; torchrun waits half a minute for processes that do not heed
SIGTERM; and who died first, and how, is told here in words. When one process dies, all end; when
the crew itself dies, the system ends its processes (Linux). Free of torch.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any

import psutil

from hope_core.runs.event_log import last_segment
from hope_core.runs.lifecycle import ending_words, record_death
from hope_core.training.place import CREW, STORE_HANDLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hope_core.runs.folder import RunFolder

LOOK_SECONDS = 0.05
STILL_SECONDS = 10.0
"""A process that the system has stopped for so long is ended, and with it the run."""
LAST_WORDS_SECONDS = 5.0
"""How long the others may take to end by themselves once one has died."""
TIDY_SECONDS = 15.0
"""How long followers may take to go once the first process has ended well."""
LOOPBACK = {"linux": "lo", "darwin": "lo0"}


class Crew:
    """The processes of one run.

    Args:
        folder: the run.
        size: how many processes.
        commands_from: byte of commands.jsonl to begin at; None: its end.
        log: the file into which the processes print; None: where this one does.
    """

    def __init__(
        self,
        folder: RunFolder,
        size: int,
        *,
        commands_from: int | None = None,
        log: Path | None = None,
    ) -> None:
        self._folder = folder
        self._size = size
        self._commands_from = commands_from
        self._log = log
        self._members: list[subprocess.Popen[bytes]] = []
        self._still_since: dict[int, float] = {}

    def run(self) -> int:
        """Train to the run's end; the exit code of the first process, or 1 when another died."""
        segment = last_segment(self._folder.path / "events")
        try:
            self._start()
            words = self._watch()
        finally:
            self._end_all()
        code = self._members[0].returncode
        if words or code:
            died = words or ending_words(code)
            record_death(self._folder, code or 1, launched_after=segment, words=died)
        return code if code > 0 else int(bool(words or code))

    def stop(self) -> None:
        """Let the run save and stop; safe in a signal handler."""
        if self._members:
            self._members[0].terminate()

    def kill(self) -> None:
        """End all processes at once."""
        for member in self._members:
            member.kill()

    # -- inside ----------------------------------------------------------------------------------
    def _start(self) -> None:
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            door.listen(self._size + 8)
            for rank in range(self._size):
                self._members.append(self._start_member(rank, door))

    def _start_member(self, rank: int, door: socket.socket) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "hope_core.worker", str(self._folder.path)]
        if self._commands_from is not None:
            command += ["--commands-from", str(self._commands_from)]
        environment = os.environ | self._words(rank, door.getsockname()[1])
        options: dict[str, Any] = {}
        if sys.platform == "win32":
            options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP
        else:
            options["start_new_session"] = True
            if rank == 0:
                environment[STORE_HANDLE] = str(door.fileno())
                options["pass_fds"] = [door.fileno()]
        with nullcontext() if self._log is None else self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                **options,
            )

    def _words(self, rank: int, port: int) -> dict[str, str]:
        words = {
            "RANK": str(rank),
            "LOCAL_RANK": str(rank),
            "WORLD_SIZE": str(self._size),
            "LOCAL_WORLD_SIZE": str(self._size),
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": str(port),
            CREW: str(os.getpid()),
            "TORCH_CPP_LOG_LEVEL": "ERROR",
            "TORCH_NCCL_HEARTBEAT_TIMEOUT_SEC": "60",
        }
        if sys.platform in LOOPBACK:
            words["GLOO_SOCKET_IFNAME"] = LOOPBACK[sys.platform]
        return words

    def _watch(self) -> str:
        """Wait for the end; why it was none, in words, or nothing."""
        while True:
            time.sleep(LOOK_SECONDS)
            for rank, member in enumerate(self._members):
                if member.poll():
                    self._wait(self._members, LAST_WORDS_SECONDS)
                    return self._why(rank, ending_words(member.returncode))
                if self._stands_still(member.pid):
                    member.kill()
                    self._wait(self._members, LAST_WORDS_SECONDS)
                    return self._why(rank, f"It stood still for {STILL_SECONDS:g} seconds.")
            if self._members[0].poll() == 0:
                self._wait(self._members, TIDY_SECONDS)
                return ""

    def _why(self, rank: int, words: str) -> str:
        return f"Process {rank + 1} of {self._size} is gone, so the run ended. {words}"

    def _stands_still(self, pid: int) -> bool:
        with suppress(psutil.Error):  # gone by now: its exit code tells
            if psutil.Process(pid).status() == psutil.STATUS_STOPPED:
                since = self._still_since.setdefault(pid, time.monotonic())
                return time.monotonic() - since > STILL_SECONDS
        self._still_since.pop(pid, None)
        return False

    def _end_all(self) -> None:
        self.kill()
        for member in self._members:
            member.wait()

    @staticmethod
    def _wait(members: Sequence[subprocess.Popen[bytes]], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        for member in members:
            with suppress(subprocess.TimeoutExpired):
                member.wait(max(0.0, deadline - time.monotonic()))


def stop_on_signals(crew: Crew) -> None:
    """The first SIGINT or SIGTERM saves and stops; a second one ends all processes at once."""

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, lambda *_: crew.kill())
        crew.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
