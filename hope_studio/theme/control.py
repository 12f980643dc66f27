"""Which theme is on: follows the system where it tells its scheme, unless the person chose one.

PySide6 builds the hundred enums of the namespace Qt when it is first touched, which takes as long
as drawing the first window. Nothing that the first paint needs may touch it: see `tint`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from hope_studio.theme.colors import DARK, LIGHT, Colors
from hope_studio.theme.palette import palette_of

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

CHOICES = ("system", "light", "dark")

MIDDLE_LIGHTNESS = 128
"""A window darker than this, of 255, belongs to a dark scheme."""

DASHES = ("SolidLine", "DashLine", "DotLine", "DashDotLine", "DashDotDotLine")
"""Names of the line styles of curves."""


class ThemeControl(QObject):
    """Applies a theme to the application and tells when it changed."""

    theme_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = "system"
        self._colors = LIGHT
        self._follows_system = False

    @property
    def choice(self) -> str:
        """system, light or dark, as it was asked for."""
        return self._choice

    @property
    def colors(self) -> Colors:
        """The colours in use."""
        return self._colors

    def tint(self, app: QApplication, choice: str) -> None:
        """Take the colours for the first paint; `apply` does the rest.

        What the system's scheme is, its palette tells at this moment without the namespace Qt.
        """
        if choice == "system":
            dark = app.palette().window().color().lightness() < MIDDLE_LIGHTNESS
        else:
            dark = choice == "dark"
        self._colors = DARK if dark else LIGHT
        app.setPalette(palette_of(self._colors))

    def apply(self, choice: str) -> None:
        """Draw everything in the light theme, the dark one, or the one of the system."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._choice = choice if choice in CHOICES else "system"
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        if not self._follows_system:
            self._follows_system = True
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._dress(app)

    def _dress(self, app: QApplication) -> None:
        from hope_studio.theme.stylesheet import stylesheet_of

        self._colors = DARK if self._wants_dark() else LIGHT
        app.setPalette(palette_of(self._colors))
        app.setStyleSheet(stylesheet_of(self._colors))
        self.theme_changed.emit()

    def _wants_dark(self) -> bool:
        from PySide6.QtCore import Qt

        if self._choice != "system":
            return self._choice == "dark"
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark

    @Slot()
    def _system_changed(self) -> None:
        app = QApplication.instance()
        if self._choice == "system" and isinstance(app, QApplication):
            self._dress(app)


control = ThemeControl()
"""The application's theme."""


def colors() -> Colors:
    """The colours in use; ask again after `theme_changed`."""
    return control.colors


def color(role: str) -> QColor:
    """One colour in use by its name in `Colors`, such as "muted", "accent" or "grid"."""
    return QColor(getattr(control.colors, role))


def series_color(index: int) -> QColor:
    """The colour of curve number `index`, told apart by people with any colour vision."""
    series = control.colors.series
    return QColor(series[index % len(series)])


def series_dash(index: int) -> Qt.PenStyle:
    """The line style of curve number `index`, so that colour is never the only difference."""
    from PySide6.QtCore import Qt

    return Qt.PenStyle[DASHES[index % len(DASHES)]]
