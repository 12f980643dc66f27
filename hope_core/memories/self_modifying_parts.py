"""What the forms of self-modifying Titans share: the names of the memories, and their gates.

Shapes: B batch, T time, H heads, K head width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import softplus

if TYPE_CHECKING:
    from hope_core.config.self_modifying import SelfModifyingSettings

Matrices = tuple[Tensor | None, ...]
"""The matrices of all memories in the order of their names; of networks, the outer layers after."""


class Biases(NamedTuple):
    """What is added before squashing, (H,) each: to the step and to the retention."""

    step: Tensor
    retention: Tensor


class Inputs(NamedTuple):
    """What the memories made of x: q, k, v (B, T, H, K); step eta and kept alpha (B, T, H)."""

    q: Tensor
    k: Tensor
    v: Tensor
    eta: Tensor
    alpha: Tensor


class Answers(NamedTuple):
    """What the main memory said, and what it should have said of the keys, (B, T, H, K) each."""

    y: Tensor
    targets: Tensor


class Written(NamedTuple):
    """All memories: as they stand, their momenta (or None), and as their chunks began."""

    live: Matrices
    momenta: Matrices | None
    frozen: Matrices


def squash(
    raw_step: Tensor, raw_retention: Tensor, biases: Biases, settings: SelfModifyingSettings
) -> tuple[Tensor, Tensor]:
    """Steps eta = scale softplus(.), or eta / (1 + eta) (eq. 57); kept shares sigmoid(.).

    Where the retention's memory means the share forgotten, what is kept is 1 - sigmoid(.).
    """
    eta = settings.eta_scale * softplus(raw_step + biases.step)
    eta = eta / (1 + eta) if settings.bounded_step else eta
    raw = raw_retention + biases.retention
    return eta, torch.sigmoid(raw if settings.gate_meaning == "retain" else -raw)


def dot_sign(settings: SelfModifyingSettings) -> float:
    """Whether eq. 92's write adds its target (1) or takes it away (-1)."""
    return 1.0 if settings.dot_sign == "plus" else -1.0
