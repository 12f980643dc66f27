"""A place to drop a text file or folder; a click or Enter opens a file dialog instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from hope_core.errors import ForeignFileError
from hope_core.exchange.kinds import kind_of
from hope_studio.theme import color
from hope_studio.theme.blend import blend
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )


class DropZone(QFrame):
    """Asks for text to train on and tells the path that was dropped or chosen."""

    path_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(64)
        self._marked = False
        self._label = label(wrap=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._label)
        self._sentence = ""
        self.retranslate()

    def retranslate(self) -> None:
        """Say in the window's language what may be dropped."""
        self.setAccessibleName(self.tr("Choose a text file to train on"))
        self.setToolTip(self.tr("Text (.txt, .md, ...), JSON lines (.jsonl) or a folder of text."))
        self._label.setText(
            self._sentence or self.tr("Drop a text file, or use the built-in sample")
        )

    def show_sentence(self, sentence: str) -> None:
        """Replace the invitation, for example by the file in use; empty: the invitation again."""
        self._sentence = sentence
        self.retranslate()

    def choose(self) -> None:
        """Open the file dialog."""
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a text file"),
            "",
            self.tr("Text (*.txt *.md *.rst *.py *.jsonl);;All files (*)"),
        )
        if path:
            self.path_chosen.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local file or folder."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            self._mark(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Be quiet again."""
        self._settle()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the path of a text; what is none is handed on to the window."""
        self._settle()
        event.acceptProposedAction()
        path = Path(event.mimeData().urls()[0].toLocalFile())
        if _is_text(path):
            self.path_chosen.emit(str(path))
        else:
            self.window().dropEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the file dialog."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the file dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the keyboard where it is."""
        self._mark(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be quiet again."""
        self._mark(False)
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the dashed frame, accented while a file hovers or the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = color("accent")
        pen = QPen(accent if self._marked else color("strong_border"), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(blend(color("window"), accent, 0.08 if self._marked else 0.03))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)

    def _mark(self, marked: bool) -> None:
        self._marked = marked
        self.update()

    def _settle(self) -> None:
        self._mark(self.hasFocus())


def _is_text(path: Path) -> bool:
    """Whether this is for the Data page, which also tells why a thing cannot be text."""
    try:
        return kind_of(path) == "text"
    except ForeignFileError:
        return True
