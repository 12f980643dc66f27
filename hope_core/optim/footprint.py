"""How much each optimizer keeps of a parameter, from its shape alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.config.optimizers import (
    AdamWSettings,
    DeltaMomentumSettings,
    DmgdSettings,
    MuonSettings,
)

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.config.optimizers import OptimizerSettings

ADAMW_COPIES = 2
M3_COPIES = 5


def kept_values(settings: OptimizerSettings, parameter: Tensor, *, is_hidden: bool) -> int:
    """Number of values kept of a parameter between two steps.

    Args:
        settings: the optimizer.
        parameter: of any shape; it may be without data.
        is_hidden: whether it belongs to a hidden layer; tables and what is no matrix are AdamW's.
    """
    if isinstance(settings, AdamWSettings) or not is_hidden or parameter.ndim != 2:
        return ADAMW_COPIES * parameter.numel()
    if isinstance(settings, MuonSettings):
        return parameter.numel()
    if isinstance(settings, DeltaMomentumSettings):
        return (2 if settings.preconditioned else 1) * parameter.numel()
    if isinstance(settings, DmgdSettings):
        return 3 * settings.hidden * parameter.shape[1]
    return M3_COPIES * parameter.numel()
