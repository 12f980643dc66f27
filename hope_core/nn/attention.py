"""Causal softmax attention over all past tokens or a sliding window, with its cache as the state.

Notable: rotary positions, normalised queries and keys; learned persistent keys and values (Titans'
persistent memory) that every token sees, whatever its position: they are matched with the query
before it is turned, in channels of their own, so that one fused call does both.
Shapes: B batch, T time, D width, H heads, K = D / H, P persistent tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm, pad, scaled_dot_product_attention

from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.rotary import rotary_angles, rotate
from hope_core.nn.state import State, common_position


@dataclass(frozen=True)
class AttentionState(State):
    """Turned keys and values of the tokens still in sight (B, H, T, K); position (B,) int64."""

    keys: Tensor
    values: Tensor
    position: Tensor


class CausalAttention(nn.Module):
    """Each token attends to itself, to the window's tokens before it and to the persistent ones.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, width: int, *, heads: int, window: int = 0, persistent: int = 0) -> None:
        """`window` counts the token itself; 0 means all of the past."""
        super().__init__()
        self.heads = heads
        self.window = window
        self.project = Linear(width, 3 * width)
        self.output = Linear(width, width)
        self.persistent = None
        if persistent:
            self.persistent = nn.Parameter(torch.empty(2, heads, persistent, width // heads))

    def forward(self, x: Tensor, state: AttentionState | None) -> tuple[Tensor, AttentionState]:
        """The attended values, and the past with these tokens added."""
        past = state or self.initial_state(x.shape[0])
        start = common_position(state.position) if state else 0
        q, k, v = (
            self.project(x).view(*x.shape[:-1], 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        )
        q, k = (layer_norm(part, part.shape[-1:]) for part in (q, k))
        angles = rotary_angles(start, x.shape[1], q.shape[-1], like=q)
        keys = torch.cat([past.keys.to(k.dtype), rotate(k, angles)], dim=2)
        values = torch.cat([past.values.to(v.dtype), v], dim=2)
        y = self._attend(q, rotate(q, angles), keys, values)
        seen = keys.shape[2] if not self.window else min(self.window - 1, keys.shape[2])
        first = keys.shape[2] - seen
        after = AttentionState(keys[:, :, first:], values[:, :, first:], past.position + x.shape[1])
        return self.output(y.transpose(1, 2).flatten(-2)), after

    def initial_state(self, batch: int) -> AttentionState:
        """An empty past."""
        weight = self.project.weight
        nothing = weight.new_zeros(batch, self.heads, 0, weight.shape[1] // self.heads)
        position = torch.zeros(batch, dtype=torch.int64, device=weight.device)
        return AttentionState(nothing, nothing, position)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Projections normal, std D^-1/2, the output's scaled; persistent tokens normal, std 1."""
        init_linear(self.project, generator)
        init_linear(self.output, generator, scale=output_scale)
        if self.persistent is not None:
            nn.init.normal_(self.persistent, generator=generator)

    def flops_per_token(self, sequence_length: int) -> int:
        """Scores and sums over the tokens in sight, on average over a sequence of this length."""
        reach = min(self.window or sequence_length, sequence_length)
        seen = reach * (1 - reach / (2 * sequence_length))
        always = 0 if self.persistent is None else self.persistent.shape[2]
        return int(4 * self.project.in_features * (seen + always))

    def _attend(self, q: Tensor, turned: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """Attention of the last tokens of `keys`, in blocks of a window's length."""
        length, past = q.shape[2], keys.shape[2] - q.shape[2]
        block = self.window or length
        answers = []
        for start in range(0, length, block):
            stop = min(start + block, length)
            first = max(0, past + start - block + 1) if self.window else 0
            sight = slice(first, past + stop)
            own = slice(start, stop)
            seen = self._visible(past + start - first, stop - start, like=keys)
            answers.append(
                self._softmax(
                    q[:, :, own], turned[:, :, own], keys[:, :, sight], values[:, :, sight], seen
                )
            )
        return torch.cat(answers, dim=2)

    def _visible(self, before: int, length: int, *, like: Tensor) -> Tensor:
        """Which of `before` + `length` tokens each of the last `length` ones sees."""
        seen = torch.ones(length, before + length, dtype=torch.bool, device=like.device)
        seen = seen.tril(before)
        return seen.triu(before - self.window + 1) if self.window else seen

    def _softmax(
        self, q: Tensor, turned: Tensor, keys: Tensor, values: Tensor, seen: Tensor
    ) -> Tensor:
        scale = q.shape[-1] ** -0.5
        if self.persistent is None:
            whole = seen.shape[0] == seen.shape[1] and not self.window
            mask = None if whole else seen
            return scaled_dot_product_attention(
                turned, keys, values, attn_mask=mask, is_causal=whole, scale=scale
            )
        k, v = (part.to(q.dtype).expand(len(q), -1, -1, -1) for part in self.persistent.unbind(0))
        width = q.shape[-1]
        both = torch.cat([q, turned], dim=-1)
        keys = torch.cat([pad(k, (0, width)), pad(keys, (width, 0))], dim=2)
        seen = pad(seen, (k.shape[2], 0), value=True)
        values = torch.cat([v, values], dim=2)
        return scaled_dot_product_attention(both, keys, values, attn_mask=seen, scale=scale)
