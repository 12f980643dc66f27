"""A sentence with two buttons that points at a part of the window and stays beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hope_studio.widgets.labels import label

WIDTH = 300
GAP = 8
"""Pixels to what it points at, and to the window's edge."""


class Callout(QFrame):
    """Lies over the window and never takes the keyboard by itself.

    Signals:
        understood: the button that goes on.
        unwanted: the button that ends it.
        placed: it was shown, moved or hidden; see `target`.
    """

    understood = Signal()
    unwanted = Signal()
    placed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("callout")
        self._window = window
        self._beside: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAccessibleName(self.tr("Hint"))
        self.text = label(wrap=True)
        self.place = label(role="small")
        self.done_button = QPushButton()
        self.none_button = QPushButton()
        self.none_button.setProperty("flat", True)
        row = QHBoxLayout()
        row.addWidget(self.place)
        row.addStretch(1)
        row.addWidget(self.none_button)
        row.addWidget(self.done_button)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 10)
        column.addWidget(self.text)
        column.addLayout(row)
        self.setFixedWidth(WIDTH)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._settle)
        self.done_button.clicked.connect(self.understood)
        self.none_button.clicked.connect(self.unwanted)
        self.hide()

    def say(self, words: str, place: str, beside: QWidget, *, onward: str, away: str) -> None:
        """Show these words beside a widget, with the texts of the two buttons."""
        self.text.setText(words)
        self.place.setText(place)
        self.done_button.setText(onward)
        self.none_button.setText(away)
        self.setAccessibleDescription(words)
        self._follow(beside)
        self._settle()

    def leave(self) -> None:
        """Say nothing any more."""
        self._follow(None)
        self._settle()

    @property
    def target(self) -> QRect:
        """What it points at, in the window; empty while that is out of sight."""
        if self._beside is None or self._beside.visibleRegion().isEmpty():
            return QRect()
        return QRect(self._beside.mapTo(self._window, QPoint(0, 0)), self._beside.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it points at moved, grew, went or came: it goes with it."""
        kinds = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
        if event.type() in kinds:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _follow(self, beside: QWidget | None) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._beside, self._watched = beside, []
        while beside is not None:
            self._watched.append(beside)
            beside.installEventFilter(self)
            beside = beside.parentWidget() if beside is not self._window else None

    @Slot()
    def _settle(self) -> None:
        """Below what it points at, or above it where there is no room."""
        target = self.target
        if target.isEmpty():
            self.hide()
            self.placed.emit()
            return
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH))
        ground = self._window
        x, y = target.left(), target.bottom() + 1 + GAP
        if y + self.height() > ground.height() - GAP:
            y = target.top() - self.height() - GAP
        self.move(max(GAP, min(x, ground.width() - self.width() - GAP)), max(GAP, y))
        self.show()
        self.raise_()
        self.placed.emit()
