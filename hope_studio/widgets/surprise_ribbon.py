"""The probe text itself, coloured by how much each token surprised the memory."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hope_core.analysis.gates import carried, ranks, reading_drop
from hope_studio.memory_views.lines import Line, Lines
from hope_studio.memory_views.quiet_words import QuietWords
from hope_studio.theme import color, control, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.quantities import number, percent

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.deep_looks import DeepLook
    from hope_core.analysis.probes import Probe

_STRONGEST = 0.75
"""Opacity of the colour behind the most surprising token."""


class SurpriseRibbon(QWidget):
    """Tokens on a coloured ground; a choice of the layer; the mean as a number."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = QComboBox()
        self.layer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.mean = QuietWords()
        self.accumulated = QCheckBox()
        self.lines = Lines("count", "plain")
        self._deep: DeepLook | None = None
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setProperty("role", "mono")
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._probe: Probe | None = None
        head = QHBoxLayout()
        head.addWidget(self.layer)
        head.addWidget(self.accumulated)
        head.addWidget(self.mean, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        column.addWidget(self.lines, 1)
        self.layer.currentIndexChanged.connect(self._draw)
        self.accumulated.toggled.connect(self._draw)
        control.theme_changed.connect(self._draw)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the choice of the layer, and its entries."""
        self.layer.setAccessibleName(self.tr("Layer"))
        self.accumulated.setText(self.tr("Accumulated"))
        self.accumulated.setToolTip(
            self.tr("Carried along by the momentum, rather than of each token by itself")
        )
        for place in range(self.layer.count()):
            self.layer.setItemText(place, self._layer_name(place))

    def show_probe(self, probe: Probe) -> bool:
        """Colour the text of this look; False when it has no surprise to show."""
        surprise = probe.surprise
        if surprise is None or surprise.ndim != 2 or not surprise.size:
            return False
        self._probe = probe
        if self.layer.count() != len(surprise) + 1:
            self.layer.blockSignals(True)
            self.layer.clear()
            for place in range(len(surprise) + 1):
                self.layer.addItem(self._layer_name(place))
            self.layer.blockSignals(False)
        self._draw()
        return True

    def show_deep(self, look: DeepLook) -> None:
        """Lay the second reading of the same text over the first."""
        self._deep = look
        self._draw()

    def _layer_name(self, place: int) -> str:
        return self.tr("Layer {n}").format(n=place) if place else self.tr("All layers")

    @Slot()
    @Slot(int)
    @Slot(bool)
    def _draw(self, _index: int = 0) -> None:
        probe = self._probe
        if probe is None or probe.surprise is None:
            return
        can = {"eta", "theta"} <= probe.gates.keys() and probe.twistors is None
        self.accumulated.setEnabled(can)
        surprise = probe.surprise
        if can and self.accumulated.isChecked():
            surprise = carried(surprise, probe.gates["eta"], probe.gates["theta"])
        values = self._of_layer(surprise)
        said = [self.tr("mean {value}").format(value=number(float(values.mean()), 3))]
        said += self._draw_lines(values, probe.surprise)
        self.mean.setText("; ".join(said))
        self.text.setText(self._html(probe.tokens, values))
        top = np.argsort(values)[::-1][:5]
        most = ", ".join(repr(probe.tokens[i]) for i in top if i < len(probe.tokens))
        self.setAccessibleDescription(self.tr("Most surprising: {tokens}").format(tokens=most))

    def _of_layer(self, surprise: npt.NDArray[Any]) -> npt.NDArray[Any]:
        layer = self.layer.currentIndex() - 1
        values: npt.NDArray[Any] = surprise.mean(axis=0) if layer < 0 else surprise[layer]
        return values

    def _draw_lines(self, values: npt.NDArray[Any], surprise: npt.NDArray[Any]) -> list[str]:
        """The first reading, over it the second; how much calmer that was, in words."""
        places = np.arange(len(values))
        lines = [Line(self.tr("First reading"), places, values, 1)]
        again = None if self._deep is None else self._deep.surprise_again
        said: list[str] = []
        if again is not None and again.shape == surprise.shape and not self.accumulated.isChecked():
            lines.append(Line(self.tr("Second reading"), places, self._of_layer(again), 0, 1))
            drop = reading_drop(self._of_layer(surprise), self._of_layer(again))
            calmer = self.tr("second reading {share} less surprised (test-time memorisation)")
            text = calmer if drop >= 0 else self.tr("second reading {share} more surprised")
            said.append(text.format(share=percent(abs(drop))))
        self.lines.draw(lines)
        return said

    def _html(self, tokens: tuple[str, ...], values: npt.NDArray[Any]) -> str:
        ground, tint = color("card"), series_color(1)
        pieces = []
        for token, rank in zip(tokens or ("▇",) * len(values), ranks(values), strict=False):
            shade = blend(ground, tint, _STRONGEST * float(rank)).name()
            pieces.append(f'<span style="background-color:{shade}">{_visible(token)}</span>')
        return "".join(pieces)


def _visible(token: str) -> str:
    """A token as HTML that shows its spaces and line ends and may be broken after them."""
    shown = escape(token).replace("\n", "↵<br>").replace("\t", "→   ")
    return shown.replace(" ", "&nbsp;&#8203;")
