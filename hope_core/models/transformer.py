"""The plain baseline: a Transformer with rotary positions, QK norm and fused attention.

Notable: pre-norm residuals, squared-ReLU MLP, no biases; the keys and values of all past tokens are
the state, so that it grows by one entry a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import rms_norm, scaled_dot_product_attention

from hope_core.models.contract import LanguageModel, Level
from hope_core.nn.linear import Embedding, Linear
from hope_core.nn.mlp import MLP, init_linear
from hope_core.nn.rotary import rotary_angles, rotate
from hope_core.nn.state import State
from hope_core.ops.products import linear

if TYPE_CHECKING:
    from hope_core.config.models import TransformerSettings


@dataclass(frozen=True)
class AttentionState(State):
    """Keys (already turned) and values of all tokens so far, each (B, H, T, K)."""

    keys: Tensor
    values: Tensor


@dataclass(frozen=True)
class TransformerState(State):
    """One block's past after the other."""

    blocks: tuple[AttentionState, ...]


class Attention(nn.Module):
    """Causal attention over all past tokens, H heads of width K = D / H.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.project = Linear(width, 3 * width)
        self.output = Linear(width, width)

    def forward(
        self, x: Tensor, past: AttentionState, angles: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, AttentionState]:
        """The attended values and the past with these tokens added."""
        heads = self.project(x).view(*x.shape[:-1], 3, self.heads, -1)
        q, k, v = heads.permute(2, 0, 3, 1, 4).unbind(0)
        q, k = (rotate(rms_norm(part, part.shape[-1:], eps=1e-6), angles) for part in (q, k))
        if past.keys.shape[2]:
            k = torch.cat([past.keys.to(k.dtype), k], dim=2)
            v = torch.cat([past.values.to(v.dtype), v], dim=2)
        y = _causal_attention(q, k, v)
        return self.output(y.transpose(1, 2).flatten(-2)), AttentionState(k, v)


def _causal_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Attention in which each token of q, the last of those in k, sees itself and all before it."""
    length, total = q.shape[2], k.shape[2]
    if length in (1, total):
        return scaled_dot_product_attention(q, k, v, is_causal=length == total)
    visible = torch.ones(length, total, dtype=torch.bool, device=q.device).tril(total - length)
    return scaled_dot_product_attention(q, k, v, attn_mask=visible)


class Block(nn.Module):
    """x + attention(norm(x)), then x + MLP(norm(x))."""

    def __init__(self, settings: TransformerSettings) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(settings.width, bias=False)
        self.attention = Attention(settings.width, settings.heads)
        self.mlp_norm = nn.LayerNorm(settings.width, bias=False)
        self.mlp = MLP(settings.width, max(1, round(settings.width * settings.expansion)))

    def forward(
        self, x: Tensor, past: AttentionState, angles: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, AttentionState]:
        """The block's tokens and its past with them added."""
        attended, past = self.attention(self.attention_norm(x), past, angles)
        x = x + attended
        return x + self.mlp(self.mlp_norm(x)), past


class Transformer(LanguageModel):
    """Embedding, blocks of attention and MLP, norm, output layer.

    Shapes: tokens (B, T) int64 -> logits (B, T, V); state: keys and values of all tokens so far.
    """

    def __init__(self, settings: TransformerSettings, vocabulary: int) -> None:
        super().__init__()
        self.settings = settings
        self.vocabulary = vocabulary
        self.embedding = Embedding(vocabulary, settings.width)
        self.blocks = nn.ModuleList(Block(settings) for _ in range(settings.layers))
        self.norm = nn.LayerNorm(settings.width, bias=False)
        if not settings.tie_embeddings:
            self.output = Linear(settings.width, vocabulary)

    def forward(
        self, tokens: Tensor, state: State | None = None
    ) -> tuple[Tensor, TransformerState]:
        """The logits of the token after each one, and the past with these tokens added."""
        past = cast("TransformerState", state) if state else self.initial_state(len(tokens))
        x = self.embedding(tokens)
        start = past.blocks[0].keys.shape[2]
        angles = rotary_angles(start, tokens.shape[1], self._head_width(), like=x)
        after = []
        for block, block_past in zip(self.blocks, past.blocks, strict=True):
            x, block_past = block(x, block_past, angles)
            after.append(block_past)
        return self._logits(x), TransformerState(tuple(after))

    def initial_state(self, batch: int) -> TransformerState:
        """An empty past."""
        nothing = self.embedding.weight.new_zeros(batch, self.settings.heads, 0, self._head_width())
        return TransformerState((AttentionState(nothing, nothing),) * self.settings.layers)

    def init_weights(self, generator: torch.Generator) -> None:
        """Fresh weights.

        =====================  ===========================================================
        embedding              normal, std 1
        project, up            normal, std D^-1/2
        output of attention,   normal, std inputs^-1/2 (2 layers)^-1/2
        down
        norms                  1
        output                 normal, std D^-1/2 (tied: the embedding, std D^-1/2)
        =====================  ===========================================================
        """
        shrink = (2 * self.settings.layers) ** -0.5
        scale = self.settings.width**-0.5 if self.settings.tie_embeddings else 1.0
        nn.init.normal_(self.embedding.weight, std=scale, generator=generator)
        for block in self._blocks():
            block.attention_norm.reset_parameters()
            init_linear(block.attention.project, generator)
            init_linear(block.attention.output, generator, scale=shrink)
            block.mlp_norm.reset_parameters()
            block.mlp.init_weights(generator, down_scale=shrink)
        self.norm.reset_parameters()
        if not self.settings.tie_embeddings:
            init_linear(self.output, generator)

    def levels(self) -> tuple[Level, ...]:
        """One level: everything learns at every step."""
        return (Level("every step", 1, 1.0, tuple(self.parameters())),)

    def tables(self) -> tuple[nn.Parameter, ...]:
        """The embedding, and the output layer where it is another."""
        if self.settings.tie_embeddings:
            return (cast("nn.Parameter", self.embedding.weight),)
        return (*self.embedding.parameters(), *self.output.parameters())

    def probe(self, tokens: Tensor) -> dict[str, Tensor]:  # noqa: ARG002 - no memory to look into
        """Nothing: it has no memory that learns."""
        return {}

    def flops_per_token(self, sequence_length: int) -> int:
        """Six for each weight of a matrix, and attention over half the sequence on average."""
        weights = self.parameter_count()
        if not self.settings.tie_embeddings:
            weights -= self.embedding.weight.numel()
        return 6 * (weights + self.settings.layers * self.settings.width * sequence_length)

    def _logits(self, x: Tensor) -> Tensor:
        tied = self.settings.tie_embeddings
        return linear(self.norm(x), self.embedding.weight if tied else self.output.weight)

    def _blocks(self) -> list[Block]:
        return [cast("Block", block) for block in self.blocks]

    def _head_width(self) -> int:
        return self.settings.width // self.settings.heads
