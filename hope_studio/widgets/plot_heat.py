"""A picture of numbers: rows of colour over a numbered axis, with fixed ends of the scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hope_studio.theme import color, control, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.plot_base import dress_canvas, make_canvas, pg

if TYPE_CHECKING:
    import numpy.typing as npt

_SHADES = 128


class HeatMap(QWidget):
    """Rows from top to bottom; colours between two ends, or around a middle.

    Signals:
        row_clicked: the number of a row, from the top.

    Args:
        diverging: two colours around a neutral middle; else one that grows out of the card.
        tint: number of the series colour of one that grows.
    """

    row_clicked = Signal(int)

    def __init__(self, *, diverging: bool = False, tint: int = 0, height: int = 120) -> None:
        super().__init__()
        self._diverging = diverging
        self._tint = tint
        self._height = height
        self.canvas = make_canvas("count", "count")
        self.image = pg.ImageItem()
        self.frame = pg.PlotCurveItem()
        self._rows = 0
        self._span = (0.0, 1.0)
        self.canvas.addItem(self.image, ignoreBounds=True)
        self.canvas.addItem(self.frame, ignoreBounds=True)
        self.canvas.getViewBox().setMouseEnabled(x=False, y=False)
        self.canvas.getViewBox().invertY(True)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(min(height, 60))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        control.theme_changed.connect(self.restyle)
        self.restyle()

    def sizeHint(self) -> QSize:
        """Room for the rows."""
        return QSize(320, self._height)

    def draw(
        self,
        picture: npt.NDArray[Any],
        span: tuple[float, float],
        levels: tuple[float, float],
        row_names: dict[float, str],
        column_names: dict[float, str] | None = None,
    ) -> None:
        """Show a picture (rows, columns).

        Args:
            picture: the numbers, float32.
            span: what the left and the right edge mean on the axis.
            levels: the numbers of the first and the last colour.
            row_names: names to write beside the rows, by their place from the top.
            column_names: names to write below, by their place in the span; None: its numbers.
        """
        self._rows = len(picture)
        left, right = span[0], max(span[1], span[0] + 1.0)
        self._span = (left, right)
        self.image.setImage(picture, levels=levels, autoLevels=False)
        self.image.setRect(QRectF(left, 0.0, right - left, float(self._rows)))
        self.canvas.getAxis("left").setTicks([list(row_names.items())])
        below = None if column_names is None else [list(column_names.items())]
        self.canvas.getAxis("bottom").setTicks(below)
        self.canvas.getViewBox().setRange(
            xRange=(left, right), yRange=(0.0, float(self._rows)), padding=0, disableAutoRange=True
        )

    def mark_row(self, row: int | None) -> None:
        """Draw a frame around a row, or none."""
        if row is None or row >= self._rows:
            self.frame.setData([], [])
            return
        left, right = self._span
        x = np.array([left, right, right, left, left])
        self.frame.setData(x, row + np.array([0.0, 0.0, 1.0, 1.0, 0.0]))

    @Slot()
    def restyle(self) -> None:
        """Take the theme's colours."""
        dress_canvas(self.canvas)
        self.canvas.showGrid(x=False, y=False)
        self.image.setLookupTable(self._shades())
        self.frame.setPen(pg.mkPen(color("text"), width=2))

    def _shades(self) -> npt.NDArray[np.uint8]:
        middle = color("window")
        if self._diverging:
            ends = [(series_color(0), 1.0), (middle, 0.0), (series_color(1), 1.0)]
        else:
            ends = [(middle, 0.0), (series_color(self._tint), 1.0)]
        table = []
        for place in np.linspace(0.0, len(ends) - 1.0, _SHADES):
            lower = min(int(place), len(ends) - 2)
            tint = blend(ends[lower][0], ends[lower + 1][0], float(place) - lower)
            table.append((tint.red(), tint.green(), tint.blue()))
        return np.array(table, np.uint8)

    @Slot(object)
    def _clicked(self, click: Any) -> None:  # noqa: ANN401 - pyqtgraph has no types
        row = int(self.canvas.getViewBox().mapSceneToView(click.scenePos()).y())
        if 0 <= row < self._rows:
            self.row_clicked.emit(row)
