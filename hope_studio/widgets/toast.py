"""The toast at the end of a run: in the lower right corner, with the next thing to do."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from hope_studio.theme.icons import set_icon
from hope_studio.widgets.labels import label

MARGIN = 20
SHOWN_MS = 30_000


class Toast(QFrame):
    """A sentence and one button over the lower right corner of its parent.

    Signals:
        acted: the person pressed the button.
    """

    acted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("toast")
        self.text = label(wrap=True)
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        self.close_button = QToolButton()
        set_icon(self.close_button, "close")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 10, 12)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.button.clicked.connect(self._act)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say(self, text: str, button: str) -> None:
        """Show a sentence for half a minute, with a button."""
        self.text.setText(text)
        self.button.setText(button)
        self.close_button.setAccessibleName(self.tr("Dismiss this message"))
        self.keep_corner()
        self.show()
        self.raise_()
        self._timer.start()

    @Slot()
    def keep_corner(self) -> None:
        """Stay in the corner; the parent changed its size."""
        ground = self._ground
        width = min(460, ground.width() - 2 * MARGIN)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(ground.width() - width - MARGIN, ground.height() - self.height() - MARGIN)

    @Slot()
    def _act(self) -> None:
        self.hide()
        self.acted.emit()
