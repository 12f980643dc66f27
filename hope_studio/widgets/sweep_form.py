"""Which settings a sweep tries, and how many runs that makes; without a setting it is one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hope_core.errors import HopeError
from hope_studio.core_words import core_words
from hope_studio.theme import set_icon
from hope_studio.widgets.labels import label, restyle
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_core.config.grid import GridPoint
    from hope_studio.session import Session

ROWS = 3
"""Settings that one sweep can vary."""


class SweepForm(QWidget):
    """Up to three settings with their values.

    Signals:
        asked: the list of GridPoints that shall wait.
    """

    asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.heading = label(role="heading")
        self.explanation = label(role="muted", wrap=True)
        self.settings = [QComboBox(editable=True) for _ in range(ROWS)]
        self.values = [QLineEdit() for _ in range(ROWS)]
        self.verdict = label(wrap=True)
        self.add_button = QPushButton()
        set_icon(self.add_button, "plus")
        self._lay_out()
        for box, line in zip(self.settings, self.values, strict=True):
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.editTextChanged.connect(self.check)
            line.textChanged.connect(self.check)
        self.add_button.clicked.connect(self._ask)
        session.config_changed.connect(self._config_changed)
        self._filled = False

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("Add runs to the queue"))
        self.explanation.setText(
            self.tr(
                "Adds the settings of the Configure page as one run. Name settings with several "
                "values, and every combination becomes a run of its own."
            )
        )
        for box, line in zip(self.settings, self.values, strict=True):
            if (edit := box.lineEdit()) is not None:
                edit.setPlaceholderText(self.tr("setting, such as train.learning_rate"))
            line.setPlaceholderText(self.tr("values, such as 0.004, 0.008"))
            box.setAccessibleName(self.tr("A setting of the sweep"))
            line.setAccessibleName(self.tr("Values of this setting, with commas between"))
        self.check()

    def showEvent(self, event: Any) -> None:  # noqa: ANN401 - Qt's own
        """Offers the settings there are, once they are needed."""
        super().showEvent(event)
        if not self._filled:
            self._fill()
        self.check()

    def points(self) -> list[GridPoint]:
        """The runs that the form asks for.

        Raises:
            ConfigError: a setting or a value cannot be used.
        """
        from hope_core.config.grid import GridPoint, grid, read_values

        axes = {}
        for box, line in zip(self.settings, self.values, strict=True):
            key = box.currentText().strip()
            if key or line.text().strip():
                axes[key] = read_values(line.text(), source=key)
        config = self._session.config
        return grid(config, axes) if axes else [GridPoint(config.name, config)]

    @Slot()
    def check(self) -> None:
        """Say how many runs it makes, or what is wrong."""
        if not self.isVisible():
            return
        try:
            if self._session.start_refusal:
                self._say(self._session.start_refusal, wrong=True)
                return
            count = len(self.points())
        except HopeError as error:
            self._say(str(error), wrong=True)
            return
        self._say("", wrong=False)
        self.add_button.setText(
            self.tr("Add {count} runs").format(count=number(count))
            if count > 1
            else self.tr("Add one run")
        )

    def _say(self, words: str, *, wrong: bool) -> None:
        self.verdict.setText(core_words(words))
        self.verdict.setVisible(bool(words))
        restyle(self.verdict, role="bad" if wrong else "muted")
        self.add_button.setEnabled(not wrong)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for row, (box, line) in enumerate(zip(self.settings, self.values, strict=True)):
            grid.addWidget(box, row, 0)
            grid.addWidget(line, row, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.explanation)
        column.addLayout(grid)
        column.addWidget(self.verdict)
        column.addStretch(1)
        column.addLayout(buttons)

    def _fill(self) -> None:
        from hope_core.config.fields import describe_fields

        self._filled = True
        paths = [field.path for field in describe_fields(self._session.config)]
        for box in self.settings:
            typed = box.currentText()
            box.blockSignals(True)
            box.clear()
            box.addItems(paths)
            box.setEditText(typed)
            box.blockSignals(False)

    @Slot(object)
    def _config_changed(self, _config: object) -> None:
        self._filled = False
        if self.isVisible():
            self._fill()
            self.check()

    @Slot()
    def _ask(self) -> None:
        try:
            points = self.points()
        except HopeError as error:
            self._say(str(error), wrong=True)
            return
        self.asked.emit(points)
