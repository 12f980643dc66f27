"""What differs from the preset, or from any run: one row a setting, its value there and here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from hope_studio.background import Background
from hope_studio.core_words import core_words
from hope_studio.run_words import listed_runs
from hope_studio.widgets.differences_list import DifferencesList
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from hope_core.config.run import RunConfig
    from hope_core.runs.listing import RunSummary
    from hope_studio.draft import Draft

MOST_RUNS = 200
"""Newest runs that can be chosen."""


class ChangesView(QWidget):
    """A list that is empty when nothing differs, and says so."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._other: RunConfig | None = None
        """The settings of the chosen run; None for the preset's."""
        self._listing = Background()
        self._reading = Background()
        self._words = label(role="muted")
        self.against = QComboBox()
        self._words.setBuddy(self.against)
        self.list = DifferencesList()
        self.empty = label(role="muted", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._words)
        head.addWidget(self.against, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        self.against.activated.connect(self._choose)
        self._listing.done.connect(self._list_runs)
        self._listing.failed.connect(self._say_fault)
        self._reading.done.connect(self._compare_with)
        self._reading.failed.connect(self._say_fault)
        draft.changed.connect(self.refresh)
        self._list_runs([])
        self.refresh()

    @property
    def busy(self) -> bool:
        """Whether the list of runs or a run's settings are still being read."""
        return self._listing.busy or self._reading.busy

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the draft and with the runs there are."""
        super().showEvent(event)
        self._listing.run(listed_runs)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Compare the draft again; while it is not seen, that can wait."""
        self._words.setText(self.tr("Compared with"))
        self.against.setAccessibleName(self.tr("What the settings are compared with"))
        self.against.setItemText(0, self._preset_words())
        if not self.isVisible():
            return
        base = self._other or self._draft.baseline
        chosen = self.against.currentText()
        configs = (base, self._draft.config)
        differs = self.list.show_configs((chosen, self.tr("Now")), configs)
        self.empty.setText(self.tr("Nothing differs from {name}.").format(name=chosen))
        self.list.setVisible(differs)
        self.empty.setVisible(not differs)

    def _preset_words(self) -> str:
        return self.tr("the preset {name}").format(name=self._draft.baseline.name)

    @Slot(object)
    def _list_runs(self, runs: list[RunSummary]) -> None:
        chosen = self.against.currentData()
        self.against.clear()
        self.against.addItem(self._preset_words(), None)
        for run in [run for run in runs if run.state != "damaged"][:MOST_RUNS]:
            self.against.addItem(run.title or run.name, run.path)
        self.against.setCurrentIndex(max(self.against.findData(chosen), 0))

    @Slot(int)
    def _choose(self, row: int) -> None:
        path = self.against.itemData(row)
        if path is None:
            self._compare_with(None)
        else:
            self._reading.run(partial(_config_of, path))

    @Slot(object)
    def _compare_with(self, config: RunConfig | None) -> None:
        self._other = config
        self.refresh()

    @Slot(object)
    def _say_fault(self, error: Exception) -> None:
        self.empty.setText(core_words(str(error)))
        self.empty.show()
        self.list.hide()


def _config_of(path: Path) -> RunConfig:
    """A run's settings, in a thread."""
    from hope_core.runs.folder import RunFolder

    return RunFolder.open(path).config
