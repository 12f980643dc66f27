"""A form over some of the draft's settings, in groups, that follows whatever edits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.setting_row import SettingRow
from hope_studio.widgets.setting_words import translated

if TYPE_CHECKING:
    from hope_core.config.fields import FieldInfo
    from hope_studio.draft import Draft

ROWS_A_TURN = 2
"""Rows made before the window may do something else: a row costs a few milliseconds."""


class SettingsForm(QWidget):
    """One card a group of settings, one row a setting; rebuilt when a kind brings other settings.

    The rows come a few at a time, so that the window never stands still; `complete` makes the rest.

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
        self._to_come: list[FieldInfo] = []
        self.rows: dict[str, SettingRow] = {}
        self.cards: dict[str, Card] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._nothing = label(role="muted")
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._make_some)
        draft.changed.connect(self.refresh)
        self.rebuild()

    @property
    def busy(self) -> bool:
        """Whether rows are still to come."""
        return bool(self._to_come)

    def rebuild(self) -> None:
        """Make every row anew, as for another language."""
        for card in self.cards.values():
            self._column.removeWidget(card)
            card.deleteLater()
        self.cards, self.rows = {}, {}
        fields = self._fields()
        self._shape = tuple(field.path for field in fields)
        self._to_come = [field for field in fields if len(field.choices) != 1]
        for section in _sections(self._to_come):
            self.cards[section] = Card(section_title(section))
            self.cards[section].setVisible(False)
            self._column.insertWidget(len(self.cards), self.cards[section])
        self._to_come.sort(key=lambda field: list(self.cards).index(field.section))
        self._nothing.setText(self.tr("No setting fits these words."))
        self._nothing.hide()
        self._turn.start()

    def complete(self) -> None:
        """Make the rows that are still to come, at once."""
        while self._to_come:
            self._make_some()

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
        self.complete()
        shown = {path: row.matches(words) for path, row in self.rows.items()}
        for path, row in self.rows.items():
            row.setVisible(shown[path])
        for section, card in self.cards.items():
            members = (p for p, row in self.rows.items() if row.field.section == section)
            card.setVisible(any(shown[path] for path in members))
        self._nothing.setVisible(not any(shown.values()))

    @Slot()
    def _make_some(self) -> None:
        for field in self._to_come[:ROWS_A_TURN]:
            row = self.rows[field.path] = SettingRow(self._draft, field)
            self.cards[field.section].body.addWidget(row)
            self.cards[field.section].show()
        del self._to_come[:ROWS_A_TURN]
        if not self._to_come:
            self._turn.stop()
            if self._words:
                self.search(self._words)

    def _fields(self) -> list[FieldInfo]:
        return [f for f in self._draft.fields() if f.path.startswith(self._group)]


def _sections(fields: list[FieldInfo]) -> list[str]:
    """The groups in the order of their first setting, each behind the groups it stands in."""
    found: list[str] = []
    known = {field.section for field in fields}
    for field in fields:
        parts = field.section.split(".")
        for length in range(1, len(parts) + 1):
            section = ".".join(parts[:length])
            if section in known and section not in found:
                found.append(section)
    return found


def section_title(section: str) -> str:
    """A group's dotted key as a heading: model.levels.1 becomes Model › level 2."""
    if not section:
        return translated("General")
    words: list[str] = []
    for part in section.split("."):
        if part.isdecimal() and words:
            words[-1] = f"{translated(words[-1].removesuffix('s'))} {int(part) + 1}"
        else:
            words.append(translated(part.replace("_", " ")))
    return " › ".join(words).capitalize()
