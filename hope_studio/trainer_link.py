"""The trainer of the open run, as the window's thread sees it, and those that still let go.

Only what the present trainer tells is passed on: one that was left may have signals on their way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory
    from hope_core.runs.commands import Command
    from hope_core.runs.folder import RunFolder
    from hope_studio.messages import Message
    from hope_studio.phases import Phase
    from hope_studio.pulse import Pulse
    from hope_studio.tasks import Task
    from hope_studio.trainer_thread import TrainerThread

LEAVE_PATIENCE_MS = 10_000
"""How long a trainer thread may take to let go of its run."""


class TrainerLink(QObject):
    """Holds at most one trainer. Signals: those of TrainerThread, in the window's thread."""

    opened = Signal(object, object, object)
    arrived = Signal(object)
    pulse = Signal(object)
    settled = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trainer: TrainerThread | None = None
        self._leaving: list[TrainerThread] = []

    @property
    def outlives_window(self) -> bool:
        """Whether the training goes on when it is left."""
        return self._trainer is None or self._trainer.outlives_window

    @property
    def only_watches(self) -> bool:
        """Whether the training, if there is any, was begun by somebody else."""
        return self._trainer is None or self._trainer.only_watches

    def employ(self, task: Task, *, executor: str) -> None:
        """Give a new trainer this task; the one before must have been released."""
        from hope_studio.trainer_thread import TrainerThread

        trainer = TrainerThread(task, executor=executor)
        queued = Qt.ConnectionType.QueuedConnection
        trainer.opened.connect(self._opened, queued)
        trainer.arrived.connect(self._arrived, queued)
        trainer.pulse.connect(self._pulse, queued)
        trainer.settled.connect(self._settled, queued)
        trainer.failed.connect(self._failed, queued)
        trainer.finished.connect(self._ended, queued)
        self._trainer = trainer
        trainer.start()

    def send(self, command: Command) -> None:
        """Write a command into the run folder; without a trainer nothing happens."""
        if self._trainer is not None:
            self._trainer.send(command)

    def kill(self) -> None:
        """End the trainer's process at once."""
        if self._trainer is not None:
            self._trainer.kill()

    def release(self, *, over: bool) -> None:
        """Let go of the trainer; see TrainerThread.leave."""
        if self._trainer is not None:
            self._trainer.leave(over=over)
            self._leaving.append(self._trainer)
            self._trainer = None

    def wait(self) -> bool:
        """Wait for those that were released; False when one of them does not end."""
        ended = [trainer.wait(LEAVE_PATIENCE_MS) for trainer in self._leaving]
        return all(ended)

    # -- inside ----------------------------------------------------------------------------------
    def _is_current(self) -> bool:
        return self.sender() is self._trainer

    @Slot(object, object, object)
    def _opened(self, folder: RunFolder, history: RunHistory, phase: Phase) -> None:
        if self._is_current():
            self.opened.emit(folder, history, phase)

    @Slot(object)
    def _arrived(self, batch: object) -> None:
        if self._is_current():
            self.arrived.emit(batch)

    @Slot(object)
    def _pulse(self, beating: Pulse) -> None:
        if self._is_current():
            self.pulse.emit(beating)

    @Slot(object)
    def _settled(self, phase: Phase) -> None:
        if self._is_current():
            self.settled.emit(phase)

    @Slot(object)
    def _failed(self, message: Message) -> None:
        if self._is_current():
            self.failed.emit(message)

    @Slot()
    def _ended(self) -> None:
        self._leaving = [trainer for trainer in self._leaving if not trainer.isFinished()]
