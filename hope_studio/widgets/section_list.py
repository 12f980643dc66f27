"""The names of a form's groups that are shown; a click scrolls the form to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QListWidget

from hope_studio.widgets.settings_form import section_title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea

    from hope_studio.widgets.settings_form import SettingsForm

PADDING = 7
"""Pixels above and below a name."""


class SectionList(QListWidget):
    """Follows the form: a group without a shown setting is not listed.

    Args:
        form: the form whose groups are listed.
        area: what scrolls the form.
    """

    def __init__(self, form: SettingsForm, area: QScrollArea) -> None:
        super().__init__()
        self._form = form
        self._area = area
        self._sections: list[str] = []
        self.setObjectName("sections")
        self.currentRowChanged.connect(self._go)
        self.clicked.connect(self._go_again)
        form.arranged.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """List the groups that the form shows."""
        self._sections = self._form.shown_sections()
        titles = [section_title(section) for section in self._sections]
        if [self.item(row).text() for row in range(self.count())] == titles:
            return
        blocked = self.blockSignals(True)
        self.clear()
        self.addItems(titles)
        self.blockSignals(blocked)
        height = self.fontMetrics().lineSpacing() + 2 * PADDING
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, height))

    @Slot(int)
    def _go(self, row: int) -> None:
        self._form.complete()
        if 0 <= row < len(self._sections):
            card = self._form.cards[self._sections[row]]
            self._area.verticalScrollBar().setValue(card.y())

    @Slot()
    def _go_again(self) -> None:
        """A click goes there also when the group was chosen before."""
        self._go(self.currentRow())
