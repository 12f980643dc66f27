"""RunHistory: columns from events, and what a resume makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file

from hope_core.analysis.eta import progress, remaining_seconds
from hope_core.analysis.history import RunHistory
from hope_core.runs.events import (
    EvaluationFinished,
    LearningRateChanged,
    LevelDescription,
    ProbeRecorded,
    RunFailed,
    RunStarted,
    SampleWritten,
    StepFinished,
    StepSkipped,
)

if TYPE_CHECKING:
    from pathlib import Path

LEVELS = (
    LevelDescription(name="fast", clock=1, learning_rate_factor=1.0, parameters=10),
    LevelDescription(name="slow", clock=4, learning_rate_factor=0.5, parameters=10),
)


def started(step: int = 0, *, segment: int = 1, max_seconds: float = 0.0) -> RunStarted:
    return RunStarted(
        segment=segment,
        step=step,
        resumed=step > 0,
        steps=100,
        max_seconds=max_seconds,
        parameters=20,
        device="cpu",
        precision="fp32",
        threads=1,
        levels=LEVELS,
    )


def done(step: int, loss: float = 1.0) -> StepFinished:
    return StepFinished(
        step=step,
        tokens=step * 100,
        loss=loss,
        bits_per_byte=loss * 2,
        grad_norm=0.5,
        learning_rates=(0.01, 0.005),
        fired=(0, 1) if step % 4 == 0 else (0,),
        seconds=step * 0.5,
        tokens_per_second=200.0,
        memory_bytes=10**9,
    )


def evaluated(
    step: int, loss: float, *, best: bool = True, best_step: int = 0
) -> EvaluationFinished:
    return EvaluationFinished(
        step=step, loss=loss, bits_per_byte=loss * 2, best=best, best_step=best_step or step
    )


def history_of(*events: object) -> RunHistory:
    history = RunHistory()
    history.feed(events)
    return history


def test_steps_become_columns() -> None:
    history = history_of(started(), *(done(n, 10 / n) for n in range(1, 9)))
    np.testing.assert_array_equal(history.axes["tokens"].values, np.arange(1, 9) * 100)
    np.testing.assert_allclose(history.series["loss"].y, 10 / np.arange(1, 9))
    np.testing.assert_array_equal(history.firings[1].values, [4, 8])
    np.testing.assert_allclose(history.learning_rates[1].y, 0.005)
    assert history.step == 8


def test_batches_make_the_same_columns_as_single_events() -> None:
    events = [started(), *(done(n) for n in range(1, 30)), evaluated(29, 1.0), done(30)]
    whole, single = history_of(*events), RunHistory()
    for event in events:
        single.feed([event])
    np.testing.assert_array_equal(whole.axes["step"].values, single.axes["step"].values)
    assert whole.last == single.last
    assert whole.evaluations == single.evaluations


def test_resume_forgets_everything_past_its_step() -> None:
    history = history_of(started(), *(done(n) for n in range(1, 51)), evaluated(20, 2.0))
    history.feed([evaluated(50, 1.0), SampleWritten(step=50, prompt="a", text="b")])
    history.feed([started(30, segment=2)])
    assert history.step == 30
    assert [event.step for event in history.evaluations] == [20]
    assert history.samples == []
    assert history.revision == 1
    assert all(len(series) == 30 for series in (*history.series.values(), *history.learning_rates))
    np.testing.assert_array_equal(history.firings[1].values, np.arange(4, 31, 4))


def test_steps_done_again_after_a_resume_replace_the_void_ones() -> None:
    history = history_of(started(), *(done(n, 5.0) for n in range(1, 51)))
    history.feed([started(30, segment=2), *(done(n, 7.0) for n in range(31, 41))])
    np.testing.assert_array_equal(history.axes["step"].values, np.arange(1, 41))
    np.testing.assert_allclose(history.series["loss"].y[[29, 30]], [5.0, 7.0])


def test_resume_at_the_last_step_forgets_nothing() -> None:
    history = history_of(started(), *(done(n) for n in range(1, 51)), started(50, segment=2))
    assert (history.step, history.revision) == (50, 0)


def test_resume_from_the_beginning_leaves_an_empty_history() -> None:
    history = history_of(started(), *(done(n) for n in range(1, 5)), started(0, segment=2))
    assert (history.step, history.last) == (0, None)


def test_failure_is_forgotten_when_the_run_goes_on() -> None:
    history = history_of(started(), done(1), RunFailed(step=1, message="no space"))
    assert history.failure is not None
    history.feed([started(1, segment=2)])
    assert history.failure is None


def test_evaluations_stand_where_their_step_stands_on_every_axis() -> None:
    history = history_of(started(), evaluated(0, 5.0), *(done(n) for n in range(1, 11)))
    history.feed([evaluated(10, 3.0)])
    np.testing.assert_array_equal(history.evaluation_axes["step"].values, [0, 10])
    np.testing.assert_array_equal(history.evaluation_axes["tokens"].values, [0, 1000])
    np.testing.assert_array_equal(history.evaluation_axes["seconds"].values, [0, 5])


def test_best_is_the_latest_evaluation_that_was_the_best_so_far() -> None:
    history = history_of(evaluated(1, 3.0), evaluated(2, 2.0), evaluated(3, 2.5, best=False))
    assert history.best is not None
    assert history.best.step == 2


def test_level_that_appears_late_has_gaps_before() -> None:
    plain = done(1)
    history = history_of(
        plain,
        StepFinished(
            **{field: getattr(plain, field) for field in plain.__struct_fields__}
            | {"step": 2, "learning_rates": (0.1, 0.2, 0.3), "fired": (2,)}
        ),
    )
    np.testing.assert_allclose(history.learning_rates[2].y, [np.nan, 0.3])


def test_norms_are_read_from_the_probe_files(tmp_path: Path) -> None:
    history = RunHistory(tmp_path)
    for step in (10, 20, 30):
        norms = np.full((2, 3), step, np.float32)
        save_file({"memory_norm": norms}, tmp_path / f"{step}.safetensors")
        history.feed([ProbeRecorded(step=step, path=f"{step}.safetensors")])
    (tmp_path / "20.safetensors").write_bytes(b"torn")
    assert history.load_probes(seconds=5)
    np.testing.assert_array_equal(history.memory.steps.values, [10, 30])
    np.testing.assert_allclose(history.memory.relative()[-1], np.log10(3), rtol=1e-6)
    assert history.memory.unread == 1
    median, axes = history.find("memory.median") or pytest.fail("no such curve")
    np.testing.assert_array_equal(median.y, [10, 30])
    assert len(axes["tokens"]) == 2
    assert not history.load_probes()


def test_norms_past_a_resume_are_read_again(tmp_path: Path) -> None:
    history = RunHistory(tmp_path)
    history.feed([started(), *(done(n) for n in range(1, 31))])
    for step in (10, 20):
        save_file({"memory_norm": np.ones((1, 1), np.float32)}, tmp_path / f"{step}.safetensors")
        history.feed([ProbeRecorded(step=step, path=f"{step}.safetensors")])
    history.load_probes(seconds=5)
    history.feed([started(10, segment=2)])
    save_file({"memory_norm": np.full((1, 1), 9, np.float32)}, tmp_path / "20.safetensors")
    history.feed([ProbeRecorded(step=20, path="20.safetensors")])
    history.load_probes(seconds=5)
    np.testing.assert_array_equal(history.memory.norms[:, 0], [1, 9])


def test_remaining_time_follows_the_recent_pace() -> None:
    history = history_of(started(), *(done(n) for n in range(1, 41)))
    assert remaining_seconds(history) == pytest.approx(30.0)
    assert progress(history) == pytest.approx(0.4)


def test_remaining_time_ends_at_the_limit_of_time() -> None:
    history = history_of(started(max_seconds=25.0), *(done(n) for n in range(1, 41)))
    assert remaining_seconds(history) == pytest.approx(5.0)
    assert progress(history) == pytest.approx(0.8)


def test_remaining_time_is_unknown_before_the_second_step() -> None:
    assert remaining_seconds(history_of(started(), done(1))) is None


def test_resume_forgets_marks_past_its_step_and_what_they_changed() -> None:
    history = history_of(started(), *(done(n) for n in range(1, 51)))
    history.feed(
        [
            LearningRateChanged(step=20, factor=0.5),
            StepSkipped(step=40, reason="The loss is nan.", in_a_row=1, total=1),
            LearningRateChanged(step=45, factor=0.1),
        ]
    )
    assert (history.rate_factor, history.skipped) == (0.1, 1)
    history.feed([started(30, segment=2)])
    assert (history.rate_factor, history.skipped) == (0.5, 0)
    assert [marker.step for marker in history.markers if marker.kind == "rate"] == [20]
