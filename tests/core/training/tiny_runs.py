"""What the tests of the trainer share: tiny settings, a scripted person, looks into a run."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from hope_core.runs.reader import EventReader
from hope_core.training.control import Control

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.runs.commands import Command
    from hope_core.runs.events import Event
    from hope_core.runs.folder import RunFolder

MODELS: dict[str, dict[str, Any]] = {
    "hope": {
        "kind": "hope",
        "width": 16,
        "layers": 2,
        "heads": 2,
        "levels": [{"clock": 1}, {"clock": 3, "learning_rate_factor": 0.5}],
    },
    "transformer": {"kind": "transformer", "width": 16, "layers": 1, "heads": 2},
}

TRAIN: dict[str, Any] = {
    "steps": 7,
    "batch_size": 2,
    "learning_rate": 0.01,
    "precision": "fp32",
    "threads": 1,
    "evaluate_every": 0,
    "evaluation_batches": 1,
    "sample_every": 0,
    "sample_prompts": ["a"],
    "sample_tokens": 3,
    "probe_every": 0,
    "checkpoint_every": 0,
}


class Scripted(Control):
    """A control whose person writes commands into the run folder after certain steps."""

    def __init__(self, folder: RunFolder, script: dict[int, list[Command]]) -> None:
        super().__init__(folder)
        self._folder = folder
        self._script = script
        self._done = 0

    def step_finished(self) -> None:
        super().step_finished()
        self._done += 1
        for command in self._script.get(self._done, []):
            self._folder.append_command(command)


def told(folder: RunFolder, kind: type[Event] | None = None) -> list[Any]:
    """What the run told, or what it told of one kind."""
    events = EventReader(folder).poll()
    return [event for event in events if kind is None or isinstance(event, kind)]


def saved_bytes(folder: RunFolder) -> dict[str, bytes]:
    """The tensors of the newest checkpoint, as they lie on the disk."""
    path = folder.checkpoints()[-1].path
    return {file.name: file.read_bytes() for file in path.glob("*.safetensors")}


_PULSE = threading.Event()
"""Never set: a wait for it gives the trainer the core."""


def wait_for(folder: RunFolder, kind: type[Event], match: Callable[[Any], bool]) -> Any:
    """The first event of a kind that matches, as soon as another thread or process tells it."""
    reader, deadline = EventReader(folder), time.monotonic() + 60.0
    while time.monotonic() < deadline:
        for event in reader.poll():
            if isinstance(event, kind) and match(event):
                return event
        _PULSE.wait(0.005)
    raise AssertionError(f"no such {kind.__name__} was told: {told(folder)[-5:]}")
