"""Learning inside the sequence from the next-token loss (Nested Learning 1.5, its reading (a)).

Notable: the loss is known at the model's top only, so a text is read chunk by chunk: read a chunk,
find the slope of its next-token losses in the levels' layers, move the levels, go on. A token's
answer depends on updates from whole chunks before it, never on its own; the last token's loss is
left out, as its target is not read yet. A chunk in pieces is kept, with the state before it, until
it is whole: pieces equal the whole. Within a chunk the slope passes through all blocks and
memories; before its first token everything is a constant.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.autograd.graph import saved_tensors_hooks
from torch.nn.functional import cross_entropy, pad

from hope_core.memories.continuum_rule import TINY, Change, Changes
from hope_core.nn.state import State
from hope_core.ops.precision import computing_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torch import nn

    from hope_core.memories.continuum_next_token import NextTokenLevel


@dataclass(frozen=True)
class Reading(State):
    """A chunk that is not whole yet: the state before it and its tokens (B, p) int64."""

    start: State
    pending: Tensor


def next_token_changes(
    read: Callable[[Tensor, State], tuple[Tensor, State]],
    tokens: Tensor,
    start: State,
    levels: Sequence[NextTokenLevel],
) -> list[Changes]:
    """What each level learns of a chunk: s_t g_t of `NextTokenLevel`, as factors without gradient.

    Args:
        read: the model, from tokens and a state to logits and a state.
        tokens: a whole chunk (B, C).
        start: the state before it.
        levels: those that learn so, each called once by `read`.
    """
    with torch.inference_mode(mode=False), torch.enable_grad(), saved_tensors_hooks(_same, _same):
        tokens = tokens.clone()
        with _watching(levels) as seen:
            logits, _ = read(tokens, start.map(lambda tensor: tensor.detach().clone()))
        shown = logits[:, :-1].to(computing_type(logits.dtype)).transpose(1, 2)
        losses = cross_entropy(shown, tokens[:, 1:], reduction="none")
        slopes = torch.autograd.grad(losses.sum(), [probe for _, probe in seen])
    inputs = [x for x, _ in seen]
    lengths = [_squared(slope) * _squared(x) for slope, x in zip(slopes, inputs, strict=True)]
    loss = pad(losses.detach(), (0, 1))[..., None]
    share = loss / (loss + torch.stack(lengths).sum(0) + TINY)
    factors = [Change(None, share * slope, x) for slope, x in zip(slopes, inputs, strict=True)]
    return [Changes(*pair) for pair in zip(factors[::2], factors[1::2], strict=True)]


@contextmanager
def _watching(levels: Sequence[NextTokenLevel]) -> Iterator[list[tuple[Tensor, Tensor]]]:
    """Input of each level's two layers, and a zero added to the output, in the order of levels."""
    found: dict[int, tuple[Tensor, Tensor]] = {}
    layers = [layer for level in levels for layer in level.layers]
    seen: list[tuple[Tensor, Tensor]] = []

    def note(layer: nn.Module, given: tuple[Tensor, ...], output: Tensor) -> Tensor:
        probe = torch.zeros_like(output, requires_grad=True)
        found[id(layer)] = given[2].detach(), probe
        return output + probe

    handles = [layer.register_forward_hook(note) for layer in layers]
    try:
        yield seen
    finally:
        for handle in handles:
            handle.remove()
    seen.extend(found[id(layer)] for layer in layers)


def _squared(x: Tensor) -> Tensor:
    return x.square().sum(-1, keepdim=True)


def _same(tensor: Tensor) -> Tensor:
    """Keep tensors as they are, whatever keeps those of the pass around this one."""
    return tensor
