"""A plot as a picture, a drawing or a table; the table holds every point, not what was drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter

from hope_core.analysis.export import Table, curves_csv
from hope_core.runs.storage import write_bytes

if TYPE_CHECKING:
    from hope_studio.widgets.plot import Plot

SHARPNESS = 2
"""Pixels of a saved picture for each one on the screen."""


def picture_of(plot: Plot) -> QImage:
    """What the plot shows, twice as sharp."""
    image = QImage(plot.size() * SHARPNESS, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(SHARPNESS)
    painter = QPainter(image)
    plot.render(painter, QPoint())
    painter.end()
    return image


def drawing_of(plot: Plot) -> bytes:
    """What the plot shows, as an SVG drawing."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(plot.canvas.size()))
    generator.setViewBox(plot.canvas.rect())
    generator.setTitle(plot.accessibleName())
    painter = QPainter(generator)
    axes = [plot.canvas.getAxis(side) for side in ("left", "bottom")]
    for axis in axes:
        axis.keep_as_picture(False)
    plot.canvas.render(painter)
    painter.end()
    for axis in axes:
        axis.keep_as_picture(True)
    return bytes(buffer.data().data())


def table_of(plot: Plot) -> list[Table]:
    """Every point of every curve of the plot."""
    tables = []
    for curve in plot.curves:
        found = plot.group.history.find(curve.y) if plot.group.history else None
        if found is not None and len(found[0]):
            series, axes = found
            places = {name: column.values[: len(series)] for name, column in axes.items()}
            tables.append(Table(curve.label, places, series.y))
    return tables


def save_plot(plot: Plot, path: str) -> None:
    """Write the plot in the format that the ending tells (png, svg or csv), in a thread.

    The plot's `saver` tells when it is done or what went wrong.
    """
    if path.endswith(".csv"):
        tables = table_of(plot)
        plot.saver.run(lambda: write_bytes(Path(path), curves_csv(tables)))
        return
    content = drawing_of(plot) if path.endswith(".svg") else _png(picture_of(plot))
    plot.saver.run(lambda: write_bytes(Path(path), content))


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
