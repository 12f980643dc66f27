"""Where a run is trained: in a child process, in this process, or by somebody else.

Used by the TrainerThread alone, off the window's thread.
"""

from __future__ import annotations

import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from hope_studio.preferences import LOW_PRIORITY, is_on

if TYPE_CHECKING:
    from hope_core.runs.folder import RunFolder

TIDY_SECONDS = 8.0
"""How long the process of a run that is over may take to go."""

_running_on: list[subprocess.Popen[bytes]] = []
"""Children that go on without a follower; kept so that the system's record of them is collected."""


class Executor(Protocol):
    """What the TrainerThread asks of a trainer, wherever it is."""

    def start(self) -> None:
        """Begin; returns at once."""

    def alive(self) -> bool:
        """Whether the trainer is there; costs a look at a lock or a process."""

    def state(self) -> str:
        """The run's state at this moment, as hope_core.runs.state names it."""

    def kill(self) -> None:
        """End the trainer at once, if that can be done."""

    def bury(self) -> None:
        """Record the end of a trainer that could not do so itself."""

    def release(self, *, over: bool) -> None:
        """Let go of the trainer, which goes on; one whose run is over is waited for."""


def settled_state(folder: RunFolder) -> str:
    """The run's state as a person should see it; one that nobody ever trained reads as stopped."""
    from hope_core.runs.lifecycle import is_alive
    from hope_core.runs.state import effective_state

    state = effective_state(folder)
    return "stopped" if state == "created" and not is_alive(folder) else state


class ProcessExecutor:
    """Trains in a child process, of which a crash ends the run and never the window."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None
        self._segment = 0

    def start(self) -> None:
        """Starts `python -m hope_core.worker RUN`; commands of the past are not its business."""
        from hope_core.runs.command_log import end_of_commands
        from hope_core.runs.event_log import last_segment
        from hope_core.training.launch import start_process

        self._segment = last_segment(self._folder.path / "events")
        path, begin = self._folder.path, end_of_commands(self._folder)
        self._child = start_process(path, begin, gentle=is_on(LOW_PRIORITY))

    def alive(self) -> bool:
        """Whether the child runs; collects it when it has ended."""
        return self._child is not None and self._child.poll() is None

    def state(self) -> str:
        """A trainer that was just started prepares, whatever the folder said before."""
        return "created"

    def kill(self) -> None:
        """Ends the child without mercy."""
        if self._child is not None:
            self._child.kill()

    def bury(self) -> None:
        """Writes the last words of a child that died without them."""
        from hope_core.runs.lifecycle import record_death

        if self._child is not None:
            code = self._child.wait()
            record_death(self._folder, code, launched_after=self._segment if code else None)

    def release(self, *, over: bool) -> None:
        """Keeps the child's number until it has ended, and forgets those that have."""
        if self._child is not None:
            if over:
                with suppress(subprocess.TimeoutExpired):
                    self._child.wait(TIDY_SECONDS)
            _running_on.append(self._child)
        _running_on[:] = [child for child in _running_on if child.poll() is None]


class ThreadExecutor:
    """Trains in the calling thread: lighter to start, best effort on crashes."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._commands_from = 0
        self._ended = False

    def start(self) -> None:
        """Notes where the commands of the past end; `train` is called by the thread itself."""
        from hope_core.runs.command_log import end_of_commands

        self._commands_from = end_of_commands(self._folder)

    def train(self) -> None:
        """Runs the trainer to its end. Its faults stand in the run folder."""
        from hope_core.training.control import Control
        from hope_core.training.trainer import Trainer

        try:
            Trainer(self._folder, Control(self._folder, commands_from=self._commands_from)).run()
        finally:
            self._ended = True

    def alive(self) -> bool:
        """Whether `train` has not returned yet."""
        return not self._ended

    def state(self) -> str:
        """A trainer that was just started prepares."""
        return "created"

    def kill(self) -> None:
        """Nothing: a thread cannot be ended from outside without harm to the window."""

    def bury(self) -> None:
        """Writes the last words of a trainer that raised before its own."""
        from hope_core.runs.lifecycle import record_death

        record_death(self._folder, None)

    def release(self, *, over: bool) -> None:
        """Nothing: the thread is the trainer."""


class WatchExecutor:
    """A run that somebody else trains, or nobody."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder

    def start(self) -> None:
        """Nothing to start."""

    def alive(self) -> bool:
        """Whether its trainer holds the run."""
        from hope_core.runs.lifecycle import is_alive

        return is_alive(self._folder)

    def state(self) -> str:
        """The state in the folder; a live one without a trainer reads as interrupted."""
        return settled_state(self._folder)

    def kill(self) -> None:
        """Ends the trainer's process when it is one of this machine."""
        from hope_core.runs.owner import owner_process

        owner = self._folder.state.owner
        process = owner_process(owner) if owner is not None else None
        if process is not None:
            process.kill()

    def bury(self) -> None:
        """Writes the last words of a trainer that died."""
        from hope_core.runs.lifecycle import record_death

        record_death(self._folder, None)

    def release(self, *, over: bool) -> None:
        """Nothing: it belongs to somebody else."""
