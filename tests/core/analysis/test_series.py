"""The pyramid against brute force, and what a plot gets to see of a long series."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hope_core.analysis.column import Column
from hope_core.analysis.pyramid import Pyramid
from hope_core.analysis.series import Series

NUMBERS = st.floats(width=32) | st.sampled_from([np.nan, np.inf, -np.inf])


def slow_extremes(values: np.ndarray, start: int, stop: int) -> tuple[float, float]:
    inside = values[start:stop]
    inside = inside[np.isfinite(inside)]
    return (inside.min(), inside.max()) if len(inside) else (np.nan, np.nan)


def series_of(values: np.ndarray) -> Series:
    series = Series()
    series.extend(np.arange(1.0, len(values) + 1), values)
    return series


@settings(deadline=None, max_examples=150)
@given(
    values=st.lists(NUMBERS, min_size=1, max_size=700),
    pieces=st.lists(st.integers(0, 700), max_size=4),
    cuts=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 700)), min_size=1, max_size=20),
)
def test_pyramid_agrees_with_a_look_at_every_value(
    values: list[float], pieces: list[int], cuts: list[tuple[int, int]]
) -> None:
    column = Column()
    pyramid = Pyramid(column)
    bounds = sorted({0, len(values), *(min(p, len(values)) for p in pieces)})
    for begin, end in itertools.pairwise(bounds):
        column.extend(values[begin:end])
        ends = np.array([min(max(cut), end) for cut in cuts])
        starts = np.minimum([min(cut) for cut in cuts], ends)
        low, high = pyramid.extremes(starts, ends)
        expected = [slow_extremes(column.values, a, b) for a, b in zip(starts, ends, strict=True)]
        np.testing.assert_array_equal(np.transpose([low, high]), expected)


@settings(deadline=None, max_examples=60)
@given(kept=st.integers(0, 1000), seed=st.integers(0, 99))
def test_series_that_was_cut_equals_one_that_never_was_longer(kept: int, seed: int) -> None:
    numbers = np.random.default_rng(seed)
    old, new = numbers.normal(size=1000), numbers.normal(size=900)
    cut = series_of(old)
    cut.window(0, 2000, 50)
    cut.x.truncate(kept)
    cut.truncate(kept)
    cut.extend(np.arange(kept + 1.0, kept + 901), new)
    fresh = series_of(np.concatenate([old[:kept], new]))
    np.testing.assert_array_equal(cut.window(0, 2000, 50), fresh.window(0, 2000, 50))


@pytest.mark.parametrize("log", [False, True])
def test_window_of_a_million_points_keeps_smallest_largest_and_last(log: bool) -> None:
    values = np.random.default_rng(0).normal(size=1_000_000)
    values[123_456], values[654_321] = 99.0, -99.0
    x, y = series_of(values).window(0, 1e6, 800, log=log)
    assert len(x) <= 2 * 800 + 5
    assert (y.max(), y.min()) == (99.0, -99.0)
    assert (x[-1], y[-1]) == (1_000_000, values[-1])
    assert np.all(np.diff(x) >= 0)


def test_logarithmic_window_does_not_starve_the_first_steps() -> None:
    x, _ = series_of(np.ones(1_000_000)).window(1, 1e6, 900, log=True)
    assert np.count_nonzero(x <= 1000) > 300


def test_zoomed_window_gives_the_raw_points_and_one_neighbour_on_either_side() -> None:
    values = np.arange(1_000_000.0)
    x, y = series_of(values).window(5000, 5100, 800)
    np.testing.assert_array_equal(x, np.arange(4999, 5102))
    np.testing.assert_array_equal(y, x - 1)


def test_each_pixel_shows_the_extremes_of_its_own_points() -> None:
    values = np.random.default_rng(1).normal(size=50_000)
    x, y = series_of(values).window(1, 50_000, 100)
    for left, right, first, second in zip(x[:-1:2], x[1::2], y[:-1:2], y[1::2], strict=True):
        inside = values[int(left) - 1 : int(right)]
        assert {first, second} == {inside.min(), inside.max()}


@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 99),
    count=st.integers(2, 40_000),
    pixels=st.integers(1, 90),
    view=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_outline_of_any_view_holds_every_value_once(
    seed: int, count: int, pixels: int, view: tuple[float, float]
) -> None:
    numbers = np.random.default_rng(seed)
    values = numbers.normal(size=count)
    values[numbers.random(count) < 0.1] = np.nan
    series = series_of(np.ones(0))
    places = np.cumsum(numbers.exponential(size=count) ** 3)
    series.extend(places, values)
    left, right = np.sort(view) * places[-1]
    x, y = series.window(left, right, pixels)
    first = max(np.searchsorted(places, left) - 1, 0)
    stop = min(np.searchsorted(places, right, "right") + 1, count)
    assert (x[0], x[-1]) == (places[first], places[stop - 1])
    if len(x) < stop - first:
        for a, b, pair in zip(x[:-1:2], x[1::2], y[:-1].reshape(-1, 2), strict=True):
            inside = values[np.searchsorted(places, a) : np.searchsorted(places, b) + 1]
            expected = {v for v in slow_extremes(inside, 0, len(inside)) if not np.isnan(v)}
            assert set(pair[~np.isnan(pair)]) == expected


def test_points_that_are_not_finite_become_gaps() -> None:
    _, y = series_of(np.array([1.0, np.inf, np.nan, -np.inf, 2.0])).window(0, 9, 100)
    np.testing.assert_array_equal(y, [1.0, np.nan, np.nan, np.nan, 2.0])


def test_long_stretch_of_nothing_finite_becomes_a_gap() -> None:
    values = np.ones(100_000)
    values[40_000:60_000] = np.nan
    x, y = series_of(values).window(0, 100_000, 100)
    assert np.all(np.isnan(y[(x > 41_000) & (x < 59_000)]))
    assert np.all(y[(x < 39_000) | (x > 61_000)] == 1.0)


def test_empty_series_gives_an_empty_window() -> None:
    x, y = Series().window(0, 10, 100)
    assert len(x) == len(y) == 0


def test_same_values_can_be_seen_along_another_axis() -> None:
    series = series_of(np.arange(10.0))
    tokens = Column()
    tokens.extend(np.arange(10) * 1000)
    x, y = series.window(3000, 4000, 100, x=tokens)
    np.testing.assert_array_equal(x, [2000, 3000, 4000, 5000])
    np.testing.assert_array_equal(y, [2, 3, 4, 5])


def test_column_view_does_not_change_when_the_column_grows() -> None:
    column = Column(width=2)
    column.append([1.0, 2.0])
    view = column.values
    column.extend(np.zeros((1000, 2)))
    np.testing.assert_array_equal(view, [[1.0, 2.0]])
