"""Icons: SVG files of assets/icons, drawn in the theme's colours and drawn anew when it changes."""

from __future__ import annotations

import weakref
from functools import cache
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QSize, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from hope_studio.resources import assets_folder
from hope_studio.theme.control import color, control

SIZES = (20, 40)


class HasIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None:  # noqa: N802 - Qt's name
        """Show this icon."""


_dressed: list[tuple[weakref.ref[HasIcon], str, str]] = []


def icon(name: str, role: str = "text") -> QIcon:
    """The icon of that file name, drawn in the colour of a role; call it again on a new theme."""
    drawing = QIcon()
    for mode, mode_role in ((QIcon.Mode.Normal, role), (QIcon.Mode.Disabled, "disabled")):
        for size in SIZES:
            drawing.addPixmap(pixmap(name, size, mode_role), mode)
    return drawing


def pixmap(name: str, size: int, role: str = "text") -> QPixmap:
    """The icon of that file name as a square picture with `size` pixels a side."""
    from PySide6.QtSvg import QSvgRenderer

    source = _source(name).replace("currentColor", color(role).name())
    picture = QPixmap(QSize(size, size))
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    return picture


@cache
def _source(name: str) -> str:
    return (assets_folder() / "icons" / f"{name}.svg").read_text("utf-8")


def set_icon(target: HasIcon, name: str, role: str = "text") -> None:
    """Give a button or an action an icon that follows the theme."""
    target.setIcon(icon(name, role))
    _dressed[:] = [entry for entry in _dressed if entry[0]() not in (None, target)]
    _dressed.append((weakref.ref(target), name, role))


@Slot()
def _dress_again() -> None:
    for reference, name, role in _dressed:
        target = reference()
        if target is not None and shiboken6.isValid(target):
            target.setIcon(icon(name, role))


def window_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(assets_folder() / "icons" / "hope.svg"))


control.theme_changed.connect(_dress_again)
