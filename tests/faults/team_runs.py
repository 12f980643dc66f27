"""Tiny runs of several processes, and how they are started, ended and compared."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import psutil
from safetensors.torch import load_file

from hope_core.config.validation import parse_config
from hope_core.runs.events import Notice, RunStarted, StepFinished
from hope_core.runs.folder import RunFolder
from hope_core.runs.reader import EventReader, without_void
from hope_core.training.control import Control

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from torch import Tensor

    from hope_core.runs.events import Event

PATIENCE_SECONDS = 280
MODEL = {
    "kind": "hope",
    "width": 16,
    "layers": 2,
    "heads": 2,
    "levels": [{"clock": 1}, {"clock": 3, "learning_rate_factor": 0.5}],
}
TRAIN = {
    "steps": 6,
    "batch_size": 6,
    "accumulation": 2,
    "learning_rate": 0.01,
    "precision": "fp32",
    "threads": 1,
    "evaluate_every": 4,
    "evaluation_batches": 1,
    "sample_every": 0,
    "sample_prompts": ["a"],
    "sample_tokens": 3,
    "probe_every": 4,
    "checkpoint_every": 3,
}


def make_run(home: Path, name: str, kind: str = "none", **train: Any) -> RunFolder:
    """A run of one process, or of two that share it in this way."""
    text = home / "text.txt"
    lines = [f"line {n} of a text that counts, {n * n} and {n % 7}.\n" for n in range(120)]
    text.write_text("".join(lines))
    settings = {
        "version": 1,
        "model": MODEL,
        "data": {"source": {"kind": "text", "path": str(text)}, "sequence_length": 16},
        "optimizer": {"kind": "muon"},
        "train": {**TRAIN, **train},
        "parallel": {"kind": kind} if kind == "none" else {"kind": kind, "processes": 2},
    }
    return RunFolder.create(parse_config(settings, source="test"), home / "runs" / name)


def train(run: RunFolder, *words: str) -> subprocess.CompletedProcess[str]:
    """Train to the end, as the window starts it."""
    return subprocess.run(
        worker(run, *words), capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


def worker(run: RunFolder, *words: str) -> list[str]:
    return [sys.executable, "-m", "hope_core.worker", str(run.path), *words]


def told(run: RunFolder, kind: type[Event]) -> list[Any]:
    """What the run told of one kind, void steps left out."""
    return [event for event in without_void(EventReader(run).poll()) if isinstance(event, kind)]


def wait_for_step(run: RunFolder, step: int) -> None:
    """Until the run has told of this step."""
    reader, seen = EventReader(run), 0
    deadline = time.monotonic() + PATIENCE_SECONDS
    while seen < step:
        assert time.monotonic() < deadline, "the run does not get on"
        for event in reader.poll():
            seen = event.step if isinstance(event, StepFinished) else seen
        _PULSE.wait(0.005)


_PULSE = threading.Event()
"""Never set: a wait for it gives the trainers the core."""


def losses(run: RunFolder) -> dict[int, float]:
    return {event.step: event.loss for event in told(run, StepFinished)}


def starts(run: RunFolder) -> list[RunStarted]:
    return told(run, RunStarted)


def notices(run: RunFolder) -> str:
    return " ".join(event.message for event in told(run, Notice))


def saved(run: RunFolder) -> dict[str, Tensor]:
    """Weights and moments of the newest checkpoint."""
    path = run.checkpoints()[-1].path
    return {
        f"{name}:{key}": tensor
        for name in ("model", "optimizer")
        for key, tensor in load_file(path / f"{name}.safetensors").items()
    }


def furthest(one: dict[str, Tensor], two: dict[str, Tensor]) -> float:
    """The largest difference of any number in two checkpoints of the same shape."""
    assert one.keys() == two.keys()
    return max(float((one[key].float() - two[key].float()).abs().max()) for key in one)


def members(run: RunFolder) -> Iterator[psutil.Process]:
    """Every living process that works on this run, its crew among them, in order of their start."""
    found = []
    for process in psutil.process_iter(["cmdline", "create_time", "status"]):
        words = process.info["cmdline"] or []
        is_here = "hope_core.worker" in words and str(run.path) in words
        if is_here and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    yield from sorted(found, key=lambda process: process.info["create_time"])


class StopAfter(Control):
    """Somebody stops the run after so many steps, with a checkpoint."""

    def __init__(self, folder: RunFolder, steps: int) -> None:
        super().__init__(folder)
        self._to_go = steps

    def step_finished(self) -> None:
        super().step_finished()
        self._to_go -= 1
        if self._to_go == 0:
            self.request_stop("enough")
