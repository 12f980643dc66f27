"""The presets on the cards of the first page: four sizes of each family of models."""

from __future__ import annotations

CARDS = ("small", "medium", "recommended", "large")
"""The sizes."""
FAMILIES = ("hope", "mt-hope", "titans", "transformer")
"""The families; the first one's presets have no name but their size."""


def card_preset(family: str, size: str) -> str:
    """The name of a family's preset of a size."""
    return size if family == FAMILIES[0] else f"{family}/{size}"
