"""Slow look-ups (folders, files) off the window's thread, one at a time, the newest wish winning.

A daemon thread rather than a QThread: nothing has to be waited for when the window closes.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from hope_core.errors import HopeError

if TYPE_CHECKING:
    from collections.abc import Callable


class Background(QObject):
    """Runs a function in a thread and tells its result in the window's thread.

    Signals:
        done: the function's result.
        failed: the HopeError or OSError it raised.
    """

    done = Signal(object)
    failed = Signal(object)
    _ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._work: Callable[[], object] | None = None
        self._next: Callable[[], object] | None = None
        self._ended.connect(self._start_next, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a function runs at the moment."""
        return self._work is not None

    def run(self, work: Callable[[], object]) -> None:
        """Run `work` soon; while another runs, only the newest wish is remembered."""
        if self._work is not None:
            self._next = work
            return
        self._work = work
        threading.Thread(target=self._call, args=(work,), daemon=True).start()

    def _call(self, work: Callable[[], object]) -> None:
        try:
            result = work()
        except (HopeError, OSError) as error:
            self.failed.emit(error)
        else:
            self.done.emit(result)
        finally:
            self._ended.emit()

    @Slot()
    def _start_next(self) -> None:
        self._work = None
        if self._next is not None:
            work, self._next = self._next, None
            self.run(work)
