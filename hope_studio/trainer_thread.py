"""TrainerThread: starts a run or joins one, follows its folder and hands batches to the window.

Two executors over the same Trainer. `process`: a child process trains and this thread only follows;
the child outlives the window when the person wishes it. `thread`: this very QThread trains, and a
plain Python thread beside it follows. Either way the run folder is the channel: runs started on the
command line are watched by the same code. Signals carry immutable events, at most 20 batches a
second; commands are written here, never on the window's thread.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread, Signal

from hope_core.errors import HopeError
from hope_studio.executors import (
    ProcessExecutor,
    ThreadExecutor,
    WatchExecutor,
    settled_state,
)
from hope_studio.messages import Message
from hope_studio.phases import phase_of_state
from hope_studio.pulse import Silence
from hope_studio.tasks import Branch, Start, Watch

if TYPE_CHECKING:
    from hope_core.runs.command_log import CommandWriter
    from hope_core.runs.commands import Command
    from hope_core.runs.folder import RunFolder
    from hope_core.runs.reader import EventReader
    from hope_studio.executors import Executor
    from hope_studio.tasks import Task

log = logging.getLogger(__name__)

POLL_SECONDS = 0.05
"""Between two looks at the events: at most 20 batches a second."""

ALIVE_SECONDS = 1.0
"""Between two looks whether the trainer is still there."""

SWITCH_INTERVAL = 0.0005
"""Python's thread switch interval (s): its default lets a busy thread stall the window."""


class TrainerThread(QThread):
    """One run, trained or watched.

    Signals:
        opened: the RunFolder, its RunHistory up to now, and the Phase it is in.
        arrived: a list of events that came after.
        pulse: a Pulse, when it changes.
        settled: the Phase that the run folder shows after the trainer went. The run is still
            looked at, and followed again when somebody resumes it.
        failed: a Message; the run could not be opened, started or followed.
    """

    opened = Signal(object, object, object)
    arrived = Signal(object)
    pulse = Signal(object)
    settled = Signal(object)
    failed = Signal(object)

    def __init__(self, task: Task, *, executor: str = "process") -> None:
        super().__init__()
        self.setObjectName("trainer")
        self._task = task
        self._kind = executor
        self._executor: Executor | None = None
        self._commands: SimpleQueue[Command | None] = SimpleQueue()
        self._left = threading.Event()
        self._run_is_over = False

    @property
    def outlives_window(self) -> bool:
        """Whether the training goes on after `leave`."""
        return self.only_watches or self._kind == "process"

    @property
    def only_watches(self) -> bool:
        """Whether the training was begun by somebody else."""
        return isinstance(self._task, Watch)

    def send(self, command: Command) -> None:
        """Write a command into the run folder; from any thread, at once."""
        self._commands.put(command)

    def leave(self, *, over: bool = False) -> None:
        """Stop following; a trainer in a process of its own goes on.

        Args:
            over: the run has ended; its process, which may still tidy up, is waited for.
        """
        self._run_is_over = over
        self._left.set()
        self._commands.put(None)

    def kill(self) -> None:
        """End the trainer's process at once; the run becomes an interrupted one."""
        if self._executor is not None:
            self._executor.kill()

    def run(self) -> None:
        """The thread's body; everything that goes wrong becomes `failed`."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        try:
            self._work()
        except HopeError as error:
            self.failed.emit(Message(str(error), severity="error"))
        except Exception as error:  # noqa: BLE001 - a thread begins here
            text = f"{type(error).__name__}: {error}"
            self.failed.emit(Message(text, severity="error", details=traceback.format_exc()))

    # -- inside ----------------------------------------------------------------------------------
    def _work(self) -> None:
        from hope_core.data.refusal import refuse_at_once
        from hope_core.runs.branching import branch
        from hope_core.runs.folder import RunFolder
        from hope_core.runs.notes import RunNotes, write_notes

        if isinstance(self._task, Start):
            refuse_at_once(self._task.config.data)
            folder = RunFolder.create(self._task.config)
            if self._task.title:
                write_notes(folder.path, RunNotes(title=self._task.title))
        elif isinstance(self._task, Branch):
            refuse_at_once(self._task.config.data)
            folder = branch(RunFolder.open(self._task.path), self._task.config)
        else:
            folder = RunFolder.open(self._task.path)
        if isinstance(self._task, Watch):
            self._executor = WatchExecutor(folder)
        elif self._kind == "process":
            self._executor = ProcessExecutor(folder)
        else:
            self._train_here(folder, ThreadExecutor(folder))
            return
        self._executor.start()
        self._follow(folder, self._executor)

    def _train_here(self, folder: RunFolder, executor: ThreadExecutor) -> None:
        """Trains in this QThread while a Python thread follows the run folder."""
        self._executor = executor
        executor.start()
        follower = threading.Thread(target=self._follow_safely, args=(folder, executor))
        follower.start()
        try:
            executor.train()
        except Exception:
            log.exception("The trainer ended by a fault.")
            if folder.state.state != "failed":  # not told by the run folder
                raise
        finally:
            follower.join()

    def _follow_safely(self, folder: RunFolder, executor: Executor) -> None:
        try:
            self._follow(folder, executor)
        except Exception as error:  # noqa: BLE001 - a thread begins here
            text = f"{type(error).__name__}: {error}"
            self.failed.emit(Message(text, severity="error", details=traceback.format_exc()))

    def _follow(self, folder: RunFolder, executor: Executor) -> None:
        from hope_core.runs.command_log import CommandWriter

        reader = self._open(folder, executor)
        writer = CommandWriter(folder)
        while self._listen(reader, writer, executor):
            executor.bury()
            if batch := reader.poll():
                self.arrived.emit(batch)
            self.settled.emit(phase_of_state(settled_state(folder)))
            if isinstance(executor, ThreadExecutor):
                return
            self._executor = executor = WatchExecutor(folder)
            while not executor.alive():
                if self._left.wait(ALIVE_SECONDS):
                    return
        executor.release(over=self._run_is_over)

    def _listen(self, reader: EventReader, writer: CommandWriter, executor: Executor) -> bool:
        """Hands events on, and commands; True when the trainer is gone, False when left alone."""
        silence = Silence()
        next_look = 0.0
        while not self._left.is_set():
            ended = False
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + ALIVE_SECONDS
                ended = not executor.alive()
            batch = reader.poll()
            if batch:
                self.arrived.emit(batch)
            if (pulse := silence.heard(bool(batch))) is not None:
                self.pulse.emit(pulse)
            if ended:
                return True
            self._pass_on_commands(writer)
        self._pass_on_the_rest(writer)
        return False

    def _open(self, folder: RunFolder, executor: Executor) -> EventReader:
        """Reads what the run told so far, here and not on the window's thread; who reads on."""
        from hope_core.analysis.history_cache import open_history

        history, reader = open_history(folder.path)
        self.opened.emit(folder, history, phase_of_state(executor.state()))
        return reader

    def _pass_on_commands(self, writer: CommandWriter) -> None:
        """Waits until the next look is due; a command wakes it and is written at once."""
        due = time.monotonic() + POLL_SECONDS
        while (left := due - time.monotonic()) > 0 and not self._left.is_set():
            try:
                command = self._commands.get(timeout=left)
            except Empty:
                return
            if command is not None:
                writer.write(command)

    def _pass_on_the_rest(self, writer: CommandWriter) -> None:
        """What was sent right before this thread was told to leave must still arrive."""
        while not self._commands.empty():
            if (command := self._commands.get()) is not None:
                writer.write(command)
