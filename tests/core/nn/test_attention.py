"""Causal attention against the plain formula, score by score."""

from __future__ import annotations

import pytest
import torch
from torch.nn.functional import layer_norm
from torch.testing import assert_close

from hope_core.nn.attention import CausalAttention
from hope_core.nn.rotary import rotary_angles, rotate

T, D, H, K = 11, 16, 2, 8


def make(**options: int) -> CausalAttention:
    attention = CausalAttention(D, heads=H, **options)
    attention.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return attention.double()


def by_hand(attention: CausalAttention, x: torch.Tensor) -> torch.Tensor:
    q, k, v = attention.project(x).view(1, T, 3, H, K).permute(2, 0, 3, 1, 4)
    q, k = layer_norm(q, (K,)), layer_norm(k, (K,))
    angles = rotary_angles(0, T, K, like=x)
    turned_q, turned_k = rotate(q, angles), rotate(k, angles)
    answer = torch.zeros(1, H, T, K, dtype=x.dtype)
    for t in range(T):
        first = max(0, t - attention.window + 1) if attention.window else 0
        scores = [(turned_q[:, :, t, None] * turned_k[:, :, first : t + 1]).sum(-1)]
        values = [v[:, :, first : t + 1]]
        if attention.persistent is not None:
            keys, always = attention.persistent
            scores.append((q[:, :, t, None] * keys).sum(-1))
            values.append(always[None])
        weights = torch.softmax(torch.cat(scores, -1) / K**0.5, dim=-1)
        answer[:, :, t] = (weights[..., None] * torch.cat(values, 2)).sum(2)
    return attention.output(answer.transpose(1, 2).flatten(-2))


@pytest.mark.parametrize("window", [0, 1, 4, 30])
@pytest.mark.parametrize("persistent", [0, 3])
def test_attention_is_the_softmax_over_what_is_in_sight(window: int, persistent: int) -> None:
    attention = make(window=window, persistent=persistent)
    x = torch.randn(1, T, D, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    assert_close(attention(x, None)[0], by_hand(attention, x), rtol=0, atol=1e-12)


def test_cache_of_a_window_holds_no_more_than_is_still_in_sight() -> None:
    attention = make(window=4)
    _, state = attention(torch.randn(2, T, D, dtype=torch.float64), None)
    assert state.keys.shape[2] == 3
    assert state.position.tolist() == [T, T]
