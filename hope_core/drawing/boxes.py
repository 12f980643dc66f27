"""Boxes, arrows and words of the diagrams, in one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555b66")
"""Okabe and Ito's, with a grey."""
TEXT, MUTED, LINE = "#182130", "#566175", "#b4bece"
INCH = 1.0


def sheet(width: float, height: float, title: str) -> tuple[Figure, Axes]:
    """An empty page of so many inches, measured in inches from the lower left corner."""
    figure = Figure(figsize=(width, height), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.axis("off")
    axes.text(0.25, height - 0.3, title, fontsize=13, fontweight="bold", color=TEXT, va="center")
    return figure, axes


def box(
    axes: Axes,
    left: float,
    bottom: float,
    width: float,
    height: float,
    words: str,
    *,
    note: str = "",
    tint: int = 0,
    upright: bool = False,
) -> None:
    """A box with a name in its middle, standing if asked to, and a smaller note below it."""
    color = COLORS[tint % len(COLORS)]
    axes.add_patch(
        FancyBboxPatch(
            (left, bottom),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor=_pale(color),
            edgecolor=color,
            linewidth=1.1,
        )
    )
    middle = bottom + height / 2
    rise = 0.09 if note else 0.0
    if upright:
        middle_x, size = left + width / 2, min(_size(words, 0.85 * height, 10), 72 * width * 0.8)
        options: dict[str, Any] = {"ha": "center", "va": "center", "color": TEXT, "rotation": 90}
        axes.text(middle_x, middle, words, fontsize=size, **options)
        return
    _fitted(axes, left, middle + rise, width, words, 10, TEXT)
    if note:
        _fitted(axes, left, middle - 0.11, width, note, 8, MUTED)


def arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    words: str = "",
    bend: float = 0.0,
    dashed: bool = False,
) -> None:
    """An arrow, and words beside its middle."""
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=9,
            color=MUTED,
            linewidth=1.0,
            connectionstyle=f"arc3,rad={bend}",
            linestyle="--" if dashed else "-",
            shrinkA=0,
            shrinkB=0,
        )
    )
    if words:
        x, y = (start[0] + end[0]) / 2 + 0.07, (start[1] + end[1]) / 2
        axes.text(x, y, words, fontsize=8, color=MUTED, va="center")


def _fitted(
    axes: Axes, left: float, y: float, width: float, words: str, size: float, color: str
) -> None:
    """Words in the middle of a box, smaller where they would leave it."""
    options: dict[str, Any] = {"ha": "center", "va": "center", "color": color}
    fontsize = max(5.0, _size(words, width, size))
    axes.text(left + width / 2, y, words, fontsize=fontsize, **options)


def _size(words: str, length: float, largest: float) -> float:
    """The largest letters (points) with which words fit into so many inches."""
    letters = max((len(line) for line in words.splitlines()), default=1)
    return min(largest, length * 72 / (0.6 * letters))


def _pale(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(0.86 + 0.14 * part for part in (red, green, blue))  # type: ignore[return-value]


def shape_words(shape: tuple[int, ...]) -> str:
    """A shape as people write it."""
    return " x ".join(str(size) for size in shape) if shape else ""


def count_words(count: int) -> str:
    """A number of parameters."""
    if count >= 1_000_000:
        return f"{count / 1e6:.2f} M"
    return f"{count / 1e3:.1f} k" if count >= 1000 else str(count)
