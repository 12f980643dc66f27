"""Device, number format and threads are chosen by what is there and by the clock."""

from __future__ import annotations

import pytest
import torch

from hope_core.errors import ConfigError
from hope_core.training import threads
from hope_core.training.devices import resolve_device
from hope_core.training.precision import Precision, choose_precision

CPU = torch.device("cpu")


def test_device_that_is_not_there_is_refused_with_what_is() -> None:
    with pytest.raises(ConfigError, match=r"no GPU 'cuda:77' here"):
        resolve_device("cuda:77")


def test_cpu_is_the_cpu() -> None:
    assert resolve_device("cpu") == CPU


@pytest.mark.parametrize(("bf16_seconds", "chosen"), [(0.5, "bf16"), (0.95, "fp32"), (3.0, "fp32")])
def test_bf16_is_taken_where_it_pays(bf16_seconds: float, chosen: str) -> None:
    seconds = {"fp32": 1.0, "bf16": bf16_seconds}
    assert choose_precision("auto", CPU, lambda p: seconds[p.name]).name == chosen


def test_precision_that_was_asked_for_is_not_timed() -> None:
    def never(_: Precision) -> float:
        raise AssertionError

    assert choose_precision("bf16", CPU, never).name == "bf16"


@pytest.mark.parametrize(
    ("seconds", "chosen"),
    [
        ({1: 1.0, 2: 0.6, 3: 0.4, 4: 0.2}, 4),
        ({1: 1.0, 2: 0.6, 3: 0.4, 4: 0.39}, 3),
        ({1: 1.0, 2: 1.2, 3: 2.0, 4: 10.0}, 1),
    ],
)
def test_last_core_is_left_to_the_window_unless_it_pays(
    monkeypatch: pytest.MonkeyPatch, seconds: dict[int, float], chosen: int
) -> None:
    monkeypatch.setattr(threads, "usable_cores", lambda: 4)
    assert threads.choose_threads(0, lambda count: seconds[count]) == chosen


def test_number_of_threads_that_was_asked_for_is_taken() -> None:
    assert threads.choose_threads(3, lambda _: 1.0) == 3
