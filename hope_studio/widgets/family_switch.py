"""Which family of models the cards show: one button each, one of them down."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from hope_core.config.families import FAMILIES
from hope_studio.widgets.labels import label

NAMES = {"hope": "HOPE", "mt-hope": "MT-HOPE", "titans": "Titans", "transformer": "Transformer"}
"""Proper names, the same in every language."""


class FamilySwitch(QWidget):
    """The families side by side, and a sentence about the chosen one.

    Signals:
        chosen: the name of a family.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.family = FAMILIES[0]
        self.sentence = label(role="muted", wrap=True)
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for name in FAMILIES:
            button = QPushButton(NAMES[name])
            button.setCheckable(True)
            button.setObjectName(name)
            self._group.addButton(button)
            self.buttons[name] = button
            row.addWidget(button)
        row.addSpacing(10)
        row.addWidget(self.sentence, 1)
        self.buttons[self.family].setChecked(True)
        self._group.buttonClicked.connect(self._pressed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        words = {
            "hope": self.tr("A memory that writes as it reads, and levels that learn at clocks."),
            "mt-hope": self.tr("Twistors: pairs of complex numbers, turned by Möbius maps."),
            "titans": self.tr("A memory beside attention over the latest tokens."),
            "transformer": self.tr("The plain baseline: attention over all tokens, no memory."),
        }
        self.sentence.setText(words[self.family])
        for name, button in self.buttons.items():
            button.setAccessibleName(self.tr("Show the presets of {name}").format(name=NAMES[name]))
            button.setToolTip(words[name])

    @Slot("QAbstractButton*")
    def _pressed(self, button: QPushButton) -> None:
        if button.objectName() != self.family:
            self.family = button.objectName()
            self.retranslate()
            self.chosen.emit(self.family)
