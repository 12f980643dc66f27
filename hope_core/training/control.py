"""Control: what people ask of a trainer, read from the run folder while it works.

A listening thread acknowledges each command within milliseconds, whatever the trainer is doing.
`check` does what was asked: it is called between two steps, two held-out batches, two tokens of a
sample and at least every 50 ms while the text is prepared, stands still while paused, and raises
StopRun when the run is to end. Nobody else waits or raises.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from hope_core.errors import RunError
from hope_core.runs.command_log import CommandReader, end_of_commands
from hope_core.runs.commands import (
    Continue,
    Generate,
    Pause,
    RunSteps,
    SampleNow,
    SaveNow,
    SetLearningRate,
    Stop,
    StopGeneration,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.runs.commands import AnyCommand
    from hope_core.runs.folder import RunFolder

LISTEN_SECONDS = 0.03
"""Between two looks at the commands."""
LARGEST_FACTOR = 1000.0
"""By which a learning rate may be multiplied."""


class StopRun(Exception):  # noqa: N818 - not an error: somebody wishes the run to end
    """The run is to end after the step in progress."""

    def __init__(self, *, keep: bool, reason: str) -> None:
        super().__init__(reason)
        self.keep = keep
        self.reason = reason


class Desk(Protocol):
    """Where wishes are served: the trainer, as `Control` sees it."""

    @property
    def is_ready(self) -> bool:
        """Whether there is a model to save, to sample and to talk to."""

    def acknowledge(self, command: AnyCommand, message: str) -> None:
        """Tell that a command was read, and in words what will be done."""

    def stand_still(self) -> None:
        """Tell that the run is paused now."""

    def go_on(self) -> None:
        """Tell that the run goes on."""

    def heartbeat(self) -> None:
        """Tell that the trainer lives, though it stands still."""

    def save(self) -> None:
        """Write a checkpoint."""

    def sample(self) -> None:
        """Continue the fixed prompts."""

    def set_rate_factor(self, factor: float) -> None:
        """Multiply the scheduled learning rate by this from the next step on."""

    def answer(self, request: Generate) -> None:
        """Continue a person's prompt with the live model; calls `listen` between tokens."""


class Control:
    """Listens to one run's commands.

    Args:
        folder: the run.
        commands_from: byte of commands.jsonl to begin at; None: its end, so that wishes meant for
            an earlier trainer are not served again.
    """

    def __init__(self, folder: RunFolder, *, commands_from: int | None = None) -> None:
        start = end_of_commands(folder) if commands_from is None else commands_from
        self._reader = CommandReader(folder, offset=start)
        self._desk: Desk | None = None
        self._wishes: deque[SaveNow | SampleNow | SetLearningRate | Generate] = deque()
        self._unwanted: set[str] = set()
        self._paused = False
        self._steps_left: int | None = None
        self._stop: StopRun | None = None
        self._obstacle: Callable[[], bool] | None = None
        self._serving = False
        self._ears = threading.RLock()
        self._deaf: RunError | None = None

    def attach(self, desk: Desk) -> None:
        """Serve wishes at this desk."""
        self._desk = desk

    def request_stop(self, reason: str, *, keep: bool = True) -> None:
        """Ask for the end from within this process; safe in a signal handler and in any thread."""
        self._stop = StopRun(keep=keep, reason=reason)

    def is_stopping(self) -> bool:
        """Whether the run is about to end."""
        return self._stop is not None

    def is_unwanted(self, generation: str) -> bool:
        """Whether the text with this id is to end early."""
        return self.is_stopping() or generation in self._unwanted

    def wait_for(self, is_over: Callable[[], bool]) -> None:
        """Stand still at the next `check` until this is so, or until somebody says to go on.

        Args:
            is_over: looks whether an obstacle is gone; called every few hundredths of a second.
        """
        self._obstacle = is_over
        self._paused = True

    def listen(self) -> None:
        """Read and acknowledge new commands; does nothing else and returns at once."""
        with self._ears:
            for command in self._reader.poll():
                message = self._note(command)
                if self._desk is not None:
                    self._desk.acknowledge(command, message)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep an ear open in a thread of its own, so that long work delays no answer."""
        leaving = threading.Event()

        def ear() -> None:
            while not leaving.wait(LISTEN_SECONDS):
                try:
                    self.listen()
                except RunError as error:
                    self._deaf = error
                    return

        thread = threading.Thread(target=ear, name="control", daemon=True)
        thread.start()
        try:
            yield
        finally:
            leaving.set()
            thread.join()

    def step_finished(self) -> None:
        """Count a step towards the pause that RunSteps asked for."""
        if self._steps_left is None:
            return
        self._steps_left -= 1
        if self._steps_left <= 0:
            self._paused, self._steps_left = True, None

    def check(self) -> None:
        """Serve what was asked for.

        Raises:
            StopRun: the run is to end.
            RunError: the run folder cannot be read or written any more.
        """
        self.listen()
        if self._deaf is not None:
            raise self._deaf
        if not self._serving:
            self._serve()
            self._wait_while_paused()
        if self._stop is not None:
            raise self._stop

    def _wait_while_paused(self) -> None:
        if not self._paused or self.is_stopping():
            return
        if self._desk is not None:
            self._desk.stand_still()
        while self._paused and not self.is_stopping():
            time.sleep(LISTEN_SECONDS)
            self.listen()
            self._serve()
            if self._desk is not None:
                self._desk.heartbeat()
            if self._obstacle is not None and self._obstacle():
                self._obstacle, self._paused = None, False
        if self._desk is not None and not self.is_stopping():
            self._desk.go_on()

    def _serve(self) -> None:
        """Do what was asked for, one after the other; pauses wait until it is done."""
        desk = self._desk
        if desk is None or not desk.is_ready:
            return
        self._serving = True
        try:
            while self._wishes and not self.is_stopping():
                match self._wishes.popleft():
                    case SaveNow():
                        desk.save()
                    case SampleNow():
                        desk.sample()
                    case SetLearningRate(factor=factor):
                        desk.set_rate_factor(factor)
                    case Generate() as request:
                        desk.answer(request)
        finally:
            self._serving = False

    def _note(self, command: AnyCommand) -> str:
        """Remember a command; what will be done about it, in words."""
        match command:
            case Pause():
                self._paused, self._steps_left, self._obstacle = True, None, None
                return "It pauses after the step in progress."
            case Continue():
                self._paused, self._steps_left, self._obstacle = False, None, None
                return "It goes on."
            case RunSteps(steps=steps):
                self._steps_left = max(1, steps)
                self._paused = False
                return f"It does {self._steps_left} steps and pauses then."
            case Stop(keep=keep):
                self._stop = StopRun(keep=keep, reason="Stopped by request.")
                return "It saves and stops." if keep else "It stops without saving."
            case StopGeneration(generation=generation):
                self._unwanted.add(generation)
                return "It ends this text."
            case SetLearningRate(factor=factor) if not 0.0 < factor <= LARGEST_FACTOR:
                return f"No: a factor of {factor:g} is not above 0 and at most {LARGEST_FACTOR:g}."
            case SaveNow() | SampleNow() | SetLearningRate() | Generate():
                self._wishes.append(command)
                ready = self._desk is not None and self._desk.is_ready
                return "At once." if ready else "As soon as the model stands."
