"""The log: every sentence of the open run, filtered by how grave it is and by words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hope_core.runs.events import RunFailed
from hope_studio.docks.sentences import LEVELS, level_of, sentence_of

if TYPE_CHECKING:
    from hope_core.runs.events import Event
    from hope_studio.session import Session

LINES = 5000


class LogDock(QWidget):
    """Lines of text, the newest at the bottom."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._events: list[Event] = []
        self._lines: list[tuple[str, str]] = []
        self._last_error = ""
        self.level = QComboBox()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.copy_button = QPushButton()
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setMaximumBlockCount(LINES)
        head = QHBoxLayout()
        head.addWidget(self.level)
        head.addWidget(self.search, 1)
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self.level.addItems(["", "", ""])
        self.retranslate()
        self.level.currentIndexChanged.connect(self.refill)
        self.search.textChanged.connect(self.refill)
        self.copy_button.clicked.connect(self.copy_last_error)
        session.run_changed.connect(self.start_over)
        session.events_arrived.connect(self.take)
        self.start_over()

    def retranslate(self) -> None:
        """Set every text again."""
        words = (self.tr("Everything"), self.tr("Warnings and errors"), self.tr("Errors"))
        for index, text in enumerate(words):
            self.level.setItemText(index, text)
        self.level.setAccessibleName(self.tr("Least grave kind that is shown"))
        self.search.setPlaceholderText(self.tr("Search the log"))
        self.text.setAccessibleName(self.tr("Log of the run"))
        self.copy_button.setText(self.tr("Copy last error"))
        self._lines = [_line_of(event) for event in self._events]
        self.refill()

    @Slot()
    def start_over(self) -> None:
        """Another run is open: show what its history knows."""
        self._events, self._lines, self._last_error = [], [], ""
        self.copy_button.setEnabled(False)
        history = self.session.history
        if history is not None:
            told: list[Event | None] = [history.started, *history.evaluations]
            told += [*history.checkpoints, *history.notices, history.failure, history.finished]
            self.take(sorted((e for e in told if e is not None), key=_time_of))
        self.refill()

    @Slot(object)
    def take(self, batch: list[Event]) -> None:
        """Append the sentences of new events."""
        for event in batch:
            if isinstance(event, RunFailed):
                self._last_error = f"{event.message}\n{event.hint}\n\n{event.traceback}".strip()
                self.copy_button.setEnabled(True)
            if sentence_of(event):
                line = _line_of(event)
                self._events.append(event)
                self._lines.append(line)
                if self._shows(line):
                    self.text.appendPlainText(line[1])
        del self._events[:-LINES], self._lines[:-LINES]

    @Slot()
    def refill(self) -> None:
        """Show the lines that pass the filter."""
        self.text.setPlainText("\n".join(line[1] for line in self._lines if self._shows(line)))
        self.text.verticalScrollBar().setValue(self.text.verticalScrollBar().maximum())

    @Slot()
    def copy_last_error(self) -> None:
        """Copy the last failure with its traceback."""
        QGuiApplication.clipboard().setText(self._last_error)

    def _shows(self, line: tuple[str, str]) -> bool:
        level, text = line
        grave_enough = LEVELS.index(level) >= self.level.currentIndex()
        return grave_enough and self.search.text().casefold() in text.casefold()


def _line_of(event: Event) -> tuple[str, str]:
    """How grave it is, and what it says in the window's language."""
    clock = datetime.fromtimestamp(event.at, UTC).astimezone().strftime("%H:%M:%S")
    return level_of(event), f"{clock}  {sentence_of(event)}"


def _time_of(event: Event) -> float:
    return event.at
