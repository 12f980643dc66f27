"""Loads what the next pages will need while nothing else is to be done: plots take long to import.

What knows nothing of Qt is loaded in a thread; pyqtgraph must be loaded in the window's.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

from hope_studio.background import Background

REST_MS = 1000
"""From the whole window until this begins."""


class WarmUp(QObject):
    """Made once, when the window is whole."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._numbers = Background()
        self._numbers.done.connect(self._load_plots)
        self._soon = QTimer(self, interval=REST_MS, singleShot=True)
        self._soon.timeout.connect(self._load_numbers)
        self._soon.start()

    @Slot()
    def _load_numbers(self) -> None:
        self._numbers.run(_import_numbers)

    @Slot(object)
    def _load_plots(self, _: object) -> None:
        import hope_studio.pages.train  # noqa: F401

        gc.freeze()  # what is imported stays; each look for garbage in it would take 40 ms


def _import_numbers() -> None:
    import hope_core.analysis.history
    import hope_core.analysis.limits  # noqa: F401
