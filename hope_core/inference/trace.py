"""What is known of one token: how surprising it was, what stood beside it, what it wrote.

Surprise is -ln p of the token, entropy that of the model's whole distribution just before it, both
in nats. A write is the length of the change of each learned tensor, for each of its heads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from hope_core.nn.learned import learned_tensors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

    from hope_core.data.tokenizers import Tokenizer
    from hope_core.inference.sampling import Piece
    from hope_core.nn.state import State

ALTERNATIVES = 5
"""Tokens told beside each one."""
MOST_ROWS = 64
"""Rows in which a token's write is told; where there are more heads, they are told by layer."""


@dataclass(frozen=True)
class TokenTrace:
    """One token as the model met it."""

    token: int
    text: str
    """The text that became known by it; empty inside a character."""
    surprise: float
    """-ln p of the token (nats)."""
    entropy: float
    """Of the distribution it was met with (nats)."""
    alternatives: tuple[tuple[str, float], ...]
    """The most likely tokens there, and their probabilities."""
    writes: tuple[float, ...] = ()
    """Length of the memory's change by this token, a row of `write_rows` each."""
    written: bool = False
    """The model wrote it; else it was read."""


@dataclass(frozen=True)
class Belief:
    """What a model expected before a token."""

    surprise: float
    entropy: float
    alternatives: tuple[tuple[str, float], ...]


def belief(logits: Tensor, token: int, tokenizer: Tokenizer) -> Belief:
    """What logits (V,) say of a token and of its rivals."""
    told = logits.float().log_softmax(-1)
    best = told.topk(min(ALTERNATIVES, len(told)))
    chances = zip(best.indices.tolist(), best.values.exp().tolist(), strict=True)
    return Belief(
        surprise=-float(told[token]),
        entropy=-float((told.exp() * told.clamp(min=-1e4)).sum()),
        alternatives=tuple((visible(tokenizer, index), chance) for index, chance in chances),
    )


def trace_of(piece: Piece, tokenizer: Tokenizer) -> TokenTrace:
    """What is known of a token that was just drawn; its write is not."""
    assert piece.logits is not None, "a piece of the prompt is no token"
    expected = belief(piece.logits, piece.token, tokenizer)
    return TokenTrace(
        piece.token,
        piece.text,
        expected.surprise,
        expected.entropy,
        expected.alternatives,
        written=True,
    )


def visible(tokenizer: Tokenizer, token: int) -> str:
    """One token as a person can read it; bytes that are no text stand as escapes."""
    return tokenizer.token_bytes([token]).decode(errors="backslashreplace")


@dataclass(frozen=True)
class WriteRow:
    """One line of the picture of writes."""

    path: str
    """Of the learned tensor, as the state names it."""
    head: int | None
    """None: all heads together."""


def write_rows(state: State) -> tuple[WriteRow, ...]:
    """The rows in which `write_sizes` tells; none where nothing learns."""
    shapes = {path: tensor.shape for path, tensor in learned_tensors(state).items()}
    by_head = sum(_heads(shape) for shape in shapes.values()) <= MOST_ROWS
    return tuple(
        WriteRow(path, head if by_head and _heads(shape) > 1 else None)
        for path, shape in shapes.items()
        for head in range(_heads(shape) if by_head else 1)
    )


def write_sizes(before: Mapping[str, Tensor], after: Mapping[str, Tensor]) -> tuple[float, ...]:
    """Length of the change of each row, from two `learned_tensors` of one model."""
    by_head = sum(_heads(tensor.shape) for tensor in after.values()) <= MOST_ROWS
    sizes = [
        torch.linalg.vector_norm(
            (tensor - before[path]).reshape(_heads(tensor.shape) if by_head else 1, -1), dim=1
        )
        for path, tensor in after.items()
    ]
    return tuple(torch.cat(sizes).tolist()) if sizes else ()


def _heads(shape: torch.Size) -> int:
    """(1, H, rows, columns) has H of them; any other shape is one."""
    return shape[1] if len(shape) == 4 else 1
