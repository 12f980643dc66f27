"""Sizes of weights and gradients are counted part by part, and read back without torch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from hope_core.analysis.spread import (
    BINS,
    HIGHEST,
    LOWEST,
    middle_half,
    spread_picture,
)
from hope_core.config.models import HopeSettings
from hope_core.models import build_model
from hope_core.training.spread import MOST, measure_spread, part_of


def test_each_value_counts_in_the_bin_of_its_size() -> None:
    model = nn.Linear(3, 1, bias=False)
    model.weight.data = torch.tensor([[0.02, -0.02, 500.0]])
    found, parts = measure_spread(model)
    assert parts == ("weight",)
    edges = np.logspace(LOWEST, HIGHEST, BINS + 1)
    plain = np.histogram([0.02, 0.02, 99.9], edges)[0] / 3
    np.testing.assert_allclose(found["weight_spread"][0].numpy(), plain, atol=1e-3)
    assert "gradient_spread" not in found


def test_zeros_and_what_is_no_number_count_at_the_lower_end() -> None:
    model = nn.Linear(4, 1, bias=False)
    model.weight.data = torch.tensor([[0.0, torch.nan, 1e-30, 1.0]])
    shares = measure_spread(model)[0]["weight_spread"][0]
    assert float(shares[0]) == 0.75


def test_a_part_is_a_block_or_what_stands_beside_them() -> None:
    assert part_of("blocks.11.memory.qkv.weight") == "blocks.11"
    assert part_of("embedding.weight") == "embedding"


def test_gradients_are_counted_where_there_are_some() -> None:
    model = build_model(HopeSettings(width=16, layers=2, heads=2), 256)
    logits, _ = model(torch.arange(12)[None])
    logits.square().mean().backward()
    found, parts = measure_spread(model)
    assert {"blocks.0", "blocks.1"} <= set(parts)
    for name in ("weight_spread", "gradient_spread"):
        assert found[name].shape == (len(parts), BINS)
        sums = found[name].float().sum(-1)
        assert ((sums - 1).abs() < 0.02).logical_or(sums == 0).all()


def test_large_parts_are_counted_by_evenly_spaced_values() -> None:
    model = nn.Linear(4 * MOST, 1, bias=False)
    torch.manual_seed(0)
    values = 10.0 ** torch.empty(1, 4 * MOST).uniform_(-3.5, 0.0)
    model.weight.data = values
    low, high = middle_half(measure_spread(model)[0]["weight_spread"][0].numpy())
    assert low == pytest.approx(10**-2.75)
    assert high == pytest.approx(10**-0.75)


@pytest.fixture
def trail() -> np.ndarray:
    made = np.zeros((3, 2, BINS), np.float16)
    for look in range(3):
        made[look, 1, 10 * look] = 1.0
    return made


def test_a_picture_shows_the_last_look_before_each_column(trail: np.ndarray) -> None:
    picture = spread_picture(np.array([10.0, 20.0, 40.0]), trail, 1, 31)
    rows = picture.shares.argmax(0)
    assert picture.shares.shape == (20 + 1 + 2, 30)  # two rows above, none below the last bin
    assert (rows[0], rows[15], rows[-1]) == (22, 12, 2)
    assert (picture.first, picture.last) == (10.0, 40.0)


def test_rows_are_named_by_powers_of_ten(trail: np.ndarray) -> None:
    picture = spread_picture(np.array([10.0, 20.0, 40.0]), trail, 1, 31)
    assert picture.names[23.0 - 4] == "1e-8"
    assert set(picture.names.values()) == {"1e-8", "1e-6", "1e-4"}
