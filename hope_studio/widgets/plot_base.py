"""pyqtgraph, set up once for every plot: rows first in pictures, no antialiasing while live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGraphicsItem

from hope_studio.theme import color, series_color, series_dash
from hope_studio.theme.blend import blend
from hope_studio.widgets.lean_pyqtgraph import lean_pyqtgraph
from hope_studio.widgets.quantities import number, short_number, size

if TYPE_CHECKING:
    from PySide6.QtGui import QPen

pg: Any = lean_pyqtgraph()
pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)

AXIS_WIDTH = 56
"""Pixels left of each plot, the same everywhere so that plots in a column line up."""


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose ticks read as people say them: 1.2 k, 3 GB, 2:30.

    Args:
        side: left or bottom.
        unit: count, plain, bytes or clock.
    """

    def __init__(self, side: str, unit: str) -> None:
        super().__init__(side)
        self.unit = unit
        self.setStyle(tickLength=-4, autoExpandTextSpace=False)
        self.enableAutoSIPrefix(False)
        self.keep_as_picture(True)

    def keep_as_picture(self, keep: bool) -> None:
        """Paint from a kept picture: setting the numbers anew costs 3 ms a frame.

        Turn it off while drawing for a printer or a file of lines.
        """
        modes = QGraphicsItem.CacheMode
        self.setCacheMode(modes.DeviceCoordinateCache if keep else modes.NoCache)

    def updateAutoSIPrefix(self) -> None:  # noqa: N802 - pyqtgraph's name
        """Nothing: the ticks say their units, and the hidden label need not be set anew."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The text of each tick."""
        if self.logMode:
            return _ticks_in_words([10.0**value for value in values], self.unit)
        return [in_words(value * scale, self.unit, spacing) for value in values]


def in_words(value: float, unit: str, spacing: float = 0.0) -> str:
    """A number on an axis or in a legend; the ticks' spacing tells how many decimals it needs."""
    if unit == "bytes":
        return _bytes_in_words(max(value, 0.0), spacing)
    if unit == "clock":
        minutes, seconds = divmod(round(value), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    if unit == "count" or abs(value) >= 10_000:
        return short_number(value)
    if value and abs(value) < 1e-3:
        return f"{value:.1e}".replace("e-0", "e-").replace(".0e", "e")
    if spacing >= 1 or value == 0:
        return number(value)
    if abs(value) < 0.1:
        return f"{value:.2g}"
    return number(value, 1 if spacing >= 0.1 or abs(value) >= 100 else 2)


def _ticks_in_words(values: list[float], unit: str) -> list[str]:
    """The ticks of a logarithmic axis; between powers of ten only 2 and 5, where these are two."""
    digits = [round(value / 10.0 ** np.floor(np.log10(value) + 1e-9)) for value in values]
    round_ones = [digit in (1, 2, 5, 10) for digit in digits]
    told = round_ones if sum(round_ones) > 1 else [True] * len(values)
    pairs = zip(values, told, strict=True)
    return [_power_in_words(value, unit) if is_told else "" for value, is_told in pairs]


def _power_in_words(value: float, unit: str) -> str:
    plain = unit == "plain" and 1e-3 <= value < 1e4
    return f"{value:.3g}" if plain else in_words(value, unit)


def _bytes_in_words(value: float, spacing: float) -> str:
    """Bytes in the unit in which neighbouring ticks differ."""
    if 0 < spacing < 0.95e8 and value >= 1e9:
        return f"{number(value / 1e9, 2)} GB"
    if 0 < spacing < 0.95e8 and value >= 1e6:
        return f"{number(value / 1e6)} MB"
    return size(value)


def curve_pen(tint: int, dash: int = 0, *, faded: bool = False, width: int = 1) -> QPen:
    """The pen of a curve; faded for the raw values behind a smoothed curve."""
    shade = series_color(tint)
    pen = pg.mkPen(blend(color("card"), shade, 0.4) if faded else shade, width=_on_screen(width))
    pen.setStyle(Qt.PenStyle.SolidLine if faded else series_dash(dash))
    result: QPen = pen
    return result


def ghost_pen(tint: int) -> QPen:
    """The pen of another run's curve behind the one in front: faded and dashed."""
    pen = pg.mkPen(blend(color("card"), series_color(tint), 0.55), width=_on_screen(1))
    pen.setDashPattern([6, 5])
    result: QPen = pen
    return result


def _on_screen(width: int) -> int:
    """A width in the screen's own dots: plots' pens do not grow with its scale by themselves."""
    app = QGuiApplication.instance()
    scale = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return max(1, round(width * scale))


def make_canvas(unit_x: str, unit_y: str) -> Any:  # noqa: ANN401 - pyqtgraph has no types
    """An empty PlotWidget without menus, buttons or ranges of its own."""
    axes = {"bottom": NumberAxis("bottom", unit_x), "left": NumberAxis("left", unit_y)}
    canvas = pg.PlotWidget(axisItems=axes, enableMenu=False)
    canvas.hideButtons()
    canvas.setFrameShape(canvas.Shape.NoFrame)
    canvas.getAxis("left").setWidth(AXIS_WIDTH)
    box = canvas.getViewBox()
    box.disableAutoRange()
    box.setMouseEnabled(x=True, y=False)
    box.setDefaultPadding(0.0)
    return canvas


def dress_canvas(canvas: Any) -> None:  # noqa: ANN401 - pyqtgraph has no types
    """Give a canvas the theme's colours, and its grid."""
    dress_axes(canvas)
    canvas.showGrid(x=False, y=True, alpha=0.9)


def dress_axes(canvas: Any) -> None:  # noqa: ANN401 - pyqtgraph has no types
    """Give a canvas the theme's colours; pyqtgraph does not follow the palette by itself."""
    canvas.setBackground(color("card"))
    for side in ("bottom", "left"):
        axis = canvas.getAxis(side)
        axis.setPen(pg.mkPen(color("strong_border")))
        axis.setTextPen(pg.mkPen(color("muted")))
        axis.setTickPen(pg.mkPen(color("grid")))
