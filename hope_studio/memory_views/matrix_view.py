"""The memory matrix of one head, the spread of its singular values, and what moved since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hope_studio.memory_views.lines import Line, Lines
from hope_studio.memory_views.quiet_words import QuietWords
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.plot_heat import HeatMap
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from typing import Any

    import numpy.typing as npt
    from PySide6.QtGui import QKeyEvent

    from hope_core.analysis.deep_looks import DeepLook

    Array = npt.NDArray[Any]


class MatrixView(QWidget):
    """Hold Space, or press the button, to see the difference to the look before."""

    def __init__(self) -> None:
        super().__init__()
        self.entries = HeatMap(tint=0, height=180)
        self.moved = HeatMap(diverging=True, height=180)
        self.values = Lines("count", "plain")
        self.difference = QPushButton()
        self.words = QuietWords()
        self.row = 0
        self._look: DeepLook | None = None
        self.difference.setCheckable(True)
        self.difference.toggled.connect(self._draw)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        pictures = QVBoxLayout()
        pictures.addWidget(self.entries, 1)
        pictures.addWidget(self.moved, 1)
        self.moved.hide()
        row = QHBoxLayout()
        row.addLayout(pictures, 3)
        row.addWidget(self.values, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row, 1)
        column.addWidget(self.words)
        column.addWidget(self.difference, 0, Qt.AlignmentFlag.AlignRight)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the button and both pictures."""
        self.difference.setText(self.tr("Difference to the look before"))
        self.difference.setToolTip(self.tr("Also while Space is held"))
        self.entries.setAccessibleName(self.tr("Size of the entries"))
        self.moved.setAccessibleName(self.tr("Change of the entries"))

    def show_deep(self, look: DeepLook) -> bool:
        """Draw the selected head; False when the memory keeps no matrices."""
        if look.matrices is None or look.singular_values is None:
            return False
        self._look = look
        self._draw()
        return True

    @Slot(int)
    def select(self, row: int) -> None:
        """Show this head: its number among the heads of all layers."""
        self.row = row
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space held: the difference."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.difference.setChecked(True)
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space let go: the matrix again."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.difference.setChecked(False)
            return
        super().keyReleaseEvent(event)

    @Slot()
    @Slot(bool)
    def _draw(self, _checked: bool = False) -> None:
        look = self._look
        if look is None or look.matrices is None or look.singular_values is None:
            return
        layers, heads = look.matrices.shape[:2]
        layer, head = divmod(min(self.row, layers * heads - 1), heads)
        differing = self.difference.isChecked() and look.before is not None
        self.difference.setEnabled(look.before is not None)
        picture = self._picture(look, differing)[layer, head]
        reach = float(np.abs(picture).max()) or 1.0
        shown, other = (self.moved, self.entries) if differing else (self.entries, self.moved)
        other.hide()
        shown.show()
        rows, columns = look.sides or picture.shape
        names = {0.5: "1", len(picture) - 0.5: str(rows)}
        shown.draw(picture, (0.0, float(columns)), (-reach if differing else 0.0, reach), names)
        spectrum = look.singular_values[layer, head].astype(np.float64)
        places = np.repeat(np.arange(len(spectrum) + 1.0), 2)
        bars = np.concatenate([[0.0], np.repeat(spectrum, 2), [0.0]])
        self.values.draw([Line(self.tr("Singular values"), places, bars)])
        text = self.tr(
            "Layer {layer}, head {head} at step {step}: largest singular value {largest}; "
            "full colour is {reach}."
        ).format(
            layer=layer + 1,
            head=head + 1,
            step=number(look.step),
            largest=in_words(float(spectrum.max()), "plain"),
            reach=in_words(reach, "plain"),
        )
        self.words.setText(f"{text} {self._fineness_words((rows, columns), picture.shape)}".strip())
        self.setAccessibleDescription(self.words.text())

    def _picture(self, look: DeepLook, differing: bool) -> Array:
        """The matrices of all heads, or their change, as finely as there are any."""
        assert look.matrices is not None
        now = look.matrices if look.finest is None else look.finest
        if not differing:
            return now.astype(np.float32)
        before = look.finest_before
        if look.finest is None or before is None or before.shape != look.finest.shape:
            now, before = look.matrices, look.before
        assert before is not None
        return now.astype(np.float32) - before.astype(np.float32)

    def _fineness_words(self, sides: tuple[int, ...], shown: tuple[int, ...]) -> str:
        """That a memory is larger than its picture."""
        if tuple(sides) == tuple(shown):
            return ""
        text = self.tr("Each square stands for {rows} × {columns} entries of {all_rows} × {all}.")
        return text.format(
            rows=number(sides[0] / shown[0], 0),
            columns=number(sides[1] / shown[1], 0),
            all_rows=sides[0],
            all=sides[1],
        )
