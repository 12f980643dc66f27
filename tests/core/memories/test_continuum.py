"""The continuum adds its levels' answers one behind the other, or side by side."""

from __future__ import annotations

import pytest
import torch
from pydantic import ValidationError
from torch.testing import assert_close

from hope_core.config.models import HopeSettings, LevelSettings
from hope_core.memories.continuum import Continuum

TWO = (LevelSettings(), LevelSettings(clock=4, expansion=0.5))


def make_continuum(levels: tuple[LevelSettings, ...], arrangement: str = "sequential") -> Continuum:
    continuum = Continuum(8, levels, arrangement=arrangement)
    continuum.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return continuum


def some_x() -> torch.Tensor:
    return torch.randn(2, 3, 8, generator=torch.Generator().manual_seed(1))


def test_sequential_levels_are_chained_from_fast_to_slow() -> None:
    continuum, x = make_continuum(TWO), some_x()
    first, second = continuum.levels
    between = x + first(x)[0]
    assert_close(continuum(x)[0], between + second(between)[0])


def test_independent_levels_all_read_x_and_are_added_with_their_shares() -> None:
    continuum, x = make_continuum(TWO, "independent"), some_x()
    first, second = continuum.levels
    assert_close(continuum(x)[0], x + first(x)[0] + second(x)[0])
    continuum.shares = torch.nn.Parameter(torch.tensor([0.5, -2.0]))
    assert_close(continuum(x)[0], x + 0.5 * first(x)[0] - 2 * second(x)[0])


def test_expansion_sets_each_levels_hidden_width() -> None:
    levels = (LevelSettings(expansion=3.0), LevelSettings(expansion=0.5, chunk=4))
    continuum = Continuum(8, levels)
    layers = [continuum.get_parameter(f"levels.{index}.mlp.up.weight") for index in (0, 1)]
    assert [len(layer) for layer in layers] == [24, 4]


def test_nested_level_starts_afresh_when_the_next_slower_one_has_moved() -> None:
    levels = tuple(LevelSettings(chunk=chunk) for chunk in (4, 10, 20))
    restarts = [level.restart for level in make_continuum(levels, "nested").levels]
    assert restarts == [3, 2, 0]


def test_nested_levels_refuse_a_clock_of_the_optimizer() -> None:
    levels = (LevelSettings(chunk=4), LevelSettings(chunk=8, clock=2))
    with pytest.raises(ValidationError, match=r"levels\.1\.clock: nested levels start afresh"):
        HopeSettings(arrangement="nested", levels=levels)


@pytest.mark.parametrize(("chunks", "wrong"), [((0, 8), 0), ((8, 0), 1), ((8, 8), 1)])
def test_nested_levels_need_longer_chunks_from_fast_to_slow(
    chunks: tuple[int, int], wrong: int
) -> None:
    levels = tuple(LevelSettings(chunk=chunk) for chunk in chunks)
    with pytest.raises(ValidationError, match=rf"levels\.{wrong}\.chunk: nested levels need"):
        HopeSettings(arrangement="nested", levels=levels)


@pytest.mark.parametrize("chunk", [0, 4])
def test_convolution_shows_a_level_the_last_tokens_and_no_others(chunk: int) -> None:
    level = make_continuum((LevelSettings(convolution=3, chunk=chunk),)).levels[0].double()
    x = torch.randn(1, 9, 8, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    x.requires_grad_()
    slope = torch.autograd.grad(level(x)[0][0, 3].sin().sum(), x)[0][0].abs().sum(-1)
    assert (slope > 0).tolist() == [False, True, True, True] + [False] * 5


def test_level_without_a_convolution_sees_one_token() -> None:
    continuum, x = make_continuum((LevelSettings(convolution=0),)), some_x()
    assert_close(continuum(x)[0][:, 2:], continuum(x[:, 2:])[0])
