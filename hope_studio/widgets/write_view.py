"""The writing side of the Generate page: a prompt, one column of text or two, and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hope_studio.theme import set_icon
from hope_studio.widgets.card import Card
from hope_studio.widgets.sampling_form import SamplingForm
from hope_studio.widgets.token_details import TokenDetails
from hope_studio.widgets.token_shades import ShadeLegend, Shading, shading_words
from hope_studio.widgets.write_column import WriteColumn

if TYPE_CHECKING:
    from hope_studio.session import Session

PROMPT_LINES = 4
SIDE_WIDTH = 280


class WriteView(QWidget):
    """The same prompt and seed for every column.

    Signals:
        changed: writing began or ended, or another model was chosen.
        failed: a sentence about what went wrong.
        noticed: a sentence that a person should know.
    """

    changed = Signal()
    failed = Signal(str)
    noticed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.prompt_card = Card()
        self.prompt = QPlainTextEdit()
        self.write_button = QPushButton()
        self.stop_button = QPushButton()
        self.compare_button = QPushButton()
        self.shading = QComboBox()
        self.legend = ShadeLegend()
        self.side = Card()
        self.sampling = SamplingForm()
        self.details = TokenDetails()
        self.columns = (WriteColumn(session), WriteColumn(session, any_run=True))
        self.compare_button.setCheckable(True)
        self.columns[1].hide()
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.prompt_card.set_heading(self.tr("Prompt"))
        self.prompt.setPlaceholderText(self.tr("The model continues what stands here."))
        self.prompt.setAccessibleName(self.tr("Prompt"))
        self.write_button.setText(self.tr("Write"))
        self.write_button.setToolTip(self.tr("Continue the prompt (Ctrl+Enter)"))
        self.stop_button.setText(self.tr("Stop writing"))
        self.compare_button.setText(self.tr("Compare"))
        self.compare_button.setToolTip(
            self.tr("Two columns: two checkpoints, runs or memories, the same prompt and seed")
        )
        self.side.set_heading(self.tr("Settings"))
        self.shading.setAccessibleName(self.tr("What the colours tell"))
        chosen = self.shading.currentData() or Shading.SURPRISE
        self.shading.blockSignals(True)
        self.shading.clear()
        for shading in (Shading.SURPRISE, Shading.ENTROPY, Shading.NONE):
            self.shading.addItem(shading_words(shading), shading)
        self.shading.setCurrentIndex(self.shading.findData(chosen))
        self.shading.blockSignals(False)
        for part in (self.sampling, self.details, self.legend, *self.columns):
            part.retranslate()

    @property
    def busy(self) -> bool:
        """Whether a text is on its way."""
        return any(column.busy for column in self.columns)

    @property
    def can_write(self) -> bool:
        """Whether the first column has a model."""
        return bool(self.columns[0].model.source)

    def refresh(self) -> None:
        """Offer what can be chosen now."""
        for column in self.columns:
            column.refresh()
        self.show_buttons()

    def suggest(self, prompt: str) -> None:
        """Fill in a prompt, unless the person has written one."""
        if not self.prompt.document().isModified():
            self.prompt.setPlainText(prompt)
            self.prompt.moveCursor(QTextCursor.MoveOperation.End)

    @Slot()
    def write(self) -> None:
        """Continue the prompt in every column; harmless while a text is on its way."""
        if self.busy:
            return
        values, prompt = self.sampling.values(), self.prompt.toPlainText()
        for column in self.columns:
            if not column.isHidden():
                column.write(prompt, values)
        self.show_buttons()

    @Slot()
    def stop(self) -> None:
        """Ask for the end of every text that is on its way."""
        for column in self.columns:
            column.stop()

    @Slot()
    def show_buttons(self) -> None:
        """What can be done now."""
        self.write_button.setEnabled(self.can_write and not self.busy)
        self.stop_button.setEnabled(self.busy)
        self.compare_button.setEnabled(not self.columns[1].busy)

    def _lay_out(self) -> None:
        self.prompt.setFixedHeight(self.fontMetrics().lineSpacing() * PROMPT_LINES + 20)
        self.prompt.setTabChangesFocus(True)
        self.write_button.setProperty("primary", True)
        set_icon(self.write_button, "generate", "on_accent")
        set_icon(self.stop_button, "stop")
        row = QHBoxLayout()
        row.addWidget(self.write_button)
        row.addWidget(self.stop_button)
        row.addWidget(self.compare_button)
        row.addStretch(1)
        self.prompt_card.body.addWidget(self.prompt)
        self.prompt_card.body.addLayout(row)
        for part in (self.sampling, self.shading, self.legend):
            self.side.body.addWidget(part)
        self.side.setFixedWidth(SIDE_WIDTH)
        self.details.setFixedWidth(SIDE_WIDTH)
        texts = QHBoxLayout()
        texts.setSpacing(12)
        for column in self.columns:
            texts.addWidget(column, 1)
        left = QVBoxLayout()
        left.addWidget(self.prompt_card)
        left.addLayout(texts, 1)
        right = QVBoxLayout()
        right.addWidget(self.side)
        right.addWidget(self.details, 1)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(12)
        for half, stretch in ((left, 1), (right, 0)):
            half.setSpacing(12)
            both.addLayout(half, stretch)

    def _connect(self) -> None:
        self.write_button.clicked.connect(self.write)
        self.stop_button.clicked.connect(self.stop)
        self.compare_button.toggled.connect(self._compare)
        self.shading.currentIndexChanged.connect(self._color)
        QShortcut("Ctrl+Return", self, self.write)
        QShortcut("Ctrl+Enter", self, self.write)
        for column in self.columns:
            column.changed.connect(self.show_buttons)
            column.changed.connect(self.changed)
            column.failed.connect(self.failed)
            column.noticed.connect(self.noticed)
            column.text.pointed.connect(self.details.show_token)

    @Slot(bool)
    def _compare(self, wanted: bool) -> None:
        self.columns[1].setVisible(wanted)
        self.columns[1].refresh()

    @Slot()
    def _color(self, _place: int = 0) -> None:
        shading = self.shading.currentData()
        self.legend.show_shading(shading)
        for column in self.columns:
            column.text.color_by(shading)
