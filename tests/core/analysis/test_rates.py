"""Learning rates as steps, and surprise over two readings."""

from __future__ import annotations

import numpy as np
import pytest

from hope_core.analysis.deep_looks import half_distance
from hope_core.analysis.gates import carried, reading_drop
from hope_core.analysis.moebius import on_discs
from hope_core.analysis.rates import effective_rate, steps_of


def test_rate_stays_level_until_the_next_step() -> None:
    x, y = steps_of(np.array([1, 2, 3]), np.array([0.1, 0.2, 0.3]))
    assert x.tolist() == [1, 2, 2, 3, 3]
    assert y.tolist() == [0.1, 0.1, 0.2, 0.2, 0.3]


def test_long_runs_are_drawn_with_few_points() -> None:
    x, y = steps_of(np.arange(100_000), np.linspace(1, 0, 100_000))
    assert len(x) == len(y) == 799
    assert (x[0], x[-1]) == (0, 99_999)


def test_effective_rate_counts_only_the_updates() -> None:
    assert effective_rate(np.array([0.4]), 5, 20).tolist() == [0.1]


def test_momentum_carries_surprise_along() -> None:
    surprise = np.array([[1.0, 0.0, 0.0]])
    eta, theta = np.full((1, 2, 3), 0.5), np.full((1, 2, 3), 2.0)
    assert carried(surprise, eta, theta).tolist() == [[2.0, 1.0, 0.5]]


def test_drop_is_the_share_that_the_second_reading_lost() -> None:
    assert reading_drop(np.array([2.0, 2.0]), np.array([1.0, 2.0])) == pytest.approx(0.25)
    assert reading_drop(np.zeros(2), np.ones(2)) == 0.0


def test_half_distance_is_the_first_place_below_half() -> None:
    distances = np.array([0, 1, 2, 4])
    assert half_distance(distances, np.array([1, 0.9, 0.4, 0.1])) == 2
    assert half_distance(distances, np.ones(4)) is None


def test_discs_hold_zero_and_infinity_in_their_middles() -> None:
    assert on_discs(np.array([0j])).tolist() == [-1.1]
    assert on_discs(np.array([np.inf + 0j])).tolist() == [1.1]
    line = on_discs(np.array([0.9, 1.1, 1.2 + 0j]))
    assert np.isnan(line).tolist() == [False, True, False]
