"""Mixing two colours, for tints that fit both themes."""

from __future__ import annotations

from PySide6.QtGui import QColor


def blend(below: QColor, above: QColor, share: float) -> QColor:
    """`above` laid over `below` with an opacity of `share` (0 to 1)."""
    pairs = (
        (below.redF(), above.redF()),
        (below.greenF(), above.greenF()),
        (below.blueF(), above.blueF()),
    )
    return QColor.fromRgbF(*((1.0 - share) * low + share * high for low, high in pairs))
