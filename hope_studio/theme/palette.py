"""The QPalette of a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from hope_studio.theme.colors import Colors


def palette_of(colors: Colors) -> QPalette:
    """Every role of the palette, for enabled and disabled widgets."""
    role = QPalette.ColorRole
    palette = QPalette()
    table = {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.field,
        role.AlternateBase: colors.card,
        role.ToolTipBase: colors.card,
        role.ToolTipText: colors.text,
        role.PlaceholderText: colors.muted,
        role.Text: colors.text,
        role.Button: colors.raised,
        role.ButtonText: colors.text,
        role.BrightText: colors.bad,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.on_accent,
        role.Light: colors.card,
        role.Midlight: colors.raised,
        role.Mid: colors.border,
        role.Dark: colors.strong_border,
        role.Shadow: colors.strong_border,
        role.Accent: colors.accent,
    }
    for key, value in table.items():
        palette.setColor(key, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(disabled, key, QColor(colors.disabled))
    palette.setColor(disabled, role.Highlight, QColor(colors.raised))
    return palette
