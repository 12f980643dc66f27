"""Every action of the window in one place: texts, shortcuts, and when each may be used.

Menus, buttons and the command palette show these same objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from hope_studio.controls import CONTROLS, middle_text
from hope_studio.core_words import core_words
from hope_studio.phases import Phase
from hope_studio.theme.icons import set_icon
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hope_studio.session import Session

STEP_COUNTS = (10, 100, 1000)


class Actions(QObject):
    """The actions that work on the session; those of the window itself stand in its menus."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self._window = window
        self.train = self._action("play", session.start, "Ctrl+R")
        self.middle = self._action("pause", self.do_middle)
        self.step = self._action("step", self.do_step, "Ctrl+Shift+R")
        self.save_now = self._action("save", session.save_now, "Ctrl+Shift+S")
        self.sample_now = self._action("sample", session.sample_now, "Ctrl+Shift+T")
        self.stop_keep = self._action("stop", self.do_stop, "Ctrl+.")
        self.stop_discard = self._action("trash", self.do_stop_discard)
        self.stop_now = self._action("error", session.stop_now)
        self.step_counts = [self._action("step", self.do_steps) for _ in STEP_COUNTS]
        for action, steps in zip(self.step_counts, STEP_COUNTS, strict=True):
            action.setData(steps)
        self.executors = QActionGroup(self)
        self.in_process = self._choice("process")
        self.in_thread = self._choice("thread")
        self.step_menu = QMenu(window)
        self.step_menu.addActions(self.step_counts)
        self.stop_menu = QMenu(window)
        self.stop_menu.addActions([self.stop_keep, self.stop_discard, self.stop_now])
        session.phase_changed.connect(self.follow_phase)
        session.run_changed.connect(self.follow_phase)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.train.setText(self.tr("&Train"))
        self.step.setText(self.tr("Step"))
        self.step.setToolTip(self.tr("Do one step, then pause (Ctrl+Shift+R)"))
        self.save_now.setText(self.tr("Save a checkpoint now"))
        self.sample_now.setText(self.tr("Write a sample now"))
        self.stop_discard.setText(self.tr("Stop and discard what is not saved"))
        self.stop_now.setText(self.tr("End the trainer at once"))
        words = self.tr("Do {steps} steps, then pause")
        for action, steps in zip(self.step_counts, STEP_COUNTS, strict=True):
            action.setText(words.format(steps=number(steps)))
        self.in_process.setText(self.tr("Train in a process of its own (safest)"))
        self.in_thread.setText(self.tr("Train inside this window (starts faster)"))
        self.follow_phase()

    @Slot()
    def follow_phase(self) -> None:
        """Enable and name the actions by the table of `hope_studio.controls`."""
        phase = self.session.phase
        controls = CONTROLS[phase]
        overdue = self.session.stop_overdue
        self.train.setEnabled(controls.train and not self.session.start_refusal)
        self.train.setToolTip(core_words(self.session.start_refusal))
        self.middle.setEnabled(controls.middle_enabled)
        self.middle.setText(middle_text(phase))
        self.step.setEnabled(controls.step)
        for action in self.step_counts:
            action.setEnabled(controls.step)
        for action in (self.save_now, self.sample_now):
            action.setEnabled(controls.live_wishes)
        self.stop_keep.setEnabled(controls.stop or overdue)
        self.stop_keep.setText(self.tr("Stop now") if overdue else self.tr("Stop"))
        self.stop_keep.setToolTip(
            self.tr("The trainer does not answer: end it at once; what is not saved is lost")
            if overdue
            else self.tr("Save a checkpoint after the step in progress and stop (Ctrl+.)")
        )
        self.stop_discard.setEnabled(controls.stop)
        self.stop_now.setEnabled(overdue or phase is Phase.NO_SIGNAL)
        for action in (self.in_process, self.in_thread):
            action.setEnabled(not phase.live)

    @Slot()
    def do_middle(self) -> None:
        """Pause, continue or resume, whichever the phase offers."""
        match CONTROLS[self.session.phase].middle:
            case "pause":
                self.session.pause()
            case "go_on":
                self.session.go_on()
            case _:
                self.do_resume()

    @Slot()
    def do_step(self) -> None:
        """One step, then pause."""
        self.session.run_steps(1)

    @Slot()
    def do_steps(self) -> None:
        """As many steps as the chosen entry says, then pause."""
        action = self.sender()
        if isinstance(action, QAction):
            self.session.run_steps(int(action.data()))

    @Slot()
    def do_stop(self) -> None:
        """Stop with a checkpoint; the second time, when nothing answers, at once."""
        if self.session.stop_overdue:
            self.session.stop_now()
        else:
            self.session.stop(keep=True)

    @Slot()
    def do_stop_discard(self) -> None:
        """Stop without a checkpoint."""
        self.session.stop(keep=False)

    @Slot()
    def do_resume(self) -> None:
        """Go on with the open run."""
        if self.session.run is not None:
            self.session.resume_run(self.session.run.path)

    @Slot()
    def choose_executor(self) -> None:
        """Train the next run in a process or in this window."""
        from hope_studio.settings import remember

        self.session.executor = "thread" if self.in_thread.isChecked() else "process"
        remember("session/executor", self.session.executor)

    # -- inside ----------------------------------------------------------------------------------
    def _action(self, icon: str, slot: object, shortcut: str = "") -> QAction:
        action = QAction(self)
        set_icon(action, icon)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(slot)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        return action

    def _choice(self, executor: str) -> QAction:
        action = QAction(self, checkable=True)
        action.setChecked(self.session.executor == executor)
        self.executors.addAction(action)
        action.triggered.connect(self.choose_executor)
        return action


def edit_in_focus(name: str) -> None:
    """Cut, copy, paste, undo, redo or selectAll in the field with the keyboard, if it can."""
    method = getattr(QApplication.focusWidget(), name, None)
    if callable(method):
        method()
