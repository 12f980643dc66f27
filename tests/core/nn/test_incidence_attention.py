"""Attention with the incidence term: fused or by the formula, causal, and safe under any mask."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.nn.incidence_attention import IncidenceAttention, phase_bias


def attention() -> IncidenceAttention:
    made = IncidenceAttention(16, heads=2).double()
    made.init_weights(torch.Generator().manual_seed(0))
    return made


def tokens(length: int = 7) -> Tensor:
    return torch.randn(
        2, length, 16, dtype=torch.float64, generator=torch.Generator().manual_seed(1)
    )


def test_fused_attention_agrees_with_the_formula() -> None:
    made, x = attention(), tokens()
    future = torch.ones(7, 7, dtype=torch.bool).triu(1)
    weights = made.scores(x).masked_fill(future, -torch.inf).softmax(-1)
    v = made.project(x).chunk(3, dim=-1)[2].view(2, 7, 2, 8).transpose(1, 2)
    expected = made.output((weights @ v).transpose(1, 2).flatten(2))
    assert_close(made(x), expected)


def test_incidence_counts_in_the_scores() -> None:
    made, x = attention(), tokens()
    before = made.scores(x)
    with torch.no_grad():
        made.share.mul_(2.0)
    assert not torch.allclose(made.scores(x), before)


def test_attention_is_causal() -> None:
    made, x = attention(), tokens()
    changed = x.clone()
    changed[:, 4:] += 1.0
    assert_close(made(changed)[:, :4], made(x)[:, :4], atol=1e-12, rtol=0)


def test_a_row_that_may_see_nothing_answers_zeros() -> None:
    made, x = attention(), tokens().requires_grad_()
    allowed = torch.ones(2, 7, 7, dtype=torch.bool).tril()
    allowed[0, 3] = False
    y = made(x, allowed)
    y.sum().backward()
    assert not y[0, 3].any()
    assert_close(y[1], made(x)[1])
    assert torch.isfinite(x.grad).all()


def test_mask_may_look_both_ways() -> None:
    made, x = attention(), tokens()
    everything = torch.ones(2, 7, 7, dtype=torch.bool)
    assert_close(made(x, everything), made(x, causal=False))


def test_gradient_reaches_every_weight() -> None:
    made = attention()
    made(tokens()).sin().sum().backward()
    assert all(p.grad is not None and p.grad.any() for p in made.parameters())


def test_phase_bias_is_the_angle_of_the_incidence() -> None:
    x = tokens(3)
    angle = phase_bias(x, x)
    omega = torch.complex(x[..., :4], x[..., 4:8])
    pi = torch.complex(x[..., 8:12], x[..., 12:])
    assert_close(angle, (omega @ pi.mH).angle())
