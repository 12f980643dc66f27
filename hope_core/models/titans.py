"""Titans (Behrouz, Zhong, Mirrokni 2025): a memory that learns while it reads, and attention.

Notable: four variants of one block (memory alone, as context, as gate, as layer) that differ in
their mixer only; any memory of the table can stand in it; persistent tokens; norms before each
part, residuals around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.models.contract import LanguageModel, Level
from hope_core.models.titans_mac import MemoryAsContext
from hope_core.models.titans_mixers import MemoryAlone, MemoryAsGate, MemoryAsLayer
from hope_core.models.truncation import gradient_span, read_in_pieces
from hope_core.nn.linear import Embedding, Linear
from hope_core.nn.mlp import MLP, init_linear
from hope_core.nn.state import State
from hope_core.ops.products import linear

if TYPE_CHECKING:
    from hope_core.config.models import TitansModelSettings
    from hope_core.models.titans_parts import Mixer

MIXERS: dict[str, type[Mixer]] = {
    "lmm": MemoryAlone,
    "mac": MemoryAsContext,
    "mag": MemoryAsGate,
    "mal": MemoryAsLayer,
}


@dataclass(frozen=True)
class TitansModelState(State):
    """One mixer's state a block."""

    blocks: tuple[State, ...]


class Block(nn.Module):
    """The mixer, whose residual is its own, then x + MLP(norm(x))."""

    def __init__(self, settings: TitansModelSettings) -> None:
        super().__init__()
        self.mixer = MIXERS[settings.variant](settings)
        self.norm = nn.LayerNorm(settings.width, bias=False)
        self.mlp = MLP(settings.width, max(1, round(settings.width * settings.expansion)))

    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The block's tokens and its state after the last of them."""
        x, state = self.mixer(x, state)
        return x + self.mlp(self.norm(x)), state


class TitansModel(LanguageModel):
    """Embedding, blocks of mixer and MLP, norm, output layer.

    Shapes: tokens (B, T) int64 -> logits (B, T, V); state: constant size at any length.
    """

    def __init__(self, settings: TitansModelSettings, vocabulary: int) -> None:
        super().__init__()
        self.settings = settings
        self.vocabulary = vocabulary
        self.gradient_span = gradient_span(settings.memory)
        self.embedding = Embedding(vocabulary, settings.width)
        self.blocks = nn.ModuleList(Block(settings) for _ in range(settings.layers))
        self.norm = nn.LayerNorm(settings.width, bias=False)
        if not settings.tie_embeddings:
            self.output = Linear(settings.width, vocabulary)

    def forward(
        self, tokens: Tensor, state: State | None = None
    ) -> tuple[Tensor, TitansModelState]:
        """The logits of the token after each one, and every block's state after the last."""
        return read_in_pieces(self._read, tokens, state, self.gradient_span)

    def initial_state(self, batch: int) -> TitansModelState:
        """Every block's state after the persistent tokens."""
        return TitansModelState(tuple(block.mixer.initial_state(batch) for block in self._blocks()))

    def init_weights(self, generator: torch.Generator) -> None:
        """Fresh weights.

        =============  ====================================================================
        embedding      normal, std 1
        mixer          see its own `init_weights`; its output shrunk by (2 layers)^-1/2
        MLP            up std D^-1/2; down hidden^-1/2 (2 layers)^-1/2
        norms          1
        output         normal, std D^-1/2 (with tied embeddings: the embedding, std D^-1/2)
        =============  ====================================================================
        """
        shrink = (2 * self.settings.layers) ** -0.5
        scale = self.settings.width**-0.5 if self.settings.tie_embeddings else 1.0
        nn.init.normal_(self.embedding.weight, std=scale, generator=generator)
        for block in self._blocks():
            block.mixer.init_weights(generator, output_scale=shrink)
            block.norm.reset_parameters()
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

    @torch.no_grad()
    def probe(self, tokens: Tensor) -> dict[str, Tensor]:
        """Memory norms, surprise and gates of every block while it reads the tokens."""
        measured = []
        x = self.embedding(tokens)
        for block in self._blocks():
            measured.append(block.mixer.measure(x))
            x, _ = block(x, None)
        return {
            name: torch.stack([layer[name] for layer in measured]).float().cpu()
            for name in measured[0]
        }

    def flops_per_token(self, sequence_length: int) -> int:
        """Six for each weight of a matrix, and three times the mixers' own work."""
        weights = self.parameter_count()
        if not self.settings.tie_embeddings:
            weights -= self.embedding.weight.numel()
        return 6 * weights + 3 * sum(
            block.mixer.flops_per_token(sequence_length) for block in self._blocks()
        )

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """What the mixers would learn with, had the text more than one segment or chunk."""
        return tuple(p for block in self._blocks() for p in block.mixer.acting_later(length))

    def _read(self, tokens: Tensor, state: State | None) -> tuple[Tensor, TitansModelState]:
        """`forward`, every part of it differentiable."""
        nothing: tuple[State | None, ...] = (None,) * self.settings.layers
        before = cast("TitansModelState", state).blocks if state else nothing
        after = []
        x = self.embedding(tokens)
        for block, block_state in zip(self.blocks, before, strict=True):
            x, block_state = block(x, block_state)
            after.append(block_state)
        return self._logits(x), TitansModelState(tuple(after))

    def _logits(self, x: Tensor) -> Tensor:
        tied = self.settings.tie_embeddings
        return linear(self.norm(x), self.embedding.weight if tied else self.output.weight)

    def _blocks(self) -> list[Block]:
        return [cast("Block", block) for block in self.blocks]
