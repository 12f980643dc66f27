"""What a run has told so far, as columns a plot can show: made from events alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.column import Column
from hope_core.analysis.markers import Marker, marker_of
from hope_core.analysis.memory_norms import MemoryNorms
from hope_core.analysis.series import Series
from hope_core.analysis.verdict import Verdict, judge
from hope_core.runs.events import (
    CheckpointSaved,
    EvaluationFinished,
    LearningRateChanged,
    LevelDescription,
    Notice,
    PhaseProgress,
    ProbeRecorded,
    RunFailed,
    RunFinished,
    RunStarted,
    SampleWritten,
    StepFinished,
    StepSkipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from hope_core.runs.events import Event

AXES = ("step", "tokens", "seconds")
"""What the points of a run can be placed along."""

STEP_SERIES = (
    "loss",
    "bits_per_byte",
    "grad_norm",
    "tokens_per_second",
    "memory_bytes",
    "gpu_bytes",
)
"""The numbers that every step has one of, by their names in StepFinished."""


class RunHistory:
    """The steps, evaluations, samples and saves of one run, in the order of its steps.

    Steps that a resumed run does again are forgotten when the resume is told. `revision` grows
    each time something was forgotten, so that a plot knows to start over.

    Args:
        run_path: the run's folder, in which the probes lie; None when there is none.
    """

    def __init__(self, run_path: Path | None = None) -> None:
        self.axes = {name: Column() for name in AXES}
        self.series = {name: Series(self.axes["step"], dtype=np.float32) for name in STEP_SERIES}
        self.learning_rates: list[Series] = []
        self.firings: list[Column] = []
        """Steps at which each level moved."""
        self.evaluation_axes = {name: Column() for name in AXES}
        self.validation = {
            name: Series(self.evaluation_axes["step"]) for name in ("loss", "bits_per_byte")
        }
        self.evaluations: list[EvaluationFinished] = []
        self.samples: list[SampleWritten] = []
        self.checkpoints: list[CheckpointSaved] = []
        self.probes: list[ProbeRecorded] = []
        self.memory = MemoryNorms(run_path)
        self.notices: list[Notice] = []
        self.markers: list[Marker] = []
        """What happened beside the numbers, in the order in which it was told."""
        self.skipped = 0
        """Steps left out because something in them was no number."""
        self.rate_factor = 1.0
        """By what a person multiplies the scheduled learning rate now."""
        self.levels: tuple[LevelDescription, ...] = ()
        self.started: RunStarted | None = None
        self.last: StepFinished | None = None
        self.phase: PhaseProgress | None = None
        self.failure: RunFailed | None = None
        self.finished: RunFinished | None = None
        self.revision = 0
        self._takers: dict[type[Event], Callable[[Any], None]] = {
            RunStarted: self._start,
            EvaluationFinished: self._evaluate,
            SampleWritten: self.samples.append,
            CheckpointSaved: self.checkpoints.append,
            ProbeRecorded: self.probes.append,
            Notice: self.notices.append,
            StepSkipped: self._skip,
            LearningRateChanged: self._change_rate,
            PhaseProgress: self._progress,
            RunFailed: self._fail,
            RunFinished: self._finish,
        }

    def feed(self, events: Iterable[Event]) -> None:
        """Take in events in the order in which they were written."""
        steps: list[StepFinished] = []
        for event in events:
            if isinstance(event, StepFinished):
                steps.append(event)
                continue
            taker = self._takers.get(type(event))
            if taker is not None:
                self._add_steps(steps)
                steps = []
                taker(event)
                if (marker := marker_of(event, self.step)) is not None:
                    self.markers.append(marker)
        self._add_steps(steps)

    @property
    def step(self) -> int:
        """The last step done; 0 before the first."""
        return 0 if self.last is None else self.last.step

    @property
    def best(self) -> EvaluationFinished | None:
        """The evaluation with the lowest loss."""
        return next((found for found in reversed(self.evaluations) if found.best), None)

    def find(self, curve: str) -> tuple[Series, dict[str, Column]] | None:
        """A series by its name, and the axes that its values can be placed along.

        Names: those of STEP_SERIES; validation.loss and validation.bits_per_byte;
        learning_rate.0, .1 ... one a level; memory.smallest, memory.median and memory.largest.
        None for a level that the run does not have, for gpu_bytes without a GPU, and for penalty,
        the model's own second loss, without one.
        """
        if curve == "gpu_bytes" and not (self.last and self.last.gpu_bytes):
            return None
        if curve == "penalty" and curve not in self.series:
            return None
        group, _, name = curve.rpartition(".")
        if group == "validation":
            return self.validation[name], self.evaluation_axes
        if group == "memory":
            return self.memory.summary[name], self.memory.axes
        if group == "learning_rate":
            level = int(name)
            found = self.learning_rates[level] if level < len(self.learning_rates) else None
            return None if found is None else (found, self.axes)
        return self.series[curve], self.axes

    def load_probes(self, *, seconds: float = 0.004) -> bool:
        """Read the norms of probes that were not read yet, for about this long; True if any was."""
        return self.memory.load_some(self.probes, self.place_of, seconds=seconds)

    def place_of(self, step: int, axis: str) -> float:
        """Where a step lies on an axis; 0 for the look before the first step."""
        if axis == "step":
            return float(step)
        found = int(np.searchsorted(self.axes["step"].values, step, "right")) - 1
        return float(self.axes[axis].values[found]) if found >= 0 else 0.0

    def verdict(self) -> Verdict:
        """How the run is doing, as a key and the numbers its sentence needs."""
        return judge(self)

    def _add_steps(self, steps: list[StepFinished]) -> None:
        if not steps:
            return
        if steps[0].step <= self.step:
            self._forget_after(steps[0].step - 1)
        self._ensure_levels(max(len(event.learning_rates) for event in steps))
        if "penalty" not in self.series and any(event.penalty for event in steps):
            self.series["penalty"] = self._late_series()
        for name, column in self.axes.items():
            column.extend([getattr(event, name) for event in steps])
        for name, series in self.series.items():
            series.extend_values([getattr(event, name) for event in steps])
        for level, series in enumerate(self.learning_rates):
            rates = (event.learning_rates for event in steps)
            series.extend_values([r[level] if level < len(r) else np.nan for r in rates])
        for level, firings in enumerate(self.firings):
            firings.extend([event.step for event in steps if level in event.fired])
        self.last = steps[-1]
        self.phase = None

    def _ensure_levels(self, count: int) -> None:
        while len(self.learning_rates) < count:
            self.learning_rates.append(self._late_series())
            self.firings.append(Column())

    def _late_series(self) -> Series:
        """A series of the steps that begins after some of them."""
        series = Series(self.axes["step"], dtype=np.float32)
        series.extend_values(np.full(len(self.axes["step"]), np.nan))
        return series

    def _skip(self, event: StepSkipped) -> None:
        self.skipped = event.total

    def _change_rate(self, event: LearningRateChanged) -> None:
        self.rate_factor = event.factor

    def _start(self, event: RunStarted) -> None:
        self.started, self.levels = event, event.levels
        self.failure = self.finished = None
        self._ensure_levels(len(event.levels))
        self._forget_after(event.step)

    def _evaluate(self, event: EvaluationFinished) -> None:
        self.evaluations.append(event)
        for name, column in self.evaluation_axes.items():
            column.append(self.place_of(event.step, name))
        for name, series in self.validation.items():
            series.extend_values([getattr(event, name)])

    def _progress(self, event: PhaseProgress) -> None:
        self.phase = event

    def _fail(self, event: RunFailed) -> None:
        self.failure = event

    def _finish(self, event: RunFinished) -> None:
        self.finished = event

    def _forget_after(self, step: int) -> None:
        """Forget everything past a step, which the run is about to do again."""
        stamped = (self.evaluations, self.samples, self.checkpoints, self.probes, self.markers)
        if self.step <= step and all(event.step <= step for some in stamped for event in some):
            return
        count = int(np.searchsorted(self.axes["step"].values, step, "right"))
        self.last = self._step_at(count - 1)
        for column in self.axes.values():
            column.truncate(count)
        for series in (*self.series.values(), *self.learning_rates):
            series.truncate(count)
        for firings in self.firings:
            firings.truncate(int(np.searchsorted(firings.values, step, "right")))
        for some in stamped:
            del some[sum(event.step <= step for event in some) :]
        for column in self.evaluation_axes.values():
            column.truncate(len(self.evaluations))
        for series in self.validation.values():
            series.truncate(len(self.evaluations))
        self._recount()
        self.memory.forget_after(step, probes_left=len(self.probes))
        self.revision += 1

    def _recount(self) -> None:
        """What the markers that are left tell of skipped steps and of the learning rate."""
        self.skipped, self.rate_factor = 0, 1.0
        for marker in self.markers:
            match marker.event:
                case StepSkipped() as skipped:
                    self._skip(skipped)
                case LearningRateChanged() as change:
                    self._change_rate(change)

    def _step_at(self, position: int) -> StepFinished | None:
        """A step as it stands in the columns; which levels fired is not asked of it again."""
        if position < 0:
            return None
        numbers: dict[str, Any] = {
            name: column.values[position].item() for name, column in self.axes.items()
        }
        numbers |= {name: series.y[position].item() for name, series in self.series.items()}
        rates = tuple(series.y[position].item() for series in self.learning_rates)
        whole = ("step", "tokens", "memory_bytes", "gpu_bytes")
        numbers |= {name: int(numbers[name]) for name in whole}
        return StepFinished(**numbers, learning_rates=rates, fired=())
