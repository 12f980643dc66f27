"""What a conversation asks of its model at once: to read some tokens, to judge an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State

PIECE = 64
"""Tokens that are read at once."""


@torch.no_grad()
def feed(model: LanguageModel, tokens: Tensor, state: State) -> tuple[State, Tensor]:
    """The state after these tokens (1, T), and the logits (V,) of the next one."""
    for start in range(0, tokens.shape[1], PIECE):
        logits, state = model(tokens[:, start : start + PIECE], state)
    return state, logits[0, -1].float().cpu()


@torch.no_grad()
def answer_logp(model: LanguageModel, asked: Tensor, answered: Tensor, state: State) -> float:
    """Sum of ln p of an answer's tokens (1, A) after those of a question (1, Q)."""
    logits, _ = model(torch.cat([asked, answered], 1)[:, :-1], state)
    told = logits[0, asked.shape[1] - 1 :].float().log_softmax(-1)
    return float(told.gather(1, answered[0, :, None]).double().sum())
