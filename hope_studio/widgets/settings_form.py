"""A form over some of the draft's settings, in groups, that follows whatever edits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.setting_row import SettingRow, translated

if TYPE_CHECKING:
    from hope_core.config.fields import FieldInfo
    from hope_studio.draft import Draft


class SettingsForm(QWidget):
    """One card a group of settings, one row a setting; rebuilt when a kind brings other settings.

    Args:
        draft: the settings.
        group: only settings below this dotted key; empty for all.
    """

    def __init__(self, draft: Draft, group: str = "") -> None:
        super().__init__()
        self._draft = draft
        self._group = group
        self._shape: tuple[str, ...] = ()
        self._words = ""
        self.rows: dict[str, SettingRow] = {}
        self.cards: dict[str, Card] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._nothing = label(role="muted")
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        draft.changed.connect(self.refresh)
        self.rebuild()

    def rebuild(self) -> None:
        """Make every row anew, as for another language."""
        for card in self.cards.values():
            self._column.removeWidget(card)
            card.deleteLater()
        self.cards, self.rows = {}, {}
        fields = self._fields()
        for field in fields:
            section = field.section
            if section not in self.cards:
                card = self.cards[section] = Card(section_title(section))
                self._column.insertWidget(len(self.cards), card)
            row = self.rows[field.path] = SettingRow(self._draft, field)
            self.cards[section].body.addWidget(row)
        self._shape = tuple(field.path for field in fields)
        self._nothing.setText(self.tr("No setting fits these words."))
        self.search(self._words)

    @Slot()
    def refresh(self) -> None:
        """Show the draft as it is now; other settings bring other rows."""
        if tuple(field.path for field in self._fields()) != self._shape:
            self.rebuild()
            return
        for row in self.rows.values():
            row.refresh()

    @Slot(str)
    def search(self, words: str) -> None:
        """Leave only rows whose label, key or help holds every word."""
        self._words = words
        shown = {path: row.matches(words) for path, row in self.rows.items()}
        for path, row in self.rows.items():
            row.setVisible(shown[path])
        for section, card in self.cards.items():
            members = (p for p, row in self.rows.items() if row.field.section == section)
            card.setVisible(any(shown[path] for path in members))
        self._nothing.setVisible(not any(shown.values()))

    def _fields(self) -> list[FieldInfo]:
        return [f for f in self._draft.fields() if f.path.startswith(self._group)]


def section_title(section: str) -> str:
    """A group's dotted key as a heading: model.levels.1 becomes Model, levels, 2."""
    if not section:
        return translated("General")
    parts = section.split(".")
    words = [str(int(p) + 1) if p.isdecimal() else translated(p.replace("_", " ")) for p in parts]
    return " › ".join(words).capitalize()
