"""Ranges that follow the data without twitching."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hope_core.analysis.limits import follow, settle, span_of

NUMBERS = st.floats(-1e9, 1e9)


@given(low=NUMBERS, high=NUMBERS, current=st.none() | st.tuples(NUMBERS, NUMBERS))
def test_range_always_holds_the_data(
    low: float, high: float, current: tuple[float, float] | None
) -> None:
    low, high = min(low, high), max(low, high)
    if current is not None:
        current = (min(current), max(current))
    bottom, top = settle(current, (low, high))
    assert bottom <= low <= high <= top
    assert bottom < top


def test_range_rests_while_the_data_move_inside() -> None:
    first = settle(None, (1.0, 5.0))
    assert settle(first, (1.2, 4.9)) == first


def test_range_shrinks_when_the_data_fill_little_of_it() -> None:
    first = settle(None, (0.0, 100.0))
    low, high = settle(first, (10.0, 12.0))
    assert high - low < 4.0


@given(first=st.just(0.0), lasts=st.lists(st.floats(1.0, 1e8), min_size=2, max_size=20))
def test_newest_place_is_always_in_view(first: float, lasts: list[float]) -> None:
    current = None
    for last in sorted(lasts):
        current = follow(current, first, last)
        assert current[0] == first
        assert last <= current[1] <= last * 1.26


def test_view_moves_in_steps_rather_than_at_every_point() -> None:
    views, current = set(), None
    for last in range(1000, 2000):
        current = follow(current, 0.0, float(last))
        views.add(current)
    assert len(views) < 15


def test_span_leaves_out_what_is_not_finite() -> None:
    assert span_of([np.array([1.0, np.nan, np.inf]), np.array([-2.0])]) == (-2.0, 1.0)
    assert span_of([np.array([np.nan]), np.array([])]) is None


def test_clipped_span_leaves_out_the_outliers() -> None:
    values = np.r_[np.linspace(1, 2, 1000), 1e6]
    assert span_of([values], clip=True) == pytest.approx((1.0, 2.0), abs=0.02)
