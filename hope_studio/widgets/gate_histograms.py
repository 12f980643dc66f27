"""How the gates of one look are spread: one row a layer, the colour tells how many tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.gates import histogram
from hope_studio.widgets.gate_rows import GateRows
from hope_studio.widgets.plot_base import in_words

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_studio.widgets.plot_heat import HeatMap

_PERCENT = 100.0


class GateHistograms(GateRows):
    """Three pictures: from 0 on the left to the gate's most on the right, in percent of it."""

    def __init__(self) -> None:
        super().__init__(height=74, words_width=110)

    def draw_gate(
        self,
        gate: str,  # noqa: ARG002 - all are drawn alike
        picture: HeatMap,
        values: npt.NDArray[Any],
    ) -> str:
        """Draw how a gate is spread in each layer."""
        top = float(np.nanmax(values)) or 1.0
        shares, _ = histogram(values, upper=top)
        rows = {layer + 0.5: str(layer + 1) for layer in range(len(shares))}
        reach = float(shares.max()) or 1.0
        picture.draw(shares.astype(np.float32), (0.0, _PERCENT), (0.0, reach), rows)
        return self.tr("100 on the axis is {top}").format(top=in_words(top, "plain"))
