"""The panels of the Train page in two columns: their order is the person's, one may fill it all.

A panel is dragged by its heading to the place of another; its menu moves it with the keyboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from hope_studio.panels.panel import PANEL_MIME, Panel
from hope_studio.settings import forget, recall, remember

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

COLUMNS = 2
ORDER = "train/panels"


class PanelGrid(QWidget):
    """Panels in the order in which the person put them; those without anything to show are out."""

    def __init__(self) -> None:
        super().__init__()
        self.panels: list[Panel] = []
        self._first: list[Panel] = []
        self._wanted: list[str] = recall(ORDER, [])
        self._placed: list[Panel] = []
        self._maximised: Panel | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.setAcceptDrops(True)

    def expect(self, count: int) -> None:
        """Keep room for so many panels, so that the first ones do not take it all."""
        for row in range(-(-count // COLUMNS)):
            self._grid.setRowStretch(row, 1)

    def add(self, panel: Panel) -> None:
        """One more panel, at the place where the person wants it."""
        self.panels.append(panel)
        self._first.append(panel)
        names = [type(other).__name__ for other in self.panels]
        places = {name: place for place, name in enumerate(self._wanted)}
        order = sorted(range(len(names)), key=lambda i: places.get(names[i], len(places) + i))
        self.panels = [self.panels[i] for i in order]
        panel.setParent(self)
        panel.plot.maximise_asked.connect(self._maximise)
        panel.plot.move_asked.connect(self._move)
        self.arrange()

    def arrange(self) -> None:
        """Put the panels where they belong; costs nothing when all are there."""
        if self._maximised is not None and not self._maximised.present:
            self._maximised = None
        shown = [panel for panel in self.panels if panel.present]
        if self._maximised is not None:
            shown = [self._maximised]
        if shown == self._placed:
            return
        for panel in self._placed:
            self._grid.removeWidget(panel)
        for place, panel in enumerate(shown):
            self._grid.addWidget(panel, *divmod(place, COLUMNS))
        for panel in self.panels:
            panel.setVisible(panel in shown)
        self._stretch(len(shown))
        self._placed = shown

    def put(self, panel: Panel, place: int) -> None:
        """Put a panel at this place among those that are shown, and remember the order."""
        shown = [other for other in self.panels if other.present]
        target = shown[min(max(place, 0), len(shown) - 1)]
        at = self.panels.index(target)
        self.panels.remove(panel)
        self.panels.insert(at, panel)
        self._wanted = [type(other).__name__ for other in self.panels]
        remember(ORDER, self._wanted)
        self.arrange()

    def reset(self) -> None:
        """All panels in their first order; none fills it all."""
        forget(ORDER)
        self._wanted, self._maximised = [], None
        self.panels.sort(key=self._first.index)
        self.arrange()

    def _stretch(self, count: int) -> None:
        rows = -(-count // COLUMNS)
        for row in range(max(self._grid.rowCount(), rows)):
            self._grid.setRowStretch(row, int(row < rows))
        alone = count == 1
        self._grid.setColumnStretch(1, 0 if alone else 1)

    @Slot()
    def _maximise(self) -> None:
        """Give one plot the whole grid, or show all of them again."""
        asked = next(panel for panel in self.panels if panel.plot is self.sender())
        self._maximised = None if self._maximised is asked else asked
        self.arrange()
        asked.plot.group.wake()

    @Slot(int)
    def _move(self, by: int) -> None:
        asked = next(panel for panel in self.panels if panel.plot is self.sender())
        shown = [panel for panel in self.panels if panel.present]
        self.put(asked, shown.index(asked) + by)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes panels of its own."""
        if event.mimeData().hasFormat(PANEL_MIME) and event.source() in self.panels:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Puts the panel at the place of the one under the pointer."""
        place = event.position().toPoint()
        under = next((p for p in self._placed if p.geometry().contains(place)), None)
        source = event.source()
        if under is not None and isinstance(source, Panel) and source is not under:
            self.put(source, [p for p in self.panels if p.present].index(under))
        event.acceptProposedAction()
