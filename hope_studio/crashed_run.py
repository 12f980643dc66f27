"""What became of a run whose trainer crashed: how far it is safe, and whether it can go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hope_core.runs.checkpoints import list_checkpoints
from hope_core.runs.names import runs_root
from hope_core.runs.state import LIVE_STATES, effective_state
from hope_studio.run_words import RESUMABLE
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from pathlib import Path

translate = QCoreApplication.translate


@dataclass(frozen=True)
class CrashedRun:
    """A run as it stands now."""

    name: str
    path: Path
    state: str
    """As a person should see it; empty: the run is gone."""
    step: int = 0
    """Of its newest checkpoint; 0: there is none."""

    @property
    def resumable(self) -> bool:
        """Whether it can go on from a checkpoint."""
        return self.state in RESUMABLE and self.step > 0

    def sentence(self) -> str:
        """What is safe of it."""
        words = _words(self)
        return words.format(run=self.name, step=number(self.step))


def look_up(name: str) -> CrashedRun:
    """The run of this name among the user's; reads its folder, so call it in a thread.

    Raises:
        RunError: its state cannot be read.
    """
    path = runs_root() / name
    if not (path / "run.json").is_file():
        return CrashedRun(name, path, "")
    saved = list_checkpoints(path)
    return CrashedRun(name, path, effective_state(path), saved[-1].step if saved else 0)


def _words(run: CrashedRun) -> str:
    if not run.state:
        return translate("CrashedRun", "The run {run} is not there any more.")
    if run.state in LIVE_STATES:
        return translate("CrashedRun", "The run {run} is being trained again.")
    if run.state == "finished":
        return translate("CrashedRun", "The run {run} went on since and is finished.")
    if not run.step:
        return translate("CrashedRun", "The run {run} had not saved a checkpoint yet.")
    return translate("CrashedRun", "The run {run} is safe up to step {step}, its last checkpoint.")
