"""Helicity token by token, and what the slots hold, over the text and over training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hope_studio.memory_views.lines import Line, Lines
from hope_studio.memory_views.part_words import part_words
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_heat import HeatMap
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_core.analysis.deep_looks import DeepLook
    from hope_core.analysis.probes import Probe, Twistors


class TwistorView(QWidget):
    """Four pictures: helicity, who is written to, what the slots hold, and their sizes in time."""

    def __init__(self) -> None:
        super().__init__()
        self.helicity = Lines("count", "plain")
        self.writes = HeatMap(tint=0, height=80)
        self.contents = HeatMap(diverging=True, height=80)
        self.sizes = Lines("count", "plain")
        self._names: dict[str, QLabel] = {}
        self._found: Twistors | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        parts = {
            "helicity": self.helicity,
            "writes": self.writes,
            "contents": self.contents,
            "sizes": self.sizes,
        }
        for place, (name, part) in enumerate(parts.items()):
            self._names[name] = label(role="small", wrap=True)
            row, column = 2 * (place // 2), place % 2
            grid.addWidget(self._names[name], row, column)
            grid.addWidget(part, row + 1, column)
            grid.setRowStretch(row + 1, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the pictures."""
        names = {
            "helicity": (self.helicity, self.tr("Helicity of each layer, token by token")),
            "writes": (self.writes, self.tr("Write to each slot, token by token")),
            "contents": (self.contents, self._contents_words()),
            "sizes": (self.sizes, self.tr("Size of each slot over training")),
        }
        for key, (part, text) in names.items():
            self._names[key].setText(text)
            part.setAccessibleName(text)

    def show_probe(self, probe: Probe) -> bool:
        """Draw this look; False when the model has no twistors."""
        found = probe.twistors
        if found is None:
            return False
        if found.helicity is not None:
            places = np.arange(found.helicity.shape[1])
            words = [self.tr("Layer {n}").format(n=n + 1) for n in range(len(found.helicity))]
            means = [number(float(row.mean()), 2) for row in found.helicity]
            rows = zip(words, found.helicity, means, strict=True)
            lines = [Line(name, places, y, n, 0, mean) for n, (name, y, mean) in enumerate(rows)]
            self.helicity.draw(lines)
            pairs = zip(words, means, strict=True)
            said = ", ".join(f"{name}: {mean}" for name, mean in pairs)
            self.setAccessibleDescription(self.tr("Mean helicity: {said}").format(said=said))
        for picture, values in ((self.writes, found.slot_write), (self.contents, found.slots)):
            picture.setVisible(values is not None)
            if values is not None:
                reach = float(np.abs(values).max()) or 1.0
                least = -reach if picture is self.contents else 0.0
                names = {row + 0.5: str(row + 1) for row in range(len(values))}
                picture.draw(values, (0.0, float(values.shape[1])), (least, reach), names)
        self._found = found
        self.retranslate()
        return True

    def _contents_words(self) -> str:
        """What the slots' picture is, and where they are compressed, how small and how wrong."""
        found = self._found
        size = None if found is None else found.compression_bytes
        error = None if found is None else found.compression_error
        if found is None or size is None or error is None or found.slots is None:
            return self.tr("What each slot holds after the text")
        text = self.tr(
            "What each slot holds after the text; kept in {few} of {many} bytes, {error} % off"
        )
        return text.format(
            few=number(float(size[0]), 0),
            many=number(4.0 * found.slots.size, 0),
            error=number(100 * float(error[0]), 1),
        )

    def show_deep(self, look: DeepLook) -> bool:
        """Draw how large each slot was at each look."""
        trail = look.trails.get("slot_norm")
        if trail is None:
            return False
        steps, sizes = trail
        self.sizes.draw(
            [
                Line(part_words(f"slot {n + 1}"), steps, sizes[:, n], n, 0, number(sizes[-1, n], 2))
                for n in range(sizes.shape[1])
            ],
            mark=look.step,
        )
        return True
