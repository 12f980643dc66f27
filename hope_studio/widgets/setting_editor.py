"""Editors of single settings: numbers that may be 3e-4, switches, choices, text, lists of text.

Each has the signal `edited` (the new value, of whatever type was typed: the settings classes
judge), `show_value(value)` and the dynamic property `invalid`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy

if TYPE_CHECKING:
    from hope_core.config.fields import FieldInfo

_INT = re.compile(r"[-+]?\d{1,40}")
_FLOAT = re.compile(r"[-+]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:[eE][-+]?\d{1,4})?")
_FRACTION = re.compile(r"(\d{1,15})\s*/\s*(\d{1,15})")


def parse_number(text: str, *, whole: bool) -> int | float | str:
    """The number that was meant by 3e-4, 0,1, 1/64, 10_000 or 1e6; else the text itself.

    Args:
        text: what was typed; a single comma counts as the decimal point.
        whole: the setting wants a whole number, so that 1e6 means 1000000.
    """
    plain = text.strip().replace("_", "").replace(" ", "").replace("−", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    fraction = _FRACTION.fullmatch(plain)
    if _INT.fullmatch(plain):
        return int(plain)
    if fraction and int(fraction[2]):
        value = int(fraction[1]) / int(fraction[2])
    elif _FLOAT.fullmatch(plain):
        value = float(plain)
    else:
        return text
    return int(value) if whole and value.is_integer() and abs(value) < 1e15 else value


class NumberEditor(QLineEdit):
    """A line for one number. It never refuses a key: what is wrong is said beside it."""

    edited = Signal(object)

    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self._whole = whole
        self.setMaximumWidth(240)
        self.textEdited.connect(self._tell)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - any setting
        """Show a value; the text stays when it already means it."""
        if parse_number(self.text(), whole=self._whole) != value or not self.text():
            self.setText("" if value is None else str(value))

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.edited.emit(parse_number(text, whole=self._whole))


class TextEditor(QLineEdit):
    """A line of text."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.textEdited.connect(self._tell)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - any setting
        """Show a value; the cursor stays where it is when nothing changed."""
        text = "" if value is None else str(value)
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.edited.emit(text)


class TextsEditor(QPlainTextEdit):
    """Several texts, one a line."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 16)
        self.textChanged.connect(self._tell)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - any setting
        """Show a list of texts; anything else is shown as it is."""
        lines = [str(item) for item in value] if isinstance(value, list) else [str(value)]
        if self._lines() != lines:
            blocked = self.blockSignals(True)
            self.setPlainText("\n".join(lines))
            self.blockSignals(blocked)

    def _lines(self) -> list[str]:
        text = self.toPlainText()
        return text.split("\n") if text else []

    @Slot()
    def _tell(self) -> None:
        self.edited.emit(self._lines())


class ChoiceEditor(QComboBox):
    """One of a few words."""

    edited = Signal(object)

    def __init__(self, choices: tuple[str, ...]) -> None:
        super().__init__()
        self.addItems(list(choices))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(240)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.textActivated.connect(self._tell)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - any setting
        """Select a word; none of them when the value is no choice."""
        self.setCurrentIndex(self.findText(str(value)))

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.edited.emit(text)


class SwitchEditor(QCheckBox):
    """On or off."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.clicked.connect(self._tell)
        self.toggled.connect(self._name)
        self._name()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - any setting
        """Show on or off; anything but True is off."""
        self.setChecked(value is True)

    @Slot()
    def _name(self) -> None:
        self.setText(self.tr("On") if self.isChecked() else self.tr("Off"))

    @Slot()
    def _tell(self) -> None:
        self.edited.emit(self.isChecked())


Editor = NumberEditor | TextEditor | TextsEditor | ChoiceEditor | SwitchEditor


def make_editor(field: FieldInfo) -> Editor:
    """The editor that fits a setting's kind."""
    match field.kind:
        case "int":
            return NumberEditor(whole=True)
        case "float":
            return NumberEditor(whole=False)
        case "bool":
            return SwitchEditor()
        case "choice":
            return ChoiceEditor(field.choices)
        case "texts":
            return TextsEditor()
        case "text":
            return TextEditor()
