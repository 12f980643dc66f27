"""A level that learns inside the sequence follows its token-by-token rule, in whole chunks."""

from __future__ import annotations

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.models import HopeSettings, LevelSettings
from hope_core.memories.continuum import Continuum
from hope_core.memories.continuum_learning import LearningLevel, LearningState
from hope_core.memories.continuum_reference import reference
from hope_core.memories.continuum_rule import Change
from hope_core.models.proofs import quick_checks

WIDTH = 6


def make_level(*, chunk: int, restart: int = 0, expansion: float = 1.5) -> LearningLevel:
    settings = LevelSettings(chunk=chunk, step=1.0, expansion=expansion, convolution=0)
    level = LearningLevel(WIDTH, settings, restart=restart)
    level.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return level.double()


def some_x(length: int = 23, *, batch: int = 3) -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(batch, length, WIDTH, dtype=torch.float64, generator=generator)


def by_reference(level: LearningLevel, x: torch.Tensor) -> torch.Tensor:
    n = level.norm(x)
    step = torch.sigmoid(level.gate(n)).squeeze(-1) * level.settings.step / level.settings.chunk
    weights = level.mlp.up.weight, level.mlp.down.weight
    chunk = level.settings.chunk
    return reference(weights, n, level.value(n), step, chunk=chunk, restart=level.restart)


def gradients(level: LearningLevel, x: torch.Tensor, y: torch.Tensor) -> list[torch.Tensor]:
    """Of x and every parameter, for one loss of the answers y."""
    return list(torch.autograd.grad(y.sin().sum(), [x, *level.parameters()]))


@pytest.mark.parametrize("restart", [0, 2, 3])
@pytest.mark.parametrize("chunk", [1, 4, 7])
def test_chunks_give_the_reference_in_value_and_gradient(chunk: int, restart: int) -> None:
    level, x = make_level(chunk=chunk, restart=restart), some_x().requires_grad_()
    found, expected = level(x)[0], by_reference(level, x)
    assert_close(found, expected, rtol=0, atol=1e-12)
    pairs = zip(gradients(level, x, found), gradients(level, x, expected), strict=True)
    assert all(torch.allclose(a, b, rtol=1e-10, atol=1e-10) for a, b in pairs)


def test_level_without_a_whole_chunk_answers_as_its_first_weights_do() -> None:
    level, x = make_level(chunk=24), some_x()
    assert_close(level(x)[0], level.mlp(level.norm(x)), rtol=0, atol=1e-13)


def test_updates_change_what_the_next_chunk_is_answered_and_not_their_own() -> None:
    level, x = make_level(chunk=8), some_x()
    plain = level.mlp(level.norm(x))
    difference = (level(x)[0] - plain).abs().amax((0, 2))
    assert difference[:8].max() < 1e-13
    assert difference[8:].min() > 1e-4


def test_updates_bring_a_repeated_token_nearer_to_its_target() -> None:
    level = make_level(chunk=4)
    x = some_x(1).expand(-1, 200, -1)
    y, _ = level(x)
    error = torch.linalg.vector_norm(y - level.value(level.norm(x)), dim=-1).mean(0)
    assert error[-1] < 0.1 * error[0]


@pytest.mark.parametrize("cuts", [[1, 22], [5, 3, 15], [1] * 23])
def test_pieces_with_the_state_carried_are_answered_as_the_whole(cuts: list[int]) -> None:
    level, x = make_level(chunk=5, restart=2), some_x()
    state, answers = None, []
    for piece in torch.split(x, cuts, dim=1):
        y, state = level(piece, state)
        answers.append(y)
    assert_close(torch.cat(answers, dim=1), level(x)[0], rtol=0, atol=1e-12)


def test_a_fresh_state_drops_what_was_learned() -> None:
    level, x = make_level(chunk=4), some_x()
    _, state = level(x)
    assert not torch.allclose(level(x, state)[0], level(x)[0])
    assert_close(level(x, level.initial_state(3))[0], level(x)[0], rtol=0, atol=0)


def test_state_never_outgrows_two_copies_of_the_weights() -> None:
    level = make_level(chunk=50)
    weights = level.mlp.up.weight.numel() + level.mlp.down.weight.numel()
    _, state = level(some_x(199, batch=1))
    assert isinstance(state, LearningState)
    assert sum(t.numel() for t in state.named_tensors().values()) - 1 <= 4 * weights


def test_factors_become_a_matrix_only_when_they_outgrow_it() -> None:
    weight = torch.zeros(4, 4, dtype=torch.float64)
    left, right = torch.randn(2, 1, 2, 4, dtype=torch.float64)
    step = Change(None, left, right)
    short = Change.none(weight, 1).plus(step)
    long = short.plus(step)
    assert short.matrix is None
    assert short.left.shape[1] == 2
    assert long.matrix is not None
    assert long.left.shape[1] == 0
    x = torch.randn(1, 3, 4, dtype=torch.float64)
    assert_close(long.applied(weight, x), 2 * short.applied(weight, x))
    assert_close(long.applied_back(weight, x), 2 * short.applied_back(weight, x))


@pytest.mark.parametrize("chunk", [16, 512])
def test_a_model_with_short_or_long_chunks_passes_the_proofs_before_training(chunk: int) -> None:
    levels = (LevelSettings(), LevelSettings(chunk=chunk))
    checks = list(quick_checks(HopeSettings(width=16, layers=1, heads=2, levels=levels)))
    assert [check.sentence for check in checks if not check.passed] == []


def test_parameters_that_need_a_longer_text_are_told() -> None:
    continuum = Continuum(WIDTH, (LevelSettings(), LevelSettings(chunk=8)))
    names = {id(p): name for name, p in continuum.named_parameters()}
    later = {names[id(p)] for p in continuum.acting_later(8)}
    assert later == {"levels.1.value.weight", "levels.1.gate.weight", "levels.1.gate.bias"}
    assert continuum.acting_later(9) == ()
