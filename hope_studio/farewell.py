"""Ends the window when the system asks for it: SIGTERM, SIGINT, SIGHUP, or a logout.

Nobody may be there to answer a question, so none is asked. After a signal the trainer goes on in
the background, or saves and stops where it lives in this very process; a second signal ends the
program at once. At a logout the run that this window trains saves and stops, whichever it is.
"""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QSocketNotifier, QTimer, Slot

if TYPE_CHECKING:
    from types import FrameType

    from PySide6.QtWidgets import QApplication

    from hope_studio.phases import Phase
    from hope_studio.window import MainWindow

SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP")
"""By name: not every system has them all."""

LOGOUT_PATIENCE_MS = 8_000
"""How long a logout waits for the last checkpoint; systems give a program about ten seconds."""


class Farewell(QObject):
    """One for the program.

    Python runs a signal's handler only when the interpreter gets control, which an idle event loop
    never gives it. So the number of the signal is also written into a socket (`set_wakeup_fd`),
    and the event loop wakes.
    """

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        super().__init__(app)
        self._app = app
        self._window = window
        self._ends_when_over = False
        self._logout: QEventLoop | None = None
        self._caught: list[int] = []

    def start(self) -> None:
        """Listen from now on; what is ignored by whoever started the program stays ignored."""
        self._inner, self._outer = socket.socketpair()
        for end in (self._inner, self._outer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._inner.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        signal.set_wakeup_fd(self._outer.fileno(), warn_on_full_buffer=False)
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _note)
                self._caught.append(number)
        self._app.commitDataRequest.connect(self.log_out)
        self._app.aboutToQuit.connect(self.stop)

    @Slot()
    def stop(self) -> None:
        """Listen no more: from now on a signal ends the program at once."""
        self._let_signals_end_it()
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._inner.close()
        self._outer.close()

    @Slot()
    def end(self) -> None:
        """Close the window without a question, as soon as that loses nothing."""
        self._let_signals_end_it()
        session = self._window.session
        if session is not None and session.phase.live and not session.can_train_in_background:
            self._ends_when_over = True
            session.phase_changed.connect(self._follow)
            session.stop(keep=True)
        else:
            self._finish()

    @Slot()
    def log_out(self) -> None:
        """Leave everything as it should be found again; the window stays until it is closed.

        Whether the system ends the program afterwards is not known here: somebody may call the
        logout off. A run that is only watched is left alone.
        """
        frame, session = self._window.frame, self._window.session
        if frame is None or session is None:
            return
        frame.remember()
        if not session.phase.live or session.only_watches:
            return
        frame.asks = False
        session.phase_changed.connect(self._follow)
        session.stop(keep=True)
        self._logout = QEventLoop(self)
        QTimer.singleShot(LOGOUT_PATIENCE_MS, self._logout, self._logout.quit)
        self._logout.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._logout = None

    # -- inside ----------------------------------------------------------------------------------
    @Slot()
    def _woken(self) -> None:
        numbers = self._inner.recv(64)
        if any(number in self._caught for number in numbers):
            self.end()

    @Slot(object)
    def _follow(self, phase: Phase) -> None:
        if phase.live:
            return
        if self._window.frame is not None:
            self._window.frame.asks = True
        if self._logout is not None:
            self._logout.quit()
        if self._ends_when_over:
            self._finish()

    def _finish(self) -> None:
        """Leave every event loop there is, also that of a dialog that is open."""
        if self._window.frame is not None:
            self._window.frame.let_go()
        self._app.exit(0)

    def _let_signals_end_it(self) -> None:
        for number in self._caught:
            signal.signal(number, signal.SIG_DFL)


def _note(_number: int, _frame: FrameType | None) -> None:
    """Nothing: that it is there lets Python write the number into the socket."""
