"""Which other run stands as a ghost behind the open one; it is found and read in a thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox

from hope_studio.background import Background
from hope_studio.settings import recall, remember

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory
    from hope_core.runs.folder import RunFolder
    from hope_core.runs.listing import RunSummary

NONE, PREVIOUS, BEST = "", "previous", "best"
LARGEST = 200_000_000
"""Bytes of events of a run that is read without having been chosen by its name."""
_KEY = "train/ghost"


class Found(NamedTuple):
    """What the thread brings back: the runs there are, and the one that was wished for."""

    run: RunFolder
    others: list[RunSummary]
    chosen: RunSummary | None
    history: RunHistory | None


class GhostChoice(QComboBox):
    """None, the previous run, the best one, or any run beside the open one.

    Signals:
        chosen: the history of another run and its name, or None and an empty name.
    """

    chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._run: RunFolder | None = None
        self._wish = recall(_KEY, PREVIOUS)
        self._others: list[RunSummary] = []
        self._reading = Background()
        self._reading.done.connect(self._show)
        self._reading.failed.connect(self._give_up)
        self.activated.connect(self._choose)
        self.setMinimumContentsLength(7)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether a run is being read."""
        return self._reading.busy

    def retranslate(self) -> None:
        """Set every text."""
        self.setAccessibleName(self.tr("Run behind the curves"))
        self.setToolTip(self.tr("Another run, faded and dashed behind the curves of this one"))
        self._fill()

    def set_run(self, run: RunFolder | None) -> None:
        """Another run is open: look for its ghost anew."""
        self._run = run
        self.chosen.emit(None, "")
        self._look()

    def _fill(self) -> None:
        names = {
            NONE: self.tr("No ghost"),
            PREVIOUS: self.tr("Previous run"),
            BEST: self.tr("Best run"),
        }
        self.clear()
        for wish, text in names.items():
            self.addItem(text, wish)
        for other in self._others:
            self.addItem(other.title or other.name, other.id)
        self.setCurrentIndex(max(self.findData(self._wish), 0))

    def _look(self) -> None:
        if self._run is not None:
            self._reading.run(partial(find_ghost, self._run, self._wish))

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._wish = self.itemData(index)
        if self._wish in (NONE, PREVIOUS, BEST):
            remember(_KEY, self._wish)
        self._look()

    @Slot(object)
    def _show(self, found: Found) -> None:
        if found.run is not self._run:
            return
        if found.others != self._others:
            self._others = found.others
            self._fill()
        name = found.chosen.title or found.chosen.name if found.chosen is not None else ""
        self.chosen.emit(found.history, shortened(name))

    @Slot(object)
    def _give_up(self, _error: Exception) -> None:
        """The folder of runs cannot be listed; Home and Runs say so."""
        self.chosen.emit(None, "")


def find_ghost(run: RunFolder, wish: str) -> Found:
    """The runs beside this one, and the one that is wished for, read whole.

    Raises:
        RunError: the folder of runs cannot be read.
    """
    from hope_core.runs.listing import list_runs

    others = [
        other
        for other in list_runs(run.path.parent)
        if other.id not in ("", run.info.id) and other.step and other.state != "damaged"
    ]
    chosen = _chosen(run, wish, others)
    return Found(run, others, chosen, None if chosen is None else _read(chosen, wish))


def _chosen(run: RunFolder, wish: str, others: list[RunSummary]) -> RunSummary | None:
    if wish == PREVIOUS:
        return next((other for other in others if other.created < run.info.created), None)
    if wish == BEST:
        scores = [
            (other.best_bits_per_byte, other)
            for other in others
            if other.best_bits_per_byte is not None
        ]
        return min(scores, key=lambda pair: pair[0])[1] if scores else None
    return next((other for other in others if other.id == wish), None)


def _read(run: RunSummary, wish: str) -> RunHistory | None:
    from hope_core.analysis.history_cache import open_history

    size = sum(file.stat().st_size for file in (run.path / "events").glob("*.jsonl"))
    if wish in (PREVIOUS, BEST) and size > LARGEST:
        return None
    return open_history(run.path).history


def shortened(name: str, longest: int = 18) -> str:
    """A name that leaves room for others in a legend."""
    return name if len(name) <= longest else f"{name[: longest - 8]}…{name[-7:]}"
