"""Teller: everything a trainer tells, as events and as the run's state; sparing with the disk.

What a full disk does not take is kept and said later, in order; a small reserve on the disk is
given up first, so that whoever watches learns at once why the run stands still.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import msgspec
import psutil
import torch

from hope_core.errors import RunError
from hope_core.runs.disk_full import DiskFullError
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import Notice, PhaseProgress, StateChanged
from hope_core.runs.state import Figures
from hope_core.runs.storage import remove_quietly, write_bytes
from hope_core.training.progress import Progress, bits_per_byte

if TYPE_CHECKING:
    from types import TracebackType

    from hope_core.runs.events import Event
    from hope_core.runs.folder import RunFolder
    from hope_core.runs.state import StateName

MEMORY_SECONDS = 0.5
"""Between two looks at the process's memory."""
TRY_SECONDS = 1.0
"""Between two tries to write on a full disk."""
RESERVE_BYTES = 1 << 17
"""Room on the disk that is given up to tell that it is full."""
PHASE_SECONDS = 0.1
"""Between two reports of one phase."""


class Teller:
    """Writes a run's events and state. Made by whoever holds the run's lock.

    Attributes:
        progress: the counters that the state repeats; the trainer replaces it when it resumes.
        bytes_per_token: of the held-out text, once it is known.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._writer = EventWriter(folder)
        self._writing = threading.Lock()
        self._process = psutil.Process()
        self._memory = self._peak = 0
        self._memory_at = self._phase_at = float("-inf")
        self._phase = ""
        self.progress = Progress()
        self.bytes_per_token: float | None = None
        self._unsaid: deque[Event] = deque()
        self._owed_state: tuple[StateName, str] | None = None
        self._try_at = 0.0
        self._reserve = folder.path / "cache" / "reserve"
        self._keep_reserve()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.try_again(at_once=True)
        self._writer.close()

    @property
    def segment(self) -> int:
        """Number of the event segment that this trainer writes."""
        return self._writer.segment

    @property
    def is_held_up(self) -> bool:
        """Whether something is still to be said because the disk is full."""
        return bool(self._unsaid) or self._owed_state is not None

    def say(self, event: Event) -> None:
        """Append an event, or keep it while the disk is full; from any thread."""
        stamped = event if event.at else msgspec.structs.replace(event, at=time.time())
        with self._writing:
            if self._unsaid:
                self._keep(stamped)
                return
            try:
                self._writer.write(stamped)
            except DiskFullError as error:
                self._keep(stamped)
                self._tell_of_full_disk(error)

    def try_again(self, *, at_once: bool = False) -> bool:
        """Say what was kept; whether nothing is left to be said.

        Args:
            at_once: also when less than a second has passed since the last try.
        """
        if not self.is_held_up or (time.monotonic() < self._try_at and not at_once):
            return not self.is_held_up
        self._try_at = time.monotonic() + TRY_SECONDS
        try:
            with self._writing:
                while self._unsaid:
                    self._writer.write(self._unsaid[0])
                    self._unsaid.popleft()
            if self._owed_state is not None:
                state, reason = self._owed_state
                self._folder.write_state(state, reason=reason, **self._figures())
                self._owed_state = None
        except DiskFullError:
            return False
        self._keep_reserve()
        return True

    def sync(self) -> None:
        """Wait until all events are on the disk."""
        self._writer.sync()

    def state(self, state: StateName, reason: str = "") -> None:
        """The run's life goes on."""
        self.say(StateChanged(state=state, step=self.progress.step, reason=reason))
        try:
            self._folder.write_state(state, reason=reason, **self._figures())
        except DiskFullError:
            self._owed_state = state, reason
        else:
            self._owed_state = None

    def heartbeat(self) -> None:
        """The trainer lives; written at most once a second."""
        if self.is_held_up:
            self.try_again()
            return
        with suppress(DiskFullError):  # the next event tells of it
            self._folder.heartbeat(**self._figures())

    def in_bits(self, loss: float | None) -> float | None:
        """A loss on held-out text in bits a byte; None before either is known."""
        if loss is None or self.bytes_per_token is None:
            return None
        return bits_per_byte(loss, self.bytes_per_token)

    def _figures(self) -> Figures:
        progress = self.progress
        return Figures(
            step=progress.step,
            tokens=progress.tokens,
            seconds=progress.seconds,
            loss=progress.loss,
            bits_per_byte=self.in_bits(progress.validation_loss),
            best_bits_per_byte=self.in_bits(progress.best_loss),
            peak_bytes=self._peak or None,
        )

    def phase(self, phase: str, done: int, total: int) -> None:
        """How far a phase is; its start, its end and at most ten reports a second between."""
        now = time.monotonic()
        if phase == self._phase and done < total and now - self._phase_at < PHASE_SECONDS:
            return
        self._phase, self._phase_at = phase, now
        self.say(PhaseProgress(phase=phase, done=done, total=total))
        self.heartbeat()

    def _keep(self, event: Event) -> None:
        if not isinstance(event, PhaseProgress):  # how far a phase was, nobody asks later
            self._unsaid.append(event)

    def _keep_reserve(self) -> None:
        """Hold some room for the words that tell of a full disk; without it they come later."""
        with suppress(OSError, RunError):
            self._reserve.parent.mkdir(exist_ok=True)
            write_bytes(self._reserve, bytes(RESERVE_BYTES), durable=False)

    def _tell_of_full_disk(self, error: DiskFullError) -> None:
        hint = "The run pauses, and goes on by itself as soon as there is room."
        remove_quietly(self._reserve)
        notice = Notice(message=str(error), hint=hint, at=time.time())
        try:
            self._writer.write(notice)
        except DiskFullError:
            self._unsaid.appendleft(notice)

    def memory_bytes(self) -> int:
        """Resident memory of this process, looked up at most twice a second."""
        now = time.monotonic()
        if now - self._memory_at > MEMORY_SECONDS:
            self._memory, self._memory_at = int(self._process.memory_info().rss), now
            self._peak = max(self._peak, self._memory)
        return self._memory


def gpu_bytes(device: torch.device) -> int:
    """Memory held on the GPU by this process; 0 on a CPU."""
    return torch.cuda.memory_reserved(device) if device.type == "cuda" else 0
