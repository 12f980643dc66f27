"""Pictures of the pages, for `--screenshot`: taken when the run is loaded and all is drawn."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from hope_studio.pages import PAGES

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from hope_studio.messages import Message
    from hope_studio.window import MainWindow

LOOK_MS = 50
SETTLE_MS = 700
"""Time for the plots' drawing timers after the data is there."""
PATIENCE_SECONDS = 60.0
"""A page that still waits after this is drawn as it is."""


class Screenshot(QObject):
    """Shows page after page, waits until each is whole, and saves what is seen."""

    def __init__(self, window: MainWindow, options: Namespace) -> None:
        super().__init__(window)
        self._window = window
        self._target: Path = options.screenshot
        self._wants_run = bool(options.run)
        self._every = self._target.suffix.lower() != ".png"
        self._pages = list(PAGES.names()) if self._every else [window.current_page]
        self._deadline = 0.0
        self._failed = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._take_when_ready)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._take)

    def start(self) -> None:
        """Begin with the first page."""
        assert self._window.session is not None
        self._window.session.noticed.connect(self._note_failure)
        self._window.resize(1280, 800)
        self._show_next()

    def _show_next(self) -> None:
        if not self._pages:
            QApplication.exit(1 if self._failed else 0)
            return
        self._window.show_page(self._pages[0])
        self._deadline = time.monotonic() + PATIENCE_SECONDS
        self._look.start()

    def _is_ready(self) -> bool:
        session = self._window.session
        assert session is not None
        waits_for_run = self._wants_run and session.run is None and not self._failed
        return not waits_for_run and not self._window.page(self._pages[0]).busy()

    @Slot()
    def _take_when_ready(self) -> None:
        if self._is_ready() or time.monotonic() > self._deadline:
            self._look.stop()
            self._settle.start()

    @Slot()
    def _take(self) -> None:
        name = self._pages.pop(0)
        path = self._target / f"{name}.png" if self._every else self._target
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self._window.grab().save(str(path)):
            sys.stderr.write(f"{path} cannot be written.\n")
            self._failed = True
        self._show_next()

    @Slot(object)
    def note_fault(self, message: Message) -> None:
        """A fault of the program: tell it on the terminal and leave with 1."""
        sys.stderr.write(f"{message.text}\n{message.details}\n")
        QApplication.exit(1)

    @Slot(object)
    def _note_failure(self, message: Message) -> None:
        """A run that cannot be opened: say so on the terminal and leave with 2."""
        if self._wants_run and message.severity == "error":
            sys.stderr.write(f"{message.text}\n")
            QApplication.exit(2)
