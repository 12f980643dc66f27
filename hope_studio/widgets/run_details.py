"""What the selected runs have told: curves, settings, texts, notes; and the queue beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget

from hope_studio.background import Background
from hope_studio.loaded_run import load_runs
from hope_studio.widgets.queue_view import QueueView
from hope_studio.widgets.run_curves import MOST, RunCurves
from hope_studio.widgets.run_notes_form import RunNotesForm
from hope_studio.widgets.run_settings import RunSettings
from hope_studio.widgets.run_texts import RunTexts

if TYPE_CHECKING:
    from hope_core.runs.listing import RunSummary
    from hope_studio.loaded_run import LoadedRun
    from hope_studio.session import Session


class RunDetails(QTabWidget):
    """Tabs about the selected runs; reading them happens in a thread.

    Signals:
        notes_saved: a run's title, tags or notes were written.
        failed: an error to show.
    """

    notes_saved = Signal()
    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.curves = RunCurves()
        self.settings = RunSettings()
        self.texts = RunTexts()
        self.notes = RunNotesForm()
        self.queue = QueueView(session)
        self._loading = Background()
        self._wanted: tuple[RunSummary, ...] = ()
        for tab in self._tabs():
            self.addTab(tab, "")
        self._loading.done.connect(self._show)
        self._loading.failed.connect(self.failed)
        self.notes.saved.connect(self.notes_saved)
        self.notes.failed.connect(self.failed)
        self.queue.queue.changed.connect(self._name_queue)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        names = (self.tr("Curves"), self.tr("Settings"), self.tr("Texts"), self.tr("Notes"))
        for index, name in enumerate(names):
            self.setTabText(index, name)
        for tab in self._tabs():
            tab.retranslate()
        self._name_queue()

    @property
    def busy(self) -> bool:
        """Whether runs are still being read."""
        return self._loading.busy

    def show_runs(self, runs: list[RunSummary]) -> None:
        """Read these runs and show them."""
        wanted = tuple(runs[:MOST])
        if wanted != self._wanted:
            self._wanted = wanted
            self._loading.run(partial(load_runs, wanted))

    def _tabs(self) -> tuple[RunCurves, RunSettings, RunTexts, RunNotesForm, QueueView]:
        return (self.curves, self.settings, self.texts, self.notes, self.queue)

    @Slot(object)
    def _show(self, runs: list[LoadedRun]) -> None:
        self.curves.show_runs(runs)
        self.settings.show_runs(runs)
        self.texts.show_runs(runs)
        self.notes.show_run(runs[0] if len(runs) == 1 else None)

    @Slot()
    def _name_queue(self) -> None:
        waiting = len(self.queue.queue.waiting())
        text = self.tr("Queue ({count})").format(count=waiting) if waiting else self.tr("Queue")
        self.setTabText(self.indexOf(self.queue), text)
