"""HOPE (Nested Learning, Behrouz et al. 2025, eqs. 94-97): a learning memory, then a continuum.

Notable: the memory is Titans' (linear, live gradient, momentum, forgetting), so that the state has
the same size after any number of tokens; the continuum is a set of MLPs that learn at their own
clocks, and inside each sequence where a level has a chunk; a local convolution stands at the
memory's entrance; norms before each part, residuals around it; no positions, order is in the
memory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor, nn

from hope_core.memories import build_memory
from hope_core.memories.continuum import Continuum, ContinuumState
from hope_core.models.contract import LanguageModel, Level
from hope_core.models.next_token import Reading, next_token_changes
from hope_core.models.truncation import gradient_span, read_in_pieces
from hope_core.nn.linear import Embedding, Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.state import State
from hope_core.ops.mlp_memory import chunk_spans
from hope_core.ops.products import linear

if TYPE_CHECKING:
    from hope_core.config.models import HopeSettings
    from hope_core.memories.continuum_learning import LearningState


@dataclass(frozen=True)
class HopeState(State):
    """One memory's state a block, and what its continuum has become.

    reading: what a chunk begun waits for, where levels learn from the next token.
    """

    passing: ClassVar = ("reading",)
    blocks: tuple[State, ...]
    continuums: tuple[State, ...]
    reading: Reading | None = None


class Block(nn.Module):
    """o = x + memory(norm(x)) (94); y = Continuum(o) (97), whose levels bring their own residuals.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, settings: HopeSettings) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(settings.width, bias=False)
        self.memory = build_memory(
            settings.memory,
            settings.width,
            heads=settings.heads,
            convolution=settings.convolution,
        )
        self.continuum = Continuum(
            settings.width, settings.levels, arrangement=settings.arrangement
        )

    def forward(
        self, x: Tensor, memory: State | None, continuum: State | None
    ) -> tuple[Tensor, State, State]:
        """The block's tokens, and its memory and continuum after the last of them."""
        answer, memory = self.memory(self.norm(x), memory)
        y, continuum = self.continuum(x + answer, continuum)
        return y, memory, continuum


class Hope(LanguageModel):
    """Embedding, blocks of memory and continuum, norm, output layer.

    Shapes: tokens (B, T) int64 -> logits (B, T, V); state: one memory's a block.
    """

    def __init__(self, settings: HopeSettings, vocabulary: int) -> None:
        super().__init__()
        self.settings = settings
        self.vocabulary = vocabulary
        self.gradient_span = gradient_span(settings.memory)
        self.embedding = Embedding(vocabulary, settings.width)
        self.blocks = nn.ModuleList(Block(settings) for _ in range(settings.layers))
        self.norm = nn.LayerNorm(settings.width, bias=False)
        if not settings.tie_embeddings:
            self.output = Linear(settings.width, vocabulary)

    def forward(self, tokens: Tensor, state: State | None = None) -> tuple[Tensor, HopeState]:
        """The logits of the token after each one, and every block's memory after the last."""
        read = self._read_and_learn if self.settings.segment else self._read
        return read_in_pieces(read, tokens, state, self.gradient_span)

    def initial_state(self, batch: int) -> HopeState:
        """Every block's learned first memory, and its levels' first weights."""
        state = HopeState(
            tuple(block.memory.initial_state(batch) for block in self._blocks()),
            tuple(block.continuum.initial_state(batch) for block in self._blocks()),
        )
        if not self.settings.segment:
            return state
        nothing = torch.zeros(batch, 0, dtype=torch.int64, device=self.embedding.weight.device)
        return replace(state, reading=Reading(state, nothing))

    def next_document(self, state: State, *, keep_memory: bool = False) -> HopeState:
        """The state before another document: levels fresh, or with what they learned so far.

        So says `document_end`; `keep_memory` says the same of the blocks' memories.
        """
        before = cast("HopeState", state)
        batch = len(next(iter(before.named_tensors().values())))
        fresh = replace(self.initial_state(batch), reading=None)
        if keep_memory:
            fresh = replace(fresh, blocks=before.blocks)
        if self.settings.document_end == "drop":
            return fresh
        pairs = zip(self._blocks(), before.continuums, strict=True)
        kept = tuple(block.continuum.next_document(part, batch) for block, part in pairs)
        return replace(fresh, continuums=kept)

    def init_weights(self, generator: torch.Generator) -> None:
        """Fresh weights.

        =============  ====================================================================
        embedding      normal, std 1
        memory         see its own `init_weights`; its output shrunk by (2 layers)^-1/2
        continuum      up layers std D^-1/2; down layers hidden^-1/2 (2 layers)^-1/2;
                       values std D^-1/2 (2 layers)^-1/2; gates 0.1 D^-1/2; shares 1
        norms          1
        output         normal, std D^-1/2 (with tied embeddings: the embedding, std D^-1/2)
        =============  ====================================================================
        """
        shrink = (2 * self.settings.layers) ** -0.5
        scale = self.settings.width**-0.5 if self.settings.tie_embeddings else 1.0
        nn.init.normal_(self.embedding.weight, std=scale, generator=generator)
        for block in self._blocks():
            block.norm.reset_parameters()
            block.memory.init_weights(generator, output_scale=shrink)
            block.continuum.init_weights(generator, output_scale=shrink)
        self.norm.reset_parameters()
        if not self.settings.tie_embeddings:
            init_linear(self.output, generator)

    def levels(self) -> tuple[Level, ...]:
        """Level 0: all but the slow levels of the continuum; then each slow level, in order."""
        slow = []
        for index, settings in enumerate(self.settings.levels):
            if settings.clock > 1 or settings.learning_rate_factor != 1.0:
                members = [
                    p
                    for block in self._blocks()
                    for p in block.continuum.levels[index].parameters()
                ]
                name = f"continuum {index + 1}"
                slow.append(
                    Level(name, settings.clock, settings.learning_rate_factor, tuple(members))
                )
        elsewhere = {id(parameter) for level in slow for parameter in level.parameters}
        fast = tuple(p for p in self.parameters() if id(p) not in elsewhere)
        return Level("every step", 1, 1.0, fast), *slow

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
            measured.append(block.memory.measure(block.norm(x)))
            x, *_ = block(x, None, None)
        return {
            name: torch.stack([layer[name] for layer in measured]).float().cpu()
            for name in measured[0]
        }

    def flops_per_token(self, sequence_length: int) -> int:
        """Six for each weight of a matrix, and three times what memory and levels do besides."""
        weights = self.parameter_count()
        if not self.settings.tie_embeddings:
            weights -= self.embedding.weight.numel()
        parts = [part for block in self._blocks() for part in (block.memory, block.continuum)]
        return 6 * weights + 3 * sum(part.flops_per_token(sequence_length) for part in parts)

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """What memory and levels would learn with, had the text a whole chunk of theirs."""
        parts = [part for block in self._blocks() for part in (block.memory, block.continuum)]
        return tuple(p for part in parts for p in part.acting_later(length))

    def _read(self, tokens: Tensor, state: State | None) -> tuple[Tensor, HopeState]:
        """`forward`, every part of it differentiable."""
        memories, continuums = [], []
        x = self.embedding(tokens)
        for block, memory, continuum in zip(self.blocks, *self._before(state), strict=True):
            x, memory, continuum = block(x, memory, continuum)
            memories.append(memory)
            continuums.append(continuum)
        return self._logits(x), HopeState(tuple(memories), tuple(continuums))

    def _read_and_learn(self, tokens: Tensor, state: State | None) -> tuple[Tensor, HopeState]:
        """`_read`, and after every segment the levels that learn from the next token move."""
        now = cast("HopeState", state) if state else self.initial_state(len(tokens))
        reading, now = now.reading, replace(now, reading=None)
        start, pending = (reading.start, reading.pending) if reading else (now, tokens[:, :0])
        answers = []
        segment = self.settings.segment
        for span in chunk_spans(tokens.shape[1], segment, position=pending.shape[1]):
            answer, now = self._read(tokens[:, span], now)
            answers.append(answer)
            pending = torch.cat([pending, tokens[:, span]], dim=1)
            if pending.shape[1] == segment:
                now = self._learn(pending, start, now)
                start, pending = now, pending[:, :0]
        return torch.cat(answers, dim=1), replace(now, reading=Reading(start, pending))

    def _learn(self, tokens: Tensor, start: State, now: HopeState) -> HopeState:
        """What the levels become by a segment, read from `start` on."""
        places = [
            (block, index, level)
            for block, part in enumerate(self._blocks())
            for index, level in part.continuum.next_token_levels().items()
        ]
        levels = [level for *_, level in places]
        found = next_token_changes(self._read, tokens, start, levels)
        states = [list(cast("ContinuumState", part).levels) for part in now.continuums]
        for (block, index, level), changes in zip(places, found, strict=True):
            before = cast("LearningState", states[block][index])
            states[block][index] = level.learned(before, changes)
        return replace(now, continuums=tuple(ContinuumState(tuple(part)) for part in states))

    def _logits(self, x: Tensor) -> Tensor:
        tied = self.settings.tie_embeddings
        return linear(self.norm(x), self.embedding.weight if tied else self.output.weight)

    def _blocks(self) -> list[Block]:
        return [cast("Block", block) for block in self.blocks]

    def _before(self, state: State | None) -> tuple[tuple[State | None, ...], ...]:
        """The states of all memories, and of all continuums; None where they are fresh."""
        if not state:
            return ((None,) * len(self.blocks),) * 2
        state = cast("HopeState", state)
        return state.blocks, state.continuums
