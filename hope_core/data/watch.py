"""How far a piece of data work is, and whether it should stop: called often, reported seldom."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

REPORT_EVERY = 0.05
"""Shortest time between two progress reports of one phase (s)."""


class Watch:
    """Carries a caller's progress and cancel callbacks through the data work.

    `cancelled` is called on every tick and stops the work by raising; `progress` gets
    (phase, done, total) at most twenty times a second, and always at the start and end of a phase.
    """

    def __init__(
        self, progress: Callable[[str, int, int], None], cancelled: Callable[[], None]
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._phase = ""
        self._reported_at = 0.0

    def tick(self, phase: str, done: int, total: int) -> None:
        """Tell that `done` of `total` of a phase is reached; call at least every 50 ms of work."""
        self._cancelled()
        now = time.monotonic()
        due = now - self._reported_at >= REPORT_EVERY
        if due or phase != self._phase or done >= total:
            self._phase, self._reported_at = phase, now
            self._progress(phase, done, total)
