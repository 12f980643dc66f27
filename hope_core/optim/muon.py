"""Muon for the hidden layers' matrices, AdamW for the rest.

Muon steps along the orthogonalised momentum (Jordan 2024). The length of its steps is matched to
AdamW's (Liu et al. 2025, "Muon is scalable for LLM training"): one learning rate serves both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.optim.adamw import adamw, split_matrices

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from torch import nn

    from hope_core.config.optimizers import MuonSettings


def muon_parts(
    settings: MuonSettings, parameters: Sequence[nn.Parameter], tables: Set[int]
) -> list[torch.optim.Optimizer]:
    """Muon over the matrices; AdamW without decay over tables, kernels, vectors and states."""
    matrices, rest = split_matrices(parameters, tables)
    parts = adamw([(rest, 0.0)], beta1=settings.beta1, beta2=settings.beta2)
    if matrices:
        parts.append(
            torch.optim.Muon(
                matrices,
                lr=0.0,
                weight_decay=settings.weight_decay,
                momentum=settings.momentum,
                adjust_lr_fn="match_rms_adamw",
            )
        )
    return parts
