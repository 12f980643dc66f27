"""The events of the open run as a list with their steps: starts, saves, warnings, failures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from hope_core.runs.events import (
    CheckpointSaved,
    EvaluationFinished,
    Event,
    Notice,
    RunFailed,
    RunFinished,
    RunStarted,
)
from hope_studio.docks.sentences import sentence_of
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_studio.session import Session

KINDS = (RunStarted, EvaluationFinished, CheckpointSaved, Notice, RunFailed, RunFinished)
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
        self.retranslate()
        self.start_over()

    def retranslate(self) -> None:
        """Set every text again."""
        self.rows.setHeaderLabels([self.tr("Time"), self.tr("Step"), self.tr("What happened")])
        self.rows.setAccessibleName(self.tr("Events of the run"))

    @Slot()
    def start_over(self) -> None:
        """Another run is open: show what its history knows."""
        self.rows.clear()
        history = self.session.history
        if history is not None:
            told: list[Event | None] = [history.started, *history.evaluations]
            told += [*history.checkpoints, *history.notices, history.failure, history.finished]
            self.take(sorted((e for e in told if e is not None), key=_time_of))

    @Slot(object)
    def take(self, batch: list[Event]) -> None:
        """Put new events on top."""
        for event in batch:
            if isinstance(event, KINDS):
                clock = datetime.fromtimestamp(event.at, UTC).astimezone().strftime("%H:%M:%S")
                step = getattr(event, "step", None)
                texts = [clock, "" if step is None else number(step), sentence_of(event)]
                self.rows.insertTopLevelItem(0, QTreeWidgetItem(texts))
        while self.rows.topLevelItemCount() > ROWS:
            self.rows.takeTopLevelItem(ROWS)


def _time_of(event: Event) -> float:
    return event.at
