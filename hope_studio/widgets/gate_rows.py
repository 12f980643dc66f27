"""Three pictures below each other, one a gate: its name, the picture, and words about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hope_core.analysis.probes import GATES
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_heat import HeatMap

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.probes import Probe

NAME_WIDTH = 92
"""Pixels."""
TURN = "turn"
"""What a twistor cell's eta is: how far its state turns at a token (radians), no momentum."""


class GateRows(QWidget):
    """Shows the gates that a look has; what is drawn of one is a subclass's to say."""

    def __init__(self, *, height: int, words_width: int) -> None:
        super().__init__()
        self.rows: dict[str, tuple[QLabel, HeatMap, QLabel]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, gate in enumerate(GATES):
            picture = HeatMap(tint=row, height=height)
            parts = (label(wrap=True), picture, label(role="small", wrap=True))
            parts[0].setFixedWidth(NAME_WIDTH)
            parts[2].setFixedWidth(words_width)
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
            self.rows[gate] = parts
        self._turns = False
        self.retranslate()

    def retranslate(self) -> None:
        """Set the names of the gates."""
        names = {
            "theta": self.tr("Write rate θ"),
            "eta": self.tr("Momentum η"),
            "alpha": self.tr("Forgetting α"),
            TURN: self.tr("Turn φ (radians)"),
        }
        for gate, (name, picture, _) in self.rows.items():
            name.setText(names[self._kind(gate)])
            picture.setAccessibleName(name.text())

    def show_probe(self, probe: Probe) -> bool:
        """Draw this look's gates; False when it has none."""
        drawn = False
        turns = probe.twistors is not None and probe.twistors.helicity is not None
        if turns is not self._turns:
            self._turns = turns
            self.retranslate()
        for gate, (name, picture, words) in self.rows.items():
            values = probe.gates.get(gate)
            shown = values is not None and values.ndim == 3 and values.size > 0
            for part in (name, picture, words):
                part.setVisible(shown)
            if shown and values is not None:
                drawn = True
                text = self.draw_gate(self._kind(gate), picture, values)
                words.setText(text)
                picture.setAccessibleDescription(text)
        return drawn

    def draw_gate(self, gate: str, picture: HeatMap, values: npt.NDArray[Any]) -> str:
        """Draw one gate's values (layers, heads, tokens); the words beside it.

        Args:
            gate: its name in a probe, or TURN.
            picture: where.
            values: of every head at every token.
        """
        raise NotImplementedError

    def _kind(self, gate: str) -> str:
        """What a gate of a probe file is in the look that is shown."""
        return TURN if gate == "eta" and self._turns else gate
