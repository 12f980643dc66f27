"""The matrix that makes its own values follows its rule, and the learned factor acts always."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import SelfModificationSettings
from hope_core.memories.twistor_fast_weight import TwistorFastWeight
from hope_core.memories.twistor_self_referential import SelfReferentialWeight
from hope_core.models import build_model
from hope_core.nn.heads import HeadInputs
from hope_core.nn.train_scale import ScaledEvolution

WIDTH, HEADS = 16, 2


def matrix(chunk: int, kind: type[TwistorFastWeight] = SelfReferentialWeight) -> TwistorFastWeight:
    settings = SelfModificationSettings(value_chunk=chunk)
    made = kind(WIDTH, heads=HEADS, convolution=4, settings=settings)
    made.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    with torch.no_grad():
        made.first.mul_(20)
    return made.double()


def inputs(length: int = 37) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(3, length, WIDTH, dtype=torch.float64, generator=generator)


def token_by_token(made: TwistorFastWeight, x: Tensor, chunk: int) -> tuple[Tensor, Tensor]:
    """The rule as it is written, from plain products: answers and the last matrix."""
    given, _ = made.intake(x, made.intake.initial_window(len(x)))
    erase, write = made._gates(given)
    M = snapshot = made.first.expand(len(x), -1, -1, -1)
    answers = []
    for t in range(x.shape[1]):
        if t % chunk == 0:
            snapshot = M
        q, k, v = (part[:, t, :, :, None] for part in (given.q, given.k, given.v))
        answers.append((M @ q).squeeze(-1))
        value = v + snapshot @ v
        value = value * torch.linalg.vector_norm(v, dim=2, keepdim=True)
        value = value / torch.linalg.vector_norm(v + snapshot @ v, dim=2, keepdim=True)
        b, w = erase[:, t, :, None, None], write[:, t, :, None, None]
        M = M - b * (M @ k) @ k.mT + w * value @ k.mT
    return made.outlet(torch.stack(answers, dim=1), given.output_gate), M


@pytest.mark.parametrize("chunk", [1, 7, 64])
@pytest.mark.parametrize(
    ("dtype", "value", "slope"), [(torch.float64, 1e-12, 1e-10), (torch.float32, 1e-5, 1e-4)]
)
def test_self_referential_matrix_is_its_token_loop_in_value_and_gradient(
    chunk: int, dtype: torch.dtype, value: float, slope: float
) -> None:
    made, x = matrix(chunk).to(dtype), inputs().to(dtype)
    results = []
    for y in (made(x)[0], token_by_token(made, x, chunk)[0]):
        slopes = torch.autograd.grad(y.sin().sum(), list(made.parameters()))
        results.append([y.detach(), *slopes])
    differences = [
        float((a - b).abs().max() / b.abs().max().clamp(min=1))
        for a, b in zip(*results, strict=True)
    ]
    assert differences[0] <= value
    assert max(differences[1:]) <= slope


def test_values_are_made_by_the_matrix_and_not_by_the_text_alone() -> None:
    made = matrix(7)
    plain = matrix(7, TwistorFastWeight)
    assert not torch.allclose(made(inputs())[0], plain(inputs())[0])
    with torch.no_grad():
        made.first.zero_()
        plain.first.zero_()
    assert_close(made(inputs(7))[0], plain(inputs(7))[0])


def test_self_made_values_never_let_the_matrix_grow_without_end() -> None:
    made = matrix(4)
    assert isinstance(made, SelfReferentialWeight)
    k = torch.zeros(1, 400, HEADS, WIDTH // HEADS, dtype=torch.float64)
    k[..., 0] = 1.0
    gate = k.new_zeros(1, 400, HEADS)
    same = HeadInputs(k, k, 4 * k, (gate, gate), k.new_zeros(1, 400, WIDTH))
    _, values, after = made._read(same, made.initial_state(1), ask=k)
    assert_close(torch.linalg.vector_norm(values, dim=-1), torch.full_like(gate, 4.0))
    assert float(torch.linalg.matrix_norm(after.matrix).max().detach()) < 8.0


def test_learned_factor_enlarges_what_the_recurrence_gives_in_training_and_after() -> None:
    def built(scale: float) -> torch.nn.Module:
        settings = TwistorSettings(
            width=WIDTH,
            layers=2,
            heads=HEADS,
            self_modification=SelfModificationSettings(train_scale=scale),
        )
        return build_model(settings, 31)

    scaled, plain = built(0.1), built(0.0)
    names = [n for n, part in scaled.named_modules() if isinstance(part, ScaledEvolution)]
    assert names == ["recurrent.blocks.1.evolution"]
    assert not any(isinstance(part, ScaledEvolution) for part in plain.modules())
    x = inputs().float()
    factor = 1 + 0.1 * torch.sigmoid(torch.tensor(0.01))
    for model in (scaled.train(), scaled.eval()):
        y = model.get_submodule("recurrent")(x)[0]
        assert_close(y, factor * plain.get_submodule("recurrent")(x)[0])
