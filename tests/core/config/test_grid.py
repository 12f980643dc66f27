"""A sweep is every combination of the values, each of them checked."""

from __future__ import annotations

import pytest

from hope_core.config.grid import MOST, grid, read_axis, read_values
from hope_core.config.presets import load_preset
from hope_core.errors import ConfigError


def test_every_combination_comes_once_the_last_setting_changing_fastest() -> None:
    points = grid(load_preset("small"), {"seed": [1, 2], "train.learning_rate": [0.004, 0.008]})
    made = [(point.config.seed, point.config.train.learning_rate) for point in points]
    assert made == [(1, 0.004), (1, 0.008), (2, 0.004), (2, 0.008)]
    assert points[2].label == "seed=2, train.learning_rate=0.004"


def test_a_value_that_cannot_be_used_is_told_with_its_setting() -> None:
    with pytest.raises(ConfigError, match=r"train\.learning_rate"):
        grid(load_preset("small"), {"train.learning_rate": [0.004, "fast"]})


@pytest.mark.parametrize("axes", [{"seed": []}, {"seed": list(range(MOST + 1))}])
def test_no_value_and_too_many_runs_are_refused(axes: dict) -> None:
    with pytest.raises(ConfigError):
        grid(load_preset("small"), axes)


def test_values_are_read_as_settings_are() -> None:
    assert read_axis("train.learning_rate=4e-3, 8e-3") == ("train.learning_rate", [0.004, 0.008])
    assert read_values("no, true, 1", source="x") == ["no", True, 1]


@pytest.mark.parametrize("text", ["seed", "=1", "seed=[1", "seed=&a 1, *a"])
def test_what_is_no_setting_with_values_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        read_axis(text)
