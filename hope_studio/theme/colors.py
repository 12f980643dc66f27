"""The colours of the light and the dark theme, and of the curves (Okabe and Ito 2008).

The first paint waits for this module: dataclasses and Qt take longer to import than it does.
"""

from __future__ import annotations

from typing import NamedTuple


class Colors(NamedTuple):
    """One theme. Text on `window` and `card` has a contrast of at least 7:1, `muted` 4.5:1."""

    dark: bool
    window: str
    card: str
    field: str
    raised: str
    border: str
    strong_border: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    accent_hover: str
    selection: str
    good: str
    warning: str
    bad: str
    grid: str
    series: tuple[str, ...]


LIGHT = Colors(
    dark=False,
    window="#f3f5f9",
    card="#ffffff",
    field="#ffffff",
    raised="#e9edf4",
    border="#d9dfe9",
    strong_border="#b4bece",
    text="#182130",
    muted="#566175",
    disabled="#9aa4b4",
    accent="#1f62c4",
    on_accent="#ffffff",
    accent_hover="#174f9f",
    selection="#d5e4fb",
    good="#0b7a53",
    warning="#9a5b00",
    bad="#b3261e",
    grid="#dfe4ec",
    series=(
        "#0072b2",
        "#d55e00",
        "#009e73",
        "#cc79a7",
        "#c78500",
        "#3d9bd1",
        "#555b66",
        "#8f8500",
    ),
)

DARK = Colors(
    dark=True,
    window="#14181f",
    card="#1c222b",
    field="#12161c",
    raised="#27303c",
    border="#2f3947",
    strong_border="#4c5a6e",
    text="#e9edf4",
    muted="#a3afc0",
    disabled="#667185",
    accent="#74aefb",
    on_accent="#0f1420",
    accent_hover="#9ac5ff",
    selection="#2b4a75",
    good="#4cc79a",
    warning="#f0b04a",
    bad="#ff8a80",
    grid="#2a3340",
    series=(
        "#56b4e9",
        "#e69f00",
        "#22c493",
        "#dd93bd",
        "#f0e442",
        "#f0803c",
        "#4f9bd8",
        "#c9ced8",
    ),
)
