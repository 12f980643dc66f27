"""The gates of one look, token by token: what is written, carried along and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.gates import half_life, stuck_heads
from hope_studio.widgets.gate_rows import TURN, GateRows
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_studio.widgets.plot_heat import HeatMap


class GateStrips(GateRows):
    """Three heat maps over the same tokens, one row a head, layers from top to bottom."""

    def __init__(self) -> None:
        super().__init__(height=86, words_width=150)

    def draw_gate(self, gate: str, picture: HeatMap, values: npt.NDArray[Any]) -> str:
        """Draw a gate of every head at every token."""
        layers, heads, tokens = values.shape
        names = {layer * heads + heads / 2: str(layer + 1) for layer in range(layers)}
        top = max(1.0, float(np.max(values))) if gate == "theta" else 1.0
        reach = float(np.max(values)) if gate in ("alpha", TURN) else top
        picture.draw(
            values.reshape(layers * heads, tokens), (0.0, float(tokens)), (0.0, reach or 1.0), names
        )
        return self._words(gate, values)

    def _words(self, gate: str, values: npt.NDArray[Any]) -> str:
        spread = self.tr("{low} to {high}, mean {mean}").format(
            low=in_words(float(values.min()), "plain"),
            high=in_words(float(values.max()), "plain"),
            mean=in_words(float(values.mean()), "plain"),
        )
        said = [spread]
        stuck = stuck_heads(values) if gate != TURN else 0
        if stuck:
            said.append(self.tr("heads stuck at 0 or 1: {count}").format(count=number(stuck)))
        if gate == "alpha":
            middle = float(np.median(half_life(values)))
            text = self.tr("half forgotten after {tokens} tokens")
            never = self.tr("nothing is forgotten")
            said.append(text.format(tokens=number(middle, 1)) if np.isfinite(middle) else never)
        return "; ".join(said)
