"""Everything around the pages: run bar, notices, toast, menus, docks, status bar, closing.

Built by `MainWindow.furnish` once the session is there, and owned by the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from hope_core.runs.names import runs_root
from hope_studio.actions import Actions
from hope_studio.closing import Closing, ask_how_to_close
from hope_studio.core_words import core_words
from hope_studio.dock_area import DockArea
from hope_studio.manners import Manners
from hope_studio.menus import Menus
from hope_studio.messages import Message
from hope_studio.phases import Phase
from hope_studio.settings import add_recent_run, remember_config
from hope_studio.status_line import StatusLine
from hope_studio.system_watch import SystemWatch
from hope_studio.widgets.notice_bar import NoticeBar
from hope_studio.widgets.quantities import number
from hope_studio.widgets.run_bar import RunBar
from hope_studio.widgets.toast import Toast
from hope_studio.window_state import remember_window, restore_window

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from hope_core.inference.messages import AnyReply
    from hope_studio.session import Session
    from hope_studio.window import MainWindow


class Frame(QObject):
    """The parts of the window that stay while pages change."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self.window = window
        self.session = session
        self.ask_how_to_close = ask_how_to_close
        self.asks = True
        """False: somebody else has settled what becomes of the run; the window just closes."""
        self._closing = False
        self._last_phase = session.phase
        self.actions = Actions(session, window)
        self.run_bar = RunBar(session, self.actions)
        self.run_bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        window.run_toolbar.addWidget(self.run_bar)
        self.notices = NoticeBar()
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 8, 12, 0)
        holder.addWidget(self.notices)
        window.column.insertLayout(0, holder)
        self.toast = Toast(window.stack)
        window.stack.resized.connect(self.toast.keep_corner)
        self.watch = SystemWatch(runs_root(), self)
        self.docks: DockArea = DockArea(window, session, self.watch)
        self.menus = Menus(window, self)
        self.status = StatusLine(window.statusBar(), session)
        self.manners = Manners(self)
        self._connect()
        if not window.safe_mode:
            restore_window(window)
        self.watch.start()

    def retranslate(self) -> None:
        """Set every text again after a change of language."""
        self.actions.retranslate()
        self.menus.retranslate()
        self.docks.retranslate()
        self.status.retranslate()
        self.manners.retranslate()

    def may_close(self) -> bool:
        """Whether the window may go now; asks when a run is live, and closes later when it must."""
        if self.asks and self.session.phase.live and not self._may_leave_run():
            return False
        self.let_go()
        return True

    def remember(self) -> None:
        """Keep the window and the settings being edited for the next launch."""
        remember_window(self.window)
        remember_config(self.session.config)

    def let_go(self) -> None:
        """Remember everything and part from the run, which goes on if it is still live."""
        self.remember()
        self.watch.stop()
        self.manners.leave()
        self.menus.opening.exchange.cancel()
        self.window.hide()  # a trainer may need a moment to go
        self.session.leave()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Space pauses and continues, ? shows the keys; whether this key was for it."""
        if event.text() == "?":
            self.menus.help.trigger()
            return True
        if event.key() != Qt.Key.Key_Space:
            return False
        if self.session.phase.live:
            self.actions.middle.trigger()
        return True

    # -- inside ----------------------------------------------------------------------------------
    def _connect(self) -> None:
        self.session.noticed.connect(self.notices.show_message)
        self.session.phase_changed.connect(self._follow_phase)
        self.session.run_changed.connect(self._follow_run)
        self.session.service.replied.connect(self._take_reply)
        self.notices.acted.connect(self._act)
        self.toast.acted.connect(self._write_something)
        self.watch.measured.connect(self.status.show_reading)
        self.window.page_shown.connect(self.status.show_unsaved)

    def _may_leave_run(self) -> bool:
        """Ask once what shall become of the live run; then only a stop that takes too long ends."""
        if self._closing:
            if self.session.stop_overdue:
                self.session.stop_now()
            return self.session.stop_overdue
        run = self.session.run.path.name if self.session.run is not None else ""
        background = self.session.can_train_in_background
        answer = self.ask_how_to_close(self.window, run=run, background=background)
        if answer in (Closing.CANCEL, Closing.BACKGROUND):
            return answer is Closing.BACKGROUND
        self._closing = True
        self.session.stop(keep=answer is Closing.SAVE_AND_STOP)
        self.notices.show_message(
            Message(self.tr("The window closes as soon as the trainer has stopped."))
        )
        return False

    @Slot(object)
    def _follow_run(self, _run: object) -> None:
        if self.session.run is not None:
            add_recent_run(str(self.session.run.path))
            self._last_phase = Phase.IDLE

    @Slot(object)
    def _follow_phase(self, phase: Phase) -> None:
        before, self._last_phase = self._last_phase, phase
        if self.session.stop_overdue:
            text = self.tr("The trainer has not stopped within ten seconds.")
            hint = self.tr("You can end it at once; what was not saved is lost.")
            self.notices.show_message(Message(text, hint, "warning", action="stop_now"))
        if phase.live and not before.live:
            self.notices.withdraw("resume")
        if self._closing and not phase.live:
            QTimer.singleShot(0, self.window.close)
        elif before.live and phase.ended:
            self._tell_end(phase)

    def _tell_end(self, phase: Phase) -> None:
        """One sentence at the end of a run, and what can be done next."""
        history, run = self.session.history, self.session.run
        name = run.path.name if run is not None else ""
        step = number(history.step) if history is not None else ""
        failure = history.failure if history is not None else None
        if phase in (Phase.FINISHED, Phase.STOPPED) and failure is None:
            words = self.tr("{name} is done after {step} steps.").format(name=name, step=step)
            best = history.best if history is not None else None
            if best is not None:
                told = self.tr("Best: {bits} bits per byte on held-out text.")
                words = f"{words} {told.format(bits=number(best.bits_per_byte, 3))}"
            self.toast.say(words, self.tr("Write something"))
            self.manners.tell(words)
        elif phase is Phase.INTERRUPTED:
            text = self.tr("{name} was interrupted after step {step}.").format(name=name, step=step)
            hint = failure.hint if failure is not None else ""
            self.notices.show_message(Message(text, hint, "warning", action="resume"))
            self.manners.tell(text, bad=True)
        elif failure is not None:
            details = failure.traceback
            message = Message(failure.message, failure.hint, "error", details, "resume")
            self.notices.show_message(message)
            self.manners.tell(core_words(failure.message), bad=True)

    @Slot(object)
    def _take_reply(self, reply: AnyReply) -> None:
        from hope_core.inference.messages import HardwareReply

        if isinstance(reply, HardwareReply):
            self.run_bar.show_hardware(reply)
            self.menus.versions = reply.versions

    @Slot(str)
    def _act(self, action: str) -> None:
        match action:
            case "resume":
                self.actions.do_resume()
            case "generate":
                self._write_something()
            case "stop_now":
                self.session.stop_now()

    @Slot()
    def _write_something(self) -> None:
        self.session.show_page("generate")
