"""The turns of a conversation; any of them can be gone back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_core.inference.talk_messages import MomentTold, TalkTold


class MomentsList(QWidget):
    """The newest turn at the bottom.

    Signals:
        wanted: the number of the moment to go back to.
    """

    wanted = Signal(int)  # a place in a short list

    def __init__(self) -> None:
        super().__init__()
        self.intro = label(role="small", wrap=True)
        self.rows = QListWidget()
        self.rows.setWordWrap(True)
        self.button = QPushButton()
        self._talk: TalkTold | None = None
        self._busy = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.intro)
        column.addWidget(self.rows, 1)
        column.addWidget(self.button)
        self.rows.currentRowChanged.connect(self._show_button)
        self.button.clicked.connect(self._go_back)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.intro.setText(
            self.tr("Each turn ends in a moment. Going back brings it back bit for bit.")
        )
        self.rows.setAccessibleName(self.tr("Moments of the conversation"))
        self.button.setText(self.tr("Go back to this moment"))
        self.show_talk(self._talk, busy=self._busy)

    def show_talk(self, talk: TalkTold | None, *, busy: bool) -> None:
        """List the moments of this conversation."""
        self._talk, self._busy = talk, busy
        self.rows.clear()
        for moment in talk.moments if talk is not None else ():
            self.rows.addItem(QListWidgetItem(self._line(moment)))
        self.rows.setCurrentRow(self.rows.count() - 1)
        self._show_button()

    def _line(self, moment: MomentTold) -> str:
        words = {
            "start": self.tr("The start"),
            "read": self.tr("Read: {words}"),
            "taught": self.tr("Taught: {words}"),
            "written": self.tr("Written: {words}"),
            "loaded": self.tr("Loaded: {words}"),
        }[moment.kind].format(words=moment.words)
        if len(moment.surprise) > 1:
            fell = self.tr("surprise {first} → {last} nats a token").format(
                first=number(moment.surprise[0], 2), last=number(min(moment.surprise), 2)
            )
            words = f"{words}\n{fell}"
        return words

    @Slot()
    def _show_button(self, _row: int = 0) -> None:
        place = self.rows.currentRow()
        self.button.setEnabled(0 <= place < self.rows.count() - 1 and not self._busy)

    @Slot()
    def _go_back(self) -> None:
        self.wanted.emit(self.rows.currentRow())
