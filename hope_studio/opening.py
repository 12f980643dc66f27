"""Opening, importing and exporting from the File menu, and the runs that were open of late."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QMenu

from hope_studio.exchange import exchange_of
from hope_studio.settings import pin_run, pinned_runs, recent_runs
from hope_studio.theme import set_icon

if TYPE_CHECKING:
    from hope_studio.session import Session
    from hope_studio.window import MainWindow


class Opening(QObject):
    """Asks for a path and hands it to the session; `recent` is the menu of recent runs."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.exchange = exchange_of(session)
        window.setAcceptDrops(True)
        window.dropped.connect(self.exchange.take)
        self.recent = QMenu(window)
        self.recent.aboutToShow.connect(self._list_recent)

    @Slot()
    def choose_run(self) -> None:
        """Ask for the folder of a run and show it."""
        title = self.tr("Open the folder of a run")
        path = QFileDialog.getExistingDirectory(self._window, title)
        if path:
            self._open(path)

    @Slot()
    def choose_text(self) -> None:
        """Ask for a text to train on."""
        kinds = self.tr("Text (*.txt *.md *.py *.jsonl);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self._window, self.tr("Train on a text"), "", kinds)
        if path:
            self._session.set_data_path(Path(path))
            self._window.show_page("data")

    @Slot()
    def export_bundle(self) -> None:
        """Write the open run with its checkpoint into one file."""
        self._export("bundle")

    @Slot()
    def export_weights(self) -> None:
        """Write the weights of the open run."""
        self._export("weights")

    def _export(self, kind: str) -> None:
        if self._session.run is None:
            self._session.notice(self.tr("Open a run first: that is what is exported."))
        else:
            self.exchange.export_run(self._session.run.path, kind)

    @Slot()
    def _list_recent(self) -> None:
        """Pinned runs first, with a star; those that are gone cannot be chosen."""
        self.recent.clear()
        pinned = pinned_runs()
        for path in [*pinned, *(path for path in recent_runs() if path not in pinned)]:
            action = self.recent.addAction(path.replace("&", "&&"))
            if path in pinned:
                set_icon(action, "star")
            action.setEnabled(Path(path).is_dir())
            action.triggered.connect(partial(self._open, path))
        if self.recent.isEmpty():
            self.recent.addAction(self.tr("No run yet")).setEnabled(False)
        self.recent.addSeparator()
        run = self._session.run
        pin = self.recent.addAction(self.tr("&Pin the open run"))
        pin.setCheckable(True)
        pin.setEnabled(run is not None)
        pin.setChecked(run is not None and str(run.path) in pinned)
        pin.toggled.connect(self._pin_open_run)

    @Slot(bool)
    def _pin_open_run(self, pinned: bool) -> None:
        if self._session.run is not None:
            pin_run(str(self._session.run.path), pinned=pinned)

    def _open(self, path: str) -> None:
        self._session.open_run(Path(path))
        self._window.show_page("train")
