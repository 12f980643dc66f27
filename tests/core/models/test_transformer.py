"""What is particular to the Transformer."""

from __future__ import annotations

import torch

from hope_core.config.models import TransformerSettings
from hope_core.models import build_model


def test_state_grows_by_one_entry_a_token() -> None:
    model = build_model(TransformerSettings(width=16, layers=1, heads=2), 20)
    tokens = torch.zeros(2, 5, dtype=torch.int64)
    _, state = model(tokens)
    _, state = model(tokens[:, :1], state)
    assert {tuple(t.shape) for t in state.named_tensors().values()} == {(2, 2, 6, 8)}


def test_equal_tokens_are_told_apart_by_position_alone_through_others() -> None:
    model = build_model(TransformerSettings(width=16, layers=2, heads=2), 20).double()
    tokens = torch.tensor([[1, 2, 3, 1], [2, 1, 3, 1]])
    logits, _ = model(tokens)
    assert not torch.allclose(logits[0, -1], logits[1, -1], atol=1e-6)
