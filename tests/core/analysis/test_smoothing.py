"""The vectorised average against its one-line definition."""

from __future__ import annotations

import numpy as np
import pytest

from hope_core.analysis.smoothing import Smoother


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
