"""A small button behind which the settings of writing stand, for places without room for them."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from hope_studio.theme import set_icon
from hope_studio.widgets.sampling_form import SamplingForm

MARGIN = 12


class SamplingButton(QToolButton):
    """Opens `form`; the words say what is set."""

    def __init__(self) -> None:
        super().__init__()
        self.form = SamplingForm()
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(self.form)
        action = QWidgetAction(self)
        action.setDefaultWidget(frame)
        menu = QMenu(self)
        menu.addAction(action)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_icon(self, "configure")
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        words = self.tr("How it writes: temperature, length, repetition and more")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.form.retranslate()
