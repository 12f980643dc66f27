"""Teller: everything a trainer tells, as events and as the run's state; sparing with the disk."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self

import psutil
import torch

from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import PhaseProgress, StateChanged
from hope_core.training.progress import Progress

if TYPE_CHECKING:
    from types import TracebackType

    from hope_core.runs.events import Event
    from hope_core.runs.folder import RunFolder
    from hope_core.runs.state import StateName

MEMORY_SECONDS = 0.5
"""Between two looks at the process's memory."""
PHASE_SECONDS = 0.1
"""Between two reports of one phase."""


class Teller:
    """Writes a run's events and state. Made by whoever holds the run's lock.

    Attributes:
        progress: the counters that the state repeats; the trainer replaces it when it resumes.
        evaluated: the last validation result in bits a byte, if any.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._writer = EventWriter(folder)
        self._writing = threading.Lock()
        self._process = psutil.Process()
        self._memory = 0
        self._memory_at = self._phase_at = float("-inf")
        self._phase = ""
        self.progress = Progress()
        self.evaluated: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._writer.close()

    @property
    def segment(self) -> int:
        """Number of the event segment that this trainer writes."""
        return self._writer.segment

    def say(self, event: Event) -> None:
        """Append an event; from any thread."""
        with self._writing:
            self._writer.write(event)

    def sync(self) -> None:
        """Wait until all events are on the disk."""
        self._writer.sync()

    def state(self, state: StateName, reason: str = "") -> None:
        """The run's life goes on."""
        self.say(StateChanged(state=state, step=self.progress.step, reason=reason))
        self._folder.write_state(
            state,
            reason=reason,
            step=self.progress.step,
            tokens=self.progress.tokens,
            seconds=self.progress.seconds,
            loss=self.progress.loss,
            bits_per_byte=self.evaluated,
        )

    def heartbeat(self) -> None:
        """The trainer lives; written at most once a second."""
        self._folder.heartbeat(
            step=self.progress.step,
            tokens=self.progress.tokens,
            seconds=self.progress.seconds,
            loss=self.progress.loss,
            bits_per_byte=self.evaluated,
        )

    def phase(self, phase: str, done: int, total: int) -> None:
        """How far a phase is; its start, its end and at most ten reports a second between."""
        now = time.monotonic()
        if phase == self._phase and done < total and now - self._phase_at < PHASE_SECONDS:
            return
        self._phase, self._phase_at = phase, now
        self.say(PhaseProgress(phase=phase, done=done, total=total))
        self.heartbeat()

    def memory_bytes(self) -> int:
        """Resident memory of this process, looked up at most twice a second."""
        now = time.monotonic()
        if now - self._memory_at > MEMORY_SECONDS:
            self._memory, self._memory_at = int(self._process.memory_info().rss), now
        return self._memory


def gpu_bytes(device: torch.device) -> int:
    """Memory held on the GPU by this process; 0 on a CPU."""
    return torch.cuda.memory_reserved(device) if device.type == "cuda" else 0
