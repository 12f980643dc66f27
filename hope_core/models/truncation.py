"""The outer gradient cut off every few chunks: a text read in pieces, each by itself.

Notable: what a model answers stays the same, as pieces equal the whole; backwards, nothing passes
from one piece to the state before it, so each piece is computed anew when its turn comes and only
one piece's activations are held at a time (Chen et al. 2016), for the price of a forward pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint

from hope_core.config.memories import SelfModifyingSettings, WritingSettings
from hope_core.nn.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.memories import MemorySettings

S = TypeVar("S", bound=State)


def gradient_span(memory: MemorySettings) -> int:
    """Tokens after which the outer gradient through this memory is cut off; 0: never."""
    if not isinstance(memory, WritingSettings) or memory.outer_gradient != "truncated":
        return 0
    if isinstance(memory, SelfModifyingSettings):
        return memory.outer_chunks * memory.chunk_memory
    return memory.outer_chunks * memory.chunk


def read_in_pieces(
    read: Callable[[Tensor, State | None], tuple[Tensor, S]],
    tokens: Tensor,
    state: State | None,
    span: int,
) -> tuple[Tensor, S]:
    """What `read` makes of tokens (B, T), with the gradient cut off every `span` tokens.

    Args:
        read: from tokens and the state before them to logits and the state after them.
        tokens: counted from the first one given here, whatever the state has read before.
        state: before the first token; it is differentiated up to the first cut.
        span: tokens of a piece; 0: all of them. Nothing is cut where autograd is off.
    """
    if not span or tokens.shape[1] <= span or not torch.is_grad_enabled():
        return read(tokens, state)
    logits: list[Tensor] = []
    for piece in torch.split(tokens, span, dim=1):
        before = state.detach() if state is not None and logits else state
        found = checkpoint(read, piece, before, use_reentrant=False, preserve_rng_state=False)
        answer, state = cast("tuple[Tensor, S]", found)
        logits.append(answer)
    return torch.cat(logits, dim=1), cast("S", state)
