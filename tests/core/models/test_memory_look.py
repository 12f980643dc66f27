"""Deeper looks into every family's memory: matrices, second reading, and recall over filler."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
import torch

from hope_core.config.models import HopeSettings, LevelSettings, TransformerSettings
from hope_core.config.presets import load_preset
from hope_core.models import build_model
from hope_core.models.memory_look import BUDGET, FINEST_BUDGET, finest, look_deeper
from hope_core.models.recall_probe import recall_probe

if TYPE_CHECKING:
    from hope_core.models.contract import LanguageModel

PRESETS = ("small", "titans/small", "mt-hope/small")


@cache
def model_of(preset: str) -> LanguageModel:
    settings = load_preset(preset).model.model_copy(update={"width": 64, "heads": 4})
    return build_model(settings, 50)


def text(length: int, *, seed: int = 0) -> torch.Tensor:
    return torch.randint(0, 50, (length,), generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("preset", PRESETS)
def test_matrices_have_the_norms_that_the_probe_tells(preset: str) -> None:
    model, tokens = model_of(preset), text(24)[None]
    measured = model.probe(tokens)
    found, whole = look_deeper(model, tokens, measured)
    assert whole is not None
    norms = torch.stack([torch.linalg.matrix_norm(matrix) for matrix in whole])
    torch.testing.assert_close(norms, measured["memory_norm"])
    assert found["matrices"].dtype == torch.float16
    assert found["matrices"].numel() * 2 <= BUDGET
    columns = found["singular_values"].shape[-1]
    assert ((found["effective_rank"] >= 0.99) & (found["effective_rank"] <= columns + 0.01)).all()


def test_finest_picture_has_every_entry_of_a_memory_that_is_small_enough() -> None:
    heads = [torch.randn(4, 100, 60) for _ in range(2)]
    picture = finest(heads)
    assert picture is not None
    torch.testing.assert_close(picture, torch.stack(heads).abs().half())


def test_finest_picture_of_a_large_memory_stays_within_its_budget() -> None:
    heads = [torch.ones(2, 300, 40)]
    picture = finest(heads)
    assert picture is not None
    assert picture.shape == (1, 2, 256, 40)
    many = finest([torch.ones(16, 256, 256) for _ in range(6)])
    assert many is not None
    assert many.shape == (6, 16, 128, 128)
    assert 2 * many.numel() <= FINEST_BUDGET
    assert bool((many == 1).all())


def test_layers_of_different_shapes_have_no_common_picture() -> None:
    assert finest([torch.ones(1, 2, 2), torch.ones(1, 3, 3)]) is None


@pytest.mark.parametrize("preset", PRESETS)
def test_second_reading_is_that_of_a_text_read_twice(preset: str) -> None:
    model, tokens = model_of(preset), text(24)[None]
    measured = model.probe(tokens)
    found, _ = look_deeper(model, tokens, measured)
    assert found["surprise_again"].shape == measured["surprise"].shape
    assert not torch.equal(found["surprise_again"], measured["surprise"])


def test_transformer_has_nothing_to_look_into() -> None:
    settings = TransformerSettings(width=32, layers=1, heads=2)
    model = build_model(settings, 50)
    assert look_deeper(model, text(8)[None], {}) == ({}, None)
    assert recall_probe(model, text(8).view(2, 4), text(8)) is None


@pytest.mark.parametrize("preset", PRESETS)
def test_recall_starts_at_one_and_fades_over_the_filler(preset: str) -> None:
    found = recall_probe(model_of(preset), text(32).view(2, 16), text(256, seed=1))
    assert found is not None
    assert found.distances.tolist() == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert found.share[:, 0].tolist() == pytest.approx([1.0] * len(found.levels))
    assert (found.share[:, -1].abs() < 0.6).all()


def test_quick_slots_forget_before_slow_ones() -> None:
    found = recall_probe(model_of("mt-hope/small"), text(32).view(2, 16), text(64, seed=1))
    assert found is not None
    share = dict(zip(found.levels, found.share[:, -2].tolist(), strict=True))
    assert share["slot 1"] < share["slot 2"] < share["slot 3"]


def test_level_that_wrote_nothing_has_no_share() -> None:
    levels = (LevelSettings(chunk=128),)
    settings = HopeSettings(width=32, layers=1, heads=2, levels=levels)
    found = recall_probe(build_model(settings, 50), text(16).view(2, 8), text(16))
    assert found is not None
    assert "continuum 1" in found.levels
    assert found.share[found.levels.index("continuum 1")].isnan().all()


def test_looking_changes_neither_weights_nor_random_numbers() -> None:
    model, tokens = model_of("small"), text(24)[None]
    before, random = [p.clone() for p in model.parameters()], torch.get_rng_state()
    look_deeper(model, tokens, model.probe(tokens))
    recall_probe(model, text(16).view(2, 8), text(16))
    assert all(map(torch.equal, before, model.parameters()))
    assert torch.equal(random, torch.get_rng_state())
