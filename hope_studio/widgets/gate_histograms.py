"""How the gates of one look are spread: one row a layer, the colour tells how many tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hope_core.analysis.gates import histogram
from hope_core.analysis.probes import GATES
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.plot_heat import HeatMap

if TYPE_CHECKING:
    from hope_core.analysis.probes import Probe

_PERCENT = 100.0


class GateHistograms(QWidget):
    """Three pictures: from 0 on the left to the gate's most on the right, in percent of it."""

    def __init__(self) -> None:
        super().__init__()
        self.maps: dict[str, tuple[QLabel, HeatMap, QLabel]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, gate in enumerate(GATES):
            parts = (label(wrap=True), HeatMap(tint=row, height=74), label(role="small"))
            parts[0].setFixedWidth(92)
            parts[2].setWordWrap(True)
            parts[2].setFixedWidth(110)
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
            self.maps[gate] = parts
        self.retranslate()

    def retranslate(self) -> None:
        """Set the names of the gates."""
        names = {
            "theta": self.tr("Write rate θ"),
            "eta": self.tr("Momentum η"),
            "alpha": self.tr("Forgetting α"),
        }
        for gate, (name, picture, _) in self.maps.items():
            name.setText(names[gate])
            picture.setAccessibleName(names[gate])

    def show_probe(self, probe: Probe) -> bool:
        """Draw the spread of this look's gates; False when it has none."""
        drawn = False
        for gate, (name, picture, words) in self.maps.items():
            values = probe.gates.get(gate)
            shown = values is not None and values.ndim == 3 and values.size > 0
            for part in (name, picture, words):
                part.setVisible(shown)
            if not shown or values is None:
                continue
            drawn = True
            top = float(np.nanmax(values)) or 1.0
            shares, _ = histogram(values, upper=top)
            rows = {layer + 0.5: str(layer + 1) for layer in range(len(shares))}
            reach = float(shares.max()) or 1.0
            picture.draw(shares.astype(np.float32), (0.0, _PERCENT), (0.0, reach), rows)
            text = self.tr("100 on the axis is {top}").format(top=in_words(top, "plain"))
            words.setText(text)
            picture.setAccessibleDescription(text)
        return drawn
