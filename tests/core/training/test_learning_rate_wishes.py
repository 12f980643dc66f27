"""A learning rate changed by hand, and steps left out: told, kept and repeated after a resume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from tiny_runs import Scripted, saved_bytes, told

from hope_core.errors import TrainingDivergedError
from hope_core.runs import commands, events
from hope_core.training.step import LossOf
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.runs.folder import RunFolder

    MakeRun = Callable[..., RunFolder]

SAVE: commands.Command = commands.SaveNow()
LEAVE: commands.Command = commands.Stop(keep=False)


def train(folder: RunFolder, script: dict[int, list[commands.Command]] | None = None) -> Any:
    return Trainer(folder, Scripted(folder, script or {})).run()


def rates(folder: RunFolder) -> dict[int, float]:
    return {event.step: event.learning_rates[0] for event in told(folder, events.StepFinished)}


def halve(factor: float = 0.5) -> commands.Command:
    return commands.SetLearningRate(factor=factor)


def test_factor_counts_from_the_next_step_on_and_is_told(make_run: MakeRun) -> None:
    plain, steered = make_run("plain"), make_run("steered")
    train(plain)
    train(steered, {3: [halve()]})
    ratio = {step: rate / rates(plain)[step] for step, rate in rates(steered).items()}
    assert ratio == pytest.approx({1: 1, 2: 1, 3: 1, 4: 0.5, 5: 0.5, 6: 0.5, 7: 0.5})
    change = told(steered, events.LearningRateChanged)[0]
    assert (change.step, change.factor, change.repeated) == (3, 0.5, False)


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_factor_that_makes_no_sense_is_refused_in_words(make_run: MakeRun, factor: float) -> None:
    folder = make_run()
    train(folder, {2: [halve(factor)]})
    assert told(folder, events.LearningRateChanged) == []
    assert told(folder, events.CommandAcknowledged)[0].message.startswith("No: ")


def test_factor_outlives_a_stop_bit_for_bit(make_run: MakeRun) -> None:
    straight, broken = make_run("straight"), make_run("broken")
    train(straight, {2: [halve()]})
    train(broken, {2: [halve()], 4: [commands.Stop()]})
    train(broken)
    assert saved_bytes(broken) == saved_bytes(straight)


def test_change_after_the_last_checkpoint_is_repeated_bit_for_bit(make_run: MakeRun) -> None:
    straight, broken = make_run("straight"), make_run("broken")
    train(straight, {3: [halve()], 5: [halve(2.0)]})
    train(broken, {1: [SAVE], 3: [halve()], 5: [halve(2.0)], 6: [LEAVE]})
    train(broken, {3: [LEAVE]})
    train(broken)
    assert saved_bytes(broken) == saved_bytes(straight)
    again = [(e.step, e.factor) for e in told(broken, events.LearningRateChanged) if e.repeated]
    assert again == [(3, 0.5), (3, 0.5), (5, 2.0)]


def test_new_wish_replaces_what_was_asked_for_later_on(make_run: MakeRun) -> None:
    folder = make_run()
    train(folder, {1: [SAVE], 4: [halve()], 5: [LEAVE]})
    train(folder, {1: [halve(0.25)]})
    assert told(folder, events.LearningRateChanged)[-1].factor == 0.25
    assert told(folder, events.LearningRateChanged)[-1].step == 2


def spoil(monkeypatch: pytest.MonkeyPatch, calls: set[int]) -> None:
    """Let the losses of these steps be no number; one batch is a step here."""
    forward, count = LossOf.forward, iter(range(1, 1000))

    def spoilt(self: LossOf, tokens: torch.Tensor) -> torch.Tensor:
        losses = forward(self, tokens)
        return losses * torch.nan if next(count) in calls else losses

    monkeypatch.setattr(LossOf, "forward", spoilt)


def test_steps_without_numbers_are_left_out_counted_and_told(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_run(skip_not_finite=2)
    spoil(monkeypatch, {2, 3, 6})
    assert train(folder).state == "finished"
    skipped = [(e.step, e.in_a_row, e.total) for e in told(folder, events.StepSkipped)]
    assert skipped == [(2, 1, 1), (3, 2, 2), (6, 1, 3)]
    assert [e.step for e in told(folder, events.StepFinished) if not e.fired] == [2, 3, 6]


def test_too_many_steps_without_numbers_end_the_run(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_run(skip_not_finite=2)
    spoil(monkeypatch, {2, 3, 4})
    with pytest.raises(TrainingDivergedError, match="step 4"):
        train(folder)


def test_by_default_the_first_loss_that_is_no_number_ends_the_run(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_run()
    spoil(monkeypatch, {2})
    with pytest.raises(TrainingDivergedError, match="step 2"):
        train(folder)
