"""The learning rate follows the run's progress."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hope_core.config.schedule import learning_rate_at, progress_of


def rate(progress: float, warmup: float = 0.1) -> float:
    return learning_rate_at(progress, peak=2.0, minimum=0.1, warmup=warmup)


def test_rate_rises_to_its_peak_over_the_warm_up() -> None:
    assert [rate(p) for p in (0.0, 0.05, 0.1)] == pytest.approx([0.0, 1.0, 2.0])


def test_rate_ends_at_its_minimum() -> None:
    assert rate(1.0) == pytest.approx(0.2)


def test_rate_without_warm_up_starts_at_its_peak() -> None:
    assert rate(0.0, warmup=0.0) == pytest.approx(2.0)


@given(st.floats(0.0, 1.0), st.floats(0.0, 0.99))
def test_rate_stays_between_zero_and_peak(progress: float, warmup: float) -> None:
    assert 0.0 <= rate(progress, warmup) <= 2.0 + 1e-12


def test_progress_is_whichever_limit_is_nearer() -> None:
    assert progress_of(5, 100, seconds=30.0, max_seconds=60.0) == 0.5
    assert progress_of(80, 100, seconds=30.0, max_seconds=60.0) == 0.8


def test_progress_without_time_limit_counts_steps() -> None:
    assert progress_of(25, 100, seconds=1e9) == 0.25


def test_progress_never_passes_one() -> None:
    assert progress_of(1, 100, seconds=90.0, max_seconds=60.0) == 1.0
