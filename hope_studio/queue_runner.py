"""Trains the runs that wait, one after another, as long as the person lets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hope_core.errors import HopeError
from hope_core.runs.lifecycle import is_alive
from hope_studio.phases import Phase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hope_core.config.grid import GridPoint
    from hope_core.runs.folder import RunFolder
    from hope_core.runs.queue import Waiting
    from hope_studio.session import Session

LOOK_MS = 2000
"""Between two looks whether a run that is not on show has ended."""


def queue_of(session: Session) -> QueueRunner:
    """The session's one queue, made when it is first asked for."""
    found = session.findChild(QueueRunner)
    return found if isinstance(found, QueueRunner) else QueueRunner(session)


class QueueRunner(QObject):
    """The queue on disk, and whether its first run starts when the session is free.

    Signals:
        changed: entries came or went, or it was started or stopped.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        from hope_core.runs.queue import RunQueue

        self._session = session
        self._queue = RunQueue()
        self.going = False
        self._trained: Path | None = None
        self._expected = False
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._timer.timeout.connect(self._go_on)
        session.phase_changed.connect(self._phase_changed)
        session.run_changed.connect(self._run_changed)

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, the next one first; a queue that cannot be read becomes a notice."""
        try:
            return self._queue.waiting()
        except HopeError as error:
            self._complain(error)
            return ()

    def add(self, points: Sequence[GridPoint]) -> None:
        """Put runs behind the last one."""
        try:
            self._queue.add(points)
        except HopeError as error:
            self._complain(error)
        self.changed.emit()

    def remove(self, entries: Sequence[str]) -> None:
        """Take these entries out."""
        try:
            self._queue.remove(entries)
        except HopeError as error:
            self._complain(error)
        self.changed.emit()

    def move(self, entry: str, by: int) -> None:
        """Move an entry up (negative) or down."""
        try:
            self._queue.move(entry, by)
        except HopeError as error:
            self._complain(error)
        self.changed.emit()

    def start(self) -> None:
        """Train what waits, the first one as soon as no run is live."""
        self.going = True
        self._go_on()

    def stop(self) -> None:
        """Start nothing more; the run in progress goes on."""
        self.going = False
        self.changed.emit()

    @Slot(object)
    def _phase_changed(self, phase: Phase) -> None:
        if not self.going:
            return
        if phase is Phase.STOPPING:
            self.stop()
            text = self.tr("The queue was stopped together with the run.")
            self._session.notice(text, hint=self.tr("Start it again on the Runs page."))
        elif not phase.live:
            self._go_on()

    @Slot(object)
    def _run_changed(self, run: RunFolder | None) -> None:
        if self._expected and run is not None:
            self._trained, self._expected = run.path, False

    @Slot()
    def _go_on(self) -> None:
        """Start the first run, unless one is live, be it one that is not on show."""
        if self.going and not self._session.phase.live:
            if self._trained is not None and is_alive(self._trained):
                self._timer.start()
            else:
                self._train_next()
        self.changed.emit()

    def _train_next(self) -> None:
        try:
            entry = self._queue.take()
            if entry is None:
                self.going = False
            else:
                self._expected = True
                self._session.train(entry.config, title=entry.label)
        except HopeError as error:
            self.going = False
            self._complain(error)

    def _complain(self, error: HopeError) -> None:
        self._session.notice(str(error), severity="error")
