"""Diagrams of a model: its parts with their shapes, the way of the data, and what holds what."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from hope_core.drawing.boxes import COLORS, MUTED, arrow, box, count_words, shape_words, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hope_core.drawing.inspection import Inspection, Part

ROW, GAP = 0.55, 0.35
DEEPEST = 4
"""Nesting of the component figure."""
READABLE = 0.45
"""Inches that a box needs for words that lie; in a narrower one they stand."""


def architecture(model: Inspection) -> Figure:
    """The parts from the tokens up, equal neighbours drawn once, shapes on the arrows."""
    rows = _rows(model.root)
    height = len(rows) * (ROW + GAP) + 2.2
    figure, axes = sheet(7.2, height, f"{model.config.name}: architecture")
    y = 0.5
    axes.text(
        3.6, y, f"tokens  {model.batch} x {model.length}", ha="center", fontsize=9, color=MUTED
    )
    y += 0.15
    for index, (part, times) in enumerate(rows):
        arrow(axes, (3.6, y), (3.6, y + GAP), words=shape_words(part.inputs))
        y += GAP
        words = part.kind if times == 1 else f"{part.kind}  (x {times})"
        note = f"{part.path}   {count_words(part.parameters * times)} parameters"
        box(axes, 1.6, y, 4.0, ROW, words, note=note, tint=index)
        y += ROW
    arrow(axes, (3.6, y), (3.6, y + GAP), words=shape_words(model.root.outputs))
    total = f"logits; {count_words(model.root.parameters)} parameters together"
    axes.text(3.6, y + GAP + 0.12, total, ha="center", fontsize=9, color=MUTED)
    return figure


def data_flow(model: Inspection) -> Figure:
    """Inside the biggest part: who gives what to whom; dashed where something happens between."""
    part, alike = _first_of_equals(_biggest(model.root))
    inner = _leaves(part)
    height = len(inner) * (ROW + GAP) + 1.9
    figure, axes = sheet(7.2, height, f"{model.config.name}: data flow")
    where = f"{part.path} ({part.kind})" + (f", the first of {alike} alike" if alike > 1 else "")
    axes.text(0.25, height - 0.62, where, fontsize=9, color=MUTED, va="center")
    places: dict[str, float] = {}
    y = height - 0.85 - GAP - ROW
    for index, one in enumerate(inner):
        box(
            axes,
            2.1,
            y,
            3.6,
            ROW,
            one.kind,
            note=one.path.removeprefix(f"{part.path}."),
            tint=index,
        )
        places[one.path] = y
        known = [places[maker] for maker in one.fed_by if maker in places]
        for maker in known:
            gap = round((maker - y) / (ROW + GAP))
            if gap > 1:
                arrow(axes, (5.7, maker + ROW / 2), (5.7, y + ROW / 2), bend=-0.25)
            else:
                arrow(axes, (3.9, maker), (3.9, y + ROW), words=shape_words(one.inputs))
        if not known:
            arrow(
                axes,
                (3.9, y + ROW + GAP),
                (3.9, y + ROW),
                words=shape_words(one.inputs),
                dashed=True,
            )
        y -= ROW + GAP
    words = "Solid: given unchanged. Dashed: products, sums, gates or the memory lie between."
    axes.text(0.25, 0.25, words, fontsize=8, color=MUTED)
    return figure


def components(model: Inspection) -> Figure:
    """Which part holds which: widths are shares of the parameters, one row a depth."""
    figure, axes = sheet(10.0, 0.9 * DEEPEST + 1.4, f"{model.config.name}: components")
    _icicle(axes, model.root, "", left=0.25, width=9.5, top=0.9 * DEEPEST + 0.8, depth=0)
    words = "Width: share of the parameters. A row below: what a part is made of."
    axes.text(0.25, 0.25, words, fontsize=8, color=MUTED)
    return figure


def _icicle(
    axes: Axes, part: Part, parent: str, *, left: float, width: float, top: float, depth: int
) -> None:
    tint = depth if depth < len(COLORS) else 0
    wide = width > READABLE
    words = part.path.removeprefix(f"{parent}.") if depth else part.kind
    note = count_words(part.parameters) if wide else ""
    place = (left, top - 0.62, max(width - 0.03, 0.01), 0.6)
    box(axes, *place, words, note=note, tint=tint, upright=not wide)
    if depth + 1 >= DEEPEST:
        return
    children = [child for child in _unwrapped(part) if child.parameters]
    for child in children:
        share = width * child.parameters / max(part.parameters, 1)
        if share > 0.12:
            _icicle(axes, child, part.path, left=left, width=share, top=top - 0.9, depth=depth + 1)
        left += share


def _unwrapped(part: Part) -> list[Part]:
    """A part's children, lists of modules replaced by what they hold."""
    found: list[Part] = []
    for child in part.children:
        is_list = child.kind in {"ModuleList", "ModuleDict"}
        found += _unwrapped(child) if is_list else [child]
    return found


def _rows(root: Part) -> list[tuple[Part, int]]:
    """Parts in order of their calls, equal ones in a row only once, with their number.

    Parts whose weights are used without calling them (an output table) stand last.
    """
    rows = []
    unused = [part for part in root.children if part.parameters and not _is_called(part)]
    for _, group in groupby(root.called() + unused, key=lambda part: (part.kind, part.parameters)):
        equal = list(group)
        rows.append((equal[0], len(equal)))
    return rows


def _is_called(part: Part) -> bool:
    return any(one.order >= 0 for one in part.walk())


def _biggest(root: Part) -> Part:
    """The called part below the model that holds the most parameters and parts of its own."""
    inner = [part for part in root.called() if part.called()]
    return max(inner, key=lambda part: part.parameters) if inner else root


def _first_of_equals(part: Part) -> tuple[Part, int]:
    """The first of a part's blocks where they are all alike, with their number; else the part."""
    inner = part.called()
    kinds = {(one.kind, one.parameters) for one in inner}
    return (inner[0], len(inner)) if len(inner) > 1 and len(kinds) == 1 else (part, 1)


def _leaves(part: Part) -> list[Part]:
    """The parts below that were called and hold no others that were, in order."""
    leaves = [one for one in part.walk() if one is not part and one.order >= 0 and not one.called()]
    return sorted(leaves, key=lambda one: one.order)
