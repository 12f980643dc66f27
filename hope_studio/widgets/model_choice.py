"""Which model writes: the live one while it trains, or a checkpoint of the open run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hope_core.analysis.history import RunHistory
    from hope_core.runs.events import CheckpointSaved
    from hope_core.runs.folder import RunFolder

translate = QCoreApplication.translate
LIVE = "live"
BEST = "best"


class ModelChoice(QComboBox):
    """A list that keeps the person's choice; a model that starts to train is chosen once."""

    def show_models(self, checkpoints: Sequence[CheckpointSaved], *, live: bool) -> None:
        """Offer the live model, the best checkpoint and each one, newest first."""
        self.setPlaceholderText(self.tr("No model yet"))
        appeared = live and self.findData(LIVE) < 0
        chosen = LIVE if appeared else self.currentData()
        self.clear()
        if live:
            self.addItem(self.tr("The model in training"), LIVE)
        if checkpoints:
            self.addItem(self.tr("The best checkpoint"), BEST)
        for saved in reversed(checkpoints):
            words = self.tr("Checkpoint of step {step}").format(step=number(saved.step))
            self.addItem(words, saved.path)
        place = self.findData(chosen)
        self.setCurrentIndex(max(place, 0))

    @property
    def source(self) -> str:
        """LIVE, BEST, a checkpoint's path relative to the run, or nothing where there is none."""
        return self.currentData() or ""


def kept_checkpoints(run: RunFolder | None, history: RunHistory | None) -> list[CheckpointSaved]:
    """The checkpoints of a run that are still there, the oldest first.

    Retention removes some; a path that was saved twice counts once, as it was saved last.
    """
    if run is None or history is None:
        return []
    there = {s.path: s for s in history.checkpoints if (run.path / s.path).is_dir()}
    return list(there.values())


def no_model_sentence(run: RunFolder | None, *, live: bool) -> str:
    """Why there is no model that could write."""
    if live:
        return translate(
            "ModelChoice", "The model is being prepared. It can write after its first step."
        )
    if run is not None:
        return translate(
            "ModelChoice", "This run has saved no model yet. Resume it until it saves."
        )
    return translate(
        "ModelChoice", "There is no model yet. Train one; the small preset takes a minute."
    )
