"""Which theme is on: follows the system where it tells its scheme, unless the person chose one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from hope_studio.theme.colors import DARK, DASHES, LIGHT, Colors
from hope_studio.theme.palette import palette_of
from hope_studio.theme.stylesheet import stylesheet_of

CHOICES = ("system", "light", "dark")


class ThemeControl(QObject):
    """Applies a theme to the application and tells when it changed."""

    theme_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = "system"
        self._colors = LIGHT

    @property
    def choice(self) -> str:
        """system, light or dark, as it was asked for."""
        return self._choice

    @property
    def colors(self) -> Colors:
        """The colours in use."""
        return self._colors

    def apply(self, choice: str) -> None:
        """Draw everything in the light theme, the dark one, or the one of the system."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._choice = choice if choice in CHOICES else "system"
        if app.style().objectName() != "fusion":
            app.setStyle(QStyleFactory.create("Fusion"))
        QGuiApplication.styleHints().colorSchemeChanged.connect(
            self._system_changed, Qt.ConnectionType.UniqueConnection
        )
        self._dress(app)

    def _dress(self, app: QApplication) -> None:
        self._colors = DARK if self._wants_dark() else LIGHT
        app.setPalette(palette_of(self._colors))
        app.setStyleSheet(stylesheet_of(self._colors))
        self.theme_changed.emit()

    def _wants_dark(self) -> bool:
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
    return DASHES[index % len(DASHES)]
