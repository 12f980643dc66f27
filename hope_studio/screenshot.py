"""Pictures of the pages, for `--screenshot`: taken when the run is loaded and all is drawn.

The path may hold {page}, {theme} and {lang}: every value of what stands there is drawn, one after
the other in the same window. A folder stands for FOLDER/{page}.png.
"""

from __future__ import annotations

import sys
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from hope_studio.languages import speak
from hope_studio.pages import PAGES
from hope_studio.theme import control

if TYPE_CHECKING:
    from argparse import Namespace

    from hope_studio.messages import Message
    from hope_studio.window import MainWindow

LOOK_MS = 50
SETTLE_MS = 700
"""Time for the plots' drawing timers after the data is there."""
PATIENCE_SECONDS = 300.0
"""A page that still waits after this is drawn as it is."""
THEMES = ("light", "dark")
LANGUAGES = ("en", "zh_CN")


class Picture(NamedTuple):
    """What is to be seen, and the file it goes to; an empty theme or language stays as it is."""

    page: str
    theme: str
    lang: str
    path: Path


def pictures_for(path: Path, page: str) -> list[Picture]:
    """Every picture that a path asks for; `page` is the one in front, for a path without {page}."""
    whole = str(path if path.suffix.lower() == ".png" else path / "{page}.png")
    values = {
        "{theme}": THEMES if "{theme}" in whole else ("",),
        "{lang}": LANGUAGES if "{lang}" in whole else ("",),
        "{page}": PAGES.names() if "{page}" in whole else (page,),
    }
    found = []
    for theme, lang, name in product(*values.values()):
        text = whole.replace("{theme}", theme).replace("{lang}", lang).replace("{page}", name)
        found.append(Picture(name, theme, lang, Path(text)))
    return found


class Screenshot(QObject):
    """Shows page after page, waits until each is whole, and saves what is seen."""

    def __init__(self, window: MainWindow, options: Namespace) -> None:
        super().__init__(window)
        self._window = window
        self._wants_run = bool(options.run)
        self._pictures = pictures_for(options.screenshot, window.current_page)
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
        if not self._pictures:
            QApplication.exit(1 if self._failed else 0)
            return
        picture = self._pictures[0]
        if picture.theme:
            control.apply(picture.theme)
        if picture.lang:
            speak(picture.lang)
        self._window.show_page(picture.page)
        self._deadline = time.monotonic() + PATIENCE_SECONDS
        self._look.start()

    def _is_ready(self) -> bool:
        session = self._window.session
        assert session is not None
        waits_for_run = self._wants_run and session.run is None and not self._failed
        return not waits_for_run and not self._window.page(self._pictures[0].page).busy()

    @Slot()
    def _take_when_ready(self) -> None:
        if self._is_ready() or time.monotonic() > self._deadline:
            self._look.stop()
            self._settle.start()

    @Slot()
    def _take(self) -> None:
        path = self._pictures.pop(0).path
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
