"""The events of the open run as a list with their steps: starts, saves, warnings, failures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from hope_core.runs.events import (
    CheckpointSaved,
    EvaluationFinished,
    Event,
    LearningRateChanged,
    Notice,
    RunFailed,
    RunFinished,
    RunStarted,
    StepSkipped,
)
from hope_studio.docks.sentences import sentence_of
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_studio.session import Session

KINDS = (
    RunStarted,
    EvaluationFinished,
    CheckpointSaved,
    LearningRateChanged,
    StepSkipped,
    Notice,
    RunFailed,
    RunFinished,
)
STEP_ROLE = Qt.ItemDataRole.UserRole
ROWS = 2000


class EventsDock(QWidget):
    """One row an event; the newest on top."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.rows.setColumnCount(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.rows)
        session.run_changed.connect(self.start_over)
        session.events_arrived.connect(self.take)
        self.rows.itemSelectionChanged.connect(self._point)
        self.rows.itemClicked.connect(self._point)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.rows.setHeaderLabels([self.tr("Time"), self.tr("Step"), self.tr("What happened")])
        self.rows.setAccessibleName(self.tr("Events of the run"))
        self.rows.setToolTip(self.tr("Click: the line across the plots goes to this step"))
        self.start_over()

    @Slot()
    def start_over(self) -> None:
        """Another run is open: show what its history knows."""
        self.rows.clear()
        history = self.session.history
        if history is not None:
            told: list[Event | None] = [history.started, *history.evaluations]
            told += [*history.checkpoints, *history.notices, history.failure, history.finished]
            steered = (LearningRateChanged, StepSkipped)
            told += [mark.event for mark in history.markers if isinstance(mark.event, steered)]
            self.take(sorted((e for e in told if e is not None), key=_time_of))

    @Slot(object)
    def take(self, batch: list[Event]) -> None:
        """Put new events on top."""
        for event in batch:
            if isinstance(event, KINDS):
                clock = datetime.fromtimestamp(event.at, UTC).astimezone().strftime("%H:%M:%S")
                step = getattr(event, "step", None)
                texts = [clock, "" if step is None else number(step), sentence_of(event)]
                row = QTreeWidgetItem(texts)
                row.setData(0, STEP_ROLE, step)
                self.rows.insertTopLevelItem(0, row)
        while self.rows.topLevelItemCount() > ROWS:
            self.rows.takeTopLevelItem(ROWS)

    @Slot()
    def _point(self) -> None:
        """Let the plots show the step of the row that was clicked or reached with the keys."""
        row = self.rows.currentItem()
        step = None if row is None else row.data(0, STEP_ROLE)
        if step is not None:
            self.session.step_pointed.emit(step)


def _time_of(event: Event) -> float:
    return event.at
