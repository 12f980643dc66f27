"""The gates of one look, token by token: what is written, carried along and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hope_core.analysis.gates import half_life, stuck_heads
from hope_core.analysis.probes import GATES
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.plot_heat import HeatMap
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.probes import Probe


class GateStrips(QWidget):
    """Three heat maps over the same tokens, one row a head, layers from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self.strips: dict[str, tuple[QLabel, HeatMap, QLabel]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, gate in enumerate(GATES):
            parts = (label(wrap=True), HeatMap(tint=row, height=86), label(role="small", wrap=True))
            parts[0].setFixedWidth(92)
            parts[2].setFixedWidth(150)
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
            self.strips[gate] = parts
        self.retranslate()

    def retranslate(self) -> None:
        """Set the names of the gates."""
        names = {
            "theta": self.tr("Write rate θ"),
            "eta": self.tr("Momentum η"),
            "alpha": self.tr("Forgetting α"),
        }
        for gate, (name, strip, _) in self.strips.items():
            name.setText(names[gate])
            strip.setAccessibleName(names[gate])

    def show_probe(self, probe: Probe) -> bool:
        """Draw the gates of this look; False when it has none."""
        for gate, (name, strip, words) in self.strips.items():
            values = probe.gates.get(gate)
            shown = values is not None and values.ndim == 3 and values.size > 0
            for part in (name, strip, words):
                part.setVisible(shown)
            if shown and values is not None:
                self._draw(gate, strip, words, values)
        return any(values.ndim == 3 and values.size for values in probe.gates.values())

    def _draw(self, gate: str, strip: HeatMap, words: QLabel, values: npt.NDArray[Any]) -> None:
        layers, heads, tokens = values.shape
        names = {layer * heads + heads / 2: str(layer + 1) for layer in range(layers)}
        top = max(1.0, float(np.max(values))) if gate == "theta" else 1.0
        reach = float(np.max(values)) if gate == "alpha" else top
        strip.draw(
            values.reshape(layers * heads, tokens), (0.0, float(tokens)), (0.0, reach or 1.0), names
        )
        text = self._words(gate, values)
        words.setText(text)
        strip.setAccessibleDescription(text)

    def _words(self, gate: str, values: npt.NDArray[Any]) -> str:
        spread = self.tr("{low} to {high}, mean {mean}").format(
            low=in_words(float(values.min()), "plain"),
            high=in_words(float(values.max()), "plain"),
            mean=in_words(float(values.mean()), "plain"),
        )
        said = [spread]
        stuck = stuck_heads(values)
        if stuck:
            said.append(self.tr("heads stuck at 0 or 1: {count}").format(count=number(stuck)))
        if gate == "alpha":
            middle = float(np.median(half_life(values)))
            text = self.tr("half forgotten after {tokens} tokens")
            never = self.tr("nothing is forgotten")
            said.append(text.format(tokens=number(middle, 1)) if np.isfinite(middle) else never)
        return "; ".join(said)
