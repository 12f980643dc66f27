"""What a run is told to be, from the events it sent."""

from __future__ import annotations

import numpy as np
import pytest

from hope_core.analysis.history import RunHistory
from hope_core.analysis.verdict import Verdict
from hope_core.runs.events import EvaluationFinished, StepFinished


def history_of(losses: np.ndarray, norms: np.ndarray | None = None) -> RunHistory:
    norms = np.ones(len(losses)) if norms is None else norms
    history = RunHistory()
    history.feed(
        StepFinished(
            step=step,
            tokens=step,
            loss=float(loss),
            bits_per_byte=float(loss),
            grad_norm=float(norm),
            learning_rates=(0.1,),
            fired=(0,),
            seconds=float(step),
            tokens_per_second=1.0,
            memory_bytes=1,
        )
        for step, (loss, norm) in enumerate(zip(losses, norms, strict=True), start=1)
    )
    return history


def evaluate(history: RunHistory, step: int, loss: float, *, best: bool) -> None:
    history.feed(
        [EvaluationFinished(step=step, loss=loss, bits_per_byte=loss, best=best, best_step=1)]
    )


def noise(count: int) -> np.ndarray:
    return np.random.default_rng(0).normal(scale=0.05, size=count)


def test_run_without_steps_waits() -> None:
    assert RunHistory().verdict() == Verdict("waiting")


def test_run_of_a_few_steps_is_starting() -> None:
    assert history_of(np.ones(5)).verdict() == Verdict("starting", {"step": 5})


def test_falling_loss_tells_percent_in_a_hundred_steps() -> None:
    verdict = history_of(3.0 - 0.002 * np.arange(200) + noise(200)).verdict()
    assert verdict.key == "falling"
    assert verdict.numbers["percent"] == pytest.approx(100 * 0.2 / 2.8, rel=0.1)


def test_a_short_steep_fall_is_told_over_the_steps_there_were() -> None:
    verdict = history_of(6.0 * np.exp(-0.04 * np.arange(28))).verdict()
    assert verdict.numbers["steps"] == 28
    assert 50 < verdict.numbers["percent"] < 80


def test_rising_loss_is_told() -> None:
    assert history_of(2.0 + 0.002 * np.arange(200) + noise(200)).verdict().key == "rising"


def test_noise_around_a_level_is_flat() -> None:
    assert history_of(2.0 + noise(300)).verdict().key == "flat"


def test_flat_stretch_is_told_in_its_length() -> None:
    fall = 5.0 - 0.015 * np.arange(200)
    verdict = history_of(np.concatenate([fall, 2.0 + noise(800)])).verdict()
    assert (verdict.key, verdict.numbers["steps"]) == ("flat", 800)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_loss_that_is_no_number_has_diverged(bad: float) -> None:
    assert history_of(np.array([*np.ones(50), bad])).verdict() == Verdict("diverged", {"step": 51})


def test_gradient_far_above_its_median_is_told_with_its_step() -> None:
    norms = np.ones(100)
    norms[97] = 9.0
    verdict = history_of(np.linspace(3, 2, 100), norms).verdict()
    assert verdict == Verdict("gradient", {"times": 9.0, "step": 98})


def test_validation_that_rises_since_its_best_is_overfitting() -> None:
    history = history_of(np.linspace(3, 2, 100))
    evaluate(history, 40, 2.0, best=True)
    evaluate(history, 60, 2.1, best=False)
    assert history.verdict().key == "falling"
    evaluate(history, 80, 2.2, best=False)
    assert history.verdict() == Verdict("overfitting", {"since": 40, "worse": pytest.approx(10.0)})
