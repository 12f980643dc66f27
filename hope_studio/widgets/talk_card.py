"""The conversation itself: what was told and written, what each token wrote, and the entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton

from hope_studio.theme import set_icon
from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.sampling_button import SamplingButton
from hope_studio.widgets.token_shades import ShadeLegend
from hope_studio.widgets.write_strip import WriteStrip
from hope_studio.widgets.written_text import WrittenText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hope_core.inference.talk_messages import RowTold
    from hope_core.runs.token_told import TokenTold

TEXT_LINES = 2


class TalkCard(Card):
    """Shows what happens; what the buttons do is the view's business."""

    def __init__(self) -> None:
        super().__init__()
        self.text = WrittenText()
        self.legend = ShadeLegend()
        self.strip = WriteStrip()
        self.strip_words = label(role="small", wrap=True)
        self.entry = QPlainTextEdit()
        self.teach_button = QPushButton()
        self.read_button = QPushButton()
        self.write_button = QPushButton()
        self.sampling = SamplingButton()
        self.stop_button = QPushButton()
        self.status = label(role="muted", wrap=True)
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_heading(self.tr("Conversation"))
        self.text.setAccessibleName(self.tr("Conversation"))
        self.text.setPlaceholderText(
            self.tr("What you tell, what you teach and what the model writes appears here.")
        )
        self.strip_words.setText(
            self.tr("Memory writes: one row a layer and head, one column a token")
        )
        self.entry.setPlaceholderText(self.tr("A fact to teach, or a text to read on from."))
        self.entry.setAccessibleName(self.tr("What to tell or teach"))
        self.teach_button.setText(self.tr("Teach"))
        self.teach_button.setToolTip(self.tr("Let it read this and study it (Ctrl+Enter)"))
        self.read_button.setText(self.tr("Tell"))
        self.read_button.setToolTip(self.tr("Let it read this, with the gates it was trained with"))
        self.write_button.setText(self.tr("Let it write"))
        self.write_button.setToolTip(self.tr("Let it go on from here"))
        self.stop_button.setText(self.tr("Stop"))
        self.sampling.retranslate()
        self.legend.retranslate()
        self.strip.retranslate()

    def begin(self, rows: Sequence[RowTold] = ()) -> None:
        """Start over."""
        self.text.begin("")
        self.strip.begin(rows)

    @Slot(object)
    def add(self, tokens: Sequence[TokenTold]) -> None:
        """Append these tokens and what they wrote."""
        self.text.add("", tokens)
        self.strip.add(tokens)

    def show_state(self, *, can: bool, busy: bool) -> None:
        """What can be done now."""
        for button in (self.teach_button, self.read_button, self.write_button):
            button.setEnabled(can)
        self.stop_button.setEnabled(busy)

    def _lay_out(self) -> None:
        self.entry.setFixedHeight(self.fontMetrics().lineSpacing() * TEXT_LINES + 20)
        self.entry.setTabChangesFocus(True)
        self.teach_button.setProperty("primary", True)
        set_icon(self.teach_button, "memory", "on_accent")
        set_icon(self.stop_button, "stop")
        self.text.setMinimumHeight(120)
        row = QHBoxLayout()
        for button in (self.teach_button, self.read_button, self.write_button):
            row.addWidget(button)
        row.addWidget(self.sampling)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        row.addWidget(self.legend)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.strip_words)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.entry)
        self.body.addLayout(row)
        self.body.addWidget(self.status)
