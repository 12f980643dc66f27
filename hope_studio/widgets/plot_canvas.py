"""What a plot draws on: a view between two axes, and nothing else.

pyqtgraph's own PlotWidget adds a title, two more axes and a form of thirty controls to each plot,
which take longer to build than all that is seen.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGraphicsItem

from hope_studio.widgets.plot_base import AXIS_WIDTH, NumberAxis, pg

GRID_OPACITY = 230
"""Of 255."""


class PlotCanvas(pg.GraphicsView):  # type: ignore[misc]
    """A view whose x axis the mouse moves; its ranges are set from outside.

    Args:
        unit_x: how the ticks of the bottom axis read, see NumberAxis.
        unit_y: how those of the left one do.
    """

    def __init__(self, unit_x: str, unit_y: str) -> None:
        super().__init__()
        self._box = pg.ViewBox(enableMenu=False, defaultPadding=0.0)
        self._box.disableAutoRange()
        self._box.setMouseEnabled(x=True, y=False)
        self._axes = {"bottom": NumberAxis("bottom", unit_x), "left": NumberAxis("left", unit_y)}
        self._axes["left"].setWidth(AXIS_WIDTH)
        layout = self.centralLayout
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addItem(self._axes["left"], 0, 0)
        layout.addItem(self._box, 0, 1)
        layout.addItem(self._axes["bottom"], 1, 1)
        layout.setRowStretchFactor(0, 1)
        layout.setColumnStretchFactor(1, 1)
        for axis in self._axes.values():
            axis.linkToView(self._box)
            axis.setZValue(0.5)  # its grid lies above pictures and below marks
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)

    def getViewBox(self) -> Any:  # noqa: ANN401, N802 - as PlotWidget has it
        """The view between the axes."""
        return self._box

    def getAxis(self, side: str) -> NumberAxis:  # noqa: N802 - as PlotWidget calls it
        """The axis at the left or at the bottom."""
        return self._axes[side]

    def addItem(self, item: Any) -> None:  # noqa: ANN401, N802 - as PlotWidget has it
        """Draw this in the view; it never stretches the ranges."""
        self._box.addItem(item, ignoreBounds=True)

    def show_axes(self, *, visible: bool) -> None:
        """Draw the axes and the grid, or leave them out while there is nothing to measure."""
        for axis in self._axes.values():
            axis.setOpacity(1.0 if visible else 0.0)
        self._axes["left"].setGrid(GRID_OPACITY if visible else False)
