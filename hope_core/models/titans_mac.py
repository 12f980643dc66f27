"""Titans' memory as context, MAC (Behrouz et al. 2025, eqs. 21-25), made causal.

Notable: the paper gates a segment's tokens with the memory that has read the whole segment, which
lets them see their own future; here the gate is the memory before the segment or, if so set, the
memory at each token. What the memory said of a token is seen by that token and later ones only.
Shapes: x (B, T, D); H heads of width K; P persistent tokens; C tokens a segment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm, pad, scaled_dot_product_attention

from hope_core.memories import build_memory
from hope_core.models.titans_parts import Gate, Mixer
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.rotary import rotary_angles, rotate
from hope_core.nn.state import State, common_position
from hope_core.ops.mlp_memory import chunk_spans
from hope_core.ops.products import linear

if TYPE_CHECKING:
    from hope_core.config.models import TitansModelSettings
    from hope_core.memories.contract import Recalling


@dataclass(frozen=True)
class ContextState(State):
    """The memory as it is, as the segment began, and as last asked; the segment's past.

    past: keys and values (B, H, 2 s, K) of the s tokens of the segment so far, each after what the
    memory said of it; position (B,) int64 counts the tokens read.
    """

    copies: ClassVar = {"start": "live", "reader": "live"}
    live: State
    start: State
    reader: State
    past: tuple[Tensor, Tensor]
    position: Tensor


class SegmentAttention(nn.Module):
    """Attention of a segment's tokens to [P; h; x]: persistent tokens, recalled ones, themselves.

    Shapes: x, h (B, t, D) -> (B, t, D).
    """

    def __init__(self, width: int, *, heads: int, persistent: int) -> None:
        super().__init__()
        self.heads = heads
        self.project = Linear(width, 3 * width)
        self.output = Linear(width, width)
        self.persistent = None
        if persistent:
            self.persistent = nn.Parameter(torch.empty(2, heads, persistent, width // heads))

    def forward(
        self, x: Tensor, h: Tensor, past: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The attended values, and the segment's past with these tokens added."""
        before, length = past[0].shape[2] // 2, x.shape[1]
        width = x.shape[-1]
        q, k, v = self._heads(self.project(x), 3)
        k_h, v_h = self._heads(linear(h, self.project.weight[width:].to(h.dtype)), 2)
        q, k, k_h = (layer_norm(part, part.shape[-1:]) for part in (q, k, k_h))
        angles = rotary_angles(before + 1, length, q.shape[-1], like=q)
        keys = torch.cat([past[0].to(k.dtype), _pairs(rotate(k_h, angles), rotate(k, angles))], 2)
        values = torch.cat([past[1].to(v.dtype), _pairs(v_h, v)], dim=2)
        row = torch.arange(before, before + length, device=x.device)[:, None]
        seen = torch.arange(keys.shape[2], device=x.device) < 2 * (row + 1)
        y = self._attend(rotate(q, angles), keys, values, seen)
        return self.output(y.transpose(1, 2).flatten(-2)), (keys, values)

    def empty(self, batch: int) -> tuple[Tensor, Tensor]:
        """The past at the start of a segment."""
        weight = self.project.weight
        nothing = weight.new_zeros(batch, self.heads, 0, weight.shape[1] // self.heads)
        return nothing, nothing

    def init_weights(self, generator: torch.Generator) -> None:
        """Projections normal, std D^-1/2; persistent keys and values normal, std 1."""
        init_linear(self.project, generator)
        init_linear(self.output, generator)
        if self.persistent is not None:
            nn.init.normal_(self.persistent, generator=generator)

    def _attend(self, q: Tensor, keys: Tensor, values: Tensor, seen: Tensor) -> Tensor:
        """Attention to the keys in sight and to the persistent ones."""
        if self.persistent is not None:
            always = self.persistent.to(q.dtype)[:, None].expand(-1, len(q), -1, -1, -1)
            keys, values = torch.cat([always[0], keys], 2), torch.cat([always[1], values], 2)
            seen = pad(seen, (always.shape[3], 0), value=True)
        return scaled_dot_product_attention(q, keys, values, attn_mask=seen)

    def _heads(self, x: Tensor, parts: int) -> tuple[Tensor, ...]:
        """(B, t, parts D) as `parts` tensors (B, H, t, K)."""
        heads = x.view(*x.shape[:-1], parts, self.heads, -1)
        return heads.permute(2, 0, 3, 1, 4).unbind(0)


def _pairs(first: Tensor, second: Tensor) -> Tensor:
    """Two rows a token, one of each: (B, H, t, K) twice -> (B, H, 2 t, K)."""
    return torch.stack([first, second], dim=3).flatten(2, 3)


class MemoryAsContext(Mixer):
    """x + gate(y, M(y)) with y = attention of n = norm(x) to [P; h; n], h = M_start(n).

    The memory reads y; M_start is the memory before the segment.
    """

    def __init__(self, settings: TitansModelSettings) -> None:
        super().__init__()
        self.segment = settings.segment
        self.gate_by_token = settings.gate == "token"
        self.norm = nn.LayerNorm(settings.width, bias=False)
        memory = build_memory(
            settings.memory,
            settings.width,
            heads=settings.heads,
            convolution=settings.convolution,
        )
        self.memory = cast("Recalling", memory)
        self.attention = SegmentAttention(
            settings.width, heads=settings.heads, persistent=settings.persistent
        )
        self.read_norm = nn.LayerNorm(settings.width, bias=False)
        self.gate = Gate(settings.width)

    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """The tokens with the gated context."""
        y, state, _ = self._run(x, cast("ContextState | None", state))
        return y, state

    def initial_state(self, batch: int) -> ContextState:
        """The learned memory at the start of a segment."""
        memory = self.memory.initial_state(batch)
        position = torch.zeros(batch, dtype=torch.int64, device=self.norm.weight.device)
        return ContextState(memory, memory, memory, self.attention.empty(batch), position)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norms at 1; memory and attention unshrunk, the gate's output shrunk."""
        self.norm.reset_parameters()
        self.memory.init_weights(generator, output_scale=1.0)
        self.attention.init_weights(generator)
        self.read_norm.reset_parameters()
        self.gate.init_weights(generator, output_scale=output_scale)

    def measure(self, x: Tensor) -> dict[str, Tensor]:
        """The memory's, of what it reads: the attended tokens."""
        return self.memory.measure(self._run(x, None)[2])

    def flops_per_token(self, sequence_length: int) -> int:
        """The memory twice (it answers before and while it reads), and attention in a segment."""
        always = self.attention.persistent
        seen = min(self.segment, sequence_length) + (0 if always is None else always.shape[2])
        width = self.norm.normalized_shape[0]
        return 2 * self.memory.flops_per_token(sequence_length) + 4 * width * seen

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """The memory's, of which the writes show in the second segment where that gates."""
        if not self.gate_by_token and self.segment >= length:
            return tuple(self.memory.parameters())
        return self.memory.acting_later(length)

    def _run(self, x: Tensor, state: ContextState | None) -> tuple[Tensor, ContextState, Tensor]:
        """The tokens, the state after them, and what the memory has read, segment by segment."""
        position = common_position(state.position) if state else 0
        before = state or self.initial_state(len(x))
        live, start, reader, past = before.live, before.start, before.reader, before.past
        fresh = state is None
        outputs, reads = [], []
        for span in chunk_spans(x.shape[1], self.segment, position=position):
            if (position + span.start) % self.segment == 0:
                start, past = live, self.attention.empty(len(x))
            h, reader = self.memory.recall(self.norm(x[:, span]), reader, at=start)
            y, past = self.attention(self.norm(x[:, span]), h, past)
            read = self.read_norm(y)
            if not self.gate_by_token:
                remembered, _ = self.memory.recall(read, live, at=start)
            answer, live = self.memory(read, None if fresh else live)
            fresh = False
            outputs.append(x[:, span] + self.gate(y, answer if self.gate_by_token else remembered))
            reads.append(read)
        after = ContextState(live, start, reader, past, before.position + x.shape[1])
        return torch.cat(outputs, dim=1), after, torch.cat(reads, dim=1)
