"""The settings as YAML, editable: what is typed is checked at once, the faulty line is marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from hope_core.config.loading import dump_yaml, load_yaml
from hope_core.errors import ConfigError
from hope_studio.core_words import core_words
from hope_studio.theme import color
from hope_studio.theme.blend import blend
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from hope_studio.draft import Draft

PATIENCE_MS = 400
"""Typing rests this long before the text is read."""
_LINE = re.compile(r"^line (\d+)$")


class YamlView(QWidget):
    """The draft's settings as text, in step with the form in both directions."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._own_edit = False
        self.text = QPlainTextEdit()
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.fault = label(role="bad", wrap=True)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.text, 1)
        column.addWidget(self.fault)
        self._rest = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._rest.timeout.connect(self.read)
        self.text.textChanged.connect(self._typed)
        draft.changed.connect(self.refresh)
        self.retranslate()
        self.refresh()

    def retranslate(self) -> None:
        """Set the names for screen readers."""
        self.text.setAccessibleName(self.tr("Settings as YAML"))

    @Slot()
    def refresh(self) -> None:
        """Show the newest valid settings, unless they came from this very text."""
        if self._own_edit or self._draft.problems:
            return
        wanted = dump_yaml(self._draft.config)
        if self.text.toPlainText() != wanted:
            blocked = self.text.blockSignals(True)
            self.text.setPlainText(wanted)
            self.text.blockSignals(blocked)
        self._draft.hold("")
        self._tell("", None)

    @Slot()
    def read(self) -> None:
        """Take the text into the draft, or say what keeps it out and in which line."""
        self._rest.stop()
        try:
            settings = load_yaml(self.text.toPlainText(), source="")
        except ConfigError as error:
            problem = error.problems[0]
            found = _LINE.match(problem.place)
            self._tell(str(problem), int(found[1]) if found else None)
            self._draft.hold(str(problem))
            return
        self._draft.hold("")
        self._own_edit = True
        self._draft.replace(settings, self.tr("Edit the YAML"))
        self._own_edit = False
        problems = self._draft.problems
        words = "\n".join(str(problem) for problem in problems)
        self._tell(words, self._line_of(problems[0].place) if problems else None)

    @Slot()
    def _typed(self) -> None:
        self._rest.start()

    def _line_of(self, place: str) -> int | None:
        """The line on which the last word of a dotted key stands first, as a good guess."""
        key = re.compile(rf"^\s*(?:- )?{re.escape(place.rpartition('.')[2])}\s*:")
        lines = self.text.toPlainText().split("\n")
        return next((n for n, line in enumerate(lines, 1) if key.match(line)), None)

    def _tell(self, words: str, line: int | None) -> None:
        self.fault.setText(core_words(words))
        self.fault.setVisible(bool(words))
        marks = []
        if line is not None:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.text.document().findBlockByNumber(line - 1))
            look = QTextCharFormat()
            look.setBackground(blend(color("field"), color("bad"), 0.25))
            look.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.format = look
            marks.append(mark)
        self.text.setExtraSelections(marks)
