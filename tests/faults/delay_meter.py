"""How late the window's event loop comes: a timer that wishes to be called every 5 ms tells."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import psutil
from PySide6.QtCore import QObject, Qt, QTimer, Slot

if TYPE_CHECKING:
    from typing import Self

INTERVAL_MS = 5
MEGABYTE = 1 << 20


class DelayMeter(QObject):
    """Measures inside `with DelayMeter() as meter:`, as long as the event loop runs.

    "Own" is the processor time that the window's thread itself spent between two calls: on a busy
    machine only that part is the window's doing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.delays: list[float] = []
        self.own: list[float] = []
        self._timer = QTimer(self, interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Self:
        self._memory = psutil.Process().memory_info().rss
        self._last, self._last_own = time.perf_counter(), time.thread_time()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self.delays.append(max(0.0, 1000 * (now - self._last) - INTERVAL_MS))
        self.own.append(1000 * (own - self._last_own))
        self._last, self._last_own = now, own

    def words(self) -> str:
        """What was measured until now."""
        late, own = np.array(self.delays), np.array(self.own)
        grown = (psutil.Process().memory_info().rss - self._memory) / MEGABYTE
        return (
            f"event loop late by {np.median(late):.1f} ms (median), {np.quantile(late, 0.99):.0f} "
            f"(p99), {late.max():.0f} (maximum); of its own doing {np.median(own):.1f}, "
            f"{np.quantile(own, 0.99):.0f}, {own.max():.0f}; memory grew by {grown:.0f} MB"
        )
