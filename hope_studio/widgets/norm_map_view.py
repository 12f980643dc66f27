"""The norm map of all memory heads, and beside it the line of the head that was clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hope_core.analysis.gates import flagged_heads
from hope_core.analysis.limits import settle, span_of
from hope_core.analysis.norm_map import head_line, norm_map
from hope_studio.theme import color, control, series_color
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_base import curve_pen, dress_canvas, make_canvas, pg
from hope_studio.widgets.plot_heat import HeatMap
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from hope_core.analysis.deep_looks import DeepLook
    from hope_core.analysis.limits import Range
    from hope_core.analysis.memory_norms import MemoryNorms

_COLUMNS = 600


QUANTITIES = ("memory_norm", "memory_change", "effective_rank")
"""What the line of one head may show."""


class NormMapView(QWidget):
    """Click a row, or move with the arrow keys, to see one head by itself.

    Signals:
        head_chosen: the row of another head.
    """

    head_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.map = HeatMap(diverging=True, height=190)
        self.head_words = label(role="small", wrap=True)
        self.scale_words = label(role="small", wrap=True)
        self.flag_words = label(role="warning", wrap=True)
        self.line_canvas = make_canvas("count", "plain")
        self.line = pg.PlotCurveItem(connect="finite")
        self.quantity = QComboBox()
        self.quantity.addItems([""] * len(QUANTITIES))
        self.ticks = pg.ScatterPlotItem(symbol="s", size=9)
        self.map.canvas.addItem(self.ticks, ignoreBounds=True)
        self.selected = 0
        self._deep: DeepLook | None = None
        self._memory: MemoryNorms | None = None
        self._range: Range | None = None
        self.dot = pg.ScatterPlotItem(size=7)
        self.line_canvas.addItem(self.line, ignoreBounds=True)
        self.line_canvas.addItem(self.dot, ignoreBounds=True)
        self.line_canvas.getViewBox().setMouseEnabled(x=False, y=False)
        self.line_canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.map.row_clicked.connect(self.select)
        self.quantity.currentIndexChanged.connect(self._change_quantity)
        self.retranslate()
        control.theme_changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Wide rather than tall."""
        return QSize(640, 210)

    def retranslate(self) -> None:
        """Name what the line may show."""
        self.quantity.setAccessibleName(self.tr("What the line shows"))
        names = (
            self.tr("Norm |M|"),
            self.tr("Change |ΔM| between looks"),
            self.tr("Effective rank"),
        )
        for place, name in enumerate(names):
            self.quantity.setItemText(place, name)

    def show_deep(self, look: DeepLook) -> None:
        """Take in what deeper looks told of every head."""
        self._deep = look
        self._show_head()

    def show_memory(self, memory: MemoryNorms) -> bool:
        """Draw everything that was read; False when that is nothing."""
        self._memory = memory
        found = norm_map(memory, _COLUMNS)
        if found is None:
            return False
        self.selected = min(self.selected, len(found.picture) - 1)
        names = {
            layer * memory.heads + memory.heads / 2: self.tr("layer {n}").format(n=layer + 1)
            for layer in range(memory.layers)
        }
        span = (found.first, found.last)
        self.map.draw(found.picture, span, (-found.reach, found.reach), names)
        words = self.tr("Full colour: {factor} times the first norm, or one part in as many.")
        if found.alone:
            words = self.tr(
                "One look alone, so colours compare the heads: full colour is {factor} times the "
                "median norm, or one part in as many."
            )
        self.scale_words.setText(words.format(factor=number(10.0**found.reach, 1)))
        self._show_flags(memory)
        self._show_head()
        return True

    @Slot(int)
    def select(self, row: int) -> None:
        """Show this row of the map by itself."""
        self.selected = row
        self._range = None
        self._show_head()
        self.head_chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves to the head above or below."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        move = moves.get(Qt.Key(event.key()))
        memory = self._memory
        if move is None or memory is None:
            super().keyPressEvent(event)
            return
        last = memory.layers * memory.heads - 1
        self.select(min(max(self.selected + move, 0), last))

    def changeEvent(self, event: QEvent) -> None:
        """Sets the words again after a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._memory is not None:
            self.show_memory(self._memory)

    def _show_head(self) -> None:
        memory = self._memory
        if memory is None or not len(memory.steps):
            return
        layer, head = divmod(self.selected, memory.heads)
        steps, norms = head_line(memory, layer, head)
        self.map.mark_row(self.selected)
        places, values = self._line_of(layer, head) or (steps, norms)
        self.line.setData(places, values)
        self.dot.setData(places[:1], values[:1]) if len(places) == 1 else self.dot.clear()
        span = span_of([values])
        if span is not None:
            self._range = settle(self._range, span)
            right = max(float(steps[-1]), float(steps[0]) + 1.0)
            left = float(steps[0]) - (1.0 if len(steps) == 1 else 0.0)
            self.line_canvas.getViewBox().setRange(
                xRange=(left, right), yRange=self._range, padding=0
            )
        words = self.tr("Layer {layer}, head {head}: norm {norm} at step {step}.").format(
            layer=layer + 1,
            head=head + 1,
            norm=number(float(norms[-1]), 3),
            step=number(float(steps[-1])),
        )
        self.head_words.setText(words)
        self.setAccessibleDescription(f"{words} {self.flag_words.text()}".rstrip())

    def _line_of(self, layer: int, head: int) -> tuple[Any, Any] | None:
        """What is asked for beside the norm; None: the norm."""
        name = QUANTITIES[self.quantity.currentIndex()]
        if name == "memory_norm":
            return None
        found = None if self._deep is None else self._deep.trails.get(name)
        return (np.empty(0), np.empty(0)) if found is None else (found[0], found[1][:, layer, head])

    @Slot(int)
    def _change_quantity(self, _index: int) -> None:
        self._range = None
        self._show_head()

    def _show_flags(self, memory: MemoryNorms) -> None:
        large, small = flagged_heads(memory.norms)
        flagged = np.array([*large, *small], np.float64)
        right = np.full(len(flagged), float(memory.steps.values[-1]))
        self.ticks.setData(right, flagged + 0.5)
        words = []
        if large:
            words.append(self.tr("Saturating, over 10 times the median: {heads}."))
        if small:
            words.append(self.tr("Nearly empty, below a hundredth of the median: {heads}."))
        groups = [group for group in (large, small) if group]
        said = [
            text.format(heads=", ".join(self._name(row, memory) for row in group))
            for text, group in zip(words, groups, strict=True)
        ]
        self.flag_words.setText(" ".join(said))
        self.flag_words.setVisible(bool(said))

    def _name(self, row: int, memory: MemoryNorms) -> str:
        layer, head = divmod(row, memory.heads)
        words = self.tr("layer {layer} head {head}")
        return words.format(layer=layer + 1, head=head + 1)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.map, 1)
        left.addWidget(self.scale_words)
        right = QVBoxLayout()
        right.addWidget(self.quantity)
        right.addWidget(self.line_canvas, 1)
        right.addWidget(self.head_words)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row, 1)
        column.addWidget(self.flag_words)
        self.line_canvas.setMinimumSize(160, 80)
        policy = QSizePolicy.Policy
        self.line_canvas.setSizePolicy(policy.Expanding, policy.Ignored)

    @Slot()
    def _restyle(self) -> None:
        dress_canvas(self.line_canvas)
        self.line.setPen(curve_pen(0))
        self.dot.setPen(curve_pen(0))
        self.dot.setBrush(pg.mkBrush(series_color(0)))
        self.ticks.setBrush(pg.mkBrush(color("bad")))
        self.ticks.setPen(pg.mkPen(color("card")))
