"""The vectorised average against its one-line definition."""

from __future__ import annotations

import numpy as np
import pytest

from hope_core.analysis.series import Series
from hope_core.analysis.smoothing import Bell, SmoothedSeries, Smoother, Smoothing


def slow_average(values: np.ndarray, weight: float) -> np.ndarray:
    total, mass, smooth = 0.0, 0.0, []
    for value in values:
        good = bool(np.isfinite(value))
        total = weight * total + (1 - weight) * (value if good else 0.0)
        mass = weight * mass + (1 - weight) * good
        smooth.append(total / mass if mass else np.nan)
    return np.array(smooth)


@pytest.mark.parametrize("weight", [0.0, 0.5, 0.9, 0.99, 0.9999])
def test_average_agrees_with_its_definition(weight: float) -> None:
    values = np.random.default_rng(0).normal(size=5000) + 3
    np.testing.assert_allclose(Smoother(weight).feed(values), slow_average(values, weight), 1e-9)


def test_feeding_in_pieces_changes_nothing() -> None:
    values = np.random.default_rng(0).normal(size=1000)
    smoother = Smoother(0.95)
    pieces = np.concatenate([smoother.feed(piece) for piece in np.array_split(values, 37)])
    np.testing.assert_allclose(pieces, Smoother(0.95).feed(values), 1e-12)


def test_first_value_is_not_pulled_towards_zero() -> None:
    assert Smoother(0.99).feed(np.array([5.0]))[0] == pytest.approx(5.0)


def test_gap_leaves_the_average_where_it_was() -> None:
    values = np.array([np.nan, 2.0, np.inf, np.nan, 2.0])
    np.testing.assert_allclose(Smoother(0.9).feed(values), [np.nan, 2, 2, 2, 2])


def test_weight_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="weight"):
        Smoother(1.0)


def test_gaussian_of_a_growing_series_ends_as_that_of_the_whole() -> None:
    values = np.random.default_rng(2).normal(size=9000)
    values[40:50] = np.nan
    growing = Series()
    twin = SmoothedSeries(growing, Smoothing(0.97, "gauss"))
    for begin in range(0, 9000, 700):
        piece = values[begin : begin + 700]
        growing.extend(np.arange(begin, begin + len(piece), dtype=float), piece.tolist())
        twin.catch_up()
    np.testing.assert_allclose(twin.series.y, Bell(0.97).blur(values), atol=1e-6)


def test_gaussian_of_a_straight_line_is_that_line() -> None:
    line = np.arange(600.0)
    np.testing.assert_allclose(Bell(0.9).blur(line)[100:-100], line[100:-100], rtol=1e-12)
