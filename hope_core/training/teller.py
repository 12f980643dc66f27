"""Teller: everything a trainer tells, as events and as the run's state; sparing with the disk."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self

import psutil
import torch

from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import PhaseProgress, StateChanged
from hope_core.runs.state import Figures
from hope_core.training.progress import Progress, bits_per_byte

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
        self._folder.write_state(state, reason=reason, **self._figures())

    def heartbeat(self) -> None:
        """The trainer lives; written at most once a second."""
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
