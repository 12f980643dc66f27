"""Everything a report says about one run, read from its folder alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hope_core.analysis.history_cache import open_history
from hope_core.config.differences import train_command
from hope_core.runs.listing import RunSummary, summary
from hope_core.runs.notes import RunNotes, read_notes

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory
    from hope_core.runs.events import SampleWritten
    from hope_core.runs.folder import RunFolder

Points = list[tuple[float, float]]
"""Places and values of a curve."""


@dataclass(frozen=True)
class RunFacts:
    """One run in numbers and texts."""

    folder: RunFolder
    summary: RunSummary
    notes: RunNotes
    command: str
    """The line that trains the same settings again."""
    parameters: int
    device: str
    first_loss: float | None
    lowest_loss: float | None
    """Of the training losses, nats a token."""
    phases: tuple[float, ...]
    """Mean training loss of the first, the middle and the last third of the steps."""
    peak_rate: float | None
    last_rate: float | None
    """Learning rates of the fastest level."""
    gap: float | None
    """Bits per byte by which the last look at held-out text lies above the training text then."""
    best_bits_per_byte: float | None
    best_step: int | None
    peak_bytes: int
    """Largest resident memory of the trainer that was told."""
    peak_gpu_bytes: int
    training: Points
    """Bits per byte of the training text over steps, thinned by averaging."""
    validation: Points
    floor: float | None
    """Exact entropy of the text in bits per byte, where it is known."""
    samples: tuple[SampleWritten, ...]
    """The first and the last text written for each prompt."""
    failure: str

    @property
    def title(self) -> str:
        """What a person calls the run."""
        return self.notes.title or self.summary.name

    @property
    def tokens_per_second(self) -> float | None:
        """Mean speed of the whole training."""
        return self.summary.tokens / self.summary.seconds if self.summary.seconds else None


def facts_of(folder: RunFolder, *, points: int = 400) -> RunFacts:
    """Read a run.

    Args:
        folder: the run.
        points: at most so many for the training curve.

    Raises:
        RunError: its folder is damaged.
    """
    history = open_history(folder.path).history
    started, best = history.started, history.best
    losses = history.series["loss"].y
    finite = losses[np.isfinite(losses)]
    rates = history.learning_rates[0].y if history.learning_rates else losses[:0]
    return RunFacts(
        folder=folder,
        summary=summary(folder.path),
        notes=read_notes(folder.path),
        command=train_command(folder.config),
        parameters=started.parameters if started else 0,
        device=f"{started.device}, {started.precision}" if started else "",
        first_loss=float(finite[0]) if len(finite) else None,
        lowest_loss=float(finite.min()) if len(finite) else None,
        phases=tuple(float(third.mean()) for third in np.array_split(finite, 3) if len(third)),
        peak_rate=float(rates.max()) if len(rates) else None,
        last_rate=float(rates[-1]) if len(rates) else None,
        gap=_gap(history),
        best_bits_per_byte=best.bits_per_byte if best else None,
        best_step=best.step if best else None,
        peak_bytes=_largest(history, "memory_bytes"),
        peak_gpu_bytes=_largest(history, "gpu_bytes"),
        training=_thinned(history, points),
        validation=[(float(e.step), e.bits_per_byte) for e in history.evaluations],
        floor=started.floor_bits_per_byte if started else None,
        samples=_first_and_last(history.samples),
        failure=f"{history.failure.message} {history.failure.hint}" if history.failure else "",
    )


def _gap(history: RunHistory) -> float | None:
    """The last evaluation against the mean of the tenth of the steps up to it."""
    known = history.series["bits_per_byte"].y
    if not history.evaluations or not len(known):
        return None
    last = history.evaluations[-1]
    upto = int(np.searchsorted(history.axes["step"].values, last.step, "right"))
    near = known[upto - max(1, upto // 10) : upto]
    near = near[np.isfinite(near)]
    return float(last.bits_per_byte - near.mean()) if len(near) else None


def _largest(history: RunHistory, name: str) -> int:
    values = history.series[name].y
    return int(values.max()) if len(values) else 0


def _thinned(history: RunHistory, points: int) -> Points:
    """The training curve in equal stretches, each as its mean; what is not finite is left out."""
    series = history.series["bits_per_byte"]
    known = np.isfinite(series.y)
    steps, values = history.axes["step"].values[known], series.y[known]
    if not len(values):
        return []
    parts = min(points, len(values))
    pairs = zip(np.array_split(steps, parts), np.array_split(values, parts), strict=True)
    return [(float(step.mean()), float(value.mean())) for step, value in pairs]


def _first_and_last(samples: list[SampleWritten]) -> tuple[SampleWritten, ...]:
    found: list[SampleWritten] = []
    for prompt in dict.fromkeys(sample.prompt for sample in samples):
        same = [sample for sample in samples if sample.prompt == prompt]
        found += same[:1] if len(same) == 1 else [same[0], same[-1]]
    return tuple(found)
