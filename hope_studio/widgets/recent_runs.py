"""The runs of late, one row each: name, state, best validation, curve, Open or Resume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from hope_studio.core_words import core_words
from hope_studio.run_words import RESUMABLE, state_tone, state_words
from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number
from hope_studio.widgets.sparkline import Sparkline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hope_core.analysis.digest import RunDigest
    from hope_core.runs.listing import RunSummary


class RecentRuns(Card):
    """A short list whose buttons ask to open or resume a run by its path."""

    open_asked = Signal(str)
    resume_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[RunSummary, ...] = ()
        self._digests: dict[Path, RunDigest] = {}
        self._sparklines: dict[Path, Sparkline] = {}
        self._best: dict[Path, QWidget] = {}
        self._empty = label(role="muted", wrap=True)
        self.body.addWidget(self._empty)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self.body.addWidget(self._rows)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the window's language."""
        self.set_heading(self.tr("Recent runs"))
        self._empty.setText(self.tr("Nothing yet. Your runs will stand here."))
        self.show_runs(self._runs)

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show these runs, from top to bottom."""
        self._runs = tuple(runs)
        self._sparklines.clear()
        self._best.clear()
        self.body.removeWidget(self._rows)
        self._rows.setParent(None)
        self._rows.deleteLater()
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        for row, run in enumerate(self._runs):
            self._add(row, run)
        self.body.addWidget(self._rows)
        self._rows.setVisible(bool(self._runs))
        self._empty.setVisible(not self._runs)
        self.show_digests(self._digests)

    def show_digests(self, digests: Mapping[Path, RunDigest]) -> None:
        """Fill in the curves and the best validation; they are kept for the next `show_runs`."""
        self._digests = dict(digests)
        for path, digest in digests.items():
            if path in self._sparklines:
                self._sparklines[path].show_values(digest.curve)
                if digest.best_bits_per_byte is not None:
                    words = self.tr("best {value} bits/byte")
                    text = words.format(value=number(digest.best_bits_per_byte, 2))
                    self._best[path].setText(text)  # type: ignore[attr-defined]

    def buttons(self) -> list[QPushButton]:
        """Every row's button, from top to bottom."""
        return self._rows.findChildren(QPushButton)

    def _add(self, row: int, run: RunSummary) -> None:
        name = label(run.name)
        name.setToolTip(core_words(run.reason) or str(run.path))
        badge = label(state_words(run.state), "badge")
        badge.setProperty("tone", state_tone(run.state))
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        badge.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._sparklines[run.path] = Sparkline()
        self._best[run.path] = label(role="muted")
        button = QPushButton()
        button.setProperty("run", str(run.path))
        button.setProperty("resume", run.state in RESUMABLE and run.step > 0)
        words = self.tr("Resume") if button.property("resume") else self.tr("Open")
        button.setText(words)
        button.setAccessibleName(f"{words} {run.name}")
        button.setAutoDefault(True)
        button.setEnabled(run.state != "damaged")
        button.clicked.connect(self._pressed)
        parts = (name, badge, self._best[run.path], self._sparklines[run.path], button)
        for column, part in enumerate(parts):
            self._grid.addWidget(part, row, column)

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        asked = self.resume_asked if button.property("resume") else self.open_asked
        asked.emit(button.property("run"))
