"""The continuum is a chain of residual levels."""

from __future__ import annotations

import torch
from torch.testing import assert_close

from hope_core.config.models import LevelSettings
from hope_core.memories.continuum import Continuum


def test_levels_are_chained_from_fast_to_slow() -> None:
    continuum = Continuum(8, (LevelSettings(), LevelSettings(clock=4, expansion=0.5)))
    continuum.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    x = torch.randn(2, 3, 8, generator=torch.Generator().manual_seed(1))
    first, second = continuum.levels
    assert_close(continuum(x)[0], second(first(x)))
    assert not torch.allclose(continuum(x)[0], first(second(x)))


def test_expansion_sets_each_levels_hidden_width() -> None:
    levels = (LevelSettings(expansion=3.0), LevelSettings(expansion=0.5))
    hidden = [level.mlp.up.out_features for level in Continuum(8, levels).levels]
    assert hidden == [24, 4]
