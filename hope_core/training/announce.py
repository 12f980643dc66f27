"""What a trainer tells at each turn of a run, put together from its parts: pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hope_core.ops.proof import slow_kernels
from hope_core.runs import events
from hope_core.training.exactness import inexactness
from hope_core.training.progress import bits_per_byte
from hope_core.training.teller import gpu_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hope_core.runs.folder import RunFolder
    from hope_core.runs.state import StateName
    from hope_core.training.checkpoint import Restored
    from hope_core.training.progress import Progress
    from hope_core.training.step import StepResult
    from hope_core.training.teller import Teller
    from hope_core.training.workbench import Workbench

SLOW_ADVICE = (
    "The results are the same, but training takes several times as long. Install the program anew "
    "to mend it."
)


@dataclass(frozen=True)
class RunResult:
    """How a run ended. Losses are nats a token."""

    path: Path
    state: StateName
    """finished or stopped."""
    reason: str
    step: int
    tokens: int
    seconds: float
    """Training time."""
    loss: float | None
    validation_loss: float | None
    bits_per_byte: float | None
    """Of the held-out text."""


def started(
    folder: RunFolder, bench: Workbench, restored: Restored | None, segment: int
) -> Iterator[events.Event]:
    """The run begins or goes on; one that was branched off begins."""
    if restored and restored.weights_only:
        restored = None
    notices = list(inexactness(restored, bench)) if restored else []
    yield from notices
    if told := bench.compiled.told:
        yield events.Notice(message=told)
    for reason in slow_kernels():
        yield events.Notice(message=reason, hint=SLOW_ADVICE)
    yield events.RunStarted(
        segment=segment,
        step=restored.record.progress.step if restored else 0,
        resumed=restored is not None,
        steps=folder.config.train.steps,
        max_seconds=folder.config.train.max_seconds,
        parameters=bench.model.parameter_count(),
        device=str(bench.device),
        precision=bench.precision.name,
        threads=bench.threads,
        levels=tuple(
            events.LevelDescription(
                level.name,
                level.clock,
                level.learning_rate_factor,
                sum(parameter.numel() for parameter in level.parameters),
            )
            for level in bench.stepper.optimizer.levels
        ),
        floor_bits_per_byte=bench.corpus.floor_bits_per_byte,
        processes=bench.share.processes,
        exact=not notices,
    )


def step_finished(
    bench: Workbench,
    progress: Progress,
    result: StepResult,
    rate: float,
    seconds: float,
    memory_bytes: int,
) -> events.StepFinished:
    """One step; one that was left out has an infinite gradient and moved no level."""
    report = result.report
    levels = bench.stepper.optimizer.levels
    return events.StepFinished(
        step=progress.step,
        tokens=progress.tokens,
        loss=result.loss,
        bits_per_byte=bits_per_byte(result.loss, bench.corpus.train.bytes_per_token),
        grad_norm=report.grad_norm if report else float("inf"),
        learning_rates=tuple(rate * level.learning_rate_factor for level in levels),
        fired=report.fired if report else (),
        seconds=progress.seconds,
        tokens_per_second=bench.tokens_per_step / seconds,
        memory_bytes=memory_bytes,
        gpu_bytes=gpu_bytes(bench.device),
        penalty=result.penalty,
    )


def step_skipped(progress: Progress, trouble: str) -> events.StepSkipped:
    """A step that was left out."""
    return events.StepSkipped(
        step=progress.step,
        reason=trouble,
        in_a_row=progress.skipped_in_a_row,
        total=progress.skipped,
    )


def evaluation_finished(
    bench: Workbench, progress: Progress, loss: float, *, is_best: bool
) -> events.EvaluationFinished:
    """A look at held-out text."""
    patience = bench.config.train.patience
    return events.EvaluationFinished(
        step=progress.step,
        loss=loss,
        bits_per_byte=bits_per_byte(loss, bench.corpus.validation.bytes_per_token),
        best=is_best,
        best_step=progress.best_step,
        patience_left=max(0, patience - progress.evaluations_since_best) if patience else None,
    )


def result(path: Path, state: StateName, reason: str, teller: Teller) -> RunResult:
    """How the run ended, for whoever called the trainer."""
    progress = teller.progress
    return RunResult(
        path=path,
        state=state,
        reason=reason,
        step=progress.step,
        tokens=progress.tokens,
        seconds=progress.seconds,
        loss=progress.loss,
        validation_loss=progress.validation_loss,
        bits_per_byte=teller.in_bits(progress.validation_loss),
    )


def finished(result: RunResult) -> events.RunFinished:
    """How the run ended, for whoever watches."""
    return events.RunFinished(
        step=result.step,
        tokens=result.tokens,
        seconds=result.seconds,
        loss=float("nan") if result.loss is None else result.loss,
        validation_loss=result.validation_loss,
        bits_per_byte=result.bits_per_byte,
        reason=result.reason,
    )
