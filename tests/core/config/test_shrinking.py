"""A run is cut into pieces that fit, and learns from the same text in each step."""

from __future__ import annotations

import pytest

from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.config.shrinking import shrink_to_fit
from hope_core.errors import ConfigError

SMALL = apply_overrides(load_preset("small"), ["train.batch_size=12", "train.accumulation=2"])


@pytest.mark.parametrize(("free", "batch"), [(1300, 12), (1299, 6), (400, 3), (200, 1)])
def test_the_batch_is_the_largest_that_fits(free: int, batch: int) -> None:
    found = shrink_to_fit(SMALL, fixed_bytes=100, activation_bytes=1200, free_bytes=free)
    assert found.train.batch_size == batch
    assert found.train.batch_size * found.train.accumulation == 24


def test_what_cannot_fit_is_told() -> None:
    with pytest.raises(ConfigError, match="one sequence at a time"):
        shrink_to_fit(SMALL, fixed_bytes=100, activation_bytes=1200, free_bytes=199)


def test_every_process_keeps_a_sequence() -> None:
    shared = apply_overrides(SMALL, ["parallel.kind=ddp", "parallel.processes=4"])
    with pytest.raises(ConfigError, match="one sequence at a time"):
        shrink_to_fit(shared, fixed_bytes=100, activation_bytes=1200, free_bytes=200)
