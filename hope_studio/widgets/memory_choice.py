"""Which memory a model begins with: a fresh one, one kept from the last time, or a saved one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from hope_core.inference.messages import KEPT
from hope_core.runs.memory_files import list_memories

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FRESH = ""


class MemoryChoice(QComboBox):
    """A list that keeps the person's choice as long as that memory is there."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text; the choice stays."""
        chosen = self.memory
        self.setAccessibleName(self.tr("Memory to begin with"))
        self.setToolTip(
            self.tr(
                "Fresh: as after the training. Kept: what the last text or conversation left. "
                "Saved: a memory from the list on the Teach side."
            )
        )
        self.blockSignals(True)
        self.clear()
        self.addItem(self.tr("Fresh memory"), FRESH)
        self.addItem(self.tr("Memory kept from the last time"), KEPT)
        for name in self._names:
            self.addItem(self.tr("Saved memory: {name}").format(name=name), name)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)

    def show_names(self, names: Sequence[str]) -> None:
        """Offer these saved memories."""
        if list(names) != self._names:
            self._names = list(names)
            self.retranslate()

    @property
    def memory(self) -> str:
        """FRESH, KEPT or a saved memory's name, as in the requests."""
        return self.currentData() or FRESH


def saved_names(run: Path | None) -> list[str]:
    """The memories saved beside a run, the newest first."""
    return [memory.name for memory in list_memories(run)] if run is not None else []
