"""What happens when the program itself is at fault: one notice with details, and a log on disk.

Nothing is sent anywhere. Python faults of any thread, Qt's own messages and native crashes end up
in the user's log folder; Python faults also in the notice bar.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from hope_studio.messages import Message

if TYPE_CHECKING:
    from types import TracebackType

log = logging.getLogger("hope_studio")

QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_folder() -> Path:
    """Where the studio keeps its log and the traces of native crashes."""
    import platformdirs

    return Path(platformdirs.user_log_dir("hope-studio"))


class CrashHooks(QObject):
    """Installs the hooks; keep it for as long as the program runs.

    Signals:
        crashed: a Message about a fault of the program; from any thread.
    """

    crashed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._trace: TextIO | None = None

    def install(self) -> None:
        """Take over faults from now on."""
        sys.excepthook = self.take_exception
        threading.excepthook = self.take_thread_exception
        qInstallMessageHandler(take_qt_message)

    def open_log(self) -> None:
        """Write a log from now on. A log folder that cannot be written is done without."""
        from logging.handlers import RotatingFileHandler

        try:
            log_folder().mkdir(parents=True, exist_ok=True)
            path = log_folder() / "studio.log"
            handler = RotatingFileHandler(
                path, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
            )
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            logging.getLogger().addHandler(handler)
            self._trace = (log_folder() / "native-crash.txt").open("a", encoding="utf-8")
            faulthandler.enable(self._trace)
        except OSError as error:
            log.warning("The log folder %s cannot be used: %s", log_folder(), error)

    def take_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """A fault that nothing caught, in the window's thread or a QThread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("A fault of the studio:\n%s", details)
        text = self.tr("The studio made a mistake: {error}").format(error=error or kind.__name__)
        hint = self.tr("Your runs are safe: they train outside of this window.")
        self.crashed.emit(Message(text, hint, "error", details))

    def take_thread_exception(self, told: threading.ExceptHookArgs) -> None:
        """A fault that nothing caught, in a thread of Python's."""
        if told.exc_value is not None:
            self.take_exception(told.exc_type, told.exc_value, told.exc_traceback)


def take_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own messages go to the log."""
    log.log(QT_LEVELS.get(kind, logging.WARNING), "Qt %s: %s", context.category or "", text)
