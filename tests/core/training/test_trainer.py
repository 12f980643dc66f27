"""A run from its folder to its last checkpoint: what it does, tells and keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from tiny_runs import Scripted, saved_bytes, told

from hope_core.errors import RunError, TrainingDivergedError
from hope_core.ops import proof
from hope_core.runs import commands, events
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.runs.folder import RunFolder

    MakeRun = Callable[..., RunFolder]


def train(folder: RunFolder, script: dict[int, list[commands.Command]] | None = None) -> Any:
    return Trainer(folder, Scripted(folder, script or {})).run()


def losses(folder: RunFolder) -> dict[int, float]:
    return {event.step: event.loss for event in told(folder, events.StepFinished)}


def test_run_ends_with_a_checkpoint_an_evaluation_and_a_sample(make_run: MakeRun) -> None:
    folder = make_run()
    result = train(folder)
    assert (result.state, result.step, result.tokens) == ("finished", 7, 7 * 2 * 16)
    assert [c.step for c in folder.checkpoints()] == [7]
    assert told(folder, events.EvaluationFinished)[-1].loss == result.validation_loss
    assert told(folder, events.SampleWritten)[-1].prompt == "a"
    assert folder.state.state == "finished"


def test_every_step_is_told_with_its_levels(make_run: MakeRun) -> None:
    folder = make_run()
    train(folder)
    steps = told(folder, events.StepFinished)
    assert [e.step for e in steps] == list(range(1, 8))
    assert [e.fired for e in steps] == [(0,), (0,), (0, 1)] * 2 + [(0,)]
    assert all(e.learning_rates[1] == pytest.approx(e.learning_rates[0] / 2) for e in steps)


def test_run_tells_once_that_it_computes_slowly(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_run(steps=1)
    monkeypatch.setattr(proof, "_reasons", ["numba is not installed."])
    train(folder)
    (notice,) = told(folder, events.Notice)
    assert notice.message == "numba is not installed."
    assert "Install" in notice.hint


def test_training_lowers_the_loss(make_run: MakeRun) -> None:
    folder = make_run(steps=60, batch_size=8)
    train(folder)
    told_losses = losses(folder)
    assert told_losses[60] < told_losses[1] - 1.0


def test_equal_settings_give_equal_runs(make_run: MakeRun) -> None:
    one, two = make_run("one"), make_run("two")
    train(one)
    train(two)
    assert losses(one) == losses(two)


@pytest.mark.parametrize(
    ("model", "precision", "accumulation", "optimizer"),
    [
        ("hope", "fp32", 1, "muon"),
        ("hope", "fp32", 2, "adamw"),
        ("hope", "fp32", 1, "m3_literal"),
        ("hope", "bf16", 1, "m3_ema"),
        ("hope", "fp32", 1, "delta_momentum"),
        ("hope", "fp32", 1, "dmgd"),
        ("hope", "bf16", 1, "muon"),
        ("transformer", "fp32", 1, "muon"),
        ("transformer", "bf16", 2, "adamw"),
        ("transformer", "fp16", 1, "adamw"),
    ],
)
def test_resumed_run_equals_the_uninterrupted_one_bit_for_bit(
    make_run: MakeRun, model: str, precision: str, accumulation: int, optimizer: str
) -> None:
    settings = {
        "model": model,
        "precision": precision,
        "accumulation": accumulation,
        "optimizer": optimizer,
    }
    straight, broken = make_run("straight", **settings), make_run("broken", **settings)
    train(straight)
    train(broken, {2: [commands.Stop()]})
    train(broken, {2: [commands.Stop()]})
    train(broken)
    assert losses(broken) == losses(straight)
    assert saved_bytes(broken) == saved_bytes(straight)


def test_stop_without_keeping_writes_no_checkpoint(make_run: MakeRun) -> None:
    folder = make_run()
    result = train(folder, {3: [commands.Stop(keep=False)]})
    assert (result.state, result.step) == ("stopped", 3)
    assert folder.checkpoints() == []


def test_stop_before_the_model_stands_ends_the_run(make_run: MakeRun) -> None:
    folder = make_run()
    control = Scripted(folder, {})
    folder.append_command(commands.Stop())
    result = Trainer(folder, control).run()
    assert (result.state, result.step) == ("stopped", 0)
    assert told(folder, events.StepFinished) == []


def test_finished_run_is_not_trained_again(make_run: MakeRun) -> None:
    folder = make_run()
    train(folder)
    with pytest.raises(RunError, match="nothing left to train"):
        train(folder)
    assert folder.state.state == "finished"


def test_run_has_one_trainer_at_a_time(make_run: MakeRun) -> None:
    folder = make_run()
    with folder.lock(), pytest.raises(RunError, match="another process"):
        train(folder)


def test_time_limit_ends_the_run(make_run: MakeRun) -> None:
    result = train(make_run(steps=1000, max_seconds=1e-6))
    assert (result.state, result.step) == ("finished", 1)


def test_early_stopping_ends_a_run_that_learns_nothing(make_run: MakeRun) -> None:
    folder = make_run(learning_rate=1e-30, evaluate_every=1, patience=2, steps=50)
    result = train(folder)
    assert result.step == 3
    assert [e.patience_left for e in told(folder, events.EvaluationFinished)] == [2, 1, 0]


def test_best_checkpoint_stays_beside_the_newest(make_run: MakeRun) -> None:
    folder = make_run(keep_checkpoints=1, checkpoint_every=1, evaluate_every=2, learning_rate=1e-30)
    train(folder)
    assert [(c.step, c.best) for c in folder.checkpoints()] == [(2, True), (7, False)]


def test_talking_to_a_run_leaves_it_bit_for_bit_as_it_was(make_run: MakeRun) -> None:
    quiet, asked = make_run("quiet"), make_run("asked")
    train(quiet)
    request = commands.Generate(prompt="line", tokens=5)
    script: dict[int, list[commands.Command]] = {
        2: [request, commands.SampleNow()],
        4: [commands.SaveNow(), commands.Generate(prompt="", tokens=3)],
    }
    train(asked, script)
    assert saved_bytes(asked) == saved_bytes(quiet)
    last = [e for e in told(asked, events.GenerationProgress) if e.id == request.id][-1]
    assert (last.done, last.tokens) == (True, 5)
    assert 4 in [e.step for e in told(asked, events.CheckpointSaved)]


def test_impossible_request_for_text_is_answered_and_the_run_goes_on(make_run: MakeRun) -> None:
    folder = make_run()
    result = train(folder, {1: [commands.Generate(prompt="a", temperature=-1.0)]})
    assert "temperature" in told(folder, events.GenerationProgress)[-1].error
    assert result.state == "finished"


def test_probes_are_recorded_where_the_model_has_a_memory(make_run: MakeRun) -> None:
    folder = make_run(probe_every=3)
    train(folder)
    recorded = told(folder, events.ProbeRecorded)
    assert [e.step for e in recorded] == [3, 6]
    assert all((folder.path / e.path).exists() for e in recorded)


def test_probes_do_not_change_the_run(make_run: MakeRun) -> None:
    seen, unseen = make_run("seen", probe_every=1, evaluate_every=1), make_run("unseen")
    train(seen)
    train(unseen)
    assert losses(seen) == losses(unseen)


def test_number_that_is_none_stops_the_run_before_the_weights_move(make_run: MakeRun) -> None:
    folder = make_run(checkpoint_every=1)
    trainer = Trainer(folder, Poison(folder))
    with pytest.raises(TrainingDivergedError, match=r"step 4.*blocks\.1.*step-000000003"):
        trainer.run()
    kept = saved_bytes(folder)["model.safetensors"]
    weights = trainer.bench.model.state_dict()
    assert all(bool(torch.isfinite(w).all()) for w in weights.values())
    assert folder.checkpoints()[-1].step == 3
    assert kept == saved_bytes(folder)["model.safetensors"]
    failed = told(folder, events.RunFailed)[-1]
    assert failed.step == 3
    assert "learning_rate" in failed.hint
    assert folder.state.state == "failed"


class Poison(Scripted):
    """After three steps, the second block puts out what is no number."""

    def __init__(self, folder: RunFolder) -> None:
        super().__init__(folder, {})

    def step_finished(self) -> None:
        super().step_finished()
        if self._done == 3:
            model = self._desk.bench.model  # type: ignore[union-attr]
            model.blocks[1].register_forward_hook(
                lambda _m, _i, out: (out[0] * torch.nan, *out[1:])
            )


def test_want_of_memory_is_told_with_advice(make_run: MakeRun) -> None:
    folder = make_run()
    with pytest.raises(MemoryError):
        Trainer(folder, Starve(folder)).run()
    failed = told(folder, events.RunFailed)[-1]
    assert "memory ran out at step 2" in failed.message
    assert "train.batch_size" in failed.hint


class Starve(Scripted):
    """After two steps there is no memory left."""

    def __init__(self, folder: RunFolder) -> None:
        super().__init__(folder, {})

    def step_finished(self) -> None:
        super().step_finished()
        if self._done == 2:
            raise MemoryError


def test_damaged_newest_checkpoint_is_passed_over_with_a_notice(make_run: MakeRun) -> None:
    straight, folder = make_run("straight"), make_run(checkpoint_every=2)
    train(straight)
    train(folder, {5: [commands.Stop()]})
    newest = folder.checkpoints()[-1].path / "optimizer.safetensors"
    newest.write_bytes(newest.read_bytes()[:-1] + b"\0")
    damaged = newest.stat().st_size
    train(folder)
    assert damaged
    assert told(folder, events.RunStarted)[-1].step == 4
    assert "damaged" in told(folder, events.Notice)[0].message
    assert saved_bytes(folder) == saved_bytes(straight)


def test_changed_text_is_told_and_training_goes_on(make_run: MakeRun, text: Any) -> None:
    folder = make_run()
    train(folder, {2: [commands.Stop()]})
    text.write_text(text.read_text() + "One more line.\n")
    assert train(folder).state == "finished"
    assert any("text is not the one" in e.message for e in told(folder, events.Notice))
