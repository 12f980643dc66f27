"""What happens when the program itself is at fault: one notice with details, and a report on disk.

Nothing is sent anywhere. Python faults of any thread, Qt's own messages and native crashes end up
in the user's log folder, without the texts they were about; Python faults also in the notice bar.
What writes them is imported when the log is opened, or at the first fault: the window comes first.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from hope_studio.messages import Message

if TYPE_CHECKING:
    from types import TracebackType

    from hope_studio.crash_reports import CrashKeeper

log = logging.getLogger("hope_studio")

QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashHooks(QObject):
    """Installs the hooks; keep it for as long as the program runs.

    Signals:
        crashed: a Message about a fault of the program; from any thread.
    """

    crashed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._trace: TextIO | None = None
        self.keeper: CrashKeeper | None = None
        """Writes and finds reports; there once the log is open."""

    def install(self) -> None:
        """Take over faults from now on."""
        sys.excepthook = self.take_exception
        threading.excepthook = self.take_thread_exception
        sys.unraisablehook = self.take_unraisable
        qInstallMessageHandler(take_qt_message)

    def open_log(self) -> None:
        """Write a log from now on. A log folder that cannot be written is done without."""
        from logging.handlers import RotatingFileHandler

        from hope_studio.crash_reports import CrashKeeper, log_folder

        try:
            log_folder().mkdir(parents=True, exist_ok=True)
            path = log_folder() / "studio.log"
            handler = RotatingFileHandler(
                path, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
            )
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            logging.getLogger().addHandler(handler)
            from hope_studio.dialogs import versions_here

            self.keeper = CrashKeeper(log_folder(), versions_here())
            self.keeper.native_trace.parent.mkdir(exist_ok=True)
            self._trace = self.keeper.native_trace.open("w", encoding="utf-8")
            faulthandler.enable(self._trace)
        except OSError as error:
            log.warning("The log folder %s cannot be used: %s", log_folder(), error)

    def close(self) -> None:
        """The program ends as it should: nothing is left to be found at the next start."""
        if self._trace is not None and self.keeper is not None:
            faulthandler.disable()
            self._trace.close()
            self._trace = None
            from hope_core.runs.storage import remove_quietly

            remove_quietly(self.keeper.native_trace)
            self.keeper.mark_seen()

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
        self._keep(error)
        text = self.tr("The studio made a mistake: {error}").format(error=error or kind.__name__)
        hint = self.tr("Your runs are safe: they train outside of this window.")
        action = "" if self.keeper is None else "crash_report"
        self.crashed.emit(Message(text, hint, "error", details, action))

    def take_thread_exception(self, told: threading.ExceptHookArgs) -> None:
        """A fault that nothing caught, in a thread of Python's."""
        if told.exc_value is not None:
            self.take_exception(told.exc_type, told.exc_value, told.exc_traceback)

    def take_unraisable(self, told: sys.UnraisableHookArgs) -> None:
        """A fault where Python cannot raise one, such as in a destructor: for the log only."""
        if told.exc_value is not None:
            self._keep(told.exc_value)

    def _keep(self, error: BaseException) -> None:
        from hope_studio.crash_reports import FAULT, frames_of

        places = frames_of(error)
        log.error("A fault of the studio:\n%s", places)
        if self.keeper is not None:
            self.keeper.write(FAULT, places)


def take_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own messages go to the log."""
    log.log(QT_LEVELS.get(kind, logging.WARNING), "Qt %s: %s", context.category or "", text)
