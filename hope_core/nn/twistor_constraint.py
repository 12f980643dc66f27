"""IncidenceConstraint: closed-form losses on the angle between omega and pi; no parameters.

Notable: both are functions of <omega, pi> / (|omega| |pi|) alone, computed in float32, so scaling
either vector changes nothing and no network can lower them by shrinking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.nn.twistor import unit_incidence

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.config.models.twistor import ConstraintSettings


def null_loss(x: Tensor) -> Tensor:
    """s^2, s = Re<omega, pi> / (|omega| |pi|): 0 for null twistors; x (..., W) -> (...)."""
    return unit_incidence(_wide(x))[0].square()


def constant_loss(x: Tensor, target: float) -> Tensor:
    """(|<omega, pi>| / (|omega| |pi|) - target)^2; x (..., W) -> (...)."""
    real, imaginary = unit_incidence(_wide(x))
    size = torch.sqrt(real.square() + imaginary.square() + 1e-12)
    return (size - target).square()


def constraint_loss(x: Tensor, settings: ConstraintSettings) -> Tensor:
    """The loss of the chosen kind at every token, x (B, T, W) -> (B, T); zeros for "none"."""
    if settings.kind == "null":
        return null_loss(x)
    if settings.kind == "constant":
        return constant_loss(x, settings.target)
    return x.new_zeros(x.shape[:-1])


def _wide(x: Tensor) -> Tensor:
    return x.to(torch.promote_types(x.dtype, torch.float32))
