"""How many CPU threads write text: one, for a model whose every layer is over in microseconds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import nn

SMALL = 50_000_000
"""Up to so many parameters, sharing a token's work costs more than it brings."""


def use_threads(count: int) -> None:
    """Let torch's operators run on so many threads."""
    if torch.get_num_threads() != count:
        torch.set_num_threads(count)


@contextmanager
def writing_threads(model: nn.Module) -> Iterator[None]:
    """Run what follows on one thread if the model is small, and on as many as before after it."""
    before = torch.get_num_threads()
    if sum(parameter.numel() for parameter in model.parameters()) <= SMALL:
        use_threads(1)
    try:
        yield
    finally:
        use_threads(before)
