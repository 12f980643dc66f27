"""A form over some of the draft's settings, in groups, that follows whatever edits them.

It shows every setting, or only the basic ones. A search looks through all of them either way, and
what differs from the preset or is wrong is never hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

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

    `more` tells how many settings are hidden; its owner decides what a press on it does.

    The rows come a few at a time, so that the window never stands still; `complete` makes the rest.

    Args:
        draft: the settings.
        group: only settings below this dotted key; empty for all.

    Signals:
        arranged: other rows are shown than before.
    """

    arranged = Signal()

    def __init__(self, draft: Draft, group: str = "") -> None:
        super().__init__()
        self._draft = draft
        self._group = group
        self._advanced = True
        self._revealed: set[str] = set()
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
        self.more = QPushButton(flat=True)
        self.more.hide()
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
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
        self._to_come = self._members()
        for section in _sections(self._to_come):
            self.cards[section] = Card(section_title(section))
            self.cards[section].setVisible(False)
            self._column.insertWidget(len(self.cards), self.cards[section])
        self._to_come.sort(key=lambda field: list(self.cards).index(field.section))
        self._nothing.setText(self.tr("No setting fits these words."))
        self._turn.start()
        self._arrange()

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
        asking = {f.path for f in self._members() if self._asks_for_attention(f)}
        if asking - self._revealed:
            self._revealed |= asking  # a row that is mended stays where it is until the next look
            self._arrange()

    @Slot(str)
    def search(self, words: str) -> None:
        """Leave only rows whose label, key or help holds every word."""
        self._words = words
        self._revealed.clear()
        self.complete()
        self._arrange()

    @Slot(bool)
    def show_advanced(self, shown: bool) -> None:
        """Show every setting, or the basic ones and those that ask for attention."""
        self._advanced = shown
        self._revealed.clear()
        self.refresh()
        self._arrange()

    def reveal(self, path: str) -> SettingRow | None:
        """Make sure that a setting's row is seen, whatever is hidden; None: there is no such."""
        self.complete()
        if path in self.rows:
            self._revealed.add(path)
            self._arrange()
        return self.rows.get(path)

    def shown_sections(self) -> list[str]:
        """The groups that hold a shown setting, those included whose rows are still to come."""
        wanted = {field.section for field in self._members() if self._is_wanted(field)}
        return [section for section in self.cards if section in wanted]

    def _is_wanted(self, field: FieldInfo) -> bool:
        row = self.rows.get(field.path)
        if self._words and row is not None:
            return row.matches(self._words)
        known = field.basic or field.path in self._revealed
        return self._advanced or known or self._asks_for_attention(field)

    def _asks_for_attention(self, field: FieldInfo) -> bool:
        problem = self._draft.problem_at(field.path)
        return problem is not None or self._draft.is_modified(field)

    def _arrange(self) -> None:
        """Show the rows that are wanted, and the cards that hold one of them."""
        hidden = 0
        for row in self.rows.values():
            row.setVisible(self._is_wanted(row.field))
            hidden += row.isHidden()
        shown = self.shown_sections()
        for section, card in self.cards.items():
            card.setVisible(section in shown and card.body.count() > 1)
        self._nothing.setVisible(not shown)
        one, several = self.tr("Show 1 more setting"), self.tr("Show {count} more settings")
        self.more.setText(one if hidden == 1 else several.format(count=hidden))
        self.more.setVisible(hidden > 0 and not self._words)
        self.arranged.emit()

    @Slot()
    def _make_some(self) -> None:
        for field in self._to_come[:ROWS_A_TURN]:
            row = self.rows[field.path] = SettingRow(self._draft, field)
            card = self.cards[field.section]
            card.body.addWidget(row)
            row.setVisible(self._is_wanted(field))
            card.setVisible(not card.isHidden() or not row.isHidden())
        del self._to_come[:ROWS_A_TURN]
        if not self._to_come:
            self._turn.stop()
            self._arrange()

    def _members(self) -> list[FieldInfo]:
        """The settings that have a row or will have one; a choice of one is no choice."""
        return [field for field in self._fields() if len(field.choices) != 1]

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
