"""The steps that the plots of the Train page show, for whoever wants to show the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hope_core.analysis.lanes import steps_between

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory
    from hope_studio.session import Session
    from hope_studio.widgets.plot_group import PlotGroup


def steps_seen_of(session: Session) -> StepsSeen:
    """The session's one record of it, made when it is first asked for."""
    found = session.findChild(StepsSeen)
    return found if isinstance(found, StepsSeen) else StepsSeen(session)


class StepsSeen(QObject):
    """Knows the plots once they are built; until then the whole run is in view."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._group: PlotGroup | None = None

    def watch(self, group: PlotGroup) -> None:
        """Tell of these plots from now on."""
        self._group = group

    def window(self, history: RunHistory) -> tuple[int, int]:
        """The first and the last step in view."""
        group = self._group
        if group is None or group.following or group.history is not history:
            return 0, max(history.step, 1)
        return steps_between(history, group.view.axis, group.view.left, group.view.right)
