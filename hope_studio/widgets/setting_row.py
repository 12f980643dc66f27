"""One setting in a form: label and key, modified dot, editor, reset, help line, error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from hope_studio.core_words import core_words
from hope_studio.widgets.labels import label, restyle
from hope_studio.widgets.setting_editor import make_editor
from hope_studio.widgets.setting_words import translated

if TYPE_CHECKING:
    from hope_core.config.fields import FieldInfo
    from hope_core.errors import Problem
    from hope_studio.draft import Draft

LABEL_LETTERS = 20


class SettingRow(QWidget):
    """Edits one setting of the draft and shows at once what is wrong with it."""

    def __init__(self, draft: Draft, field: FieldInfo) -> None:
        super().__init__()
        self.field = field
        self._draft = draft
        self._shown_last: tuple[object, bool, Problem | None] | None = None
        self.dot = label(role="accent")
        self.editor = make_editor(field)
        self.reset = QToolButton()
        self.reset.setText("↺")
        self.error = label(role="bad", wrap=True)
        self._name = label(translated(field.label))
        self._key = label(_breakable(field.path), "small", wrap=True)
        self._help = label(self._help_words(), "muted", wrap=True)
        self._dress()
        self._lay_out()
        self.editor.edited.connect(self._edit)
        self.reset.clicked.connect(self._reset)
        self.refresh()

    def refresh(self) -> None:
        """Show the draft's value, its problem and whether it differs from the preset."""
        value = self._draft.value(self.field.path)
        modified = self._draft.is_modified(self.field)
        problem = self._draft.problem_at(self.field.path)
        if (value, modified, problem) == self._shown_last:
            return
        self._shown_last = (value, modified, problem)
        self.editor.show_value(value)
        self.dot.setText("●" if modified else "")
        self.reset.setEnabled(modified)
        told = f"{problem.message} {problem.hint}".rstrip() if problem else ""
        self.error.setText(core_words(told))
        self.error.setVisible(problem is not None)
        restyle(self.editor, invalid=problem is not None)

    def matches(self, words: str) -> bool:
        """Whether every word stands in the label, the key or the help."""
        text = f"{self._name.text()} {self.field.path} {self._help.text()}".lower()
        return all(word in text for word in words.lower().split())

    def _dress(self) -> None:
        name = translated(self.field.label)
        self._name.setBuddy(self.editor)
        self.editor.setAccessibleName(name)
        self.editor.setAccessibleDescription(self._help.text())
        self.editor.setToolTip(self._help.text())
        self.dot.setToolTip(self.tr("Differs from the preset"))
        self.dot.setFixedWidth(14)
        original = self._draft.original(self.field)
        words = self.tr("Back to the preset's value: {value}").format(value=original)
        self.reset.setToolTip(words)
        self.reset.setAccessibleName(self.tr("Reset {setting}").format(setting=name))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.editor, 1)
        line.addStretch(0)
        line.addWidget(self.reset)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.dot, 0, 0)
        grid.addWidget(self._name, 0, 1)
        grid.addLayout(line, 0, 2)
        grid.addWidget(self._key, 1, 1, top)
        grid.addWidget(self._help, 1, 2, top)
        grid.addWidget(self.error, 2, 2)
        width = LABEL_LETTERS * self.fontMetrics().averageCharWidth()
        grid.setColumnMinimumWidth(1, width)
        grid.setColumnStretch(2, 1)

    def _help_words(self) -> str:
        parts = [translated(self.field.description)]
        parts.append(self._range_words())
        if self.field.default is not None and self.field.default != "":
            parts.append(self.tr("Default {value}.").format(value=_shown(self.field.default)))
        return " ".join(part for part in parts if part).replace("。 ", "。")

    def _range_words(self) -> str:
        field, limits = self.field, []
        if field.minimum is not None:
            words = self.tr("above {low}") if field.exclusive_minimum else self.tr("at least {low}")
            limits.append(words.format(low=_number(field.minimum)))
        if field.maximum is not None:
            words = (
                self.tr("below {high}") if field.exclusive_maximum else self.tr("at most {high}")
            )
            limits.append(words.format(high=_number(field.maximum)))
        sentence = self.tr("{low}, {high}.") if len(limits) == 2 else self.tr("{limit}.")
        ends = {"low": limits[0], "high": limits[-1], "limit": limits[0]} if limits else {}
        told = sentence.format(**ends) if limits else ""
        return f"{told[:1].upper()}{told[1:]}"

    @Slot(object)
    def _edit(self, value: object) -> None:
        self._draft.edit(self.field.path, value)

    @Slot()
    def _reset(self) -> None:
        self._draft.reset(self.field)


def _breakable(path: str) -> str:
    """A dotted key that may wrap behind its dots and underscores, for narrow windows."""
    return path.replace(".", ".\u200b").replace("_", "_\u200b")


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"“{item}”" for item in value)
    if isinstance(value, bool):
        on, off = (
            QCoreApplication.translate("SettingRow", "on"),
            QCoreApplication.translate("SettingRow", "off"),
        )
        return on if value else off
    return str(value)
