"""How large weights and gradients are over the run: one column a look, one part at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from hope_core.analysis.spread import middle_half, spread_picture
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_base import in_words
from hope_studio.widgets.plot_heat import HeatMap
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_core.analysis.deep_looks import DeepLook

COLUMNS = 600
KINDS = ("weight_spread", "gradient_spread")


class SpreadView(QWidget):
    """A part and one of both kinds are chosen; the sentence tells of the newest look."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.kind.addItems([""] * len(KINDS))
        self.part = QComboBox()
        self.map = HeatMap(tint=0, height=200)
        self.words = label(role="small", wrap=True)
        self._look: DeepLook | None = None
        choices = QHBoxLayout()
        choices.addWidget(self.kind)
        choices.addWidget(self.part)
        choices.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(choices)
        column.addWidget(self.map, 1)
        column.addWidget(self.words)
        self.kind.currentIndexChanged.connect(self._draw)
        self.part.currentIndexChanged.connect(self._draw)
        self.retranslate()

    def retranslate(self) -> None:
        """Name what may be chosen."""
        self.kind.setAccessibleName(self.tr("Weights or gradients"))
        self.part.setAccessibleName(self.tr("Part of the model"))
        for place, name in enumerate((self.tr("Weights"), self.tr("Gradients"))):
            self.kind.setItemText(place, name)
        self._name_parts()
        self._draw()

    def show_deep(self, look: DeepLook) -> bool:
        """Draw what every deeper look of the run counted; False when none did."""
        if KINDS[0] not in look.trails or not look.parts:
            return False
        self._look = look
        if self.part.count() != len(look.parts):
            blocked = self.part.blockSignals(True)
            self.part.clear()
            self.part.addItems([""] * len(look.parts))
            self.part.blockSignals(blocked)
        self._name_parts()
        self._draw()
        return True

    def _name_parts(self) -> None:
        for place, name in enumerate(self._look.parts if self._look is not None else ()):
            kind, _, block = name.partition(".")
            words = self.tr("Block {n}") if kind == "blocks" else name
            self.part.setItemText(place, words.format(n=int(block) + 1 if block else ""))

    @Slot()
    @Slot(int)
    def _draw(self, _index: int = 0) -> None:
        if self._look is None:
            return
        kind = KINDS[max(self.kind.currentIndex(), 0)]
        part = max(self.part.currentIndex(), 0)
        found = self._look.trails.get(kind)
        if found is None or not found[1][-1, part].any():
            self.words.setText(self.tr("The gradients of this part were not measured."))
            self.map.hide()
            return
        steps, trail = found
        picture = spread_picture(steps, trail, part, COLUMNS)
        reach = float(picture.shares.max()) or 1.0
        self.map.draw(picture.shares, (picture.first, picture.last), (0.0, reach), picture.names)
        self.map.show()
        low, high = middle_half(trail[-1, part])
        text = self.tr("At step {step} the middle half lies between {low} and {high}.").format(
            step=number(float(steps[-1])), low=in_words(low, "plain"), high=in_words(high, "plain")
        )
        self.words.setText(text)
        self.setAccessibleDescription(
            f"{self.kind.currentText()}, {self.part.currentText()}: {text}"
        )
