"""How the window behaves towards its surroundings: tells of endings, keeps awake, gives hints.

Nothing of it begins before `start`, which the program calls when the window is whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from hope_studio.awake import Awake
from hope_studio.messages import Message
from hope_studio.phases import Phase
from hope_studio.preferences import KEEP_AWAKE, is_on

if TYPE_CHECKING:
    from hope_studio.frame import Frame
    from hope_studio.hints import Hints
    from hope_studio.notifier import Notifier
    from hope_studio.taskbar import Taskbar
    from hope_studio.tour import Tour

RESTING = (Phase.PAUSED,)
"""Live phases in which the machine may sleep."""


class Manners(QObject):
    """One for the window."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self.awake = Awake(self)
        self.notifier: Notifier | None = None
        self.hints: Hints | None = None
        self.tour: Tour | None = None
        self.taskbar: Taskbar | None = None

    def start(self) -> None:
        """Begin: the tray icon, the first hints, and an eye on the run."""
        from hope_studio.hints import Hints
        from hope_studio.notifier import Notifier
        from hope_studio.taskbar import Taskbar

        run = self._frame.actions
        self.notifier = Notifier(self._frame.window, [run.middle, run.stop_keep])
        self.taskbar = Taskbar(self._frame.session)
        self.hints = Hints(self._frame)
        self.awake.refused.connect(self._tell_of_sleep)
        self._frame.session.phase_changed.connect(self._follow_phase)

    @Slot()
    def start_tour(self) -> None:
        """Explain the window step by step; the hints are silent meanwhile."""
        from hope_studio.tour import Tour

        if self.tour is not None:
            return
        if self.hints is not None:
            self.hints.keep_quiet(quiet=True)
        self.tour = Tour(self._frame)
        self.tour.ended.connect(self._end_tour)
        self.tour.start()

    @Slot()
    def _end_tour(self) -> None:
        if self.tour is not None:
            self.tour.deleteLater()
            self.tour = None
        if self.hints is not None:
            self.hints.keep_quiet(quiet=False)

    def tell(self, words: str, *, bad: bool = False) -> None:
        """Tell of the end of a run to somebody who looks elsewhere."""
        if self.notifier is not None:
            self.notifier.tell("HOPE Studio", words, bad=bad)

    def retranslate(self) -> None:
        """Set every text again."""
        if self.hints is not None:
            self.hints.retranslate()
        if self.tour is not None:
            self.tour.retranslate()

    def leave(self) -> None:
        """The window closes."""
        self.awake.release()
        if self.notifier is not None:
            self.notifier.leave()
        if self.taskbar is not None:
            self.taskbar.leave()

    @Slot(object)
    def _follow_phase(self, phase: Phase) -> None:
        if phase.live and phase not in RESTING and is_on(KEEP_AWAKE):
            self.awake.hold()
        else:
            self.awake.release()

    @Slot()
    def _tell_of_sleep(self) -> None:
        text = self.tr("This system cannot be kept awake from here; it may sleep during a run.")
        self._frame.status.tell(Message(text))
