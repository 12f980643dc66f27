"""How near each head is to blowing up, and how long it remembers, at one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.plot_heat import HeatMap
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.probes import Probe

_SAFE = 2.0
"""Writes settle up to this bound."""
_LONGEST = 5.0
"""Powers of ten of tokens at full colour."""
_MOST_NAMES = 16
"""So many heads have room for their number."""


class StabilityView(QWidget):
    """Two pictures, one row a layer and one column a head: the bound, and the half-life."""

    def __init__(self) -> None:
        super().__init__()
        self.maps: dict[str, tuple[QLabel, HeatMap, QLabel]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(("stability", "half_life")):
            parts = (label(wrap=True), HeatMap(tint=row + 1, height=110), label(role="small"))
            parts[0].setFixedWidth(92)
            parts[2].setWordWrap(True)
            parts[2].setFixedWidth(150)
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
            self.maps[name] = parts
        self.retranslate()

    def retranslate(self) -> None:
        """Set the names of the pictures."""
        names = {"stability": self.tr("Bound"), "half_life": self.tr("Half-life")}
        for name, (words, picture, _) in self.maps.items():
            words.setText(names[name])
            picture.setAccessibleName(names[name])

    def show_probe(self, probe: Probe) -> bool:
        """Draw the read-outs of this look; False when the memory has neither."""
        values = {"stability": probe.stability, "half_life": probe.half_life}
        for name, (title, picture, words) in self.maps.items():
            found = values[name]
            for part in (title, picture, words):
                part.setVisible(found is not None)
            if found is not None:
                self._draw(name, picture, words, found)
        return any(found is not None for found in values.values())

    def _draw(self, name: str, picture: HeatMap, words: QLabel, values: npt.NDArray[Any]) -> None:
        layers, heads = values.shape
        rows = {layer + 0.5: str(layer + 1) for layer in range(layers)}
        apart = -(-heads // _MOST_NAMES)
        columns = {head + 0.5: str(head + 1) for head in range(0, heads, apart)}
        shown, reach = np.nan_to_num(values, nan=np.inf), _SAFE
        if name == "half_life":
            with np.errstate(divide="ignore"):
                shown, reach = np.log10(np.maximum(shown, 1.0)), _LONGEST
        colours = np.minimum(shown, reach).astype(np.float32)
        picture.draw(colours, (0.0, float(heads)), (0.0, reach), rows, columns)
        text = self._bound_words(values) if name == "stability" else self._life_words(values)
        words.setText(text)
        words.setProperty("role", "warning" if self._is_unsafe(name, values) else "small")
        words.style().polish(words)
        picture.setAccessibleDescription(text)

    def _is_unsafe(self, name: str, values: npt.NDArray[Any]) -> bool:
        return name == "stability" and not bool((values <= _SAFE).all())

    def _bound_words(self, values: npt.NDArray[Any]) -> str:
        layer, head = divmod(int(np.argmax(np.nan_to_num(values, nan=np.inf))), values.shape[1])
        most = self.tr("most: {value}, in layer {layer}, head {head}").format(
            value=in_words(float(values[layer, head]), "plain"), layer=layer + 1, head=head + 1
        )
        if self._is_unsafe("stability", values):
            return self.tr("{most}. Above 2 its writes may not settle.").format(most=most)
        return self.tr("{most}. Safe up to 2.").format(most=most)

    def _life_words(self, values: npt.NDArray[Any]) -> str:
        finite = values[np.isfinite(values)]
        if not finite.size:
            return self.tr("nothing is forgotten")
        return self.tr("half forgotten after {low} to {high} tokens").format(
            low=number(float(finite.min()), 1), high=number(float(finite.max()), 1)
        )
