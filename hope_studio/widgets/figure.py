"""A card around a picture: title, a sentence that says how to read it, the formula behind a "?"."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QToolTip, QVBoxLayout, QWidget

from hope_studio.background import Background
from hope_studio.core_words import core_words
from hope_studio.theme import set_icon
from hope_studio.widgets.labels import label

SENTENCE_HEIGHT = 56
"""Pixels: what stands instead of a picture keeps its distance from the caption."""


class Figure(QFrame):
    """Holds one picture; `show_sentence` covers it while there is nothing to see."""

    def __init__(self, picture: QWidget) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.picture = picture
        self.title = label(role="heading")
        self.caption = label(role="small", wrap=True)
        self.sentence = label(role="muted", wrap=True)
        self.sentence.setMinimumHeight(SENTENCE_HEIGHT)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.help = QToolButton()
        set_icon(self.help, "help")
        self.help.clicked.connect(self._show_help)
        self.export = QToolButton()
        self.saver = Background()
        self.saver.failed.connect(self._tell_trouble)
        set_icon(self.export, "download")
        self.export.clicked.connect(self._offer_export)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.export)
        head.addWidget(self.help)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.caption)
        column.addWidget(self.sentence, 1)
        column.addWidget(picture, 1)
        self.show_sentence("")

    def set_words(self, title: str, caption: str, formula: str) -> None:
        """Set the title, how to read the picture, and the formula behind it."""
        self.title.setText(title)
        self.caption.setText(caption)
        self.help.setToolTip(formula)
        self.export.setAccessibleName(self.tr("Save or copy {title}").format(title=title))
        self.export.setToolTip(self.tr("Save or copy this picture, or its numbers"))
        self.help.setAccessibleName(self.tr("How {title} is computed").format(title=title))
        self.picture.setAccessibleName(title)

    def show_sentence(self, text: str) -> None:
        """Say this instead of the picture; an empty text brings the picture back."""
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))
        self.picture.setVisible(not text)
        self.export.setEnabled(not text)

    @Slot()
    def _show_help(self) -> None:
        below = self.help.mapToGlobal(QPoint(0, self.help.height()))
        QToolTip.showText(below, self.help.toolTip(), self.help)

    @Slot()
    def _offer_export(self) -> None:
        from hope_studio.memory_views.figure_export import export_menu

        below = self.export.mapToGlobal(QPoint(0, self.export.height()))
        export_menu(self.picture, self.title.text(), self.saver).popup(below)

    @Slot(object)
    def _tell_trouble(self, error: Exception) -> None:
        below = self.export.mapToGlobal(QPoint(0, self.export.height()))
        QToolTip.showText(below, core_words(str(error)), self.export)
