"""The look: light and dark on Qt's Fusion style, the colours of curves, and the icons."""

from hope_studio.theme.colors import Colors
from hope_studio.theme.control import color, colors, control, series_color, series_dash
from hope_studio.theme.icons import icon, pixmap, set_icon, window_icon

__all__ = [
    "Colors",
    "color",
    "colors",
    "control",
    "icon",
    "pixmap",
    "series_color",
    "series_dash",
    "set_icon",
    "window_icon",
]
