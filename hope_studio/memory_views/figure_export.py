"""Take a picture of the Memory page along: as PNG, as SVG, as the numbers behind it, or copied."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QPoint
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from hope_core.analysis.export import Table, curves_csv
from hope_core.runs.storage import write_bytes
from hope_studio.memory_views.lines import Lines
from hope_studio.widgets.plot_base import pg
from hope_studio.widgets.plot_heat import HeatMap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hope_studio.background import Background

translate = QCoreApplication.translate

SHARPNESS = 2
"""Pixels of a saved picture for each one on the screen."""


def export_menu(picture: QWidget, title: str, saver: Background) -> QMenu:
    """A fresh menu for one picture; `saver` writes the file and tells what went wrong."""
    menu = QMenu(picture)
    menu.addAction(translate("PlotMenu", "Copy picture")).triggered.connect(partial(copy, picture))
    for text, ending in (
        (translate("PlotMenu", "Save as PNG picture ..."), "png"),
        (translate("PlotMenu", "Save as SVG drawing ..."), "svg"),
        (translate("PlotMenu", "Save all data as CSV ..."), "csv"),
    ):
        menu.addAction(text).triggered.connect(partial(ask_and_save, picture, title, ending, saver))
    return menu


def copy(picture: QWidget, _checked: bool = False) -> None:
    """Put the picture on the clipboard, twice as sharp as on the screen."""
    QApplication.clipboard().setImage(image_of(picture))


def ask_and_save(
    picture: QWidget, title: str, ending: str, saver: Background, _checked: bool = False
) -> None:
    """Ask for a file and write the picture there."""
    name = f"{title}.{ending}".replace("/", " ")
    words = translate("PlotMenu", "Save plot")
    path, _ = QFileDialog.getSaveFileName(picture, words, name, f"*.{ending}")
    if path:
        whole = path if path.endswith(f".{ending}") else f"{path}.{ending}"
        content = content_of(picture, ending)
        saver.run(lambda: write_bytes(Path(whole), content))


def content_of(picture: QWidget, ending: str) -> bytes:
    """The picture as png, svg or csv."""
    if ending == "csv":
        return curves_csv(tables_of(picture))
    return drawing_of(picture) if ending == "svg" else _png(image_of(picture))


def image_of(picture: QWidget) -> QImage:
    """What the picture shows, twice as sharp."""
    image = QImage(picture.size() * SHARPNESS, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(SHARPNESS)
    painter = QPainter(image)
    picture.render(painter, QPoint())
    painter.end()
    return image


def drawing_of(picture: QWidget) -> bytes:
    """What the picture shows, as an SVG drawing."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(picture.size())
    generator.setViewBox(picture.rect())
    generator.setTitle(picture.accessibleName())
    painter = QPainter(generator)
    picture.render(painter, QPoint())
    painter.end()
    return bytes(buffer.data().data())


def tables_of(picture: QWidget) -> list[Table]:
    """The numbers of every line and every row of colours in the picture."""
    parts = [picture, *picture.findChildren(QWidget)]
    tables: list[Table] = []
    for part in parts:
        if isinstance(part, Lines):
            tables += [Table(line.name, {"x": line.x}, line.y) for line in part.lines]
        elif isinstance(part, HeatMap):
            tables += _rows(part)
        elif isinstance(part, pg.GraphicsView) and not isinstance(part.parent(), Lines | HeatMap):
            tables += _curves(part)
    return tables


def _rows(heat: HeatMap) -> Iterator[Table]:
    picture = heat.image.image
    for number, row in enumerate(() if picture is None else picture):
        name = f"{heat.accessibleName()} {number + 1}".strip()
        yield Table(name, {"x": np.arange(len(row))}, row)


def _curves(canvas: Any) -> Iterator[Table]:  # noqa: ANN401 - pyqtgraph has no types
    items = canvas.scene().items()
    for number, item in enumerate(item for item in items if isinstance(item, pg.PlotCurveItem)):
        x, y = item.getData()
        if x is not None and len(x):
            yield Table(f"{number + 1}", {"x": x}, y)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
